"""The rules a person can read for their own plan and state: which, in what order, and from when to when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day
from workbook import rules
from workbook.law import DatedFact, Facts
from workbook.rules import own_law


def fact(key: str, *groups: str, **more: Any) -> DatedFact:
    base = {**FACTS["H-10"].model_dump(), "version_of": "", "clock": "", "start": "", "valid_from": None}
    return DatedFact.model_validate({**base, "id": key, "applies_to": groups, "valid_to": None, **more})


def view(
    facts: list[DatedFact], today: str = "2026-11-20", plan: str = "original_medicare", state: str = ""
) -> rules.View:
    of = case(person={"state": state}, insurance={"plan": {"type": plan}})
    return rules.View(of, Facts(facts), day(today))


def ids(found: tuple[DatedFact, ...]) -> list[str]:
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("today", "shown"),
    [("2026-11-19", False), ("2026-11-20", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_rule_is_shown_from_its_first_day_through_its_last(today: str, shown: bool) -> None:
    rule = fact("M-x", "medicare", valid_from=day("2026-11-20"), valid_to=day("2026-12-31"))
    assert ids(own_law.for_plan(view([rule], today))) == (["M-x"] if shown else [])
    record = fact("H-x", "OH", valid_from=day("2026-11-20"), valid_to=day("2026-12-31"))
    assert ids(own_law.for_records(view([record], today, state="Ohio"))) == (["H-x"] if shown else [])


def test_second_opinions_come_first_and_help_comes_last() -> None:
    made = [
        fact("L-1"),
        fact("L-2"),
        fact("AP-x", "marketplace"),
        fact("M-x", "marketplace"),
        fact("S2-x", "OH"),
        fact("S2-scope"),
    ]
    bound = ["S2-x", "M-x", "AP-x", "S2-scope", "L-2", "L-1"]
    assert ids(own_law.for_plan(view(made, plan="marketplace", state="OH"))) == bound
    assert ids(own_law.for_plan(view(made, plan="marketplace"))) == ["M-x", "AP-x", "L-2", "L-1"]  # no state
    assert ids(own_law.for_plan(view(made, state="OH"))) == ["L-2", "L-1"]  # Medicare is not under state law


def test_rules_of_other_plans_states_and_subjects_are_left_out() -> None:
    made = [fact("M-x", "medicare"), fact("M-y", "advantage"), fact("H-x", "OH"), fact("H-y", "TX"), fact("S2-y", "TX")]
    assert ids(own_law.for_plan(view(made, state="OH"))) == ["M-x"]
    assert ids(own_law.for_records(view(made, state="OH"))) == ["H-x"]
    assert ids(own_law.for_records(view(made))) == []
