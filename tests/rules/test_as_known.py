"""On a day, a fact dated later is not known; planned dates are; a state without a date holds on every day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import case, day, visit
from workbook.case import Case, get, put
from workbook.rules import as_known

REQUEST = {
    "id": "q1",
    "route": "access_self",
    "state": "fulfilled",
    "sent_on": "2026-11-01",
    "received_by_holder_on": "2026-11-03",
    "extension": {"letter_on": "2026-11-20", "reason": "moved", "new_date": "2026-12-20"},
    "fulfilled_on": "2026-12-10",
}
HELD: Case = case(
    records={
        "items": [{"id": "r1", "state": "received", "received_on": "2026-11-10"}, {"id": "r2", "state": "received"}],
        "requests": [REQUEST],
        "media": [{"id": "m1", "received_on": "2026-11-05", "checked_on": "2026-11-07", "result": "ok"}],
        "materials": [{"id": "s1", "state": "returned", "return_by": "2026-12-31", "returned_on": "2026-12-20"}],
    },
    opinions=[{"id": "o1", "clinician": "c-first", "on": "2026-11-19", "form": "written", "written_on": "2026-12-03"}],
    insurance={
        "prior_auths": [{"id": "p1", "state": "denied", "submitted_on": "2026-11-01", "notice_date": "2026-11-09"}]
    },
    goal={"decide_by": "2027-01-31", "safe_wait": {"until": "2026-12-31", "said_on": "2026-11-15"}},
    viewed={"r1": {"c-first": {"how": "images", "on": "2026-11-12"}}},
    visit=visit("2027-01-19"),
)


@pytest.mark.parametrize(
    ("path", "from_day", "before", "after"),
    [
        ("records.items.r1.state", "2026-11-10", "requested", "received"),
        ("records.items.r2.state", "2026-11-10", "received", "received"),
        ("records.requests.q1.state", "2026-12-10", "clock_running", "fulfilled"),
        ("records.requests.q1.extension.new_date", "2026-11-20", None, "2026-12-20"),
        ("records.requests.q1.received_by_holder_on", "2026-11-03", None, "2026-11-03"),
        ("records.requests.q1.sent_on", "2026-11-01", None, "2026-11-01"),
        ("records.media.m1.result", "2026-11-07", None, "ok"),
        ("records.materials.s1.state", "2026-12-20", "at_reviewer", "returned"),
        ("opinions.o1.form", "2026-12-03", "draft", "written"),
        ("insurance.prior_auths.p1.state", "2026-11-09", "submitted", "denied"),
        ("goal.safe_wait.until", "2026-11-15", None, "2026-12-31"),
        ("viewed.r1.c-first", "2026-11-12", None, HELD.viewed["r1"]["c-first"]),
    ],
)
def test_a_fact_is_known_from_its_day(path: str, from_day: str, before: Any, after: Any) -> None:
    eve = day(from_day).replace(day=day(from_day).day - 1) if from_day[-2:] != "01" else day("2026-10-31")
    assert get(as_known(HELD, eve), path) == before
    assert get(as_known(HELD, day(from_day)), path) == after


def test_entries_of_a_later_day_are_not_there_yet() -> None:
    early = as_known(HELD, day("2026-11-04"))
    assert (len(early.opinions), len(early.records.media)) == (0, 0)


def test_planned_dates_are_always_known() -> None:
    early = as_known(HELD, day("2026-01-01"))
    assert early.goal.decide_by == "2027-01-31"
    assert early.visit.appointments["v1"].start == "2027-01-19"
    assert early.records.materials["s1"].return_by == "2026-12-31"


def test_a_value_that_was_said_later_is_not_known() -> None:
    said = put(HELD, "goal.decide_by@.on", "2026-12-01")
    assert as_known(said, day("2026-11-30")).goal.decide_by is None
    assert as_known(said, day("2026-12-01")).goal.decide_by == "2027-01-31"


def test_when_all_is_known_the_case_is_the_same() -> None:
    assert as_known(HELD, day("2027-02-01")) is HELD
