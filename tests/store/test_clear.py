"""Clearing this computer removes every case and everything stored with them."""

from __future__ import annotations

import os
from pathlib import Path

from tests.builders import case, store
from workbook.session import Session

from .planted import filled, words_left


def test_nothing_is_left_and_a_new_start_works(home: Path) -> None:
    place = store(home, filled(home))
    page = Session(place, "plantedid")
    place.restore(place.copies()[0])
    page.refresh()
    place.clear()
    assert words_left(home) == set()
    assert b"KEPTNAME" not in b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())
    assert (place.cases(), place.copies()) == ([], [])
    place.create(case())
    assert [s.id for s in place.cases()] == ["knee"]


def test_a_damaged_home_is_cleared_too(home: Path) -> None:
    clock = filled(home)
    file = home / "workbook.db"
    file.write_bytes(b"PLANTEDSTORY" + os.urandom(9000))
    place = store(home, clock)
    place.clear()
    assert words_left(home) == set()
    assert place.cases() == []
