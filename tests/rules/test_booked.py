"""A decision that cancels a booked treatment leads to the call that cancels it; a canceled one counts no more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import paper
from tests.rules.asking import alerts, case, level
from workbook.case import Case, put
from workbook.law import load
from workbook.rules import Status, status

DAY = "2026-11-22"


def booked(**values: Any) -> Case:
    made = case()
    slot = {
        "goal.held_slot.what": "Spinal fusion",
        "goal.held_slot.on": "2027-01-15",
        "goal.held_slot.where": "St. Anne",
    }
    for path, value in {**slot, **{k.replace("__", "."): v for k, v in values.items()}}.items():
        made = put(made, path, value)
    return made


def test_the_next_step_is_the_call_that_cancels_it() -> None:
    made = booked(decision__what="Exercise first", decision__cancels="yes")
    (found,) = alerts(made, DAY, "A-39")
    assert found.text == (
        "The decision cancels this treatment: Spinal fusion. It is still booked for Friday, January 15, 2027."
    )
    assert found.next == "Call St. Anne and cancel it. Write down who confirmed it, and the date."
    assert found.next in [step.do for step in _status(made).next]


@pytest.mark.parametrize(
    "values",
    [
        {"decision__cancels": None},
        {"decision__cancels": "no"},
        {"decision__cancels": "yes", "goal__held_slot__canceled_on": "2026-11-21"},
        {"decision__cancels": "yes", "goal__held_slot__on": "2026-11-20"},
        {"decision__cancels": "yes", "goal__held_slot__what": ""},
    ],
)
def test_it_is_silent_when_nothing_is_left_to_cancel(values: dict[str, Any]) -> None:
    assert level(booked(**values), DAY, "A-39") is None


def test_a_canceled_treatment_is_no_deadline_and_the_summary_says_so() -> None:
    before, after = booked(), booked(goal__held_slot__canceled_on="2026-11-21")
    assert "held-slot" in {d.rule for d in _status(before).deadlines}
    assert "held-slot" not in {d.rule for d in _status(after).deadlines}
    assert ("held-slot", "It was canceled.") in {(d.rule, d.why) for d in _status(after).ended}
    assert "Spinal fusion, Jan 15, 2027, St. Anne (canceled on Nov 21, 2026)" in paper.text(after, "summary")
    assert "St. Anne (to be canceled)" in paper.text(booked(decision__cancels="yes"), "summary")


def test_a_booked_treatment_without_a_name_has_a_noun() -> None:
    made = booked(goal__held_slot__what="", goal__held_slot__where="")
    assert "Already booked a treatment, Jan 15, 2027" in paper.text(made, "summary")
    assert "Already booked" not in paper.text(case(), "summary")


def _status(made: Case) -> Status:
    return status(made, load(), paper.TODAY)
