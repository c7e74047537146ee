"""Open questions to the plan, and the papers and referrals it requires (A-14, A-15, A-18 to A-20)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, alerts, case, day, level, visit
from workbook import rules
from workbook.case import Case, add, put

FIVE = ("referral", "prior_auth", "network", "cost_share", "repeat_tests")


def called(
    form: str | None = "written", skip: str = "", reference: str = "REF-1", keys: tuple[str, ...] = FIVE, **plan: Any
) -> Case:
    answers = {k: {"answer": "no", "form": form} for k in keys if k != skip}
    call = {"id": "k1", "reference": reference, "answers": answers}
    return case(insurance={"plan": {"type": "va", **plan}, "calls": [call]})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"form": "portal"}, None),
        ({"form": "verbal"}, "warning"),
        ({"form": None}, "warning"),
        ({"skip": "network"}, "warning"),
        ({"reference": ""}, "warning"),
        ({"reference": "none given"}, "warning"),
    ],
)
def test_every_question_needs_a_written_answer_and_a_reference(change: dict[str, Any], expected: str | None) -> None:
    assert level(called(**change), "2026-11-22", "A-14") == expected


def test_only_missing_answers_are_named_and_an_empty_call_needs_no_reference() -> None:
    of = called(skip="network")
    (found,) = alerts(of, "2026-11-22", "A-14")
    assert "in network" in found.text
    assert "repeat tests" not in found.text
    refused = {"id": "k2", "reference": "", "outcome": "refused_no_authority"}
    assert level(add(called(), "insurance.calls", refused), "2026-11-22", "A-14") is None


@pytest.mark.parametrize(
    ("plan", "visits", "expected"),
    [(None, False, None), (None, True, "info"), ("ppo", False, "info"), ("none", True, None)],
)
def test_an_empty_case_is_silent_until_a_plan_or_a_visit_is_known(
    plan: str | None, visits: bool, expected: str | None
) -> None:
    of = case(insurance={"plan": {"type": plan}}, **({"visit": visit()} if visits else {}))
    assert level(of, "2026-11-22", "A-14") == expected


@pytest.mark.parametrize(("accepts", "expected"), [("yes", None), (None, "warning")])
def test_original_medicare_also_asks_about_assignment(accepts: str | None, expected: str | None) -> None:
    of = called(type="original_medicare", keys=("deductible", "cost_share", "medigap", "repeat_tests"))
    of = put(of, "clinicians.c-second.accepts_assignment", accepts)
    assert level(of, "2026-11-22", "A-14") == expected


@pytest.mark.parametrize(
    ("plan", "kinds", "words"),
    [
        ("ppo", [], ["hospital or clinic"]),
        ("hmo", ["lab"], ["hospital or clinic", "lab"]),
        ("marketplace", ["imaging_study", "slides"], ["hospital or clinic", "pathology group", "imaging center"]),
    ],
)
def test_each_provider_that_will_bill_must_be_asked_about(plan: str, kinds: list[str], words: list[str]) -> None:
    items = [{"id": f"r{n}", "kind": k} for n, k in enumerate(kinds)]
    (found,) = alerts(case(insurance={"plan": {"type": plan}}, records={"items": items}), "2026-11-22", "A-15")
    assert all(w in found.text for w in words)


def test_no_network_alert_when_known_or_without_networks() -> None:
    known = {"plan": {"type": "ppo"}, "networks": [{"id": "n1", "body": "facility", "state": "out"}]}
    unknown = {"plan": {"type": "ppo"}, "networks": [{"id": "n1", "body": "facility", "state": "unknown"}]}
    told = {"plan": {"type": "ppo"}, "calls": [{"id": "k1", "answers": {"facility_network": {"answer": "yes"}}}]}
    levels = [level(case(insurance=i), "2026-11-22", "A-15") for i in (known, unknown, told)]
    assert levels == [None, "info", None]
    assert level(case(insurance={"plan": {"type": "original_medicare"}}), "2026-11-22", "A-15") is None


def referred(needed: str | None = "yes", start: str = "2026-12-01T10:30", plan: str = "ppo", **referral: Any) -> Case:
    answers = {"referral": {"answer": needed, "form": "written"}} if needed else {}
    insurance = {"plan": {"type": plan}, "calls": [{"id": "k1", "reference": "R", "answers": answers}]}
    insurance |= {"referrals": [{"id": "f1", **referral}]} if referral else {}
    return case(insurance=insurance, visit=visit(start))


GOOD = {"state": "approved", "valid_from": "2026-11-01", "valid_to": "2026-12-01", "visits": 1}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (referred(), "blocker"),
        (referred(**GOOD), None),  # valid until the visit itself
        (referred(**{**GOOD, "valid_to": "2026-11-30"}), "blocker"),
        (referred(**{**GOOD, "valid_from": "2026-12-02"}), "blocker"),
        (referred(**{**GOOD, "used": 1}), "blocker"),
        (referred(**{**GOOD, "visits": 2, "used": 1}), None),
        (referred(**{**GOOD, "state": "requested"}), "blocker"),
        (referred("no"), None),
        (referred("depends"), None),
        (referred(None, plan="hmo"), "blocker"),
        (referred("no", plan="hmo"), None),
    ],
)
def test_a_referral_must_be_valid_on_the_day_of_the_visit(of: Case, expected: str | None) -> None:
    assert level(of, "2026-11-22", "A-18") == expected


def test_a_completed_visit_counts_as_used() -> None:
    of = referred(**{**GOOD, "valid_to": "2027-01-31"})
    later = {"id": "v2", "clinician": "c-second", "start": "2027-01-10"}
    two = case(insurance=of.insurance, visit={"appointments": [*of.visit.appointments.values(), later]})
    assert level(two, "2026-11-30", "A-18") is None
    assert level(two, "2026-12-02", "A-18") == "blocker"


@pytest.mark.parametrize(
    ("start", "today", "expected"),
    [
        ("2026-12-31", "2026-12-18", None),
        ("2027-01-01", "2026-12-31", "warning"),
        ("2027-01-19", "2026-12-31", "warning"),
        ("2027-01-19", "2027-01-01", None),
    ],
)
def test_a_new_year_before_the_visit_is_reported(start: str, today: str, expected: str | None) -> None:
    assert level(case(visit=visit(start)), today, "A-19") == expected


def test_for_medicare_the_amount_must_be_looked_up() -> None:
    plan = {"type": "original_medicare", "supplement": "medigap_G"}
    (found,) = alerts(case(insurance={"plan": plan}, visit=visit("2027-01-19")), "2026-12-18", "A-19")
    assert "2027 is not in the workbook" in found.text
    assert "Plan G does not pay it" in found.text


def helped(
    mode: str = "advocate", plan: str | None = None, papers: list[dict[str, Any]] | None = None, **records: Any
) -> Case:
    held = [{"id": f"a{n}", **p} for n, p in enumerate(papers or [])]
    return case(mode=mode, authorities=held, insurance={"plan": {"type": plan}}, records=records)


ASKING = [{"id": "q1", "to": "Harrow Ridge imaging", "route": "authorization", "sent_on": "2026-11-01"}]
FORM = {"kind": "hipaa_authorization", "holder": "Harrow Ridge Hospital", "signed_on": "2026-10-01"}


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (helped(requests=ASKING), "blocker"),
        (helped(requests=ASKING, papers=[FORM]), None),
        (helped(requests=ASKING, papers=[{**FORM, "expires_on": "2026-11-22"}]), None),  # valid on its last day
        (helped(requests=ASKING, papers=[{**FORM, "expires_on": "2026-11-21"}]), "blocker"),
        (helped(requests=ASKING, papers=[{**FORM, "state": "revoked"}]), "blocker"),
        (helped(requests=ASKING, papers=[{**FORM, "holder": "Copper Fork Hospital"}]), "blocker"),
        (helped("self", requests=ASKING), None),
        (helped("caregiver", "original_medicare"), "warning"),
        (helped("caregiver", "original_medicare", [{"kind": "poa", "signed_on": "2024-05-02"}]), "warning"),
        (helped("caregiver", "original_medicare", [{"kind": "cms_10106", "state": "drafted"}]), "warning"),
        (helped("caregiver", "original_medicare", [{"kind": "cms_10106", "state": "sent"}]), None),
        (helped("advocate", "ppo", [{"kind": "plan_designated_rep", "state": "accepted"}]), None),
        (helped("self", "ppo"), None),
    ],
)
def test_a_helper_needs_the_right_paper(of: Case, expected: str | None) -> None:
    assert level(of, "2026-11-22", "A-20") == expected


def test_the_form_and_the_letter_to_one_office_are_one_step() -> None:
    draft = {"id": "q1", "to": "Lake Clinic", "items": ["rec-labs"], "route": "authorization"}
    of = case(mode="caregiver", person={"name": "Ruth Fable"}, records={"requests": [draft]})
    steps = [s for s in rules.status(of, FACTS, day("2026-11-23")).next if s.about == "records.requests.q1"]
    assert [step.rule for step in steps] == ["A-20"]
    assert steps[0].do == "Print the letter to Lake Clinic, have Ruth sign the last page, and send the whole letter."
    put_off = put(of, "postponed", {"A-20 records/requests/q1": "2026-11-24"})
    assert "records.requests.q1" not in {s.about for s in rules.status(put_off, FACTS, day("2026-11-23")).next}
    form = {"id": "a1", "kind": "hipaa_authorization", "state": "signed", "holder": "Lake Clinic"}
    signed = rules.status(add(of, "authorities", form), FACTS, day("2026-11-23")).next
    assert [s.rule for s in signed if s.about == "records.requests.q1"] == ["letter"]
    sent = put(of, "records.requests.q1.sent_on", "2026-11-20")
    found = next(a for a in rules.status(sent, FACTS, day("2026-11-23")).alerts if a.about == "records.requests.q1")
    assert "Have a form signed" in found.next
