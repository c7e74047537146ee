"""Questions for the next call to the plan: open ones first, then those that this plan, visit and records add."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests import builders
from workbook.case import Case, add, put
from workbook.law import load
from workbook.rules import View
from workbook.rules.plan_questions import ToAsk, to_ask

TODAY = dt.date(2026, 11, 25)
FIVE = ("referral", "prior_auth", "network", "cost_share", "repeat_tests")


def asked(case: Case) -> ToAsk:
    return to_ask(View(case, load(), TODAY))


def plan(kind: str, *calls: dict[str, Any]) -> Case:
    case = put(builders.case(), "insurance.plan.type", kind)
    for number, call in enumerate(calls):
        case = add(case, "insurance.calls", {"id": f"k{number}", **call})
    return case


def answers(form: str, *keys: str) -> dict[str, Any]:
    return {key: {"answer": "yes", "form": form} for key in keys}


def test_before_any_answer_all_five_are_open_and_no_call_counts_as_the_one_before() -> None:
    found = asked(plan("tricare", {"outcome": "refused_no_authority", "reference": "R1"}))
    assert found.main == FIVE
    assert found.in_writing == ()
    assert found.before is None


def test_spoken_answers_are_needed_in_writing_and_written_ones_are_done() -> None:
    case = plan("tricare", {"when": "2026-11-02T10:00", "answers": answers("written", "referral", "network")})
    case = add(
        case, "insurance.calls", {"id": "m1", "when": "2026-11-03T10:00", "answers": answers("verbal", "cost_share")}
    )
    found = asked(case)
    assert found.main == ("prior_auth", "repeat_tests")
    assert found.in_writing == ("cost_share",)


def test_the_call_before_is_the_last_one_with_answers_and_a_number() -> None:
    first = {"when": "2026-11-02T10:00", "reference": "R1", "answers": answers("verbal", "referral")}
    second = {"when": "2026-11-03T10:00", "reference": "none given", "answers": answers("verbal", "network")}
    empty = {"when": "2026-11-04T10:00", "reference": "R3"}
    before = asked(plan("ppo", second, first, empty)).before
    assert before is not None
    assert before.reference == "R1"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("original_medicare", set()),
        ("medigap", set()),
        ("hmo", {"outside_network", "facility_network", "imaging_network", "gap_exception", "visit_count"}),
        ("ppo", {"outside_network", "facility_network", "imaging_network"}),
        ("tricare", {"outside_network"}),
    ],
)
def test_each_kind_of_plan_adds_its_own(kind: str, more: set[str]) -> None:
    assert set(asked(plan(kind)).more) == more


def test_what_was_answered_is_not_asked_again_and_a_visit_by_video_or_slides_add_a_question() -> None:
    case = plan("hmo", {"when": "2026-11-02T10:00", "answers": answers("written", *FIVE, "gap_exception")})
    assert not {"gap_exception", "outside_network"} & set(asked(case).more)
    case = add(case, "records.items", {"id": "s1", "kind": "slides"})
    visit = {"id": "v1", "clinician": "c-second", "start": "2026-12-09T10:00", "mode": "video", "state": "booked"}
    assert {"virtual_covered", "slide_review_cost"} <= set(asked(add(case, "visit.appointments", visit)).more)
    assert asked(case).main == ()
