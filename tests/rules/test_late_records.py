"""Refusals, cut-offs that have passed, state law, records whose state was left behind (A-05, A-44, A-45)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.rules.asking import alerts, case, day, due, ended, level, status, visit
from workbook.case import Case
from workbook.rules import milestones

ITEM = {"id": "r1", "kind": "visit_note", "title": "Notes", "need": "required"}


def asked(item: dict[str, Any] | None = None, lives_in: str = "", start: str = "", **request: Any) -> Case:
    one = {"id": "q1", "to": "Office-Invented", "route": "access_self", "state": "sent", "items": ["r1"]}
    one |= {"received_by_holder_on": "2026-11-03", "evidence": "letter", **request}
    more: dict[str, Any] = {"person": {"state": lives_in}} if lives_in else {}
    if start:
        more["visit"] = visit(start, state="booked", cut_off="2026-11-20")
    return case(records={"items": [ITEM | (item or {})], "requests": [one]}, **more)


def test_a_refusal_on_the_phone_does_not_end_the_clock() -> None:
    of = asked(state="denied", reply="No, on the phone")
    assert due(of, "2026-11-25", "records-access") == "2026-12-03"
    (late,) = alerts(of, "2026-12-10", "A-05")
    assert late.level.value == "blocker"
    assert "A refusal must be in writing." in late.text


def test_a_written_refusal_leads_to_a_review_the_rest_and_a_complaint() -> None:
    of = asked(denial={"on": "2026-11-20", "reason": "Not ours", "reviewable": "yes"})
    assert ended(of, "2026-11-25", "records-access") == "The office refused in writing."
    (told,) = alerts(of, "2026-11-25", "A-44")
    assert told.about == "records.requests.q1"
    assert "180 days" in told.more
    assert "review by another clinician" in told.next
    assert due(of, "2026-11-25", "complaint") == "2027-05-19"
    other = asked(denial={"on": "2026-11-20"})
    assert "if it can be reviewed" in alerts(other, "2026-11-25", "A-44")[0].next
    assert alerts(asked({"state": "received"}, denial={"on": "2026-11-20"}), "2026-11-25", "A-44") == []


def test_after_the_cut_off_the_clinic_is_asked_if_it_takes_late_records() -> None:
    of = asked(start="2026-12-10")
    assert level(of, "2026-11-20", "A-45") is None  # that day is still in time
    assert level(of, "2026-11-21", "A-45") == "warning"
    assert level(of, "2026-12-07", "A-45") == "blocker"
    assert level(asked({"state": "received"}, start="2026-12-10"), "2026-12-07", "A-45") is None
    assert level(of, "2026-12-11", "A-45") is None  # the visit is over


@pytest.mark.parametrize(
    ("state", "route", "expected"),
    [
        ("CA", "access_self", "2026-11-18"),
        ("California", "ehi_export", "2026-11-18"),
        ("TX", "access_self", "2026-11-25"),  # 15 working days over Veterans Day
        ("TX", "authorization", "2026-11-25"),
        ("TX", "provider_to_provider", "2026-11-25"),
        ("TN", "access_self", "2026-11-18"),
        ("CT", "provider_to_provider", "2026-11-13"),
        ("CA", "authorization", None),
        ("MD", "access_self", None),  # 21 working days end after the federal 30 days
        ("OH", "access_self", None),
        ("", "access_self", None),
    ],
)
def test_a_shorter_time_of_the_state_stands_beside_the_federal_one(
    state: str, route: str, expected: str | None
) -> None:
    of = asked(lives_in=state, route=route)
    assert due(of, "2026-11-10", "records-state") == expected
    if route == "access_self":
        assert due(of, "2026-11-10", "records-access") == "2026-12-03"


@pytest.mark.parametrize(
    ("to", "route", "expected", "says"),
    [
        ("Lake Hospital", "access_self", "2026-11-18", "If Lake Hospital is a hospital in Texas, state law says"),
        ("Lake Imaging", "access_self", "2026-11-25", "If Lake Imaging is a doctor's office in Texas, state law"),
        ("Lake Medical Center", "authorization", None, ""),  # the rule on consent is for doctors
    ],
)
def test_a_law_for_doctors_is_not_counted_for_a_hospital(to: str, route: str, expected: str | None, says: str) -> None:
    of = asked(lives_in="TX", route=route, to=to)
    assert due(of, "2026-11-10", "records-state") == expected
    assert [d.text.startswith(says) for d in status(of, "2026-11-10").deadlines if d.rule == "records-state"] == (
        [True] if expected else []
    )


def test_the_next_date_may_be_one_that_a_state_gives_and_is_one_sentence() -> None:
    of = asked(lives_in="TX", to="Lake Hospital", received_by_holder_on="2026-11-06")  # due on a Saturday
    now = status(of, "2026-11-10")
    found = now.next_date()
    assert found is not None
    assert found.brief == "If Lake Hospital is a hospital in Texas, state law says by Saturday, November 21, 2026."
    assert found.rest == "That is a weekend, so aim for Friday, November 20, 2026."
    assert [m.rule for m in milestones(now) if m.on == found.due] == ["records-state"]


def test_a_request_late_only_by_state_law_is_a_call_not_a_complaint() -> None:
    of = asked(lives_in="CA")
    assert alerts(of, "2026-11-18", "A-05") == []  # that day is still in time
    (told,) = alerts(of, "2026-11-19", "A-05")
    assert told.level.value == "warning"
    assert told.text.startswith("By the law of California, the records from Office-Invented were due on Wednesday")
    assert due(of, "2026-11-19", "complaint") is None
    (late,) = alerts(of, "2026-12-04", "A-05")
    assert late.level.value == "blocker"


def test_a_day_of_arrival_counts_even_if_the_state_was_left() -> None:
    of = asked({"state": "requested", "received_on": "2026-11-10"}, start="2026-12-01")
    assert level(of, "2026-11-15", "A-04") is None
    assert level(of, "2026-12-10", "A-05") is None
    partly = asked({"state": "partly_received", "received_on": "2026-11-10"}, start="2026-12-01")
    assert level(partly, "2026-11-15", "A-04") == "warning"


def test_one_call_to_an_office_is_one_alert() -> None:
    items = [ITEM | {"id": f"r{n}", "title": f"Notes {n}", "facility": f"Office {n % 2}"} for n in range(6)]
    of = case(records={"items": items}, visit=visit(cut_off="2026-11-20"))
    found = alerts(of, "2026-11-15", "A-04")
    assert [a.about for a in found] == ["records.items.r0", "records.items.r1"]
    assert "Notes 0, Notes 2 and Notes 4" in found[0].text


def test_a_promise_that_has_passed_says_nothing_about_the_arrival() -> None:
    of = case(records={"items": [ITEM | {"state": "requested", "expected_on": "2026-11-20"}]}, visit=visit())
    assert str(status(of, "2026-11-19").critical_path.ready_on) == "2026-11-20"
    assert status(of, "2026-11-21").critical_path.ready_on is None


@pytest.mark.parametrize(("lives_in", "last"), [("TX", "2026-11-25"), ("CA", "2026-11-18"), ("TN", "2026-11-18")])
def test_the_law_of_the_state_is_said_from_the_day_after_even_past_the_reminder(lives_in: str, last: str) -> None:
    of = asked(lives_in=lives_in)
    for days in (1, 3):
        on = str(day(last) + dt.timedelta(days=days))
        assert alerts(of, on, "A-05")[0].text.startswith("By the law of"), on
    assert not alerts(of, last, "A-05")[0:1] or "By the law of" not in alerts(of, last, "A-05")[0].text


def test_a_route_with_a_limit_by_state_does_not_claim_that_there_is_none() -> None:
    of = asked(lives_in="TX", route="authorization")
    assert ended(of, "2026-11-20", "records-access") == "Federal law sets no time limit for this kind of request."
    assert ended(asked(route="authorization"), "2026-11-20", "records-access") == (
        "There is no time limit for this kind of request."
    )


@pytest.mark.parametrize("route", ["mqsa_transfer", "third_party_directive"])
def test_a_limit_that_is_not_certain_is_a_call_and_no_complaint(route: str) -> None:
    of = asked(route=route)
    (told,) = alerts(of, "2026-12-20", "A-05")
    assert told.level.value == "warning"
    assert "may have been due" in told.text
    assert "H-3" not in told.rule or route == "third_party_directive"
    assert due(of, "2026-12-20", "complaint") is None
    (line,) = [d for d in status(of, "2026-11-10").deadlines if d.rule == "records-access"]
    assert "refuse in writing" not in line.text
