"""Alerts that can say one of several things: which sentence a person reads, and who or what it names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FIRST, SECOND, alerts, case, level, visit
from workbook.case import Case

REPORT = {"id": "r1", "kind": "imaging_report", "title": "Knee MRI", "service_date": "2026-10-23"}
IMAGES = {"id": "r2", "kind": "imaging_study", "title": "Knee MRI", "service_date": "2026-10-23"}


def said(of: Case, today: str, which: str) -> str:
    """Text and next step of the only alert with this id."""
    (found,) = alerts(of, today, which)
    return f"{found.text} | {found.next}"


def second(**fields: Any) -> list[dict[str, Any]]:
    return [FIRST, {**SECOND, **fields}]


@pytest.mark.parametrize(
    ("held", "has", "asks"),
    [
        (REPORT, "You have the report but not the images", "Ask for the images as files"),
        (IMAGES, "You have the images but not the report", "Ask the imaging center for the written report"),
    ],
)
def test_the_missing_half_of_a_scan_is_the_one_to_ask_for(held: dict[str, Any], has: str, asks: str) -> None:
    words = said(case(records={"items": [{**held, "state": "received"}]}), "2026-11-20", "A-09")
    assert has in words
    assert asks in words


@pytest.mark.parametrize(
    ("limit", "made", "expected"),
    [
        (1, "2026-10-01", "The clinic accepts images up to 1 month old."),
        (6, "2026-01-01", "The clinic accepts images up to 6 months old."),
        (None, "2025-01-01", "Many clinics want images no more than 12 months old."),
        (6, "2026-06-01", None),  # six months to the day
        (6, "2026-05-31", "The clinic accepts images up to 6 months old."),
        (24, "2025-01-01", None),  # this clinic takes older ones than most
    ],
)
def test_old_images_are_measured_by_the_clinics_own_limit_first(
    limit: int | None, made: str, expected: str | None
) -> None:
    scan = {**IMAGES, "state": "received", "service_date": made}
    of = case(clinicians=second(images_max_age_months=limit), records={"items": [scan]}, visit=visit("2026-12-01"))
    found = alerts(of, "2026-11-20", "A-35")
    assert [expected in a.text for a in found if expected] == ([True] if expected else [])
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("sits", "licensed", "expected"),
    [
        ("Narnia", "OH", "We do not recognize this state."),
        ("", "OH", "A state is missing."),
        ("OH", "", "A state is missing."),
        ("OH", "Narnia", "A state is missing."),
    ],
)
def test_a_remote_visit_says_which_state_is_not_known(sits: str, licensed: str, expected: str) -> None:
    of = case(clinicians=second(license_states=licensed), visit=visit(mode="phone", patient_location_state=sits))
    assert said(of, "2026-11-20", "A-21").startswith(expected)


def appealing(plan: str, *papers: str, **denial: Any) -> Case:
    one = {"id": "d1", "what": "MRI", "received_on": "2026-11-01", **denial}
    forms = [{"id": f"a{n}", "kind": kind, "state": "signed"} for n, kind in enumerate(papers)]
    calls = [{"id": "k1", "reference": "R-1", "outcome": "answered"}]
    insurance = {"plan": {"type": plan}, "denials": [one], "calls": calls}
    return case(mode="advocate", authorities=forms, insurance=insurance)


@pytest.mark.parametrize(
    ("plan", "papers", "expected"),
    [
        ("original_medicare", (), "For the appeal, you and the patient both need to sign form CMS-1696."),
        ("medicare_advantage", (), "For the appeal, you and the patient both need to sign form CMS-1696."),
        ("employer_insured", (), "For the appeal, you and the patient both need to sign the plan's own form."),
        (
            "original_medicare",
            ("cms_10106",),
            "For the appeal, you and the patient both need to sign form CMS-1696.",
        ),  # that one is for calls
        ("original_medicare", ("cms_1696",), None),
        ("employer_insured", ("plan_designated_rep",), None),
        ("employer_insured", ("poa",), "For the appeal, you and the patient both need to sign the plan's own form."),
    ],
)
def test_an_appeal_needs_a_form_that_lets_the_helper_act(
    plan: str, papers: tuple[str, ...], expected: str | None
) -> None:
    found = [a.next for a in alerts(appealing(plan, *papers), "2026-11-22", "A-20") if a.about == "insurance.denials"]
    assert found == ([expected] if expected else [])


def test_without_an_appeal_to_send_no_form_for_it_is_asked_for() -> None:
    sent = appealing("employer_insured", filed_on="2026-11-10", state="filed")
    assert [a for a in alerts(sent, "2026-11-22", "A-20") if a.about == "insurance.denials"] == []


@pytest.mark.parametrize(
    ("plan", "papers", "form", "poa"),
    [
        ("original_medicare", (), "CMS-10106", False),
        ("medigap", (), "CMS-10106", False),
        ("ppo", (), "the plan's own form", False),
        ("ppo", ("poa",), "the plan's own form", True),
        ("original_medicare", ("plan_designated_rep",), "CMS-10106", False),  # Medicare takes only its own
        ("ppo", ("cms_10106",), "the plan's own form", False),
        ("ppo", ("plan_designated_rep",), None, False),
    ],
)
def test_the_plan_talks_to_a_helper_only_with_its_form(
    plan: str, papers: tuple[str, ...], form: str | None, poa: bool
) -> None:
    forms = [{"id": f"a{n}", "kind": kind, "state": "signed"} for n, kind in enumerate(papers)]
    of = case(mode="caregiver", authorities=forms, insurance={"plan": {"type": plan}})
    found = alerts(of, "2026-11-22", "A-20")
    assert [form in a.next for a in found if form] == ([True] if form else [])
    assert bool(found) is bool(form)
    assert any("A power of attorney alone is often not enough." in a.text for a in found) is poa


@pytest.mark.parametrize(
    ("start", "slot", "expected"),
    [
        ("2026-12-10", "2026-12-09", "The treatment is booked before that, for Wednesday, December 9, 2026."),
        ("2026-12-09", "2026-12-09", "The treatment is booked before that, for Wednesday, December 9, 2026."),
        ("2026-12-10", "2026-12", "Treatment is booked: December 2026."),  # either may come first
        ("2026-12", "2026-12-09", "Treatment is booked: Wednesday, December 9, 2026."),
        ("2026-12-07", "2026-12-09", "so little time is left to change it."),
    ],
)
def test_a_visit_after_the_treatment_says_so_only_if_both_days_are_known(start: str, slot: str, expected: str) -> None:
    of = case(goal={"held_slot": {"on": slot, "state": "booked"}}, visit=visit(start))
    assert expected in said(of, "2026-11-20", "A-03")


def test_a_month_for_the_visit_is_repeated_as_it_was_noted() -> None:
    of = case(goal={"held_slot": {"on": "2026-12-09"}}, visit=visit("2026-12"))
    assert said(of, "2026-11-20", "A-03").startswith("The date given for the visit is December 2026.")
    paper = visit("2026-11-25", mode="record_review_only", report_due="2026-12-10")
    words = said(case(goal={"held_slot": {"on": "2026-12-09"}}, visit=paper), "2026-11-20", "A-03")
    assert words.startswith("The written opinion comes on Thursday, December 10, 2026.")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-03-10", "that is today. "),
        ("2027-03-09", "1 day left. "),
        ("2027-03-11", "1 day ago. "),
    ],
)
def test_the_next_step_after_a_lost_appeal_is_open_through_its_last_day(today: str, expected: str) -> None:
    lost = {"id": "d1", "what": "MRI", "state": "lost", "filed_on": "2026-08-20", "decided_on": "2026-11-10"}
    of = case(insurance={"plan": {"type": "marketplace"}, "denials": [lost]})
    words = said(of, today, "A-43")
    assert expected in words
    assert ("Ask the plan if it will accept a good reason for being late." in words) is (today == "2027-03-11")
    assert ("Ask for the next step in writing" in words) is (today != "2027-03-11")


def test_after_the_last_day_to_appeal_medicare_may_still_accept_a_good_reason() -> None:
    def of(plan: str) -> Case:
        return case(insurance={"plan": {"type": plan}, "denials": [{"id": "d1", "letter_deadline": "2026-11-20"}]})

    late = said(of("employer_insured"), "2026-11-21", "A-17")
    assert "Ask if anything can still be done." in late
    assert "does not have to consider it" in said(of("employer_insured"), "2026-11-20", "A-17")
    assert "Ask if anything can still be done." not in said(of("original_medicare"), "2026-11-21", "A-17")


@pytest.mark.parametrize(
    ("start", "ends", "expected"),
    [
        ("2026-12-01", "2027-01-31", None),  # from the day of the visit
        ("2026-12-02", "2027-01-31", "The referral starts on Wednesday, December 2, 2026, after the visit"),
        ("2026-11-01", "2026-12-01", None),  # through the day of the visit
        ("2026-11-01", "2026-11-30", "The referral ends on Monday, November 30, 2026, before the visit"),
    ],
)
def test_a_referral_covers_its_first_and_its_last_day(start: str, ends: str, expected: str | None) -> None:
    referral = {"id": "f1", "state": "approved", "valid_from": start, "valid_to": ends, "visits": 3}
    of = case(insurance={"plan": {"type": "hmo"}, "referrals": [referral]}, visit=visit("2026-12-01"))
    found = [a.text for a in alerts(of, "2026-11-22", "A-18")]
    assert [text[: len(expected)] for text in found if expected] == ([expected] if expected else [])
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("visits", "used", "expected"),
    [
        (1, 1, "The referral has no visits left."),
        (0, 0, "The referral has no visits left."),
        (2, 2, "All 2 visits on the referral have been used."),
        (2, 1, None),
        (None, 5, None),
    ],
)
def test_a_referral_that_is_used_up_says_how_many_visits_it_had(
    visits: int | None, used: int, expected: str | None
) -> None:
    referral = {"id": "f1", "state": "approved", "visits": visits, "used": used, "valid_from": "2026-11-01"}
    of = case(insurance={"plan": {"type": "hmo"}, "referrals": [referral]}, visit=visit("2026-12-01"))
    found = [a.text for a in alerts(of, "2026-11-22", "A-18")]
    assert [text.startswith(expected) for text in found if expected] == ([True] if expected else [])
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("sets", "expected"),
    [({"network": "HMO Gold"}, True), ({"network": "Whole Nation"}, False), ({"type": "hmo"}, True)],
)
def test_a_network_named_after_a_gatekeeper_plan_needs_a_referral(sets: dict[str, Any], expected: bool) -> None:
    plan = {"type": "employer_insured", **sets}
    assert (level(case(insurance={"plan": plan}, visit=visit()), "2026-11-22", "A-18") == "blocker") is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            {"records": {"requests": [{"id": "q1", "to": "Office-Invented", "sent_on": "2029-01-01"}]}},
            "Office-Invented: ",
        ),
        ({"health": {"medications_confirmed_on": "2029-01-01"}}, "The date under "),
    ],
)
def test_an_impossible_date_names_its_entry_if_it_has_one(path: dict[str, Any], expected: str) -> None:
    (found,) = alerts(case(**path), "2026-11-20", "D-01")
    assert found.text.startswith(expected)
    assert "(January 1, 2029)" in found.text


def test_a_booking_that_the_decision_cancels_says_when_and_where() -> None:
    def words(**slot: str) -> str:
        decided = {"what": "Wait", "cancels": "yes"}
        return said(
            case(goal={"held_slot": {"what": "Surgery", "state": "booked", **slot}}, decision=decided),
            "2026-11-20",
            "A-39",
        )

    assert "It is still booked. | Call and cancel the treatment." in words()
    assert "It is still booked for Monday, November 23, 2026. | " in words(on="2026-11-23")
    assert "Call Lake Hospital and cancel it." in words(where="Lake Hospital")


@pytest.mark.parametrize(("on", "expected"), [("2026-11-20", "warning"), ("2026-11-19", None)])
def test_a_booking_is_canceled_until_its_day_is_over(on: str, expected: str | None) -> None:
    of = case(goal={"held_slot": {"what": "Surgery", "on": on}}, decision={"what": "Wait", "cancels": "yes"})
    assert level(of, "2026-11-20", "A-39") == expected
