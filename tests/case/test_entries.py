"""List entries are added once, moved, removed with all references, and named by what they refer to."""

from __future__ import annotations

from tests.builders import case
from workbook.case import Case, Own, add, get, item_type, label, leaves, move, put, remove, users, words_at


def test_an_entry_is_added_once_and_in_place() -> None:
    once = add(case(), "clinicians", {"id": "c-new", "name": "Dr. Third"}, before="c-second")
    assert list(once.clinicians) == ["c-first", "c-new", "c-second"]
    assert add(once, "clinicians", {"id": "c-new", "name": "Other"}) is once


def test_a_removed_entry_leaves_no_references() -> None:
    full = put(put(case(), "clinicians.c-second.saw_on@.who", "Jo"), "visit.questions", None)
    assert [u.path for u in users(full, "clinicians.c-second")] == ["records.items.r-mri.needed_for"]
    left = remove(full, "clinicians.c-second")
    assert left.provenance == {}
    assert left.viewed == {}
    assert "c-second" not in left.model_dump_json()


def test_a_move_to_the_same_position_changes_nothing() -> None:
    assert move(case(), "clinicians.c-first", "c-first") == case()


def test_the_name_of_an_entry_follows_its_references() -> None:
    assert label(case(), "opinions", "o-first") == "Dr. Solveig Marsh-Invented"
    assert label(case(), "clinicians", "nobody") == ""


def test_every_leaf_round_trips() -> None:
    full = case()
    for leaf in leaves(full):
        assert get(full, leaf.path) == leaf.value
        assert words_at(leaf.path) == leaf.words
        assert put(full, leaf.path, leaf.value) == full


def test_every_pick_refers_to_a_list() -> None:
    targets = {leaf.words.target for leaf in leaves(case()) if leaf.words.kind == "pick"}
    assert "clinicians" in targets
    for target in targets:
        assert item_type(target)


def test_a_user_defined_answer_keeps_its_wording() -> None:
    asked = put(Case(id="blank"), "own.dog", Own(words="Is there a dog?", value="Yes"))
    assert put(asked, "own.dog", "No").own["dog"] == Own(words="Is there a dog?", value="No")
