"""The practice's store in a real PostgreSQL: reading, changing, undo, private notes."""

from __future__ import annotations

import pytest

from tests.builders import case
from workbook.errors import NoSuchCase, StoreTrouble
from workbook.session import Change, Session


def test_a_case_is_stored_changed_and_undone(practice):
    place = practice.store()
    place.create(case(goal__own_words="Old"))
    page = Session(place, "knee")
    saved = page.apply([Change("put", "goal.own_words", "New")])
    assert saved.version == 2
    assert Session(practice.store(), "knee").case.goal.own_words == "New"
    page.undo(saved.results[0].undo)
    assert Session(practice.store(), "knee").case.goal.own_words == "Old"
    assert [row.id for row in place.cases()] == ["knee"]
    with pytest.raises(StoreTrouble, match="is here already"):
        place.create(case())
    with pytest.raises(NoSuchCase):
        place.read("nobody")
    place.erase("knee")
    assert place.cases() == []
