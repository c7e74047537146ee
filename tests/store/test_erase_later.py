"""An erase that is delayed or interrupted is finished by the next opening, and other leftovers are removed too."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from pathlib import Path

import pytest

from tests.builders import case, session, store
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change

from .crash import AT_ONCE, add_notes
from .planted import filled, words_left


def test_a_constant_reader_delays_it_and_the_next_opening_finishes(home: Path) -> None:
    clock = filled(home)
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
    assert words_left(home) == set()


def test_an_interrupted_erase_is_finished_by_the_next_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = filled(home)
    session(home, of=case("plantedid"), clock=clock).apply([Change("put", "goal.own_words", "PLANTEDSTORY")])
    ended = store(home, clock)
    monkeypatch.setattr(ended, "_scrub", lambda: None)
    ended.erase("plantedid")
    assert words_left(home), "the log still holds words: that is what the next opening is for"
    assert [s.id for s in store(home, clock).cases()] == ["other"]
    assert words_left(home) == set()


def test_leftovers_of_an_interrupted_copy_are_removed_too(home: Path) -> None:
    clock = filled(home)
    for part in (home / "copies" / "2026-11-01.part", home / "copies" / "2026-11-01.part-journal", home / "w.part"):
        part.write_text("PLANTEDSTORY")
    store(home, clock).erase("plantedid")
    assert words_left(home) == set()


def test_another_program_writes_meanwhile(home: Path) -> None:
    clock = filled(home)
    place = store(home, clock)
    place.create(case("knee"))
    writer = AT_ONCE.Process(target=add_notes, args=(str(home), "w", 300))
    writer.start()
    while not place.read("knee")[1]["notes"]:
        time.sleep(0.01)
    place.erase("plantedid")
    assert words_left(home) == set()
    writer.join(60)
    assert writer.exitcode == 0
    assert words_left(home) == set()
    assert len(place.read("knee")[1]["notes"]) == 300


def test_set_aside_files_are_removed_too(home: Path) -> None:
    clock = filled(home)
    place = store(home, clock)
    place.restore(place.copies()[0])
    assert list(home.glob("damaged-*.db"))
    place.erase("plantedid")
    assert words_left(home) == set()


def test_an_unreadable_copy_is_removed(home: Path) -> None:
    clock = filled(home)
    bad = home / "copies" / f"{dt.date(2026, 11, 1)}.db"
    bad.write_bytes(b"SQLite format 3\0" + b"PLANTEDNAME" + os.urandom(5000))
    store(home, clock).erase("plantedid")
    assert not bad.exists()
    assert words_left(home) == set()


def test_an_unknown_case_is_reported(home: Path) -> None:
    place = store(home)
    place.create(case())
    with pytest.raises(NoSuchCase, match="This workbook is not here"):
        place.erase("nobody")
