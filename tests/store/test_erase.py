"""After an erase no file in the home contains a word of the case, also while other pages are open."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.builders import case, session, store
from workbook.errors import NoSuchCase
from workbook.session import Change

from .planted import filled, words_left


def test_no_word_is_left(home: Path) -> None:
    clock = filled(home)
    place = store(home, clock)
    assert len(place.copies()) >= 5
    place.erase("plantedid")
    assert words_left(home) == set()
    place.close()
    assert words_left(home) == set()
    assert [s.nickname for s in place.cases()] == ["KEPTNAME"]


def test_no_word_is_left_while_other_pages_are_open(home: Path) -> None:
    clock = filled(home)
    pages = [session(home, of=case("plantedid"), clock=clock) for _ in range(2)]
    pages[0].apply([Change("put", "goal.own_words", "PLANTEDSTORY again")])
    store(home, clock).erase("plantedid")
    assert words_left(home) == set()
    for page in pages:
        with pytest.raises(NoSuchCase):
            page.apply([Change("put", "goal.own_words", "PLANTEDSTORY")])
        with pytest.raises(NoSuchCase):
            page.refresh()
    assert words_left(home) == set(), "a page that is still open brings nothing back"


def test_copies_lose_the_case_and_keep_the_others(home: Path) -> None:
    place = store(home, filled(home))
    before = [_cases_in(c.path) for c in place.copies()]
    assert {"other", "plantedid"} in before
    place.erase("plantedid")
    assert [_cases_in(c.path) for c in place.copies()] == [held - {"plantedid"} for held in before]


def _cases_in(file: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(file)) as db:
        return {row[0] for row in db.execute("select id from cases")}
