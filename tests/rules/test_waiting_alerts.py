"""Compares dates that people gave: how long it can wait, the treatment, the visit (A-03, A-37, A-38)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, level, status, visit
from workbook.case import Items

SAID = {"until": "2026-11-30", "said_by": "Dr. Marsh", "said_on": "2026-11-01"}
REVIEW = visit("2026-11-20", mode="record_review_only", report_due="2026-12-04")
SLOT = {"what": "surgery", "on": "2026-11-30", "state": "booked"}


def test_a_visit_after_the_safe_to_wait_date_names_both_dates_and_the_clinician() -> None:
    of = case(goal={"safe_wait": SAID}, visit=visit("2026-12-10T09:00"))
    (found,) = alerts(of, "2026-11-10", "A-37")
    assert found.level.value == "blocker"
    assert found.text == (
        "Dr. Marsh said that it can wait until Monday, November 30, 2026. The visit is on Thursday, December 10, 2026."
    )
    assert found.next == (
        "Ask Dr. Marsh if it is all right to wait until Thursday, December 10, 2026, or ask for an earlier day."
    )
    assert status(of, "2026-11-10").next[0].rule == "A-37"


@pytest.mark.parametrize(
    ("goal", "appointment", "today", "expected"),
    [
        ({"safe_wait": SAID}, visit("2026-11-30T09:00"), "2026-11-10", None),  # on that day
        ({"safe_wait": SAID}, visit("2026-12-01T09:00"), "2026-12-01", "blocker"),  # the day is past
        ({"safe_wait": {**SAID, "until": "2026-11"}}, visit("2026-12-01T09:00"), "2026-11-10", "blocker"),
        ({"safe_wait": {"until": "unknown"}}, visit("2026-12-10T09:00"), "2026-11-10", None),
        ({"safe_wait": SAID}, REVIEW, "2026-11-10", "blocker"),
        ({"safe_wait": SAID, "held_slot": {"on": "2026-12-15"}}, visit("2026-11-20"), "2026-11-10", "blocker"),
        ({"safe_wait": SAID, "held_slot": {"on": "2026-11-28"}}, visit("2026-11-20"), "2026-11-10", None),
        ({"safe_wait": SAID}, {}, "2026-11-10", None),  # no visit yet, and time is left
        ({"safe_wait": SAID}, {}, "2026-11-20", "warning"),
        ({"safe_wait": SAID}, {}, "2026-12-02", "blocker"),
    ],
)
def test_plans_after_the_safe_to_wait_date_are_reported(
    goal: dict[str, Any], appointment: dict[str, Any], today: str, expected: str | None
) -> None:
    assert level(case(goal=goal, visit=appointment), today, "A-37") == expected


@pytest.mark.parametrize("slot", ["2026-12", "2026-12-01~", "2026-12-05"])
@pytest.mark.parametrize("start", ["2026-12-12", "2027-01-12", "2026-12"])
def test_an_inexact_date_is_compared_and_shown_as_noted(slot: str, start: str) -> None:
    (found,) = alerts(case(goal={"held_slot": {"on": slot}}, visit=visit(start)), "2026-11-24", "A-03")
    assert ("December 2026" in found.text) == ("2026-12" in (slot, start))
    assert "December 31" not in found.text
    wait = case(goal={"safe_wait": {**SAID, "until": "2026-12-20"}}, visit=visit("2026-12"))
    (found,) = alerts(wait, "2026-11-24", "A-37")
    assert "The date given for the visit is December 2026." in found.text


def test_a_written_report_counts_as_the_next_opinion() -> None:
    review = visit("2026-12-09", mode="record_review_only", report_due="2026-12-09")
    review["appointments"][0]["start"] = None
    of = case(goal={"held_slot": {"on": "2026-12-01"}, "safe_wait": SAID}, visit=review)
    assert level(of, "2026-11-24", "A-38") is None
    for which in ("A-03", "A-37"):
        (found,) = alerts(of, "2026-11-24", which)
        assert "The written opinion comes on Wednesday, December 9, 2026." in found.text


def test_after_the_decision_there_is_no_waiting_alert() -> None:
    decided = {"what": "therapy", "on": "2026-11-05"}
    of = case(goal={"safe_wait": SAID, "held_slot": SLOT}, visit=visit("2026-12-10T09:00"), decision=decided)
    assert level(of, "2026-11-24", "A-37") is None
    assert level(case(goal={"held_slot": SLOT}, decision=decided), "2026-11-24", "A-38") is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-10-30", None),
        ("2026-10-31", "warning"),
        ("2026-11-16", "blocker"),
        ("2026-11-30", "blocker"),
        ("2026-12-01", None),
    ],
)
def test_a_scheduled_treatment_without_a_visit_before_it_is_reported(today: str, expected: str | None) -> None:
    of = case(goal={"held_slot": SLOT})
    assert level(of, today, "A-38") == expected
    if expected:
        (found,) = alerts(of, today, "A-38")
        assert "Monday, November 30, 2026" in found.text
        assert "Dr. Solveig Marsh-Invented" in found.next
        assert level(case(goal={"held_slot": SLOT}, visit=visit("2026-11-30T08:00")), today, "A-38") is None


def test_a_treatment_before_the_visit_is_named_even_if_the_day_to_decide_is_earlier() -> None:
    of = case(goal={"held_slot": SLOT, "decide_by": "2026-11-28"}, visit=visit("2026-12-05T09:00"))
    (found,) = alerts(of, "2026-11-24", "A-03")
    assert "The visit is on Saturday, December 5, 2026." in found.text
    assert "The treatment is booked before that, for Monday, November 30, 2026." in found.text
    assert "Ask Dr. Solveig Marsh-Invented if the date of the treatment can be moved." in found.next


def test_the_alert_is_on_the_visits_page_and_names_the_clinician() -> None:
    of = case(goal={"safe_wait": SAID, "held_slot": SLOT}, visit=visit("2026-12-10T09:00"))
    for which in ("A-03", "A-37"):
        (found,) = alerts(of, "2026-11-10", which)
        assert found.step == "visit"
    only_said = of.model_copy(update={"clinicians": Items(c for c in of.clinicians.values() if c.id != "c-first")})
    (found,) = alerts(only_said, "2026-11-10", "A-03")
    assert found.next.startswith("Ask Dr. Marsh if the date of the treatment can be moved.")
    assert alerts(case(goal={"held_slot": SLOT}), "2026-11-24", "A-38")[0].step == "goal"
