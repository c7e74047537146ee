"""When a question is asked: Python and the script of a form follow the same table, `condition_cases.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbook.case import Case, Own, add, get, put
from workbook.errors import BadValue
from workbook.rules.conditions import hold
from workbook.rules.plan_families import FAMILIES, NETWORKED, TYPES
from workbook.ui.asking.conditions import _parsed as parsed

TABLE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "condition_cases.json").read_text("utf-8"))
ROWS = [(one, values, expected) for one in TABLE for values, expected in one["rows"]]


@pytest.mark.parametrize("one", TABLE, ids=lambda one: one["when"])
def test_a_condition_is_compiled_for_the_page(one: dict[str, Any]) -> None:
    assert [c.compiled() for c in parsed(one["when"], one.get("list", ""))] == one["compiled"]


@pytest.mark.parametrize(("one", "values", "expected"), ROWS, ids=[f"{o['when']}-{v}" for o, v, _ in ROWS])
def test_it_is_met_by_these_answers(one: dict[str, Any], values: dict[str, Any], expected: bool) -> None:
    case, listed = Case(id="c1"), one.get("list", "")
    for key in ("r1", "r2") if listed else ():
        case = add(case, listed, {"id": key})
    for path, value in values.items():
        if path == "clinicians":
            for key in value:
                case = add(case, path, {"id": key})
            continue
        if path.startswith("records.items.") and listed != "records.items":  # a record that an entry chooses
            case = add(case, "records.items", {"id": path.split(".")[2]})
        case = put(case, path, Own(words="?", value=value) if "own" in path.split(".") else value)
    item = get(case, f"{listed}.r1") if listed else None
    assert hold(parsed(one["when"], listed), case, item) is expected


@pytest.mark.parametrize(
    ("text", "listed", "sentence"),
    [
        ("insurance.plan.typ is hmo", "", "no question called insurance.plan.typ. Did you mean insurance.plan.type?"),
        ("insurance.plan.type in medicar", "", "is never medicar. Did you mean medicare?"),
        ("insurance.plan.type is ", "", "is not a condition. Write it like"),
        ("goal.reversible is maybe", "", "goal.reversible is never maybe. It can be yes, partly, no, unknown."),
        ("goal.reversible in yes,", "", "goal.reversible is never empty."),
        ("goal.own_words is hope", "", 'goal.own_words has no choices. Write only "goal.own_words", for any answer.'),
        ("goal.reversible == yes", "", "is not a condition."),
        ("kind is lab", "", "There is no question called kind."),
        ("kind is labs", "records.items", "kind is never labs. Did you mean lab?"),
        ("answers.referral", "insurance.calls", "has three parts. Name one, such as answers.referral.answer."),
        ("top is no", "visit.questions", "top is never no. It can be yes."),
        ("goal.kinds has 2", "", "Write the name of a list and a number"),
        ("clinicians has two", "", "Write the name of a list and a number"),
        ("items.kind is labs", "records.requests", "items.kind is never labs. Did you mean lab?"),
        ("items.kinds is lab", "records.requests", "There is no question called items.kinds."),
    ],
)
def test_a_slip_is_named_with_what_was_meant(text: str, listed: str, sentence: str) -> None:
    with pytest.raises(BadValue) as told:
        parsed(text, listed)
    assert sentence in str(told.value)


@pytest.mark.parametrize("listed", ["", "records.items"])
def test_a_path_through_a_choice_of_the_case_is_the_same_inside_a_list(listed: str) -> None:
    when = "goal.safe_wait.said_by_clinician.role is first"
    (one,) = parsed(when, listed)
    assert one.compiled() == {
        "path": "goal.safe_wait.said_by_clinician",
        "values": ["first"],
        "of": "clinicians",
        "part": "role",
    }
    case = Case.model_validate({"clinicians": [{"id": "a", "role": "first"}, {"id": "b", "role": "second"}]})
    case = add(case, "records.items", {"id": "r1"})
    item = get(case, "records.items.r1") if listed else None
    for who, expected in (("a", True), ("b", False), ("", False)):
        assert hold((one,), put(case, "goal.safe_wait.said_by_clinician", who), item) is expected


def test_every_family_has_a_name_for_its_types() -> None:
    assert {kind for family in set(FAMILIES.values()) for kind in TYPES[family]} == set(FAMILIES)
    assert TYPES["networked"] == NETWORKED
