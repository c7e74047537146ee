"""Limits in days: what a person sees on the last day of one and on the day after."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FIRST, SECOND, alerts, case, level, visit
from workbook.case import Case

HEARD = [
    {"id": "o1", "clinician": "c-first", "on": "2026-10-01", "form": "written"},
    {"id": "o2", "clinician": "c-second", "on": "2026-10-20", "form": "written"},
]


@pytest.mark.parametrize(
    ("until", "today", "expected"),
    [
        ("2026-12-04", "2026-11-20", "warning"),  # 14 days
        ("2026-12-05", "2026-11-20", None),
        ("2026-11-20", "2026-11-20", "warning"),  # the day itself is not past
        ("2026-11-19", "2026-11-20", "blocker"),
    ],
)
def test_without_a_visit_the_end_of_the_wait_is_near_two_weeks_before(
    until: str, today: str, expected: str | None
) -> None:
    wait = {"until": until, "said_by": "Dr. Marsh"}
    assert level(case(goal={"safe_wait": wait}), today, "A-37") == expected
    assert level(case(goal={"safe_wait": wait}, opinions=HEARD[:1]), today, "A-37") == expected
    assert level(case(goal={"safe_wait": wait}, opinions=HEARD), today, "A-37") is None


@pytest.mark.parametrize(
    ("slot", "expected"),
    [
        ("2026-12-20", "warning"),  # 30 days
        ("2026-12-21", None),
        ("2026-12-05", "warning"),
        ("2026-12-04", "blocker"),  # 14 days
        ("2026-11-20", "blocker"),
        ("2026-11-19", None),
    ],
)
def test_a_treatment_without_a_visit_before_it_presses_in_its_last_month(slot: str, expected: str | None) -> None:
    of = case(goal={"held_slot": {"what": "Surgery", "on": slot}})
    assert level(of, "2026-11-20", "A-38") == expected
    assert level(case(goal=of.goal, opinions=HEARD[:1]), "2026-11-20", "A-38") == expected
    assert level(case(goal=of.goal, opinions=HEARD), "2026-11-20", "A-38") is None


def test_the_days_left_to_a_treatment_are_counted_only_if_its_day_is_known() -> None:
    def text(slot: str) -> str:
        (found,) = alerts(case(goal={"held_slot": {"state": "booked", "on": slot}}), "2026-11-20", "A-38")
        return found.text

    assert "is booked for Friday, December 4, 2026, 14 days left." in text("2026-12-04")
    assert "is booked for December 2026. No visit" in text("2026-12")
    assert "is booked for November 2026. No visit" in text("2026-11")  # it may still be ahead


@pytest.mark.parametrize(
    ("until", "slot", "expected"),
    [
        ("2026-11-30", "2026-12-01", "A treatment is booked for Tuesday, December 1, 2026."),
        ("2026-11-30", "2026-11-30", None),
        ("2026-11-10", "2026-11-19", "No visit for a second opinion is booked before that."),  # that day is over
        ("2026-11-10", "2026-11-20", "A treatment is booked for Friday, November 20, 2026."),
    ],
)
def test_a_treatment_after_the_wait_is_named_until_its_day(until: str, slot: str, expected: str | None) -> None:
    of = case(
        goal={"safe_wait": {"until": until, "said_by": "Dr. Marsh"}, "held_slot": {"state": "booked", "on": slot}}
    )
    found = [a.text for a in alerts(of, "2026-11-20", "A-37")]
    if expected:
        assert expected in found[0]
    else:
        assert not any("treatment is booked" in text for text in found)


@pytest.mark.parametrize(("start", "expected"), [("2026-12-04", "blocker"), ("2026-12-05", "warning")])
def test_an_authorization_presses_two_weeks_before_the_visit(start: str, expected: str) -> None:
    booked = visit(start, state="booked")
    more = {"id": "p1", "service": "MRI", "state": "more_info", "submitted_on": "2026-11-03"}
    ends = {"id": "p1", "service": "MRI", "state": "approved", "valid_to": "2026-12-01"}
    needed = {"id": "p1", "service": "MRI", "state": "to_submit"}
    for which, auth in (("A-40", more), ("A-42", ends), ("A-41", needed)):
        of = case(insurance={"plan": {"type": "employer_insured"}, "prior_auths": [auth]}, visit=booked)
        assert level(of, "2026-11-20", which) == expected, which


@pytest.mark.parametrize(("due", "expected"), [("2026-12-04", "blocker"), ("2026-12-05", "warning")])
def test_papers_press_two_weeks_before_the_plan_needs_them(due: str, expected: str) -> None:
    auth = {"id": "p1", "service": "MRI", "state": "more_info", "submitted_on": "2026-11-03", "info_due": due}
    of = case(insurance={"plan": {"type": "va"}, "prior_auths": [auth]})
    assert level(of, "2026-11-20", "A-40") == expected
    (found,) = alerts(of, "2026-11-20", "A-40")
    assert "It needs the information by" in found.text
    (undated,) = alerts(
        case(insurance={"plan": {"type": "va"}, "prior_auths": [{**auth, "info_due": None}]}), "2026-11-20", "A-40"
    )
    assert "It needs the information by" not in undated.text


@pytest.mark.parametrize(
    ("cut_off", "expected"),
    [
        ("2026-11-30", "warning"),  # 10 days
        ("2026-12-01", None),
        ("2026-11-24", "warning"),
        ("2026-11-23", "blocker"),  # 3 days
        ("2026-11-20", "blocker"),
        ("2026-11-19", None),
    ],
)
def test_a_missing_record_presses_before_the_clinics_last_day(cut_off: str, expected: str | None) -> None:
    of = case(records={"items": [{"id": "r1", "title": "Note"}]}, visit=visit("2026-12-10", cut_off=cut_off))
    assert level(of, "2026-11-20", "A-04") == expected
    assert level(of, "2026-11-20", "A-45") == ("warning" if cut_off == "2026-11-19" else None)


@pytest.mark.parametrize(("start", "expected"), [("2026-11-23", "blocker"), ("2026-11-24", "warning")])
def test_after_that_day_it_presses_three_days_before_the_visit(start: str, expected: str) -> None:
    of = case(records={"items": [{"id": "r1", "title": "Note"}]}, visit=visit(start, cut_off="2026-11-19"))
    assert level(of, "2026-11-20", "A-45") == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-22", None),  # day 19
        ("2026-11-23", "warning"),  # day 20
        ("2027-03-01", "warning"),  # it is never late, as no time limit applies
    ],
)
def test_a_request_without_a_time_limit_is_followed_up_on_day_20(today: str, expected: str | None) -> None:
    asked = {"id": "q1", "to": "Lake Clinic", "route": "provider_to_provider", "sent_on": "2026-11-03"}
    of = case(records={"requests": [asked]})
    assert level(of, today, "A-05") == expected
    told = " ".join(a.text for a in alerts(of, today, "A-05"))
    assert ("There is no time limit for this kind of request." in told) is (expected is not None)


@pytest.mark.parametrize(
    ("today", "call"),
    [
        ("2026-11-20", "Call Lake Clinic by Friday, November 27, 2026."),  # the last open day before a due Sunday
        ("2026-11-21", "Call Lake Clinic on Monday, November 23, 2026."),  # a Saturday
        ("2026-11-27", "Call Lake Clinic. Ask when"),  # that Friday is today
        ("2026-11-28", "Call Lake Clinic on Monday, November 30, 2026."),
    ],
)
def test_the_call_to_an_office_is_never_on_a_closed_or_past_day(today: str, call: str) -> None:
    asked = {"id": "q1", "to": "Lake Clinic", "route": "access_self", "received_by_holder_on": "2026-10-30"}
    (found,) = alerts(case(records={"requests": [asked]}), today, "A-05")
    assert found.next.startswith(call)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("2026-11-19", None), ("2026-11-20", "warning"), ("2026-12-04", "warning"), ("2026-12-05", None)],
)
def test_a_form_is_renewed_in_its_last_two_weeks(ends: str, expected: str | None) -> None:
    paper = {"id": "a1", "kind": "poa", "state": "signed", "expires_on": ends}
    assert level(case(mode="caregiver", authorities=[paper]), "2026-11-20", "A-48") == expected
    for state in ("none", "drafted", "rejected", "expired", "revoked"):
        assert level(case(mode="caregiver", authorities=[{**paper, "state": state}]), "2026-11-20", "A-48") is None
    unsigned = {**paper, "state": None}
    assert level(case(mode="caregiver", authorities=[unsigned]), "2026-11-20", "A-48") is None
    signed = {**unsigned, "signed_on": "2026-01-01"}
    assert level(case(mode="caregiver", authorities=[signed]), "2026-11-20", "A-48") == expected
    decided = case(mode="caregiver", authorities=[paper], decision={"what": "Wait"})
    assert level(decided, "2026-11-20", "A-48") is None


@pytest.mark.parametrize(("year", "is_far"), [(2036, False), (2037, True), (2016, False), (2015, True)])
def test_a_date_more_than_ten_years_away_is_doubted(year: int, is_far: bool) -> None:
    for of in (case(goal={"decide_by": f"{year}-11-20"}), case(goal={"held_slot": {"on": f"{year}-11-20"}})):
        found = [a.text for a in alerts(of, "2026-11-20", "D-01") if "more than 10 years away" in a.text]
        assert bool(found) is is_far
        assert all(str(year) in text for text in found)


def tied(**second: Any) -> Case:
    facilities = [
        {"id": "f1", "name": "One", "network_group": "Lake Health"},
        {"id": "f2", "name": "Two", "network_group": " lake health "},
        {"id": "f3", "name": "Three", "network_group": "Other"},
        {"id": "f4", "name": "Four"},
    ]
    return case(facilities=facilities, clinicians=[{**FIRST, "facility_id": "f1"}, {**SECOND, **second}])


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"facility_id": "f2"}, True),
        ({"facility_id": "f3"}, False),
        ({"facility_id": "f4"}, False),
        ({}, False),
        ({"relation_to_other": "They trained together"}, True),
        ({"relation_to_other": "None."}, False),
    ],
)
def test_a_tie_to_the_first_clinician_is_worth_knowing(second: dict[str, Any], expected: bool) -> None:
    found = alerts(tied(**second), "2026-11-20", "A-30")
    assert [a.about for a in found] == (["clinicians.c-second"] if expected else [])


@pytest.mark.parametrize(
    ("holder", "office", "fits"),
    [
        ("Harrow Ridge imaging", "Harrow Ridge Community Hospital", True),
        ("North Shore", "North Memorial", False),
        ("North Shore Hospital", "North Shore Imaging", True),
        ("Harrow", "Harrow Ridge Hospital", True),
        ("The Medical Center", "The Medical Center", True),  # only common words, but the same ones
        ("The Medical Center", "Medical Center of Ohio", False),
        ("", "Harrow Ridge", False),
        ("", "", False),
    ],
)
def test_a_form_is_for_the_office_that_it_names(holder: str, office: str, fits: bool) -> None:
    form = {"id": "a1", "kind": "hipaa_authorization", "state": "signed", "holder": holder}
    asked = {"id": "q1", "to": office, "route": "authorization", "sent_on": "2026-11-01"}
    of = case(mode="caregiver", authorities=[form], records={"requests": [asked]})
    found = [a for a in alerts(of, "2026-11-20", "A-20") if a.about == "records.requests.q1"]
    assert (found == []) is fits


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("personal_representative", True),
        ("health_care_proxy", True),
        ("poa", True),
        ("hipaa_authorization", False),
        ("verbal_permission", False),
    ],
)
def test_a_representative_needs_a_paper_that_makes_one(kind: str, fits: bool) -> None:
    form = {"id": "a1", "kind": kind, "state": "signed", "holder": "Lake Clinic"}
    asked = {"id": "q1", "to": "Lake Clinic", "route": "access_representative", "sent_on": "2026-11-01"}
    of = case(mode="caregiver", authorities=[form], records={"requests": [asked]})
    found = [a for a in alerts(of, "2026-11-20", "A-20") if a.about == "records.requests.q1"]
    assert (found == []) is fits


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ({"report_due": "2026-11-20"}, True),  # today
        ({"report_due": "2026-11-19"}, False),
        ({"report_due": "2026-11-20", "state": "done"}, False),
        ({"report_due": "2026-11-20", "state": "missed"}, False),
        ({"report_due": "2026-11-20", "state": "moved"}, False),
    ],
)
def test_a_review_of_records_is_ahead_until_its_report_is_due(report: dict[str, Any], expected: bool) -> None:
    review = {"id": "v1", "clinician": "c-second", "mode": "record_review_only", **report}
    of = case(goal={"held_slot": {"what": "Surgery", "on": "2026-11-25"}}, visit={"appointments": [review]})
    assert (level(of, "2026-11-20", "A-38") is None) is expected
    assert (level(of, "2026-11-20", "A-03") == "blocker") is expected  # three working days before the treatment


@pytest.mark.parametrize(("on", "is_slip"), [("2027-05-22", False), ("2027-05-23", True)])
def test_half_a_year_ahead_is_the_most_that_an_event_can_be_noted_early(on: str, is_slip: bool) -> None:
    of = case(opinions=[{"id": "o1", "clinician": "c-first", "on": on}])
    assert bool(alerts(of, "2026-11-20", "D-01")) is is_slip
