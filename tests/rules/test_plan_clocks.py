"""When a plan must decide, the last day to appeal, and when an estimate is due (A-16, A-17, A-36)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, ended, level, status
from workbook import law, rules
from workbook.case import Case


def waiting(plan: str | None = "medicare_advantage", sent: str | None = "2026-11-03", **more: Any) -> Case:
    auth = {"id": "p1", "service": "MRI", "state": "submitted", "submitted_on": sent, **more}
    return case(insurance={"plan": {"type": plan}, "prior_auths": [auth]})


@pytest.mark.parametrize(
    ("plan", "urgency", "sent", "expected"),
    [
        ("medicare_advantage", None, "2026-11-03", "2026-11-10"),  # blank counts as standard
        ("medicare_advantage", "standard", "2025-11-03", "2025-11-17"),  # the 14 days before 2026
        ("medicaid_mco", "standard", "2026-12-29", "2027-01-05"),
        ("marketplace", "standard", "2026-11-03", "2026-11-18"),
        ("employer_self_funded", "standard", "2028-02-15", "2028-03-01"),  # over a leap day
        ("ppo", "urgent", "2026-11-03T16:00", "2026-11-06"),
        ("original_medicare", "standard", "2026-11-03", "none"),
        ("tricare", "standard", "2026-11-03", "none"),
        (None, "standard", "2026-11-03", "none"),
    ],
)
def test_each_plan_family_has_its_own_time_limits(plan: str, urgency: str, sent: str, expected: str) -> None:
    assert due(waiting(plan, sent, urgency=urgency), sent[:10], "prior-auth") == expected


@pytest.mark.parametrize(("today", "expected"), [("2026-11-09", None), ("2026-11-10", None), ("2026-11-11", "warning")])
def test_a_decision_is_late_from_the_day_after(today: str, expected: str | None) -> None:
    assert level(waiting(), today, "A-16") == expected


def test_more_time_in_writing_moves_the_day_and_a_decision_ends_it() -> None:
    longer = waiting(extension_letter_on="2026-11-09")
    assert due(longer, "2026-11-11", "prior-auth") == "2026-11-24"
    assert level(longer, "2026-11-24", "A-16") is None
    decided = waiting(state="approved", notice_date="2026-11-10")
    assert level(decided, "2026-12-11", "A-16") is None
    assert ended(decided, "2026-12-11", "prior-auth")


def test_an_undated_request_waits_for_its_date() -> None:
    assert due(waiting(sent=None), "2026-11-11", "prior-auth") == "none"


def test_the_days_that_apply_are_part_of_the_text() -> None:
    (found,) = [d for d in status(waiting(), "2026-11-04").deadlines if d.rule == "prior-auth"]
    assert "7 days" in found.text
    assert "14 days" in found.text


def denied(plan: str | None = "employer_insured", **letter: Any) -> Case:
    return case(insurance={"plan": {"type": plan}, "denials": [{"id": "d1", "what": "MRI", **letter}]})


@pytest.mark.parametrize(
    ("plan", "letter", "expected"),
    [
        ("employer_insured", {"received_on": "2026-06-01"}, "2026-11-28"),  # 180 days, a Saturday: it does not roll
        ("marketplace", {"notice_date": "2026-06-01"}, "2026-11-28"),
        ("marketplace", {"received_on": "2026-10-31", "level": "external"}, "2027-03-01"),  # no February 31
        ("marketplace", {"received_on": "2026-09-16", "level": "external"}, "2027-01-19"),  # a Saturday, then a holiday
        ("original_medicare", {"notice_date": "2026-07-01"}, "2026-11-03"),  # 5 + 120
        ("original_medicare", {"notice_date": "2026-07-01", "level": "internal_2"}, "2027-01-02"),
        ("medicare_advantage", {"notice_date": "2026-11-01"}, "2027-01-05"),  # 5 + 60
        ("medicare_advantage", {"notice_date": "2026-11-01", "received_on": "2026-11-20"}, "2027-01-05"),
        ("medicaid_mco", {"notice_date": "2026-11-01"}, "2026-12-31"),
        ("medicaid_ffs", {"notice_date": "2026-11-01"}, "2027-01-30"),
        ("employer_insured", {}, "none"),
        ("va", {}, "none"),
    ],
)
def test_the_last_day_to_appeal(plan: str, letter: dict[str, Any], expected: str) -> None:
    assert due(denied(plan, **letter), "2026-11-22", "appeal") == expected


def test_a_roll_and_a_presumed_receipt_show_the_day_to_aim_for() -> None:
    rolled = denied("marketplace", received_on="2026-09-16", level="external")
    presumed = denied("medicare_advantage", notice_date="2026-11-01")
    aims = [d.aim for of in (rolled, presumed) for d in status(of, "2026-11-22").deadlines if d.rule == "appeal"]
    assert [str(a) for a in aims] == ["2027-01-16", "2026-12-31"]  # the day before any move by the rule
    (text,) = [d.text for d in status(rolled, "2026-11-22").deadlines if d.rule == "appeal"]
    assert "Aim for Friday, January 15, 2027." in text  # not the Saturday of a long weekend


def test_keeping_benefits_is_a_separate_clock_and_comes_first() -> None:
    of = denied("medicaid_mco", notice_date="2026-11-20")
    rules = [d.rule for d in status(of, "2026-11-22").deadlines]
    assert rules == ["keep-benefits", "appeal"]
    assert due(of, "2026-11-22", "keep-benefits") == "2026-11-30"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-01", None),  # 61 days left
        ("2026-11-02", "warning"),
        ("2026-12-17", "warning"),  # 15 days left
        ("2026-12-18", "blocker"),
        ("2027-01-01", "blocker"),
        ("2027-01-02", "blocker"),  # past, and listed until it is filed
    ],
)
def test_the_level_follows_the_days_left(today: str, expected: str | None) -> None:
    assert level(denied(letter_deadline="2027-01-01"), today, "A-17") == expected


def test_the_letters_date_is_the_deadline_and_the_earlier_drives_the_level() -> None:
    of = denied(letter_deadline="2027-06-01", received_on="2026-06-01")
    assert due(of, "2026-11-22", "appeal") == "2027-06-01"
    assert due(of, "2026-11-22", "appeal-by-rule") == "2026-11-28"
    assert level(of, "2026-11-22", "A-17") == "blocker"


def test_an_unknown_deadline_is_reported_and_a_filed_appeal_ends_it() -> None:
    assert level(denied(), "2026-11-22", "A-17") == "warning"
    filed = denied(letter_deadline="2027-01-01", state="filed", filed_on="2026-11-20")
    assert level(filed, "2026-12-31", "A-17") is None
    assert ended(filed, "2026-12-31", "appeal") == "The appeal was sent."


def test_a_denied_authorization_without_a_denial_entry_can_be_appealed() -> None:
    of = waiting(state="denied", notice_date="2026-10-01")
    assert due(of, "2026-11-22", "appeal") == "2026-12-05"
    assert [a.about for a in alerts(of, "2026-11-22", "A-17")] == ["insurance.prior_auths.p1"]


@pytest.mark.parametrize(
    ("plan", "letter", "expected"),
    [
        ("employer_insured", {}, "2026-12-20"),  # 30 days, a Sunday
        ("original_medicare", {}, "2027-01-19"),
        ("marketplace", {"state": "external"}, "2027-01-04"),
        ("va", {}, "none"),
        ("employer_insured", {"filed_on": None}, "none"),
    ],
)
def test_a_sent_appeal_has_a_separate_clock(plan: str, letter: dict[str, Any], expected: str) -> None:
    sent = {"state": "filed", "filed_on": "2026-11-20", "notice_date": "2026-11-01", **letter}
    assert due(denied(plan, **sent), "2026-11-22", "appeal-decision") == expected
    assert due(denied(plan, notice_date="2026-11-01"), "2026-11-22", "appeal-decision") is None
    won = denied(plan, **{**sent, "state": "won"})
    assert ended(won, "2026-11-22", "appeal-decision")


def test_an_urgent_request_is_extended_only_if_the_rule_allows_it() -> None:
    longer = {"urgency": "urgent", "extension_letter_on": "2026-11-05"}
    assert due(waiting("medicare_advantage", **longer), "2026-11-06", "prior-auth") == "2026-11-20"
    assert due(waiting("employer_insured", **longer), "2026-11-06", "prior-auth") == "2026-11-06"


def asked(**more: Any) -> Case:
    return case(insurance={"estimates": [{"id": "e1", "to": "North Fable", "self_pay": "yes", **more}]})


@pytest.mark.parametrize(
    ("on", "visit", "expected"),
    [
        ("2026-11-20", "2026-12-21", "2026-11-25"),  # three working days
        ("2026-11-24", "2026-12-21", "2026-11-30"),  # over Thanksgiving and a weekend
        ("2026-12-30", None, "2027-01-05"),  # over New Year's Day
        ("2026-11-20", "2026-11-30", "2026-11-23"),  # five working days ahead: one
        (None, "2026-12-21", "none"),
    ],
)
def test_an_estimate_is_due_in_working_days(on: str | None, visit: str | None, expected: str) -> None:
    assert due(asked(asked_on=on, scheduled_for=visit), on or "2026-11-22", "estimate") == expected


@pytest.mark.parametrize(("today", "expected"), [("2026-11-25", None), ("2026-11-26", "warning")])
def test_an_estimate_is_late_from_the_day_after(today: str, expected: str | None) -> None:
    of = asked(asked_on="2026-11-20", scheduled_for="2026-12-21")
    assert level(of, today, "A-36") == expected
    here = asked(asked_on="2026-11-20", received_on="2026-11-24")
    assert level(here, today, "A-36") is None
    assert ended(here, today, "estimate") == "It arrived."


HOURS = [(1, "2026-11-04"), (24, "2026-11-04"), (36, "2026-11-05"), (72, "2026-11-06")]


@pytest.mark.parametrize(("hours", "expected"), HOURS)
def test_hours_end_on_the_day_that_they_reach(
    hours: int, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day and a half is not over after one day: rounded down, a plan would be called late too early."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "clocks.toml").write_text(f'[[entry]]\nid = "PA-urgent"\nvalue = {hours}\n', "utf-8")
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    found = rules.status(waiting("ppo", "2026-11-03T09:00", urgency="urgent"), law.load(), dt.date(2026, 11, 3))
    (due_on,) = [d.due for d in found.deadlines if d.rule == "prior-auth"]
    assert due_on == dt.date.fromisoformat(expected)


def test_an_undated_appeal_says_where_the_date_is_printed() -> None:
    (found,) = [d for d in status(denied("va", notice_date="2026-11-01"), "2026-11-22").deadlines if d.rule == "appeal"]
    assert found.due is None
    assert found.text == "The last day to appeal is printed on the letter. Write it down here."
