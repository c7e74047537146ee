"""A clock that ran disappears only with a reason, also when the plan, a route or a status is corrected afterwards."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.anycase import TODAY, make
from tests.rules.asking import FACTS, case, due, ended, visit
from workbook import rules
from workbook.case import Case, put
from workbook.case.plan import PlanType
from workbook.case.records import Route

LETTER = {"notice_date": "2026-11-02", "received_on": "2026-11-05"}


def places(of: Case) -> set[tuple[str, str]]:
    found = rules.status(of, FACTS, TODAY)
    return {(d.rule, d.about) for d in (*found.deadlines, *found.ended)}


def lost(before: Case, after: Case) -> set[tuple[str, str]]:
    """What disappeared, except secondary dates and complaint windows, which move with the main date."""
    gone = places(before) - places(after)
    return {(rule, about) for rule, about in gone if not rule.endswith("-by-rule") and rule != "complaint"}


@given(st.integers(0, 2**32 - 1), st.sampled_from([*PlanType, None]))
def test_another_plan_drops_no_clock(seed: int, plan: PlanType | None) -> None:
    before = make(seed)
    after = put(before, "insurance.plan.type", plan.value if plan else None)
    # nothing in the case says that care was being cut, unless the letter itself does
    assert {rule for rule, _ in lost(before, after)} <= {"keep-benefits"}


@given(st.integers(0, 2**32 - 1), st.sampled_from([*Route, None]))
def test_another_route_drops_no_clock(seed: int, route: Route | None) -> None:
    before = make(seed)
    keys = [r.id for r in before.records.requests.values()]
    if keys:
        key = random.Random(seed).choice(keys)
        assert lost(before, put(before, f"records.requests.{key}.route", route.value if route else None)) == set()


def denied(plan: str, **more: str) -> Case:
    made = {"id": "d1", "what": "MRI", "level": "internal_1", **LETTER, **more}
    return case(insurance={"plan": {"type": plan}, "denials": [made]})


def test_a_medicaid_letter_keeps_its_clock() -> None:
    rule = "keep-benefits"
    assert due(denied("medicaid_mco", letter_rule="42 CFR 438.420"), "2026-11-06", rule) == "2026-11-12"
    assert due(denied("ppo", letter_rule="42 CFR 438.420"), "2026-11-06", rule) == "2026-11-12"  # the letter says so
    assert "changed" in (ended(denied("employer_insured", reason="Not in Medicaid"), "2026-11-06", rule) or "")
    assert ended(denied("employer_insured"), "2026-11-06", rule) is None


def test_without_a_known_rule_the_letters_date_counts_and_the_other_ends_with_a_reason() -> None:
    of = denied("tricare", letter_deadline="2026-12-31")
    assert due(of, "2026-11-06", "appeal") == "2026-12-31"
    assert "do not know the rule" in (ended(of, "2026-11-06", "appeal-by-rule") or "")


@pytest.mark.parametrize(("state", "expected"), [("submitted", "not marked as a denial"), ("approved", "approved")])
def test_a_corrected_denial_ends_the_appeal(state: str, expected: str) -> None:
    auth = {"id": "p1", "service": "MRI", "submitted_on": "2026-10-20", **LETTER}
    before = case(insurance={"plan": {"type": "marketplace"}, "prior_auths": [{**auth, "state": "denied"}]})
    after = put(before, "insurance.prior_auths.p1.state", state)
    assert due(before, "2026-11-06", "appeal") == "2027-05-04"
    assert expected in (ended(after, "2026-11-06", "appeal") or "")


def test_an_appeal_noted_as_sent_by_mistake_ends_its_own_clock() -> None:
    before = denied("ppo", state="filed", decision_due="2026-12-20")
    after = put(before, "insurance.denials.d1.state", "open")
    assert due(before, "2026-11-06", "appeal-decision") == "2026-12-20"
    assert ended(after, "2026-11-06", "appeal-decision") == "The appeal is not marked as sent."


def test_an_extension_on_a_route_without_a_clock_ends() -> None:
    more = {"announced_by": "letter", "letter_on": "2026-11-10", "reason": "stored away", "new_date": "2026-12-20"}
    asked = {"id": "q1", "to": "Lakeside", "route": "access_self", "sent_on": "2026-11-01", "extension": more}
    before = case(records={"requests": [asked]})
    after = put(before, "records.requests.q1.route", "provider_to_provider")
    assert lost(before, after) == set()
    assert "no time limit" in (ended(after, "2026-11-22", "records-promised") or "")


def test_a_visit_reassigned_to_the_first_clinician() -> None:
    before = case(visit=visit(cut_off_rule="5 working days before"))
    after = put(before, "clinicians.c-second.role", "first")
    assert due(before, "2026-11-10", "cut-off") == "2026-11-23"
    assert ended(after, "2026-11-10", "cut-off") == "This visit is not for the second opinion."


def test_a_letter_about_more_time_keeps_its_date_while_the_start_is_unknown() -> None:
    more = {"announced_by": "letter", "letter_on": "2026-11-10", "reason": "stored away", "new_date": "2026-12-20"}
    asked = {"id": "q1", "to": "Lakeside", "route": "access_self", "state": "sent", "extension": more}
    of = case(records={"requests": [asked]})
    assert (due(of, "2026-11-22", "records-promised"), due(of, "2026-11-22", "records-access")) == (
        "2026-12-20",
        "none",
    )
    spoken = put(of, "records.requests.q1.extension.announced_by", "phone")
    assert "does not count" in (ended(spoken, "2026-11-22", "records-promised") or "")
