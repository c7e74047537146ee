"""Dotted paths: get, put, add, remove, move."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import case
from workbook.case import Case, Gone, Own, add, get, item_type, label, leaves, move, put, remove, users, words_at
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
def test_what_is_put_can_be_got(path: str, value: Any, stored: Any) -> None:
    before = case()
    after = put(before, path, value)
    assert get(after, path) == stored
    assert before == case(), "the case it was made from stays as it was"


@pytest.mark.parametrize("empty", [None, "", "  "])
@pytest.mark.parametrize("path", ["goal.decide_by", "visit.note_taker", "viewed.r-mri.c-second.how"])
def test_empty_empties(path: str, empty: Any) -> None:
    assert get(put(case(), path, empty), path) in (None, "")


@pytest.mark.parametrize("path", ["records.items.0.title", "records.items.0", "clinicians.12"])
def test_entries_never_go_by_number(path: str) -> None:
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
def test_a_path_that_leads_nowhere_is_said(path: str) -> None:
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
def test_a_value_that_does_not_fit_has_a_sentence_without_the_value(path: str, value: Any) -> None:
    with pytest.raises(BadValue) as told:
        put(case(), path, value)
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert str(value) not in sentence
    assert "pydantic" not in sentence


def test_an_add_is_done_once_and_in_its_place() -> None:
    once = add(case(), "clinicians", {"id": "c-new", "name": "Dr. Third"}, before="c-second")
    assert list(once.clinicians) == ["c-first", "c-new", "c-second"]
    assert add(once, "clinicians", {"id": "c-new", "name": "Other"}) is once


def test_a_removed_entry_leaves_nothing_that_points_to_it() -> None:
    full = put(put(case(), "clinicians.c-second.saw_on@.who", "Jo"), "visit.questions", None)
    assert [u.path for u in users(full, "clinicians.c-second")] == ["records.items.r-mri.needed_for"]
    left = remove(full, "clinicians.c-second")
    assert left.facts == {}
    assert left.viewed == {}
    assert "c-second" not in left.model_dump_json()


def test_a_move_to_its_own_place_changes_nothing() -> None:
    assert move(case(), "clinicians.c-first", "c-first") == case()


def test_the_name_of_an_entry_follows_what_it_points_to() -> None:
    assert label(case(), "opinions", "o-first") == "Dr. Solveig Marsh-Invented"
    assert label(case(), "clinicians", "nobody") == ""


def test_every_leaf_can_be_got_and_put_back_as_it_is() -> None:
    full = case()
    for leaf in leaves(full):
        assert get(full, leaf.path) == leaf.value
        assert words_at(leaf.path) == leaf.words
        assert put(full, leaf.path, leaf.value) == full


def test_every_pick_points_to_a_list() -> None:
    targets = {leaf.words.target for leaf in leaves(case()) if leaf.words.kind == "pick"}
    assert "clinicians" in targets
    for target in targets:
        assert item_type(target)


def test_an_own_answer_keeps_its_words() -> None:
    asked = put(Case(id="blank"), "own.dog", Own(words="Is there a dog?", value="Yes"))
    assert put(asked, "own.dog", "No").own["dog"] == Own(words="Is there a dog?", value="No")
