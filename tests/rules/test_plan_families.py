"""Which plan's time limits apply: the shortest while the type is unknown, and those of the plan that denied."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, level, status
from workbook.case import Case

NOTICE = "2026-11-01"
UNSURE = "so we count with the shortest. Ask the plan which kind it is."


def denied(plan: str | None, today_plan: str | None = None, **more: Any) -> Case:
    item = {"id": "d1", "what": "MRI", "state": "open", "notice_date": NOTICE, **more}
    if today_plan:
        item["plan"] = plan
    return case(insurance={"plan": {"type": today_plan or plan}, "denials": [item]})


@pytest.mark.parametrize("network", ["hmo", "ppo", "epo", "pos", "unknown", None])
def test_with_an_unknown_plan_type_the_shortest_clock_counts_and_says_so(network: str) -> None:
    of = denied(network, received_on="2026-11-04")
    (found,) = [d for d in status(of, "2026-11-10").deadlines if d.rule == "appeal"]
    assert str(found.due) == "2026-12-31"  # 60 days from the notice, as under Medicaid
    assert UNSURE in found.text
    assert found.certainty.value == "estimated"
    assert level(of, "2026-12-20", "A-17") == "blocker"
    assert UNSURE in alerts(of, "2026-12-20", "A-17")[0].more


@pytest.mark.parametrize(
    ("plan", "expected"),
    [("medicare_advantage", "2027-01-05"), ("medicaid_mco", "2026-12-31"), ("marketplace", "2027-04-30")],
)
def test_once_it_is_known_its_own_clock_counts(plan: str, expected: str) -> None:
    of = denied(plan)
    assert due(of, "2026-11-10", "appeal") == expected
    assert UNSURE not in " ".join(d.text for d in status(of, "2026-11-10").deadlines)


def test_the_letters_own_last_day_stays_the_deadline_and_the_earlier_day_drives_the_alert() -> None:
    of = denied("hmo", letter_deadline="2027-04-30")
    assert (due(of, "2026-12-20", "appeal"), due(of, "2026-12-20", "appeal-by-rule")) == ("2027-04-30", "2026-12-31")
    assert level(of, "2026-12-20", "A-17") == "blocker"


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("medicare_advantage", "original_medicare", "2027-01-05"),
        ("medicaid_mco", "employer_insured", "2026-12-31"),
        ("employer_insured", "medicare_advantage", "2027-04-30"),
        ("marketplace", "none", "2027-04-30"),
        ("hmo", "original_medicare", "2026-12-31"),
    ],
)
def test_a_denial_keeps_the_clock_of_the_plan_that_denied(before: str, now: str, expected: str) -> None:
    assert due(denied(before, now), "2026-11-10", "appeal") == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("Medicare Advantage 42 CFR 422.582", "2027-01-05"),
        ("42 CFR 438.402(c)(2)", "2026-12-31"),
        ("29 CFR 2560.503-1(h)", "2027-04-30"),
        ("42 CFR 405.942", "2027-03-06"),  # 5 days presumed, then 120
        ("see page 4", "2027-01-05"),
    ],
)
def test_the_rule_cited_in_the_letter_identifies_the_plan(rule: str, expected: str) -> None:
    assert due(denied("medicare_advantage", letter_rule=rule), "2026-11-10", "appeal") == expected


def test_the_day_to_keep_benefits_is_shown_with_the_appeal_only() -> None:
    of = denied("ppo")
    said = (
        "If this is Medicaid and it is cutting care you already get, ask by "
        "Wednesday, November 11, 2026 to keep that care."
    )
    assert [d.rule for d in status(of, "2026-11-05").deadlines] == ["appeal"]
    assert said in status(of, "2026-11-05").deadlines[0].text
    assert said not in status(of, "2026-11-12").deadlines[0].text
    assert status(of, "2026-11-05").deadlines[0].text.startswith("To be safe, appeal by Thursday, December 31, 2026.")
    late = [d for d in status(denied("medicaid_mco"), "2026-11-20").deadlines if d.rule == "keep-benefits"]
    assert "The last day to ask to keep care that is being cut was Wednesday, November 11" in late[0].text


def test_an_authorization_keeps_the_plan_that_was_asked() -> None:
    auth = {"id": "p1", "service": "visit", "state": "submitted", "submitted_on": "2026-12-28"}
    of = case(insurance={"plan": {"type": "employer_insured"}, "prior_auths": [{**auth, "plan": "medicare_advantage"}]})
    assert due(of, "2026-12-29", "prior-auth") == "2027-01-04"
    may = case(insurance={"plan": {"type": "hmo"}, "prior_auths": [auth]})
    assert due(may, "2026-12-29", "prior-auth") == "2027-01-04"
    assert "The plan may have had to decide" in alerts(may, "2027-01-05", "A-16")[0].text
