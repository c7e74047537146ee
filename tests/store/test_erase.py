"""After an erase no file in the home holds a word of the case, also while other pages are open."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from pathlib import Path

import pytest

from tests.builders import Clock, case, session, store
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change

PLANTED = ["PLANTEDNAME", "PLANTEDSTORY", "PLANTEDDRAFT", "PLANTEDREMOVED", "plantedid"]


def _words_left(home: Path) -> set[str]:
    """What any file in the home still holds: database, log, shared memory, copies, whatever else."""
    found = set()
    for file in home.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        found |= {w for w in PLANTED if w.encode() in content or w in file.name}
    return found


def _filled(home: Path) -> Clock:
    """A home with a case to erase, one to keep, a long history and copies of several days."""
    clock = Clock()
    place = store(home, clock)
    place.create(case("other", nickname="KEPTNAME"))
    place.create(case("plantedid", nickname="PLANTEDNAME", goal__own_words="PLANTEDSTORY " * 2000))
    page = session(home, of=case("plantedid"), clock=clock)
    for number in range(12):
        clock.forward(hours=11)
        page.apply([Change("put", "goal.own_words", f"PLANTEDSTORY {number} " * (300 * (number % 4)))])
        page.apply([Change("add", "notes", {"id": f"n{number}", "text": "PLANTEDREMOVED " * 50})])
        page.apply([Change("remove", f"notes.n{number}"), Change("put", "goal.decide_by", "PLANTEDDRAFT")])
    page.store.close()
    files = home / "files" / "plantedid"
    files.mkdir(parents=True)
    (files / "scan").write_text("PLANTEDSTORY")
    assert _words_left(home) == set(PLANTED), "the planted words can be found before"
    return clock


def test_no_word_is_left(home: Path) -> None:
    clock = _filled(home)
    place = store(home, clock)
    assert len(place.copies()) >= 5
    place.erase("plantedid")
    assert _words_left(home) == set()
    place.close()
    assert _words_left(home) == set()
    assert [s.nickname for s in place.cases()] == ["KEPTNAME"]


def test_no_word_is_left_while_other_pages_are_open(home: Path) -> None:
    clock = _filled(home)
    pages = [session(home, of=case("plantedid"), clock=clock) for _ in range(2)]
    pages[0].apply([Change("put", "goal.own_words", "PLANTEDSTORY again")])
    store(home, clock).erase("plantedid")
    assert _words_left(home) == set()
    for page in pages:
        with pytest.raises(NoSuchCase):
            page.apply([Change("put", "goal.own_words", "PLANTEDSTORY")])
        with pytest.raises(NoSuchCase):
            page.refresh()
    assert _words_left(home) == set(), "a page that is still open brings nothing back"


def test_copies_lose_the_case_and_keep_the_others(home: Path) -> None:
    place = store(home, _filled(home))
    before = [_cases_in(c.path) for c in place.copies()]
    assert {"other", "plantedid"} in before
    place.erase("plantedid")
    assert [_cases_in(c.path) for c in place.copies()] == [held - {"plantedid"} for held in before]


def _cases_in(file: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(file)) as db:
        return {row[0] for row in db.execute("select id from cases")}


def test_a_page_that_reads_all_the_time_delays_it_and_the_next_opening_does_the_rest(home: Path) -> None:
    clock = _filled(home)
    store(home, clock).version("plantedid")
    reader = sqlite3.connect(home / "workbook.db", isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from cases").fetchall()
    hasty = store(home, clock, patience=0.2)
    with pytest.raises(StoreTrouble, match="Close the other pages"):
        hasty.erase("plantedid")
    hasty.close()
    reader.close()
    assert [s.id for s in store(home, clock).cases()] == ["other"]
    assert _words_left(home) == set()


def test_a_program_that_ends_in_the_middle_leaves_the_rest_to_the_next(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = _filled(home)
    session(home, of=case("plantedid"), clock=clock).apply([Change("put", "goal.own_words", "PLANTEDSTORY")])
    ended = store(home, clock)
    monkeypatch.setattr(ended, "_scrub", lambda: None)
    ended.erase("plantedid")
    assert _words_left(home), "the log still holds words: that is what the next opening is for"
    assert [s.id for s in store(home, clock).cases()] == ["other"]
    assert _words_left(home) == set()


def test_what_a_cut_short_copy_left_goes_too(home: Path) -> None:
    clock = _filled(home)
    for part in (home / "copies" / "2026-11-01.part", home / "copies" / "2026-11-01.part-journal", home / "w.part"):
        part.write_text("PLANTEDSTORY")
    store(home, clock).erase("plantedid")
    assert _words_left(home) == set()


def test_set_aside_files_go_too(home: Path) -> None:
    clock = _filled(home)
    place = store(home, clock)
    place.restore(place.copies()[0])
    assert list(home.glob("damaged-*.db"))
    place.erase("plantedid")
    assert _words_left(home) == set()


def test_a_copy_that_cannot_be_read_is_removed(home: Path) -> None:
    clock = _filled(home)
    bad = home / "copies" / f"{dt.date(2026, 11, 1)}.db"
    bad.write_bytes(b"SQLite format 3\0" + b"PLANTEDNAME" + os.urandom(5000))
    store(home, clock).erase("plantedid")
    assert not bad.exists()
    assert _words_left(home) == set()


def test_an_unknown_case_is_said_to_be_unknown(home: Path) -> None:
    place = store(home)
    place.create(case())
    with pytest.raises(NoSuchCase, match="This workbook is not here"):
        place.erase("nobody")
