"""One counter for every clock: value, unit and roll come from the fact, for requests and plans alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.rules.asking import FACTS, case, day
from workbook import rules
from workbook.law import DatedFact, Facts
from workbook.rules.counting import extended, last_day

START = dt.date(2026, 12, 22)  # a Tuesday before Christmas Day and New Year's Day


def rule(value: float, unit: str, **more: Any) -> DatedFact:
    return DatedFact.model_validate({**FACTS["H-3"].model_dump(), "value": value, "unit": unit, **more})


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (72, "hours", "2026-12-25"),
        (36, "hours", "2026-12-24"),  # a day and a half ends on the second day
        (24, "hours", "2026-12-23"),
        (25, "hours", "2026-12-24"),
        (3, "days", "2026-12-25"),
        (3, "working_days", "2026-12-28"),
        (2, "months", "2027-02-22"),
        (1, "years", "2027-12-22"),
    ],
)
def test_each_unit_counts_its_own_way(value: int, unit: str, expected: str) -> None:
    assert last_day(rule(value, unit), START) == day(expected)


def test_a_day_rolls_only_if_the_fact_says_so() -> None:
    assert last_day(rule(3, "days", roll="next_working_day"), START) == day("2026-12-28")
    assert last_day(rule(3, "days", roll="next_working_day"), START, roll=False) == day("2026-12-25")
    assert last_day(rule(36, "hours", roll="next_working_day"), dt.date(2026, 12, 24)) == day("2026-12-28")


def test_a_fact_without_a_time_has_no_last_day() -> None:
    assert last_day(rule(20, "percent"), START) is None


def test_an_extension_follows_on_the_time_itself_and_rolls_once() -> None:
    first = rule(3, "days", roll="next_working_day")
    assert extended(first, rule(1, "days"), START).day == day("2026-12-26")
    assert extended(first, rule(1, "days", roll="next_working_day"), START).day == day("2026-12-28")


@pytest.mark.parametrize(
    ("change", "due", "outer"),
    [
        ({"value": 10, "unit": "working_days"}, "2026-11-18", "2026-12-18"),  # Veterans Day is skipped
        ({"value": 1, "unit": "months"}, "2026-12-03", "2027-01-02"),
        ({"value": 36, "unit": "hours"}, "2026-11-05", "2026-12-05"),
        ({"value": 4, "roll": "next_working_day"}, "2026-11-09", "2026-12-07"),  # day 4 is a Saturday
    ],
)
def test_a_records_request_counts_by_the_data(change: dict[str, Any], due: str, outer: str) -> None:
    facts = Facts(f.model_copy(update=change) if f.id == "H-3" else f for f in FACTS.values())
    asked = {"id": "q1", "route": "access_self", "received_by_holder_on": "2026-11-03", "evidence": "letter"}
    (clock,) = rules.clocks(rules.View(case(records={"requests": [asked]}), facts, day("2026-11-04")))
    assert (str(clock.due), str(clock.outer)) == (due, outer)


def test_a_time_without_a_unit_to_count_in_makes_no_date() -> None:
    facts = Facts(f.model_copy(update={"unit": "percent"}) if f.id == "H-3" else f for f in FACTS.values())
    asked = {"id": "q1", "route": "access_self", "received_by_holder_on": "2026-11-03", "evidence": "letter"}
    found = rules.status(case(records={"requests": [asked]}), facts, day("2026-12-10"))
    assert [d for d in found.deadlines if d.rule == "records-access"] == []
    assert "There is no time limit for this kind of request." in [e.why for e in found.ended]


def test_a_complaint_counts_by_the_data() -> None:
    change = {"value": 6, "unit": "months", "roll": "next_working_day"}
    facts = Facts(f.model_copy(update=change) if f.id == "H-10" else f for f in FACTS.values())
    asked = {"id": "q1", "route": "access_self", "received_by_holder_on": "2026-10-28", "evidence": "letter"}
    found = rules.status(case(records={"requests": [asked]}), facts, day("2026-12-01"))
    assert [str(d.due) for d in found.deadlines if d.rule == "complaint"] == ["2027-05-27"]
    assert [
        "You have 6 months to complain, from the day you learned" in a.more for a in found.alerts if a.id == "A-05"
    ] == [True]


@pytest.mark.parametrize(("value", "first"), [(30, "2026-11-23"), (15, "2026-11-13"), (60, "2026-12-13")])
def test_the_reminder_comes_while_there_is_time_to_answer(value: int, first: str) -> None:
    facts = Facts(f.model_copy(update={"value": value}) if f.id == "H-3" else f for f in FACTS.values())
    asked = case(records={"requests": [{"id": "q1", "route": "access_self", "received_by_holder_on": "2026-11-03"}]})
    for on, expected in ((day(first) - dt.timedelta(days=1), []), (day(first), ["warning"])):
        found = rules.status(asked, facts, on)
        assert [a.level.value for a in found.alerts if a.id == "A-05"] == expected
