"""The history: typing is one row, clearing a separate row, and the total size is limited."""

from __future__ import annotations

import json
from pathlib import Path

from tests.builders import Clock, case, large_case, session
from workbook.session import Change, Session


def _texts(page: Session, path: str = "goal.own_words") -> list[tuple[object, object]]:
    rows = page.store.history(page.case.id)
    return [(d["before"], d["after"]) for row in rows for d in row.deltas if d["path"] == path]


def _write(page: Session, *texts: str, path: str = "goal.own_words") -> None:
    for text in texts:
        page.apply([Change("put", path, text)])


def test_typing_is_one_row_from_first_to_last(home: Path) -> None:
    page = session(home, of=case(goal__own_words="Old"))
    _write(page, "Old k", "Old kn", "Old knee")
    assert _texts(page) == [("Old", "Old knee")]


def test_after_ten_minutes_a_new_row_begins(home: Path) -> None:
    clock = Clock()
    page = session(home, of=case(goal__own_words="Old"), clock=clock)
    for text in ("a", "b", "c", "d"):
        _write(page, text)
        clock.forward(minutes=4)
    assert _texts(page) == [("Old", "c"), ("c", "d")]


def test_alternating_fields_are_a_row_each(home: Path) -> None:
    page = session(home, of=case(goal__own_words="Old", visit__note_taker="Old"))
    for text in ("a", "b", "c"):
        _write(page, text)
        _write(page, text, path="visit.note_taker")
    assert _texts(page) == [("Old", "c")]
    assert _texts(page, "visit.note_taker") == [("Old", "c")]


def test_another_writer_in_between_keeps_them_apart(home: Path) -> None:
    one, two = session(home, of=case(goal__own_words="Old")), session(home)
    _write(one, "a")
    _write(two, "b")
    _write(one, "c")
    assert _texts(one) == [("Old", "a"), ("a", "b"), ("b", "c")]


def test_clearing_is_a_separate_row(home: Path) -> None:
    page = session(home, of=case(goal__own_words="Old"))
    _write(page, "a", "ab", "", "x", "xy")
    assert _texts(page) == [("Old", "ab"), ("ab", ""), ("", "xy")]


def test_typing_in_an_added_entry_is_separate_from_adding_it(home: Path) -> None:
    page = session(home)
    (added,) = page.apply([Change("add", "notes", {"id": "n1"})]).results
    _write(page, "a", "ab", path="notes.n1.text")
    assert len(page.store.history("knee")) == 2
    page.undo(added.undo)
    assert "n1" not in page.case.notes


def test_it_stays_within_ten_times_the_case_and_loses_the_oldest_first(home: Path) -> None:
    clock = Clock()
    page = session(home, of=large_case(20), clock=clock)
    for number in range(300):
        clock.forward(minutes=11)
        _write(page, f"{number} " * 400)
    rows = page.store.history(page.case.id)
    kept = sum(len(json.dumps(row.deltas)) for row in rows)
    size = len(json.dumps(page.store.read(page.case.id)[1]))
    assert 5 * size < kept <= 10 * size
    assert _texts(page)[-1][1] == ("299 " * 400)
    assert [row.started for row in rows] == sorted(row.started for row in rows)


def test_a_recent_clearing_can_be_undone_however_large(home: Path) -> None:
    page = session(home)
    story = "A long story. " * 7000
    _write(page, story)
    (cleared,) = page.apply([Change("put", "goal.own_words", "")]).results
    page.undo(cleared.undo)
    assert page.case.goal.own_words == story


def test_a_message_that_changes_nothing_writes_nothing(home: Path) -> None:
    page = session(home)
    done = page.apply([Change("put", "visit.note_taker", "My sister")])
    assert (done.results[0].undo, page.store.history("knee"), page.refresh()) == ("", [], False)
