"""Day before, day, day after: edge cases over weekends, leap days and the turn of a year, and missing starts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.rules.asking import alerts, case, day, due, level, status, visit
from workbook.case import Case

HEARD = {"id": "o1", "clinician": "c-first", "form": "draft"}


@pytest.mark.parametrize(
    ("start", "today", "expected"),
    [
        ("2028-03-10", "2028-02-28", None),  # 11 days, including the leap day
        ("2028-03-10", "2028-02-29", "warning"),
        ("2028-03-10", "2028-03-07", "blocker"),
        ("2027-01-03", "2026-12-23", None),  # over the turn of the year, a Sunday
        ("2027-01-03", "2026-12-24", "warning"),
        ("2027-01-03", "2026-12-31", "blocker"),
    ],
)
def test_missing_records_alert_ten_and_three_days_before(start: str, today: str, expected: str | None) -> None:
    of = case(records={"items": [{"id": "r1"}]}, visit=visit("2028-03-20", cut_off=start))
    assert level(of, today, "A-04") == expected
    assert level(case(records={"items": [{"id": "r1"}]}, visit=visit("2028-03-20")), today, "A-04") is None  # no day


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        ("2028-02-16", "2028-02-29", None),
        ("2028-02-16", "2028-03-01", "warning"),  # day 14, after the leap day
        ("2026-12-20", "2027-01-02", None),
        ("2026-12-20", "2027-01-03", "warning"),
        (None, "2027-01-03", None),  # unknown date
    ],
)
def test_spoken_opinions_alert_after_fourteen_days(on: str | None, today: str, expected: str | None) -> None:
    assert level(case(opinions=[{**HEARD, "on": on}]), today, "A-25") == expected


@pytest.mark.parametrize(
    ("start", "checked", "expected"),
    [
        ("2028-03-30", "2028-02-29", None),  # 30 days
        ("2028-03-31", "2028-02-29", "warning"),
        ("2027-01-14", "2026-12-15", None),
        ("2027-01-15", "2026-12-15", "warning"),
    ],
)
def test_lists_are_thirty_days_old_at_most(start: str, checked: str, expected: str | None) -> None:
    of = case(health={"medications_confirmed_on": checked}, visit=visit(start))
    assert level(of, str(day(start) - dt.timedelta(days=7)), "A-23") == expected


def test_lists_and_questions_are_for_the_last_weeks_before_the_visit() -> None:
    of = case(visit=visit("2027-01-15", state="booked"))
    for on, expected in (
        ("2026-12-31", None),
        ("2027-01-01", "info"),
        ("2027-01-07", "info"),
        ("2027-01-08", "warning"),
    ):
        assert [level(of, on, which) for which in ("A-22", "A-23")] == [expected] * 2, on


@pytest.mark.parametrize(
    ("plan", "sent", "late"),
    [
        ("medicare_advantage", "2026-12-28", "2027-01-05"),  # due January 4
        ("medicare_advantage", "2028-02-24", "2028-03-03"),  # due March 2, the leap day counts
        ("employer_insured", "2026-12-20", "2027-01-05"),
        ("ppo", "2026-12-20", "2026-12-28"),  # it may be Medicare Advantage or Medicaid, with 7 days
        ("medicaid_mco", "2026-11-20", "2026-11-28"),  # due on the Friday after Thanksgiving
    ],
)
def test_a_plan_is_late_on_the_day_after(plan: str, sent: str, late: str) -> None:
    auth = {"id": "p1", "service": "MRI", "state": "submitted", "submitted_on": sent}
    of = case(insurance={"plan": {"type": plan}, "prior_auths": [auth]})
    last = dt.date.fromisoformat(late) - dt.timedelta(days=1)
    assert due(of, sent, "prior-auth") == last.isoformat()
    assert level(of, last.isoformat(), "A-16") is None
    assert level(of, late, "A-16") == "warning"


@pytest.mark.parametrize(
    ("asked", "last", "late"),
    [
        ("2027-12-30", "2028-01-05", "2028-01-06"),  # New Year's Day is observed on the Friday before
        ("2028-02-25", "2028-03-01", "2028-03-02"),  # over a weekend and the leap day
        ("2026-11-10", "2026-11-16", "2026-11-17"),  # over Veterans Day
    ],
)
def test_an_estimate_is_late_after_three_working_days(asked: str, last: str, late: str) -> None:
    of = case(insurance={"estimates": [{"id": "e1", "self_pay": "yes", "asked_on": asked}]})
    assert due(of, asked, "estimate") == last
    assert (level(of, last, "A-36"), level(of, late, "A-36")) == (None, "warning")


@pytest.mark.parametrize(
    ("back", "today", "a12", "a29"),
    [
        ("2028-03-06", "2028-02-27", None, None),  # eight days
        ("2028-03-06", "2028-02-28", "warning", None),
        ("2028-03-06", "2028-03-06", "warning", None),
        ("2028-03-06", "2028-03-07", None, "warning"),
        (None, "2028-03-07", None, None),
    ],
)
def test_a_loan_is_near_a_week_before(back: str | None, today: str, a12: str | None, a29: str | None) -> None:
    of = case(records={"materials": [{"id": "s1", "kind": "slides", "return_by": back}]})
    assert (level(of, today, "A-12"), level(of, today, "A-29")) == (a12, a29)


def review(slot: str | None, report: str | None) -> Case:
    goal = {"held_slot": {"on": slot}} if slot else {}
    return case(goal=goal, visit=visit("2026-12-10", mode="record_review_only", report_due=report))


@pytest.mark.parametrize(
    ("slot", "report", "expected"),
    [
        ("2027-01-08", "2026-12-31", None),  # the fifth working day before: New Year's Day does not count
        ("2027-01-08", "2027-01-01", "blocker"),
        ("2027-01-08", None, None),  # no day for the report: the visit counts
        (None, "2027-01-01", None),
    ],
)
def test_a_written_opinion_comes_five_working_days_before_the_slot(
    slot: str | None, report: str | None, expected: str | None
) -> None:
    of = review(slot, report)
    assert level(of, "2026-11-20", "A-03") == expected
    if expected:
        (found,) = alerts(of, "2026-11-20", "A-03")
        assert found.text.startswith("The written opinion comes on Friday, January 1, 2027.")


@pytest.mark.parametrize(
    ("plan", "letter", "expected"),
    [
        ("marketplace", {"level": "external", "received_on": "2027-10-31"}, "2028-03-01"),  # no such day
        ("marketplace", {"level": "external", "received_on": "2027-10-29"}, "2028-02-29"),  # only in a leap year
        ("marketplace", {"level": "external", "received_on": "2026-10-31"}, "2027-03-01"),
        ("medicare_advantage", {"notice_date": "2027-12-27"}, "2028-03-01"),  # 5 and 60 days, over the leap day
        ("medicaid_mco", {"notice_date": "2027-12-31"}, "2028-02-29"),
        ("ppo", {}, "none"),
    ],
)
def test_the_last_day_to_appeal_over_leap_days(plan: str, letter: dict[str, Any], expected: str) -> None:
    of = case(insurance={"plan": {"type": plan}, "denials": [{"id": "d1", **letter}]})
    assert due(of, "2027-12-31" if letter else "2026-12-31", "appeal") == expected


def test_a_deadline_without_a_start_is_listed_with_the_missing_date() -> None:
    of = case(
        records={"requests": [{"id": "q1", "route": "access_self", "state": "sent"}]},
        insurance={
            "plan": {"type": "ppo"},
            "prior_auths": [{"id": "p1", "state": "submitted"}],
            "denials": [{"id": "d1"}],
            "estimates": [{"id": "e1", "self_pay": "yes"}],
        },
    )
    waiting = {d.rule: d.text for d in status(of, "2026-11-22").deadlines if d.certainty.value == "not_started"}
    assert {*waiting} == {"records-access", "prior-auth", "appeal", "estimate"}
    assert all("We can count the time limit once" in text for text in waiting.values())
