"""Answers of the plan: what is still open, only spoken or without a number, and the call that each of them needs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FIRST, SECOND, alerts, case, level, visit
from workbook.case import Case

FIVE = ("referral", "prior_auth", "network", "cost_share", "repeat_tests")
BACK = "Call the plan back with the open questions."


def call(*keys: str, form: str | None = "written", reference: str = "R-1", answer: str = "no") -> dict[str, Any]:
    return {"reference": reference, "answers": {key: {"answer": answer, "form": form} for key in keys}}


def called(*calls: dict[str, Any], plan: str = "va", **sections: Any) -> Case:
    made = [{"id": f"k{n}", **one} for n, one in enumerate(calls)]
    return case(insurance={"plan": {"type": plan}, "calls": made}, **sections)


@pytest.mark.parametrize(
    ("calls", "says", "not_says", "asks"),
    [
        ((), "Ask about the cost before the visit.", "Only said", "Call the plan. Ask for a reference number"),
        (
            (call(*FIVE[1:]),),
            "Still open with the plan: referral.",
            "reference",
            BACK + " Ask for the answers in writing.",
        ),
        (
            (call(*FIVE, form="verbal"),),
            "Only said on the phone:",
            "Still open",
            "Ask the plan to put its answers in writing.",
        ),
        (
            (call(*FIVE, form=None),),
            "Only said on the phone:",
            "Still open",
            "Ask the plan to put its answers in writing.",
        ),
        (
            (call(*FIVE, reference=""),),
            "A call has no reference number.",
            "Only said",
            BACK + " Ask for a reference number",
        ),
        (
            (call(*FIVE[1:], reference=""),),
            "A call has no reference number.",
            "Only said",
            BACK + " Ask for a reference number",
        ),
        (
            (call(*FIVE[:2]), call("network", reference="none")),
            "A call has no reference number.",
            "Only",
            BACK + " Ask for a reference number",
        ),
        ((call(*FIVE, answer="unknown"),), "Still open with the plan:", "Only said", BACK),
    ],
)
def test_the_next_call_asks_for_what_the_calls_did_not_bring(
    calls: tuple[dict[str, Any], ...], says: str, not_says: str, asks: str
) -> None:
    (found,) = alerts(called(*calls), "2026-11-20", "A-14")
    assert says in found.text
    assert not_says not in found.text
    assert found.next.startswith(asks)


@pytest.mark.parametrize(
    ("calls", "risk"),
    [
        ((call(*FIVE[:1]),), "Ask about the cost before the visit."),
        ((call(*FIVE, form="verbal"),), "A spoken answer is not a guarantee."),
        ((call(*FIVE, reference=""),), "A spoken answer is not a guarantee."),
    ],
)
def test_the_risk_is_that_of_what_is_missing(calls: tuple[dict[str, Any], ...], risk: str) -> None:
    (found,) = alerts(called(*calls), "2026-11-20", "A-14")
    assert found.text.endswith(risk)


def test_before_any_call_it_is_an_invitation_that_no_page_warns_of() -> None:
    for which in ("A-14", "A-15"):
        (found,) = alerts(called(plan="ppo"), "2026-11-20", which)
        assert (found.level.value, found.invites) == ("info", True)
        (later,) = alerts(called(call("network", form="verbal"), plan="ppo"), "2026-11-20", which)
        assert (later.level.value, later.invites) == ("warning", False)
    (found,) = alerts(called(plan="ppo"), "2026-11-20", "A-14")
    assert found.text.startswith("Ask about the cost before the visit.")


def test_an_answer_that_does_not_apply_need_not_be_in_writing() -> None:
    assert alerts(called(call(*FIVE, form="verbal", answer="not_applicable")), "2026-11-20", "A-14") == []
    assert alerts(called(call(*FIVE, form="verbal"), call(*FIVE)), "2026-11-20", "A-14") == []  # one is in writing


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({}, "warning"),
        ({"decision": {"what": "Wait"}}, None),
        ({"visit": visit("2026-11-19")}, None),  # the visit is over
        ({"visit": visit("2026-11-20")}, "warning"),  # it is today
    ],
)
def test_once_the_visits_are_over_coverage_is_settled(sections: dict[str, Any], expected: str | None) -> None:
    of = called(call("network", form="verbal"), plan="ppo", **sections)
    assert level(of, "2026-11-20", "A-14") == expected
    assert level(of, "2026-11-20", "A-15") == expected


@pytest.mark.parametrize(
    ("networks", "answers", "gap", "expected"),
    [
        ([{"body": "clinician", "state": "out"}], "yes", None, True),  # the list is more exact than the call
        ([{"body": None, "state": "out"}], "yes", None, True),
        ([{"body": "lab", "state": "out"}], "yes", None, False),
        ([{"body": "clinician", "state": "in"}], "no", None, False),
        ([], "no", None, True),
        ([], "yes", None, False),
        ([], "no", "yes", False),
        ([], "no", "unknown", True),
    ],
)
def test_a_clinician_outside_the_network_needs_an_exception(
    networks: list[dict[str, Any]], answers: str, gap: str | None, expected: bool
) -> None:
    made = [{"id": f"n{n}", **one} for n, one in enumerate(networks)]
    one = {"id": "k1", "answers": {"network": {"answer": answers}, "gap_exception": {"answer": gap}}}
    of = case(insurance={"plan": {"type": "ppo"}, "networks": made, "calls": [one]})
    assert (level(of, "2026-11-20", "A-46") == "warning") is expected


@pytest.mark.parametrize(
    ("state", "said", "expected"),
    [
        (None, "yes", True),
        ("to_submit", "no", True),
        ("submitted", "yes", False),
        ("approved", "yes", False),
        (None, "no", False),
        (None, "unknown", False),
    ],
)
def test_an_authorization_is_needed_if_the_plan_says_so_and_nothing_is_sent(
    state: str | None, said: str, expected: bool
) -> None:
    auths = [{"id": "p1", "service": "MRI", "state": state}] if state else []
    one = {"id": "k1", "answers": {"prior_auth": {"answer": said, "form": "written"}}}
    of = case(insurance={"plan": {"type": "ppo"}, "prior_auths": auths, "calls": [one]})
    found = alerts(of, "2026-11-20", "A-41")
    assert bool(found) is expected
    for one_alert in found:
        assert "The visit is on" not in one_alert.text
        assert one_alert.about == ("insurance.prior_auths.p1" if state else "insurance.prior_auths")
    decided = case(insurance=of.insurance, decision={"what": "Wait"})
    assert alerts(decided, "2026-11-20", "A-41") == []


def test_two_requests_to_send_are_shown_as_a_list_and_the_visit_is_named() -> None:
    auths = [{"id": f"p{n}", "state": "to_submit"} for n in range(2)]
    of = case(insurance={"plan": {"type": "ppo"}, "prior_auths": auths}, visit=visit("2026-12-01"))
    (found,) = alerts(of, "2026-11-20", "A-41")
    assert found.about == "insurance.prior_auths"
    assert "The visit is on Tuesday, December 1, 2026. Without it, the plan may not pay." in found.text


@pytest.mark.parametrize(
    ("need", "said", "expected"),
    [
        ("yes", "hmo", "blocker"),
        ("no", "hmo", None),
        ("not_applicable", "hmo", None),
        ("unknown", "hmo", "blocker"),
        ("yes", "original_medicare", "blocker"),
        ("unknown", "ppo", None),
    ],
)
def test_the_plans_own_word_on_a_referral_comes_before_its_kind(need: str, said: str, expected: str | None) -> None:
    one = {"id": "k1", "answers": {"referral": {"answer": need}}}
    of = case(insurance={"plan": {"type": said}, "calls": [one]}, visit=visit())
    assert level(of, "2026-11-20", "A-18") == expected
    without = case(insurance=of.insurance)
    assert level(without, "2026-11-20", "A-18") == (expected and "warning")


@pytest.mark.parametrize(
    ("referral", "expected"),
    [
        ({"state": "needed"}, True),
        ({"state": "requested"}, True),
        ({"state": "approved"}, False),
        ({"state": "denied"}, True),
        ({"number": "77"}, False),
        ({"valid_to": "2027-01-31"}, False),
        ({"valid_from": "2026-11-01"}, False),
        ({"visits": 2}, False),
        ({}, True),
    ],
)
def test_a_referral_is_there_if_it_is_approved_or_has_a_number_or_dates(
    referral: dict[str, Any], expected: bool
) -> None:
    of = case(insurance={"plan": {"type": "hmo"}, "referrals": [{"id": "f1", **referral}]}, visit=visit())
    assert any("there is none yet" in a.text for a in alerts(of, "2026-11-20", "A-18")) is expected


@pytest.mark.parametrize(
    ("checked", "about", "words"),
    [
        ({}, "health.medications_confirmed_on", "The clinic will ask about medicines and allergies."),
        (
            {"medications_confirmed_on": "2026-10-01", "allergies_confirmed_on": "2026-11-15"},
            "health.medications_confirmed_on",
            "last checked on Thursday, October 1, 2026",
        ),
        (
            {"medications_confirmed_on": "2026-11-15", "allergies_confirmed_on": "2026-10-01"},
            "health.allergies_confirmed_on",
            "last checked on Thursday, October 1, 2026",
        ),
        (
            {"medications_confirmed_on": "2026-10-01", "allergies_confirmed_on": "2026-09-01"},
            "health.medications_confirmed_on",
            "last checked on Tuesday, September 1, 2026",
        ),
        (
            {"allergies_confirmed_on": "2026-11-15"},
            "health.medications_confirmed_on",
            "The clinic will ask about medicines and allergies.",
        ),
    ],
)
def test_the_older_of_the_two_lists_is_the_one_to_check(checked: dict[str, str], about: str, words: str) -> None:
    (found,) = alerts(case(health=checked, visit=visit("2026-12-01")), "2026-11-20", "A-23")
    assert (found.about, words in found.text) == (about, True)


@pytest.mark.parametrize(
    ("minutes", "top", "text", "ask"),
    [
        ((9, 9, 9), 3, "take about 27 minutes, and the visit has room for about 18", "You can keep some"),
        ((9, 9, 9), 2, "take about 27 minutes, and the visit has room for about 18", "When you have a few"),
        ((3, 3, 3), 2, "Visits are often short.", "When you have a few minutes, choose your top three."),
    ],
)
def test_too_many_questions_are_shortened_and_the_top_three_are_chosen(
    minutes: tuple[int, ...], top: int, text: str, ask: str
) -> None:
    asked = [{"id": f"q{n}", "text": "Why?", "minutes": m, "top": n < top} for n, m in enumerate(minutes)]
    (found,) = alerts(case(visit=visit(slot_minutes=30, questions=asked)), "2026-11-20", "A-22")
    assert text in found.text
    assert found.next.startswith(ask)


def test_the_visits_length_is_its_own_else_the_clinicians() -> None:
    asked = [{"id": f"q{n}", "text": "Why?", "minutes": 9, "top": True} for n in range(3)]
    people = [FIRST, {**SECOND, "slot_minutes": 30}]
    assert level(case(clinicians=people, visit=visit(questions=asked)), "2026-11-20", "A-22") == "info"
    longer = visit(questions=asked, slot_minutes=60)
    assert level(case(clinicians=people, visit=longer), "2026-11-20", "A-22") is None
    assert level(case(visit=visit(questions=asked)), "2026-11-20", "A-22") is None


def test_questions_for_another_clinician_take_no_time_at_this_visit() -> None:
    asked = [{"id": f"q{n}", "text": "Why?", "minutes": 9, "top": True, "to_whom": "c-first"} for n in range(3)]
    mine = [{"id": f"m{n}", "text": "Why?", "top": True, "to_whom": "c-second"} for n in range(3)]
    assert level(case(visit=visit(questions=[*asked, *mine], slot_minutes=15)), "2026-11-20", "A-22") is None
    assert level(case(visit=visit(questions=[*asked, *mine], slot_minutes=14)), "2026-11-20", "A-22") == "info"


@pytest.mark.parametrize(
    ("service", "text", "names_visit"),
    [
        ("Second opinion visit", "The plan must approve the visit first", True),
        ("", "The plan must approve the visit first", True),
        ("Infusion of a drug", "The plan must approve this first (prior authorization): Infusion of a drug.", False),
    ],
)
def test_an_approval_is_for_the_visit_only_if_it_says_so(service: str, text: str, names_visit: bool) -> None:
    auth = {"id": "p1", "service": service, "state": "to_submit"}
    of = case(insurance={"plan": {"type": "ppo"}, "prior_auths": [auth]}, visit=visit("2026-12-01", state="booked"))
    (found,) = alerts(of, "2026-11-20", "A-41")
    assert found.text.startswith(text)
    assert ("The visit is on Tuesday" in found.text) is names_visit
    wanted = {"id": "p1", "service": service, "state": "more_info"}
    of = case(insurance={"plan": {"type": "ppo"}, "prior_auths": [wanted]}, visit=visit("2026-12-01", state="booked"))
    (found,) = alerts(of, "2026-11-20", "A-40")
    assert ("so send it now" in found.text) is names_visit
