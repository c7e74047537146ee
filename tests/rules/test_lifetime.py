""" "Do this next" through a whole case: what comes first on each day, each call once, and never what is over."""

from __future__ import annotations

import pytest

from tests.rules import further_points
from tests.rules.asking import FACTS, day
from tests.rules.lifetime import Point, points
from workbook import rules
from workbook.rules.actions import KINDS, ORDER, is_planned, place
from workbook.rules.alerts import STEP_OF

FIRST = {
    "just diagnosed": ["goal.kinds", "clinicians", "insurance.plan.type"],
    "goal and surgery day": ["A-02", "clinicians", "insurance.plan.type"],
    "second clinician chosen": ["A-02", "visit.appointments", "records.items"],
    "plan noted": ["A-02", "visit.appointments", "A-14"],
    "visit booked": ["A-02", "A-14", "records.items"],
    "records asked for": ["A-02", "A-14"],
    "called": ["A-41", "A-02", "A-46"],
    "prior authorization sent in": ["A-02", "A-46"],
    "the plan wants": ["A-40", "A-02", "A-46"],
    "denied": ["A-17", "A-04", "A-02"],
    "report and notes came": ["A-04", "A-17", "A-02"],
    "the day before the visit": ["visit.appointments.v1", "A-46"],
    "the day after": ["opinions.o2", "goal.held_slot.cancel_by", "viewed"],
    "both saw the same": ["compare.third_opinion", "goal.held_slot.cancel_by", "A-26"],
    "decided": ["decision.cancels", "A-33", "decision.what"],  # a Saturday
}
FURTHER = {
    "a daughter starts": ["clinicians", "A-20", "A-14"],
    "she called Medicare": ["A-20", "A-14"],
    "the disc that came": ["A-11", "A-19"],
    "an office wants more time": ["A-19", "A-06", "records.requests.q1"],  # a Sunday: only Medicare answers
    "the cut-off was yesterday": ["A-45", "records.items.r2", "A-22"],
    "an office refused": ["A-44", "A-19", "records.requests.q1"],  # a Saturday
    "the visit was two days ago": ["visit.appointments.v1", "visit.appointments.v1", "A-25"],
    "both agree; a gene test": ["A-27", "decision.what"],
    "both agree, and everything": ["decision.what"],
    "the appeal was lost": ["A-43", "A-46", "A-09"],
    "surgery in twelve days": ["A-38", "visit.appointments", "records.items"],
    "decided, both offices know": ["decision.what"],
}
_OURS = ("map", "note", "visit", "booked", "fetch", "clinic-asks", "slot", "talk")


def _next(point: Point) -> rules.Status:
    return rules.status(point.case, FACTS, day(point.today))


@pytest.mark.parametrize("point", [*points(), *further_points.points()], ids=lambda point: point.title)
def test_what_comes_first(point: Point) -> None:
    expected = next(steps for title, steps in {**FURTHER, **FIRST}.items() if point.title.startswith(title))
    found = _next(point).next
    assert [step.about if step.rule in _OURS else step.rule for step in found] == expected


@pytest.mark.parametrize("point", [*points(), *further_points.points()], ids=lambda point: point.title)
def test_each_step_says_how_long_it_takes_and_no_call_is_listed_twice(point: Point) -> None:
    found = _next(point).next
    assert all(step.minutes > 0 for step in found)
    calls = [step.do for step in found] + [one for step in found for one in step.also]
    assert len(calls) == len({*calls})
    assert len([step for step in found if "Lake Clinic records" in step.do]) < 2


def test_few_alerts_at_first_and_none_that_is_over_after_the_decision() -> None:
    found = {point.title: [a.id for a in _next(point).alerts if a.id != "A-01"] for point in points()}
    assert len(found["visit booked for October 20"]) <= 3
    assert found["decided for therapy; the surgery slot is nine days away"] == ["A-33"]


def test_every_alert_has_its_place_in_the_plan() -> None:
    known = {key for key in STEP_OF if is_planned(key)}
    assert {*STEP_OF} - known == {"A-01", "A-13", "A-28", "A-30", "A-31", "A-32", "A-34"}  # only worth knowing
    assert {*KINDS} <= known
    keys = [key for tier in ORDER for key in tier]
    assert len(keys) == len({*keys})


def test_a_blocker_goes_before_every_warning_of_its_kind_and_not_before_worse_kinds() -> None:
    ranked = [place("A-11", is_blocker=True), place("A-39"), place("A-04", is_blocker=True), place("A-04")]
    assert [*ranked, place("A-24")] == sorted([*ranked, place("A-24")])
    assert place("A-11", is_blocker=True) == (0, 0)
    with pytest.raises(KeyError):
        place("A-30")
