"""A database that is gone, empty or damaged where SQLite does not check is reported, with a copy worth restoring."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.builders import Clock, case, session, store
from workbook.errors import StoreTrouble
from workbook.session import Change
from workbook.store import Damaged
from workbook.store.sqlite import SQLiteStore
from workbook.store.trouble import FULL

START = dt.date(2026, 11, 22)


def days(home: Path, number: int, clock: Clock | None = None) -> Clock:
    clock = clock or Clock()
    page = session(home, clock=clock)
    for day in range(number):
        page.apply([Change("put", "goal.own_words", f"Words of day {day}")])
        page.apply([Change("put", "visit.note_taker", f"Helper {day}")])
        clock.forward(days=1)
    page.store.close()
    return clock


def lose(home: Path, how: str) -> None:
    for side in ("-wal", "-shm"):
        (home / f"workbook.db{side}").unlink(missing_ok=True)
    if how == "missing":
        (home / "workbook.db").unlink()
    else:
        (home / "workbook.db").write_bytes(b"")


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_lost_database_is_not_a_first_start(home: Path, how: str) -> None:
    clock = days(home, 3)
    lose(home, how)
    place = store(home, clock)
    for ask in (place.cases, lambda: place.create(case("new")), lambda: place.read("knee")):
        with pytest.raises(Damaged, match="missing or empty") as told:
            ask()
    assert "November 24, 2026, with 1 workbook." in str(told.value)
    assert len(place.copies()) == 3
    place.restore(told.value.copy)
    assert place.read("knee")[1]["goal"]["own_words"] == "Words of day 1"


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_a_loss_is_detected_while_a_page_is_open(home: Path, how: str) -> None:
    page = session(home, clock=days(home, 2))
    page.refresh()
    lose(home, how)
    with pytest.raises(Damaged, match="missing or empty"):
        page.apply([Change("put", "goal.own_words", "Into the void")])


def test_a_first_start_and_one_after_erasing_everything_give_no_warning(home: Path) -> None:
    assert store(home).cases() == []
    clock = days(home, 3)
    store(home, clock).erase("knee")
    lose(home, "missing")
    assert store(home, clock).cases() == []


def test_a_new_start_next_to_good_copies_is_not_a_loss(home: Path) -> None:
    clock = days(home, 3)
    place = store(home, clock)
    place.restore(None)
    assert place.cases() == []
    assert (home / "workbook.db").stat().st_size > 0


def test_a_copy_of_the_first_day_contains_that_days_work(home: Path) -> None:
    clock = Clock()
    page = session(home, clock=clock)
    for number in range(50):
        page.apply([Change("put", "goal.own_words", f"Words {number}")])
        clock.forward(minutes=2)
    page.store.close()
    (home / "workbook.db").write_bytes(b"not a database " * 500)
    with pytest.raises(Damaged, match="with 1 workbook") as told:
        store(home, clock).cases()
    place = store(home, clock)
    place.restore(told.value.copy)
    assert int(place.read("knee")[1]["goal"]["own_words"].split()[1]) >= 30


def test_a_copy_without_workbooks_is_not_offered(home: Path) -> None:
    clock = days(home, 2)
    for copy in store(home, clock).copies():
        with sqlite3.connect(copy.path) as db:
            db.execute("delete from cases")
        db.close()
    (home / "workbook.db").write_bytes(b"not a database " * 500)
    with pytest.raises(Damaged, match="there is no copy") as told:
        store(home, clock).cases()
    assert told.value.copy is None


def test_the_message_counts_the_workbooks(home: Path) -> None:
    clock = Clock()
    place = store(home, clock)
    for name in ("ash", "birch", "cedar", "doum"):
        place.create(case(name))
        clock.forward(days=1)
    place.close()
    lose(home, "missing")
    with pytest.raises(Damaged, match=r"November 25, 2026, with 3 workbooks\."):
        store(home, clock).cases()


BODIES = {
    "no UTF-8": b'{"id": "knee", "nickname": "\xff\xfe"}',
    "no UTF-8 at the start": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"7",
    "nothing": b"null",
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("as_text", [True, False])
def test_damage_in_a_case_body_is_detected(home: Path, body: bytes, as_text: bool) -> None:
    clock = days(home, 2)
    db = sqlite3.connect(home / "workbook.db")
    db.execute(f"update cases set body = {'cast(? as text)' if as_text else '?'}", (body,))
    db.commit()
    db.close()
    place = store(home, clock)
    with pytest.raises(Damaged, match="November 23, 2026") as told:
        place.read("knee")
    with pytest.raises(Damaged):
        place.change("knee", "w", lambda held: held.body)
    place.restore(told.value.copy)
    assert place.read("knee")[1]["goal"]["own_words"] == "Words of day 0"


def test_damage_in_a_name_or_in_the_history_is_detected(home: Path) -> None:
    clock = days(home, 2)
    db = sqlite3.connect(home / "workbook.db")
    db.execute("update history set deltas = cast(x'ff' as text)")
    db.commit()
    with pytest.raises(Damaged):
        store(home, clock).history("knee")
    db.execute("update cases set nickname = cast(x'ff' as text)")
    db.commit()
    db.close()
    with pytest.raises(Damaged):
        store(home, clock).cases()


def test_a_copy_with_such_damage_is_neither_stored_nor_offered(home: Path) -> None:
    clock = days(home, 3)
    newest = store(home, clock).copies()[0]
    db = sqlite3.connect(newest.path)
    db.execute("update cases set body = cast(x'ff' as text)")
    db.commit()
    db.close()
    lose(home, "missing")
    with pytest.raises(Damaged, match="November 23, 2026"):
        store(home, clock).cases()


def ahead(home: Path, number: int) -> Clock:
    """Days of work with a clock that was ahead, and then correct again."""
    clock = days(home, 3)
    right = clock.now
    clock.now = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
    days(home, number, clock)
    clock.now = right
    return clock


@pytest.mark.parametrize("number", [1, 8])
def test_a_clock_that_was_ahead_does_not_push_out_later_copies(home: Path, number: int) -> None:
    clock = ahead(home, number)
    page = session(home, clock=clock)
    for day in range(3):
        page.apply([Change("put", "goal.own_words", f"Right again {day}")])
        clock.forward(days=1)
    page.store.close()
    found = [c.day for c in store(home, clock).copies()]
    assert found[:3] == [START + dt.timedelta(days=n) for n in (5, 4, 3)]
    assert all(day.year == 2026 for day in found)
    lose(home, "missing")
    place = store(home, clock)
    with pytest.raises(Damaged, match="November 27, 2026") as told:
        place.cases()
    place.restore(told.value.copy)
    assert place.read("knee")[1]["goal"]["own_words"] == "Right again 1"


def test_the_most_recently_written_copy_comes_first_whatever_its_date(home: Path) -> None:
    clock = days(home, 4)
    oldest = store(home, clock).copies()[-1]
    oldest.path.rename(oldest.path.with_name("2090-01-01.db"))
    assert [c.day.year for c in store(home, clock).copies()] == [2026, 2026, 2026, 2090]


def test_an_edit_under_a_clock_that_was_set_back_can_be_undone_alone(home: Path) -> None:
    clock = Clock()
    page = session(home, clock=clock)
    page.apply([Change("put", "goal.own_words", "Day 1")])
    clock.forward(days=1)
    page.apply([Change("put", "goal.own_words", "Day 2")])
    clock.now -= dt.timedelta(hours=12)
    result = page.apply([Change("put", "goal.own_words", "Day 3")]).results[0]
    page.undo(result.undo)
    assert page.case.goal.own_words == "Day 2"


@pytest.mark.parametrize("token", ["9" * 30, "9" * 5000, "-1", "1.5", "", "٣"])
def test_an_invalid_token_finds_no_row(home: Path, token: str) -> None:
    days(home, 1)
    assert store(home).row("knee", token) is None


@pytest.mark.skipif(os.name != "posix", reason="owners of files")
@pytest.mark.parametrize("planted", ["home", "database"])
def test_a_home_of_another_user_is_rejected(home: Path, monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    home.mkdir(parents=True, mode=0o777)
    theirs = home if planted == "home" else home / "workbook.db"
    if planted == "database":
        theirs.write_bytes(b"")
    true = Path.stat

    def stat(path: Path, **more: bool) -> os.stat_result:
        found = true(path, **more)
        return os.stat_result((*found[:4], 4242, *found[5:])) if path == theirs else found

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(StoreTrouble, match="belongs to another user"):
        store(home).create(case())
    monkeypatch.undo()
    assert not (home / "workbook.db").exists() or (home / "workbook.db").stat().st_size == 0


def test_erasing_on_a_full_disk_deletes_old_copies_first_and_then_reports(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = days(home, 4)
    place = store(home, clock)
    room = {"copies": 2}
    true = SQLiteStore._erase

    def tight(self: SQLiteStore, key: str) -> None:
        if len(self.copies()) > room["copies"]:
            raise StoreTrouble(FULL)
        true(self, key)

    monkeypatch.setattr(SQLiteStore, "_erase", tight)
    room["copies"] = 0
    with pytest.raises(StoreTrouble, match="could not be erased yet"):
        place.erase("knee")
    assert [c.day for c in place.copies()] == [START + dt.timedelta(days=3)]
    room["copies"] = 2
    place.erase("knee")
    assert place.cases() == []


def test_others_can_save_while_copies_are_cleared(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = days(home, 3)
    other = session(home, of=case("other"), clock=clock)
    from workbook.store import copies

    true, saved = copies.erase_from, threading.Event()

    def slow(copy: copies.Copy, key: str, *, again: bool = False) -> None:
        if not again and not saved.is_set():
            other.apply([Change("put", "goal.own_words", "Saved meanwhile")])
            saved.set()
        true(copy, key, again=again)

    monkeypatch.setattr(copies, "erase_from", slow)
    store(home, clock, patience=0.2).erase("knee")
    assert saved.is_set()
    assert store(home, clock).read("other")[1]["goal"]["own_words"] == "Saved meanwhile"
