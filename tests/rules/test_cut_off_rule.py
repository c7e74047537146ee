"""A clinic's rule for records is read in figures, words, hours and weekdays, or the person is asked for the day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.rules.asking import alerts, case, day, due, visit
from workbook.rules.cut_off_rule import day_before

TUESDAY = dt.date(2026, 12, 1)  # the Tuesday after Thanksgiving week


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("5 working days before", "2026-11-23"),
        ("five business days before the visit", "2026-11-23"),
        ("at least 5 business days prior", "2026-11-23"),
        ("5-7 business days", "2026-11-19"),  # the larger number, so that nothing comes too late
        ("three to five days", "2026-11-26"),
        ("10 days", "2026-11-21"),
        ("ten calendar days ahead", "2026-11-21"),
        ("a week before", "2026-11-24"),
        ("one week", "2026-11-24"),
        ("two weeks prior to your appointment", "2026-11-17"),
        ("1 month", "2026-11-01"),
        ("72 hours before", "2026-11-28"),
        ("48 hrs", "2026-11-29"),
        ("the day before", "2026-11-30"),
        ("the business day before", "2026-11-30"),
        ("the Friday before", "2026-11-27"),
        ("Tuesday before", "2026-11-24"),
        ("by Monday of the week before", "2026-11-23"),
        ("same day", "2026-12-01"),
    ],
)
def test_a_rule_gives_its_day(rule: str, expected: str) -> None:
    assert str(day_before(TUESDAY, rule)) == expected


@pytest.mark.parametrize(
    "rule", ["", "as soon as possible", "call us", "3 days after the visit", "no older than 6 months", "early"]
)
def test_what_cannot_be_read_gives_no_day(rule: str) -> None:
    assert day_before(TUESDAY, rule) is None


def test_hours_count_from_the_time_of_the_visit() -> None:
    assert day_before(dt.datetime.fromisoformat("2026-12-01T10:30"), "72 hours") == day("2026-11-28")
    assert day_before(dt.datetime.fromisoformat("2026-12-01T10:30"), "12 hours") == day("2026-11-30")
    assert due(case(visit=visit(cut_off_rule="72 hours before")), "2026-11-10", "cut-off") == "2026-11-28"


def test_an_earlier_month_without_the_day_ends_on_its_last() -> None:
    assert day_before(dt.date(2027, 3, 31), "1 month before") == day("2027-02-28")


def test_the_person_is_asked_for_a_day_that_cannot_be_read() -> None:
    unread = case(visit=visit(cut_off_rule="well ahead"))
    (told,) = alerts(unread, "2026-11-10", "D-01")
    assert told.about == "visit.appointments.v1"
    assert "cannot work out a date from the clinic's rule" in told.text
    assert alerts(unread, "2026-12-02", "D-01") == []  # the visit is over
    assert alerts(case(visit=visit(cut_off_rule="well ahead", cut_off="2026-11-20")), "2026-11-10", "D-01") == []
    assert alerts(case(visit=visit(cut_off_rule="none")), "2026-11-10", "D-01") == []


@pytest.mark.parametrize(
    "rule",
    [
        "images must be less than 6 months old",
        "48 business hours",
        "within 5 days of booking",
        "24 hours a day",
        "2 days after scheduling",
        "5 per day",
    ],
)
def test_a_rule_about_something_else_gives_no_day(rule: str) -> None:
    assert day_before(TUESDAY, rule) is None
