"""Contradicting dates and places are reported, and the rules continue."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, level, status, visit
from workbook.case import Case


def request(**more: Any) -> Case:
    asked = {"id": "q1", "to": "Lakeside", "route": "access_self", "sent_on": "2026-11-01", **more}
    return case(records={"requests": [asked]})


LETTER = {"reason": "stored elsewhere", "new_date": "2027-01-10"}


@pytest.mark.parametrize(
    ("of", "about"),
    [
        (request(extension={"letter_on": "2026-10-15", **LETTER}), "records.requests.q1"),
        (request(received_by_holder_on="2026-10-20"), "records.requests.q1"),
        (
            request(extension={"letter_on": "2026-11-15", "reason": "x", "new_date": "2026-11-10"}),
            "records.requests.q1",
        ),
        (case(visit=visit(cut_off="2026-12-05")), "visit.appointments.v1"),
        (
            case(visit=visit(), insurance={"referrals": [{"id": "f1", "valid_from": "2026-12-02"}]}),
            "visit.appointments.v1",
        ),
        (case(goal={"decide_by": "2150"}), "goal.decide_by"),
        (case(goal={"held_slot": {"on": "1899-01-01"}}), "goal.held_slot"),
        (case(person={"state": "Narnia"}), "person.state"),
        (case(authorities=[{"id": "a1", "signed_on": "2026-11-01", "expires_on": "2026-10-01"}]), "authorities.a1"),
    ],
)
def test_contradictions_are_reported(of: Case, about: str) -> None:
    assert about in [a.about for a in alerts(of, "2026-11-22", "D-01")]


def test_the_rule_ignores_the_contradicting_letter() -> None:
    of = request(extension={"letter_on": "2026-10-15", **LETTER})
    assert due(of, "2026-11-22", "records-access") == "2026-12-01"
    assert level(of, "2026-11-22", "A-05") == "warning"


def test_two_time_zones_are_mentioned_and_one_is_not() -> None:
    two = visit(time_zone="America/New_York")
    two["appointments"].append({"id": "v2", "start": "2026-12-08", "time_zone": "America/Chicago"})
    assert level(case(visit=two), "2026-11-22", "D-01") == "warning"
    assert level(case(visit=visit(time_zone="America/New_York")), "2026-11-22", "D-01") is None


@pytest.mark.parametrize(("state", "expected"), [("OH", None), ("ohio", None), ("Washington, DC", None), ("", None)])
def test_known_states_and_consistent_dates_give_no_alert(state: str, expected: str | None) -> None:
    assert level(case(person={"state": state}, visit=visit(cut_off="2026-11-23")), "2026-11-22", "D-01") == expected


def test_a_weekend_deadline_stays_and_the_friday_before_is_recommended() -> None:
    of = request(received_by_holder_on="2026-10-30")
    (found,) = [d for d in status(of, "2026-11-22").deadlines if d.rule == "records-access"]
    assert (str(found.due), str(found.aim)) == ("2026-11-29", "2026-11-27")
    assert "aim for Friday, November 27" in found.text
