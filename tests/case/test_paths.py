"""Dotted paths: get, put, add, remove, move."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import case
from workbook.case import Gone, get, move, put
from workbook.errors import BadPath, BadValue


@pytest.mark.parametrize(
    ("path", "value", "stored"),
    [
        ("goal.decide_by", "2026-3-9", "2026-03-09"),
        ("records.items.r-mri.expected_on", "unknown", "unknown"),
        ("records.items.r-mri.needed_for", ["c-first"], ("c-first",)),
        ("records.items.r-mri.can_change_plan.said_by", " Dr.  Marsh ", "Dr. Marsh"),
        ("clinicians.c-first.distance_miles", "1,200", 1200),
        ("viewed.r-mri.c-first.how", "report_only", "report_only"),
        ("own.dog", "Yes", "Yes"),
        ("clinicians.c-first.own.dog", ["a", "b"], ["a", "b"]),
        ("goal.decide_by@.source", "document", "document"),
        ("steps.2-clinician", True, True),
        ("mode", "advocate", "advocate"),
    ],
)
def test_get_returns_what_was_put(path: str, value: Any, stored: Any) -> None:
    before = case()
    after = put(before, path, value)
    assert get(after, path) == stored
    assert before == case(), "the case it was made from stays as it was"


@pytest.mark.parametrize("empty", [None, "", "  "])
@pytest.mark.parametrize("path", ["goal.decide_by", "visit.note_taker", "viewed.r-mri.c-second.how"])
def test_putting_an_empty_value_clears(path: str, empty: Any) -> None:
    assert get(put(case(), path, empty), path) in (None, "")


@pytest.mark.parametrize("path", ["records.items.0.title", "records.items.0", "clinicians.12"])
def test_entries_are_not_addressed_by_number(path: str) -> None:
    with pytest.raises(BadPath, match="by their id"):
        get(case(), path)
    with pytest.raises(BadPath, match="by their id"):
        put(case(), path, "x")


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "goal.",
        "goal..x",
        "nothing",
        "goal.nothing",
        "goal.own_words.x",
        "__class__",
        "own.a\x1fb",
        "own.\ud800",
        "own.a#order",
    ],
)
def test_an_unknown_path_is_reported(path: str) -> None:
    with pytest.raises(BadPath):
        get(case(), path)
    with pytest.raises(BadPath):
        put(case(), path, "x")


def test_a_removed_entry_is_gone() -> None:
    for act in (
        lambda c: get(c, "notes.n1.text"),
        lambda c: put(c, "notes.n1.text", "x"),
        lambda c: move(c, "notes.n1", None),
    ):
        with pytest.raises(Gone):
            act(case())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("goal.decide_by", "2026-02-30"),
        ("mode", "robot"),
        ("records.items.r-mri.needed_for", "c-first and another"),
        ("clinicians.c-first.distance_miles", -3),
        ("goal.own_words", {"a": 1}),
        ("steps.1-goal", "perhaps"),
    ],
)
def test_an_invalid_value_gets_a_message_without_the_value(path: str, value: Any) -> None:
    with pytest.raises(BadValue) as told:
        put(case(), path, value)
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert str(value) not in sentence
    assert "pydantic" not in sentence
