"""A copy at the first change of a day, seven kept, each good and private; and restoring after damage."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from pathlib import Path

import pytest

from tests.builders import Clock, case, session, store
from workbook.errors import StoreTrouble
from workbook.session import Change
from workbook.store import Damaged


def _days_of_work(home: Path, days: int) -> Clock:
    clock = Clock()
    page = session(home, clock=clock)
    for day in range(days):
        page.apply([Change("put", "visit.note_taker", f"Helper {day}")])
        page.apply([Change("put", "goal.own_words", f"Words of day {day}")])
        clock.forward(days=1)
    page.store.close()
    return clock


def test_one_copy_a_day_and_seven_kept(home: Path) -> None:
    _days_of_work(home, 10)
    copies = store(home).copies()
    assert [c.day for c in copies] == [dt.date(2026, 12, 1) - dt.timedelta(days=n) for n in range(7)]
    assert sorted(f.name for f in (home / "copies").iterdir()) == sorted(c.path.name for c in copies)


def test_a_copy_contains_the_state_before_the_days_first_change(home: Path) -> None:
    clock = _days_of_work(home, 3)
    place = store(home, clock)
    place.restore(place.copies()[0])
    assert place.read("knee")[1]["goal"]["own_words"] == "Words of day 1"


def _damage(home: Path, how: str) -> bytes:
    file = home / "workbook.db"
    content = bytearray(file.read_bytes())
    if how == "cut short":
        content = content[: len(content) // 2]
    elif how == "another kind of file":
        content = bytearray(b"These are not the workbooks." * 200)
    elif how == "empty pages":
        content[4096:] = bytes(len(content) - 4096)
    else:
        content[100:4000] = os.urandom(3900)
    file.write_bytes(content)
    return bytes(content)


@pytest.mark.parametrize("how", ["cut short", "another kind of file", "empty pages", "noise"])
def test_a_damaged_file_is_reported_and_the_newest_good_copy_restores_it(home: Path, how: str) -> None:
    clock = _days_of_work(home, 3)
    bad = _damage(home, how)
    place = store(home, clock)
    with pytest.raises(Damaged) as told:
        place.cases()
    assert "November 24, 2026" in str(told.value)
    assert (home / "workbook.db").read_bytes() == bad, "nothing is made in its place before someone says so"
    with pytest.raises(StoreTrouble):
        place.create(case("new"))
    place.restore(told.value.copy)
    assert place.read("knee")[1]["visit"]["note_taker"] == "Helper 1"
    (aside,) = home.glob("damaged-*.db")
    assert aside.read_bytes() == bad
    assert session(home, clock=clock).apply([Change("put", "goal.decide_by", "2027")]).results[0].status == "saved"


def test_damage_that_appears_while_a_page_is_open(home: Path) -> None:
    clock = _days_of_work(home, 2)
    place = store(home, clock)
    place.cases()
    db = sqlite3.connect(home / "workbook.db")
    db.execute("update cases set body = '{\"goal\"'")
    db.commit()
    db.close()
    with pytest.raises(Damaged, match="November 23"):
        place.read("knee")


def test_a_damaged_copy_is_skipped(home: Path) -> None:
    clock = _days_of_work(home, 3)
    _damage(home, "noise")
    newest = store(home).copies()[0].path
    newest.write_bytes(newest.read_bytes()[:3000])
    with pytest.raises(Damaged, match="November 23, 2026"):
        store(home, clock).cases()


def test_without_a_copy_a_new_start_keeps_the_damaged_file(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "workbook.db").write_bytes(b"not a database at all" * 300)
    place = store(home)
    with pytest.raises(Damaged, match="there is no copy") as told:
        place.cases()
    assert told.value.copy is None
    place.restore(None)
    assert place.cases() == []
    assert len(list(home.glob("damaged-*.db"))) == 1


def test_a_page_open_during_a_restore_continues_with_the_restored_case(home: Path) -> None:
    clock = _days_of_work(home, 2)
    page, place = session(home, clock=clock), store(home, clock)
    place.restore(place.copies()[0])
    assert page.refresh()
    assert page.case.goal.own_words == "Words of day 0"
    page.apply([Change("put", "goal.decide_by", "2027-01")])
    assert place.read("knee")[1]["goal"]["decide_by"] == "2027-01"


def test_a_failed_copy_does_not_block_saving(home: Path) -> None:
    page = session(home)
    (home / "copies").rename(home / "elsewhere")
    (home / "copies").write_text("a file where the folder should be")
    assert page.apply([Change("put", "goal.decide_by", "2027")]).results[0].status == "saved"


def test_two_databases_of_one_second_are_both_set_aside(home: Path) -> None:
    clock = _days_of_work(home, 2)
    first = _damage(home, "noise")
    place = store(home, clock)
    place.restore(None)
    place.close()
    second = _damage(home, "another kind of file")
    place.restore(None)
    kept = {f.read_bytes() for f in home.glob("damaged-*.db")}
    assert kept == {first, second}


@pytest.mark.parametrize("later", [1, 2, 5])
def test_no_page_mistakes_the_restored_case_for_its_own(home: Path, later: int) -> None:
    """However far the lost file was ahead: a page that reaches the same version would overwrite what was restored."""
    clock = _days_of_work(home, 1)
    page = session(home, clock=clock)
    for n in range(later):
        page.apply([Change("put", "goal.own_words", f"Lost words {n}")])
    place = store(home, clock)
    place.restore(place.copies()[0])
    assert page.refresh(), "the page must see that this is another case"
    assert page.case.goal.own_words == "Words of day 0"
