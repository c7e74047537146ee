"""An ordinary appeal can take too long: when that is said, and what is said of an urgent one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, level, visit
from workbook.case import Case

URGENT = "a clinician can ask for an urgent appeal. The plan then has 72 hours."
OUTSIDE = "The outside review can run at the same time."


def denied(plan: str = "employer_insured", auths: list[dict[str, Any]] | None = None, **sections: Any) -> Case:
    item = {"id": "d1", "what": "MRI", "state": "open", "received_on": "2026-11-03"}
    asked = [{"id": f"p{n}", "state": "denied", **auth} for n, auth in enumerate(auths or [])]
    insurance = {"plan": {"type": plan}, "denials": [item], "prior_auths": asked}
    return case(insurance=insurance, **sections)


def words(of: Case, today: str = "2026-11-05") -> str:
    """The text of A-17; "" without it. With 178 days left it is there only if an ordinary appeal would be too slow."""
    return " ".join(f"{a.text} {a.more}" for a in alerts(of, today, "A-17"))


@pytest.mark.parametrize(
    ("auths", "urgent"),
    [
        ([{"service": "CT", "urgency": "urgent"}], True),  # the only one is the one that was denied
        ([{"service": "CT", "urgency": "standard"}], False),
        ([{"service": "CT", "urgency": "urgent"}, {"service": "PET"}], False),
        ([{"service": "MRI", "urgency": "urgent"}, {"service": "PET"}], True),
        ([{"service": "MRI"}, {"service": "PET", "urgency": "urgent"}], False),
        ([{"service": "CT", "urgency": "urgent", "state": "submitted"}], False),
        ([{"service": "CT", "urgency": "urgent", "state": "partly"}], True),
        ([], False),
    ],
)
def test_an_urgent_request_that_was_denied_is_appealed_urgently(auths: list[dict[str, Any]], urgent: bool) -> None:
    assert (URGENT in words(denied(auths=auths))) is urgent


@pytest.mark.parametrize(
    ("sections", "near"),
    [
        ({"visit": visit("2026-12-05")}, True),  # 30 days
        ({"visit": visit("2026-12-06")}, False),
        ({"visit": visit("2026-11-05")}, True),  # today
        ({"goal": {"held_slot": {"on": "2026-12-05"}}}, True),
        ({"goal": {"held_slot": {"on": "2026-12-06"}}}, False),
        ({"goal": {"held_slot": {"on": "2026-11-05"}}}, True),
        ({"goal": {"held_slot": {"on": "2026-11-04"}}}, False),
        ({"goal": {"held_slot": {"on": "2026-12-05"}}, "decision": {"what": "Wait"}}, False),
    ],
)
def test_a_day_within_a_month_is_too_near_for_an_ordinary_appeal(sections: dict[str, Any], near: bool) -> None:
    assert (URGENT in words(denied(**sections))) is near


@pytest.mark.parametrize(
    ("plan", "hours", "outside"),
    [
        ("marketplace", True, True),
        ("individual", True, True),
        ("medicare_advantage", True, False),
        ("medicaid_mco", True, False),
        ("dsnp", True, False),
        ("original_medicare", False, False),  # no figure of its own
        ("fehb", False, False),
        ("va", False, False),
    ],
)
def test_the_hours_are_named_only_if_the_plan_has_them(plan: str, hours: bool, outside: bool) -> None:
    told = words(denied(plan, visit=visit("2026-12-01")))
    assert (URGENT in told, OUTSIDE in told) == (hours, outside)
    assert ("If waiting could do harm, ask the plan for an urgent appeal." in told) is not hours


@pytest.mark.parametrize(
    ("letter", "today", "expected"),
    [
        ("2027-01-04", "2026-11-05", "warning"),  # 60 days left
        ("2027-01-05", "2026-11-05", None),
        ("2026-11-19", "2026-11-05", "blocker"),  # 14 days left
        ("2026-11-20", "2026-11-05", "warning"),
    ],
)
def test_an_appeal_presses_more_the_fewer_days_are_left(letter: str, today: str, expected: str | None) -> None:
    item = {"id": "d1", "what": "MRI", "state": "open", "letter_deadline": letter}
    of = case(insurance={"plan": {"type": "va"}, "denials": [item]})
    assert level(of, today, "A-17") == expected


@pytest.mark.parametrize(
    ("decided", "today", "expected"),
    [("2026-07-20", "2026-11-06", "blocker"), ("2026-07-20", "2026-11-05", "warning")],  # November 20: 14, 15 days
)
def test_the_next_step_presses_in_its_last_two_weeks(decided: str, today: str, expected: str) -> None:
    item = {"id": "d1", "what": "MRI", "state": "lost", "filed_on": "2026-06-20", "decided_on": decided}
    of = case(insurance={"plan": {"type": "marketplace"}, "denials": [item]})
    assert level(of, today, "A-43") == expected


def test_letter_and_rule_are_both_named_only_if_they_differ() -> None:
    def told(letter: str | None) -> str:
        item = {"id": "d1", "what": "MRI", "received_on": "2026-06-01", "letter_deadline": letter}
        return words(case(insurance={"plan": {"type": "employer_insured"}, "denials": [item]}), "2026-11-20")

    assert "The letter says Tuesday, December 1, 2026. The rule says Saturday, November 28, 2026." in told("2026-12-01")
    assert "The letter says" not in told("2026-11-28")
    assert "The letter says" not in told(None)
    assert "180 days" in told(None)
    assert "180 days" not in told("2026-11-28")  # the letter's day counts, so the rule need not be explained


def test_of_an_unknown_plan_the_shortest_time_is_the_safe_one() -> None:
    def told(today: str) -> str:
        item = {"id": "d1", "what": "MRI", "notice_date": "2026-11-01"}
        return words(case(insurance={"plan": {"type": "unknown"}, "denials": [item]}), today)

    assert "To be safe, send the appeal by Thursday, December 31, 2026" in told("2026-11-20")
    keep = "If this is Medicaid and it is cutting care you already get, ask by Wednesday, November 11, 2026"
    assert keep in told("2026-11-11")
    assert keep not in told("2026-11-12")
    assert "does not have to consider it" not in told("2026-11-20")


@pytest.mark.parametrize(
    ("what", "today", "ask"),
    [
        (
            "Spinal fusion",
            "2026-11-05",
            "Call the doctor's office today. Ask for help with an urgent appeal for this: S",
        ),
        ("", "2026-11-05", "Call the doctor's office today. Ask for help with an urgent appeal. Ask what it costs"),
        ("Spinal fusion", "2026-11-07", "Call the doctor's office on Monday, November 9, 2026. Ask"),  # a Saturday
    ],
)
def test_the_call_for_an_urgent_appeal_is_about_what_was_denied_on_a_day_with_open_offices(
    what: str, today: str, ask: str
) -> None:
    item = {"id": "d1", "what": what, "state": "open", "received_on": "2026-11-03"}
    of = case(insurance={"plan": {"type": "employer_insured"}, "denials": [item]}, visit=visit("2026-11-25"))
    (found,) = alerts(of, today, "A-17")
    assert found.next.startswith(ask)
    assert "visit" not in found.next
