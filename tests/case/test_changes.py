"""Deltas between two states, applied and reverted: for any two states, not only likely ones."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import case
from workbook.case import add, move, put, read, remove
from workbook.case.diff import apply, diff, holds

KEYS = st.sampled_from(["goal", "a", "b", "facts", "drafts", "x.y", "own"])
IDS = st.sampled_from(["r1", "r2", "r3", "r4", "r5"])
PLAIN = st.none() | st.booleans() | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=3)


def _things(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = st.dictionaries(KEYS, inner, max_size=4)
    items = st.lists(st.tuples(IDS, fields), max_size=5, unique_by=lambda pair: pair[0])
    return fields | items.map(lambda pairs: [{"id": key, **held} for key, held in pairs])


STATES = st.dictionaries(KEYS, st.recursive(PLAIN, _things, max_leaves=12), max_size=5)


@given(STATES, STATES)
def test_apply_and_revert_are_inverse(before: dict[str, Any], after: dict[str, Any]) -> None:
    deltas = diff(before, after)
    assert apply(before, deltas) == after
    assert apply(after, deltas, back=True) == before
    assert all(holds(after, d) for d in deltas)


ENTRIES = st.lists(st.tuples(IDS, PLAIN), max_size=5, unique_by=lambda pair: pair[0])
LISTS = ENTRIES.map(lambda pairs: {"notes": [{"id": key, "text": held} for key, held in pairs]})


@given(LISTS, LISTS)
def test_added_removed_and_moved_entries(before: dict[str, Any], after: dict[str, Any]) -> None:
    deltas = diff(before, after)
    assert apply(before, deltas) == after
    assert apply(after, deltas, back=True) == before


@given(STATES)
def test_the_same_state_has_no_deltas(state: dict[str, Any]) -> None:
    assert diff(state, state) == []


def test_deltas_are_small() -> None:
    before = case()
    after = put(add(before, "notes", {"id": "n1", "text": "New"}), "goal.decide_by", "2027")
    paths = [d["path"] for d in diff(_plain(before), _plain(after))]
    assert paths == ["goal.decide_by", "notes.n1"], "an entry added at the end says nothing about the others"


def test_the_order_is_recorded_only_if_it_does_not_follow() -> None:
    before = case()
    moved = diff(_plain(before), _plain(move(before, "records.items.r-report", "r-mri")))
    assert [d["path"] for d in moved] == ["records.items#order"]
    removed = diff(_plain(before), _plain(remove(before, "clinicians.c-first")))
    assert "clinicians#order" in [d["path"] for d in removed]


def test_a_removed_entry_comes_back_between_its_neighbors() -> None:
    before = add(case(), "clinicians", {"id": "c-third"})
    after = remove(before, "clinicians.c-second")
    back = apply(_plain(after), diff(_plain(before), _plain(after)), back=True)
    assert read(back) == before


def _plain(state: Any) -> dict[str, Any]:
    held: dict[str, Any] = state.model_dump(mode="json")
    return held
