"""Cases move from a computer into a practice and back, whole, and again after a stop in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import Clock, case, large_case
from workbook.errors import StoreTrouble
from workbook.session import Change, Session, demo
from workbook.store import Store
from workbook.store.move import is_same, move
from workbook.store.sqlite import SQLiteStore

NOTES = [("n1", "advocate_private"), ("n2", "patient"), ("n3", "advocate_private"), ("n4", "clinical_packet")]


def _filled(home: Path, clock: Clock) -> SQLiteStore:
    place = SQLiteStore(home, now=clock)
    for one in (case(), large_case(30)):
        place.create(one)
    demo.add(place)
    page = Session(place, "knee", "advocate")
    for key, who in NOTES:
        clock.forward(minutes=20)
        page.apply([Change("add", "notes", {"id": key, "text": f"{key} of {who}", "visibility": who})])
    page.apply([Change("put", "goal.own_words", "New"), Change("put", "notes.n3.text", "Again")])
    page.apply([Change("remove", "notes.n1")])
    place.mark_seen("knee")
    return place


def _rows(place: Store) -> list[tuple[str, str, str]]:
    """The history, in order; a practice's database divides a row about private notes and others in two."""
    rows = place.history("knee")
    return sorted((row.started, row.writer, str(delta)) for row in rows for delta in row.deltas)


@pytest.fixture(params=["file", pytest.param("practice", marks=pytest.mark.slow)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "practice":
        return request.getfixturevalue("practice").store("ada")
    return SQLiteStore(tmp_path / "other")


def test_all_cases_come_over_whole_and_back_again(home: Path, tmp_path: Path, target: Store) -> None:
    clock = Clock()
    source = _filled(home, clock)
    assert {one.state for one in move(source, target)} == {"moved"}
    back = SQLiteStore(tmp_path / "back", now=clock)
    assert {one.state for one in move(target, back)} == {"moved"}
    for place in (target, back):
        assert place.cases() == source.cases()
        assert [row.id for row in place.cases() if not is_same(source, place, row.id)] == []
        assert _rows(place) == _rows(source)
        assert place.kept("knee") == source.kept("knee")


def test_what_was_changed_before_the_move_can_be_undone_after_it(home: Path, target: Store) -> None:
    clock = Clock()
    list(move(_filled(home, clock), target))
    page = Session(target, "knee", "advocate")
    row = next(
        row for row in target.history("knee") for d in row.deltas if d["path"] == "notes.n1" and "after" not in d
    )
    page.undo(row.token)
    assert page.case.notes["n1"].text == "n1 of advocate_private"


def test_a_stop_in_the_middle_is_taken_up_again(home: Path, target: Store) -> None:
    source = _filled(home, Clock())
    begun = move(source, target)
    first = [next(begun), next(begun)]
    begun.close()
    again = list(move(source, target))
    assert [one.state for one in again[:2]] == ["there", "there"]
    assert [one.id for one in again[:2]] == [one.id for one in first]
    assert {one.state for one in again[2:]} == {"moved"}
    assert {one.state for one in move(source, target)} == {"there"}


def test_two_workbooks_with_one_id_are_never_mixed(home: Path, target: Store) -> None:
    source = _filled(home, Clock())
    target.create(case(goal__own_words="Another person"))
    states = {one.id: one.state for one in move(source, target)}
    assert states.pop("knee") == "differs"
    assert {*states.values()} == {"moved"}
    assert target.read("knee")[1]["goal"]["own_words"] == "Another person"
    with pytest.raises(StoreTrouble, match="here already"):
        target.adopt(source.read("knee")[1], 1, [], source.kept("knee"))
