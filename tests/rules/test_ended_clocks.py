"""What ends a clock: each answer that does, the day that is shown with it, and what leaves it running."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import case, due, ended, status
from workbook.case import Case


def ends(of: Case, today: str) -> dict[str, str | None]:
    """The day of each deadline that ended, by its rule."""
    return {e.rule: e.due.isoformat() if e.due else None for e in status(of, today).ended}


def authorized(plan: str = "medicare_advantage", **more: Any) -> Case:
    auth = {"id": "p1", "service": "MRI", "submitted_on": "2026-11-03", **more}
    return case(insurance={"plan": {"type": plan}, "prior_auths": [auth]})


def test_a_decision_ends_the_letters_day_and_the_rules_day() -> None:
    both = ends(authorized(state="approved", decision_due="2026-11-20"), "2026-11-12")
    assert (both["prior-auth"], both["prior-auth-by-rule"]) == ("2026-11-20", "2026-11-10")
    ruled = ends(authorized(state="approved"), "2026-11-12")
    assert ruled["prior-auth"] == "2026-11-10"
    assert "prior-auth-by-rule" not in ruled
    written = ends(authorized("va", state="approved", decision_due="2026-11-20"), "2026-11-12")
    assert written["prior-auth"] == "2026-11-20"
    assert "prior-auth-by-rule" not in written


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("approved", "The plan has decided."),
        ("partly", "The plan has decided."),
        ("denied", "The plan has decided."),
        ("expired", "The plan has decided."),
        ("not_needed", "It is not needed."),
        ("submitted", None),
        ("more_info", None),
        (None, None),
    ],
)
def test_each_state_of_an_authorization_ends_the_wait_or_does_not(state: str | None, why: str | None) -> None:
    of = authorized(state=state)
    assert ended(of, "2026-11-05", "prior-auth") == why
    assert (due(of, "2026-11-05", "prior-auth") is None) is (why is not None)


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        ({"state": "signed"}, None),
        ({"state": "sent"}, None),
        ({"state": "accepted"}, None),
        ({"state": None}, None),
        ({"state": "revoked"}, "The form was revoked."),
        ({"state": "signed", "revoked_on": "2026-11-01"}, "The form was revoked."),
        ({"state": "rejected"}, "State: Rejected."),
        ({"state": "expired"}, "State: Expired."),
    ],
)
def test_a_form_counts_until_it_is_revoked_refused_or_over(paper: dict[str, Any], why: str | None) -> None:
    of = case(authorities=[{"id": "a1", "kind": "poa", "expires_on": "2026-12-31", **paper}])
    assert ended(of, "2026-11-22", "authority-ends") == why
    assert due(of, "2026-11-22", "authority-ends") == (None if why else "2026-12-31")


@pytest.mark.parametrize(
    ("estimate", "plan", "why"),
    [
        ({"state": "asked"}, "ppo", None),
        ({"state": "overdue"}, "ppo", None),
        ({"state": "received"}, "ppo", "It arrived."),
        ({"state": "disputed"}, "ppo", "It arrived."),
        ({"received_on": "2026-11-21"}, "ppo", "It arrived."),
        ({"self_pay": "yes"}, "ppo", None),
        ({"self_pay": "no"}, "ppo", "The rule is for people who pay on their own."),
        ({"self_pay": "no"}, "none", None),  # without insurance, everyone pays on their own
        ({}, "none", None),
    ],
)
def test_an_estimate_is_awaited_by_people_who_pay_on_their_own(
    estimate: dict[str, Any], plan: str, why: str | None
) -> None:
    one = {"id": "e1", "to": "North Fable", "asked_on": "2026-11-20", "scheduled_for": "2026-12-21", **estimate}
    of = case(insurance={"plan": {"type": plan}, "estimates": [one]})
    assert ended(of, "2026-11-22", "estimate") == why
    assert due(of, "2026-11-22", "estimate") == (None if why else "2026-11-25")


@pytest.mark.parametrize(
    ("visit", "today", "why"),
    [
        ({}, "2026-12-01", None),
        ({}, "2026-12-02", "The visit is over."),
        ({"state": "done"}, "2026-12-01", "The visit is over."),
        ({"state": "done"}, "2026-11-30", None),
        ({"state": "moved"}, "2026-11-20", "The visit was moved."),
        ({"state": "missed"}, "2026-11-20", "The visit was missed."),
    ],
)
def test_a_visit_is_ahead_on_its_own_day(visit: dict[str, Any], today: str, why: str | None) -> None:
    of = case(visit={"appointments": [{"id": "v1", "clinician": "c-second", "start": "2026-12-01", **visit}]})
    assert ended(of, today, "visit") == why


@pytest.mark.parametrize(
    ("clinician", "opinion_of", "is_in"),
    [("c-second", "c-second", True), ("c-second", "c-first", False), ("", "", False)],
)
def test_only_the_opinion_of_that_clinician_ends_the_wait_for_it(clinician: str, opinion_of: str, is_in: bool) -> None:
    appointment = {"id": "v1", "clinician": clinician, "start": "2026-12-01", "report_due": "2026-12-10"}
    opinion = {"id": "o1", "clinician": opinion_of, "on": "2026-12-01", "form": "draft"}
    of = case(visit={"appointments": [appointment]}, opinions=[opinion])
    assert ended(of, "2026-12-03", "report-due") == ("The opinion is in." if is_in else None)
    assert due(of, "2026-12-03", "report-due") == (None if is_in else "2026-12-10")


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        ({"fulfilled_on": "2026-11-10"}, "All of it arrived."),
        ({"state": "fulfilled"}, "All of it arrived."),
        ({"state": "withdrawn"}, "The request was withdrawn."),
        ({"denial": {"on": "2026-11-10"}}, "The office refused in writing."),
        ({"state": "denied"}, None),
        ({"state": "partly"}, None),
    ],
)
def test_an_answer_ends_the_time_of_the_state_too(request_: dict[str, Any], why: str | None) -> None:
    one = {"id": "q1", "route": "access_self", "received_by_holder_on": "2026-11-03", "evidence": "letter", **request_}
    of = case(person={"state": "CA"}, records={"requests": [one]})
    for rule, day in (("records-state", "2026-11-18"), ("records-access", "2026-12-03")):
        assert ended(of, "2026-11-12", rule) == why
        assert due(of, "2026-11-12", rule) == (None if why else day)


@pytest.mark.parametrize(
    ("items", "why"),
    [
        (("received", "checked"), "You have everything you asked for."),
        (("received", "does_not_exist"), "You have everything you asked for."),
        (("received", "requested"), None),
        ((), None),
    ],
)
def test_a_request_is_over_once_each_record_is_here_or_does_not_exist(items: tuple[str, ...], why: str | None) -> None:
    made = [{"id": f"r{n}", "title": f"Note {n}", "state": state} for n, state in enumerate(items)]
    one = {"id": "q1", "route": "access_self", "sent_on": "2026-11-03", "items": [item["id"] for item in made]}
    of = case(records={"items": made, "requests": [one]})
    assert ended(of, "2026-11-12", "records-access") == why


@pytest.mark.parametrize(
    ("done", "complaint"),
    [("2026-12-03", None), ("2026-12-04", "All of it arrived.")],  # on the last day, and the day after
)
def test_only_a_late_answer_leaves_a_complaint_behind(done: str, complaint: str | None) -> None:
    one = {"id": "q1", "route": "access_self", "received_by_holder_on": "2026-11-03", "fulfilled_on": done}
    assert ended(case(records={"requests": [one]}), "2026-12-10", "complaint") == complaint


def test_a_promise_for_a_month_is_repeated_as_it_was_made() -> None:
    letter = {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "stored elsewhere", "new_date": "2026-12"}
    one = {"id": "q1", "to": "Lakeside", "route": "access_self", "received_by_holder_on": "2026-11-03"}
    (found,) = [
        d
        for d in status(case(records={"requests": [{**one, "extension": letter}]}), "2026-11-25").deadlines
        if d.rule == "records-promised"
    ]
    assert found.text == "Lakeside wrote that it will be done by December 2026."
    assert str(found.due) == "2026-12-01"
