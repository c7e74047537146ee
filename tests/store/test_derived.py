"""What was worked out from a case is kept beside it, and goes with any change of it and with an erase."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from tests.builders import case, session, store
from workbook.session import Change

from .planted import filled, words_left


def test_a_text_is_there_until_its_case_changes(home: Path) -> None:
    page = session(home)
    place = store(home)
    assert place.derived("today") == {}
    place.keep_derived("today", [("knee", place.version("knee"), "worked out"), ("nobody", 1, "lost")])
    assert place.derived("today") == {"knee": "worked out"}
    assert place.derived("tomorrow") == {}
    page.apply([Change("put", "nickname", "Hip")])
    assert place.derived("today") == {}
    assert _rows(home) == 0, "an old one is not only left unread"


def test_a_text_of_an_older_state_is_not_kept(home: Path) -> None:
    page = session(home)
    old = page.store.version("knee")
    page.apply([Change("put", "nickname", "Hip")])
    page.store.keep_derived("today", [("knee", old, "too late")])
    assert page.store.derived("today") == {}


def test_an_erase_leaves_no_word_of_it_in_the_database_or_its_copies(home: Path) -> None:
    clock = filled(home)
    place = store(home, clock)
    place.keep_derived("today", [("plantedid", place.version("plantedid"), "PLANTEDSTORY again")])
    clock.forward(days=1)
    place.create(case("third"))  # the first change of a day makes a copy
    place.erase("plantedid")
    place.close()
    assert words_left(home) == set()


def test_everything_goes_when_all_is_cleared(home: Path) -> None:
    place = session(home).store
    place.keep_derived("today", [("knee", place.version("knee"), "PLANTEDSTORY")])
    place.clear()
    place.close()
    assert words_left(home) == set()


def test_a_busy_database_is_left_alone(home: Path) -> None:
    place = store(home, patience=0.05)
    place.create(case("knee"))
    place.keep_derived("today", [("knee", 1, "first")])
    with contextlib.closing(sqlite3.connect(home / "workbook.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        place.keep_derived("today", [("knee", 1, "second")])
    assert place.derived("today") == {"knee": "first"}


def _rows(home: Path) -> int:
    with contextlib.closing(sqlite3.connect(home / "workbook.db")) as db:
        return int(db.execute("select count(*) from derived").fetchone()[0])
