"""A decision that cancels a booked treatment leads to the call that cancels it; a canceled one counts no more."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents import paper
from tests.rules.asking import alerts, case, level
from workbook.case import Case, put
from workbook.law import load
from workbook.rules import Status, View, milestones, status
from workbook.rules.own_steps import own_steps
from workbook.rules.timeline import short

DAY = "2026-11-22"


def booked(**values: Any) -> Case:
    made = case()
    slot = {
        "goal.held_slot.what": "Spinal fusion",
        "goal.held_slot.on": "2027-01-15",
        "goal.held_slot.where": "St. Anne",
        "goal.held_slot.state": "booked",
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
        {"decision__cancels": "yes", "goal__held_slot__what": "", "goal__held_slot__on": None},
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
    assert "Already booked: a treatment, Jan 15, 2027" in paper.text(made, "summary")
    assert "Planned treatment: Jan 15, 2027" in paper.text(put(made, "goal.held_slot.state", None), "summary")
    assert "Already booked" not in paper.text(case(), "summary")


@pytest.mark.parametrize(
    ("state", "said", "printed", "certainty"),
    [
        (None, "A treatment is planned for {day}: Spinal fusion.", "Planned treatment: Spinal fusion, Jan 15", "known"),
        ("booked", "A treatment is booked for {day}: Spinal fusion.", "Already booked: Spinal fusion, Jan 15", "known"),
        (
            "tentative",
            "A treatment may be on {day}: Spinal fusion. It is not booked yet.",
            "Planned treatment: Spinal fusion, may be Jan 15, 2027 (not booked yet)",
            "not_booked",
        ),
    ],
)
def test_a_date_is_called_booked_only_if_somebody_said_so(
    state: str | None, said: str, printed: str, certainty: str
) -> None:
    made = booked(goal__held_slot__state=state)
    (line,) = (d for d in _status(made).deadlines if d.rule == "held-slot")
    assert (line.text, line.certainty.value) == (said.format(day="Friday, January 15, 2027"), certainty)
    assert printed in paper.text(made, "summary")
    shown = [short(m) for m in milestones(_status(made)) if m.kind == "treatment"]
    assert shown == ["Treatment, not booked yet" if state == "tentative" else "Treatment"]
    words = {a.text for which in ("A-38", "A-39") for a in alerts(made, "2026-12-28", which)}
    assert not any("is booked for" in one for one in words) or state == "booked"


def test_nobody_is_asked_to_cancel_what_is_not_booked() -> None:
    heard = [{"id": f"o{n}", "clinician": c, "on": "2026-10-01"} for n, c in enumerate(("c-first", "c-second"))]
    for state, asked in (("booked", True), (None, True), ("tentative", False)):
        of = case(goal={"held_slot": {"on": "2027-01-15", "state": state}}, opinions=heard)
        steps = own_steps(View(of, load(), paper.TODAY))
        assert any(one.key == "slot" for one in steps) is asked


def _status(made: Case) -> Status:
    return status(made, load(), paper.TODAY)


def test_a_treatment_without_a_name_is_canceled_too() -> None:
    made = booked(goal__held_slot__what="", goal__held_slot__where="", decision__what="No", decision__cancels="yes")
    (found,) = alerts(made, DAY, "A-39")
    assert found.text == "The decision cancels the treatment. It is still booked for Friday, January 15, 2027."
    assert _status(made).next[0].do == "Call and cancel the treatment. Write down who confirmed it, and the date."


def test_a_decision_does_not_hide_what_a_visit_ahead_can_cost() -> None:
    made = case(
        decision={"what": "Not now"},
        insurance={"plan": {"type": "ppo"}},
        clinicians=[{"id": "c1", "role": "second", "name": "Dr. Reyes"}],
        visit={"appointments": [{"id": "v1", "start": "2026-12-15", "clinician": "c1"}]},
    )
    assert "A-15" in {found.id for found in _status(made).alerts}
    assert "Keep the visit on Tuesday, December 15, 2026, or cancel it." in [step.do for step in _status(made).next]
    over = put(made, "visit.appointments.v1.state", "canceled")
    assert "A-15" not in {found.id for found in _status(over).alerts}
    assert not [step for step in _status(over).next if "the visit" in step.do]
