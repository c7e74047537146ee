"""Time to wait, place of the visit, minutes for questions, confirmed lists (A-01 to A-03, A-21 to A-23, A-30)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, alerts, case, day, level, visit
from workbook import rules
from workbook.case import Case


def test_the_note_on_emergencies_is_always_shown() -> None:
    assert level(Case(), "2026-11-22", "A-01") == "info"


@pytest.mark.parametrize(
    ("goal", "booked", "expected"),
    [
        ({}, False, None),
        ({"decide_by": "2027-02-05"}, False, "warning"),
        ({"decide_by": "unknown"}, False, None),
        ({}, True, "warning"),
        ({"safe_wait": {"until": "2026-12-18", "said_by": "Dr. Marsh"}}, True, None),
        ({"safe_wait": {"until": "unknown"}}, True, "warning"),
        ({"safe_wait": {"words": "A few weeks are fine."}}, True, None),
        ({"safe_wait": {"until": "2026-12-18", "said_on": "2026-11-21"}}, True, "warning"),  # not said yet
    ],
)
def test_a_clinicians_word_that_it_can_wait_is_required(
    goal: dict[str, Any], booked: bool, expected: str | None
) -> None:
    of = case(goal=goal, **({"visit": visit()} if booked else {}))
    assert level(of, "2026-11-20", "A-02") == expected


def test_after_the_visit_waiting_is_not_asked_about() -> None:
    assert level(case(visit=visit()), "2026-12-01", "A-02") == "warning"
    assert level(case(visit=visit()), "2026-12-02", "A-02") is None


@pytest.mark.parametrize(
    ("start", "goal", "expected"),
    [
        ("2026-12-02", {"held_slot": {"on": "2026-12-09"}}, None),  # the fifth working day before
        ("2026-12-03", {"held_slot": {"on": "2026-12-09"}}, "blocker"),
        ("2026-12-22", {"held_slot": {"on": "2026-12-31"}}, None),  # Christmas is not a working day
        ("2026-12-24", {"held_slot": {"on": "2026-12-31"}}, "blocker"),
        ("2026-12-07", {"decide_by": "2026-12-07"}, None),
        ("2026-12-08", {"decide_by": "2026-12-07"}, "blocker"),
        ("2026-12-31", {"decide_by": "2026-12"}, None),  # a month counts until its last day
        ("2026-12-31", {}, None),
    ],
)
def test_a_visit_must_come_before_the_decision_and_the_slot(
    start: str, goal: dict[str, Any], expected: str | None
) -> None:
    assert level(case(goal=goal, visit=visit(start)), "2026-11-20", "A-03") == expected


def test_for_a_review_of_records_the_written_report_counts() -> None:
    late = visit("2026-11-25", mode="record_review_only", report_due="2026-12-08")
    assert level(case(goal={"decide_by": "2026-12-07"}, visit=late), "2026-11-20", "A-03") == "blocker"


def video(sits: str = "OH", licensed: str = "OH", mode: str = "video", exam: str | None = None) -> Case:
    of = case(visit=visit(mode=mode, patient_location_state=sits))
    second = of.clinicians["c-second"].model_copy(update={"license_states": licensed})
    second = type(second).model_validate({**second.model_dump(), "exam_needed": exam})
    return of.model_copy(update={"clinicians": of.clinicians.with_item(second)})


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (video(), None),
        (video("Ohio", "MD, OH"), None),
        (video("NC"), "blocker"),
        (video(""), "warning"),
        (video(licensed=""), "warning"),
        (video("Narnia"), "warning"),
        (video(exam="yes"), "warning"),
        (video("NC", mode="in_person"), None),
    ],
)
def test_for_telehealth_the_license_must_cover_the_patients_location(of: Case, expected: str | None) -> None:
    assert level(of, "2026-11-20", "A-21") == expected


def questions(*minutes: int, parked: int = 0, top: int = 3) -> list[dict[str, Any]]:
    made = [{"id": f"q{n}", "text": "Why?", "minutes": m, "top": n < top} for n, m in enumerate(minutes)]
    return [*made, *({"id": f"p{n}", "minutes": 9, "state": "parked"} for n in range(parked))]


@pytest.mark.parametrize(
    ("asked", "slot", "expected"),
    [
        (questions(8, 8, 8, parked=2), 40, None),  # 24 of 24
        (questions(8, 8, 9), 40, "info"),
        (questions(5, 5, 5, top=2), 40, "info"),
        (questions(50, 50, 50), None, None),  # the length of the visit is unknown
        ([], 40, "info"),
    ],
)
def test_questions_fit_the_minutes_with_the_top_three_first(
    asked: list[Any], slot: int | None, expected: str | None
) -> None:
    assert level(case(visit=visit(slot_minutes=slot, questions=asked)), "2026-11-20", "A-22") == expected


def test_the_list_is_fitted_with_the_top_three_first() -> None:
    asked = [*questions(20, top=0), *({**q, "id": f"t{n}"} for n, q in enumerate(questions(4, 4, 4)))]
    view = rules.View(case(visit=visit(slot_minutes=30, questions=asked)), FACTS, day("2026-11-20"))
    plan = rules.fit(view, view.booked)
    assert (plan.asked, plan.too_many, plan.minutes, plan.room) == (("t0", "t1", "t2"), ("q0",), 32, 18)
    exact = rules.View(case(visit=visit(slot_minutes=30, questions=questions(9, 9, 1))), FACTS, day("2026-11-20"))
    full = rules.fit(exact, exact.booked)
    assert (full.asked, full.too_many) == (("q0", "q1"), ("q2",))  # 18 of 18 minutes fit


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        ({"medications_confirmed_on": "2026-11-01"}, None),  # 30 days
        ({"medications_confirmed_on": "2026-10-31"}, "info"),
        ({}, "info"),
        ({"medications_confirmed_on": "2026-11-18", "allergies_confirmed_on": "2026-06-01"}, "info"),
        ({"medications_confirmed_on": "2026-11-30"}, "info"),  # not known yet today
    ],
)
def test_the_lists_are_checked_within_thirty_days_of_the_visit(checked: dict[str, str], expected: str | None) -> None:
    assert level(case(health=checked, visit=visit()), "2026-11-20", "A-23") == expected


@pytest.mark.parametrize(
    ("who", "field", "value", "expected"),
    [
        ("c-first", "owns_share_of", "Copper Fork Hospital", "info"),
        ("c-first", "owns_share_of", "none", None),
        ("c-second", "relation_to_other", "same group", "info"),
        ("c-second", "relation_to_other", "none", None),
    ],
)
def test_related_clinicians_are_reported(who: str, field: str, value: str, expected: str | None) -> None:
    of = case()
    tied = of.clinicians[who].model_copy(update={field: value})
    of = of.model_copy(update={"clinicians": of.clinicians.with_item(tied)})
    assert level(of, "2026-11-20", "A-30") == expected
    assert [a.about for a in alerts(of, "2026-11-20", "A-30")] == ([f"clinicians.{who}"] if expected else [])


def test_two_sites_of_one_group_are_related() -> None:
    places = [{"id": f"f{n}", "name": f"Place {n}", "network_group": "Fable Health"} for n in (1, 2)]
    of = case(facilities=places)
    for n, who in enumerate(("c-first", "c-second"), 1):
        placed = of.clinicians[who].model_copy(update={"facility_id": f"f{n}"})
        of = of.model_copy(update={"clinicians": of.clinicians.with_item(placed)})
    assert level(of, "2026-11-20", "A-30") == "info"
