"""How a date was counted, line by line, so that a person can check it with a calendar."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.rules.asking import FACTS
from workbook.law import DatedFact
from workbook.rules.counting import Part, Sum

START = dt.date(2026, 12, 22)  # a Tuesday before Christmas Day and New Year's Day
SATURDAY = "Saturday, December 26, 2026"


def rule(value: float, unit: str, roll: str = "none") -> DatedFact:
    return DatedFact.model_validate({**FACTS["H-3"].model_dump(), "value": value, "unit": unit, "roll": roll})


def lines(*parts: Part, start: dt.date = START, evidence: str = "A letter") -> list[tuple[str, str]]:
    return [(step.day.isoformat(), step.words) for step in Sum(start, parts).steps(evidence)]


@pytest.mark.parametrize(
    ("value", "unit", "day", "words"),
    [
        (1, "working_days", "2026-12-23", "1 working day later. Weekends and federal holidays are not counted."),
        (3, "days", "2026-12-25", "3 days later. Every day counts, weekends too."),
        (72, "hours", "2026-12-25", "72 hours later. Ask at what hour it was logged."),
        (2, "months", "2027-02-22", "2 months later, on the same day of the month."),
        (1, "years", "2027-12-22", "1 year later, on the same day of the month."),
    ],
)
def test_each_unit_says_how_it_counts(value: int, unit: str, day: str, words: str) -> None:
    assert lines(Part(rule(value, unit))) == [("2026-12-22", "A letter."), (day, words)]


def test_each_holiday_that_was_passed_over_is_named() -> None:
    (_, (day, words)) = lines(Part(rule(3, "working_days")))
    assert day == "2026-12-28"
    assert words.endswith("Skipped: Christmas Day (December 25, 2026).")
    (_, (_, both)) = lines(Part(rule(8, "working_days")))
    assert both.endswith("Skipped: Christmas Day (December 25, 2026), New Year's Day (January 1, 2027).")
    (_, (_, next_day)) = lines(Part(rule(1, "working_days")), start=dt.date(2026, 12, 24))
    assert "Christmas Day" in next_day
    (_, (_, eve)) = lines(Part(rule(2, "working_days")))
    assert "Passed over" not in eve  # it ends the day before the holiday
    (_, (_, after)) = lines(Part(rule(1, "working_days")), start=dt.date(2026, 12, 25))
    assert "Passed over" not in after  # it starts on the holiday itself


def test_a_month_without_that_day_ends_on_the_first_of_the_next() -> None:
    (_, (day, words)) = lines(Part(rule(2, "months")), start=dt.date(2026, 12, 30))
    assert day == "2027-03-01"
    assert words == "2 months later. That month does not have that day, so it is the first of the next month."


def test_a_day_that_moves_says_why() -> None:
    weekend = lines(Part(rule(4, "days", "next_working_day")))
    assert weekend[2] == (
        "2026-12-28",
        "December 26, 2026 is a weekend, and the rule moves it to the next working day.",
    )
    holiday = lines(Part(rule(3, "days", "next_working_day")))
    assert holiday[2][1] == ("December 25, 2026 is Christmas Day, and the rule moves it to the next working day.")
    assert len(lines(Part(rule(4, "days", "next_working_day"), roll=False))) == 2  # not moved for an aim
    assert len(lines(Part(rule(2, "days", "next_working_day")))) == 2  # a working day stays


def test_days_with_a_reason_are_a_line_of_their_own() -> None:
    found = lines(Part(days=1, why="For the mail."), Part(rule(3, "days")), evidence="")
    assert found[0] == ("2026-12-22", "")
    assert found[1] == ("2026-12-23", "1 more day. For the mail.")
    assert found[2][0] == "2026-12-26"
    assert lines(Part(days=5, why="For the mail."))[1][1] == "5 more days. For the mail."


def test_a_rule_without_a_time_ends_the_sum_where_it_is() -> None:
    assert len(lines(Part(rule(20, "percent")), Part(rule(3, "days")))) == 1
    assert Sum(START, (Part(rule(20, "percent")), Part(rule(3, "days")))).day is None
    not_known_yet = Part(FACTS["H-3"].model_copy(update={"value": None}))
    assert (Sum(START, (not_known_yet,)).day, len(lines(not_known_yet))) == (None, 1)
