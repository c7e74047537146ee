"""Requests for records: how sure a date is, why more time does not count, and what a refusal leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.asking import FACTS, alerts, case, day, due, ended, level, status, visit
from workbook import rules
from workbook.case import Case
from workbook.rules.results import Deadline

LETTER = {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "stored elsewhere", "new_date": "2026-12-20"}


def asked(items: tuple[str, ...] = (), mode: str = "self", **more: Any) -> Case:
    one = {"id": "q1", "to": "lake clinic", "route": "access_self", "received_by_holder_on": "2026-11-03"}
    made = [{"id": key, "title": key, "state": "requested"} for key in items]
    return case(
        mode=mode, records={"items": made, "requests": [{**one, "evidence": "letter", "items": list(items), **more}]}
    )


def only(of: Case, today: str, rule: str) -> Deadline:
    (found,) = [d for d in status(of, today).deadlines if d.rule == rule]
    return found


@pytest.mark.parametrize(("evidence", "sure"), [("letter", True), ("memory", False), ("estimated", False)])
def test_a_date_that_is_not_certain_says_so_before_and_after(evidence: str, sure: bool) -> None:
    (near,) = alerts(asked(evidence=evidence), "2026-11-25", "A-05")
    assert ("The date is an estimate." in near.text) is not sure
    (late,) = alerts(asked(evidence=evidence), "2026-12-04", "A-05")
    assert ("This date is an estimate." in late.text) is not sure


@pytest.mark.parametrize(
    ("more", "certainty", "evidence"),
    [
        ({}, "known", "A letter or other paper"),
        ({"evidence": None}, "known", ""),
        ({"received_by_holder_on": "2026-11"}, "estimated", "A letter or other paper"),
        (
            {"received_by_holder_on": "2026-11", "evidence": None},
            "estimated",
            "Counted from the earliest day this could be.",
        ),
        (
            {"received_by_holder_on": None, "sent_on": "2026-11-03", "evidence": None},
            "estimated",
            "Counted from the day it was sent.",
        ),
        ({"evidence": "memory"}, "from_memory", None),
        ({"evidence": "estimated"}, "estimated", None),
        ({"route": "third_party_directive"}, "estimated", None),  # the limit is for electronic copies only
        ({"route": "mqsa_transfer"}, "estimated", None),  # the rule is only recalled
    ],
)
def test_how_sure_a_date_is_follows_from_what_is_known(
    more: dict[str, Any], certainty: str, evidence: str | None
) -> None:
    found = only(asked(**more), "2026-11-10", "records-access")
    assert found.certainty == certainty
    if evidence == "" or (evidence and "Counted" in evidence):
        assert found.evidence == evidence


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"announced_by": "phone"}, "There is no dated letter"),
        ({"letter_on": None}, "There is no dated letter"),
        ({"letter_on": "2026-11-02"}, "The letter is dated before the request"),
        ({"letter_on": "2026-11-03"}, None),  # the day of the request
        ({"letter_on": "2026-12-03"}, None),  # the last day
        ({"letter_on": "2026-12-04"}, "The letter arrived after the first 30 days"),
        ({"reason": " "}, "The letter needs a reason and a new date."),
        ({"new_date": None}, "The letter needs a reason and a new date."),
        ({"second_time": True}, "The law allows more time only once."),
    ],
)
def test_why_more_time_does_not_count(change: dict[str, Any], why: str | None) -> None:
    of = asked(extension={**LETTER, **change})
    found = [a.text for a in alerts(of, "2026-12-05", "A-06")]
    assert [why in text for text in found if why] == ([True] if why else [])
    assert bool(found) is bool(why)
    assert all(text.startswith("Lake clinic says it needs more time.") for text in found)
    counts = why is None or "once" in why
    assert (due(of, "2026-12-05", "records-outer-limit") == "2027-01-02") is counts
    if not counts:
        assert ended(of, "2026-12-05", "records-outer-limit") == (
            "The request for more time does not count, so the first due date still applies."
        )


@pytest.mark.parametrize(("promised", "binding"), [("2026-12-20", "2026-12-20"), ("2027-01-20", "2027-01-02")])
def test_a_promise_binds_only_up_to_the_outer_limit(promised: str, binding: str) -> None:
    of = asked(extension={**LETTER, "new_date": promised})
    assert level(of, binding, "A-05") != "blocker"
    assert level(of, str(day(binding) + (day("2026-01-02") - day("2026-01-01"))), "A-05") == "blocker"
    outer = only(of, "2026-12-05", "records-outer-limit")
    assert outer.hard is (binding == "2027-01-02")
    assert "lake clinic must finish by Saturday, January 2, 2027." in outer.text


@pytest.mark.parametrize(
    ("extension", "outer", "promised"),
    [
        (LETTER, "none", "2026-12-20"),
        ({**LETTER, "new_date": None}, "none", "none"),
        ({**LETTER, "announced_by": "phone"}, None, None),
        ({**LETTER, "letter_on": None}, None, None),
        ({}, None, None),
    ],
)
def test_a_letter_about_more_time_is_shown_before_the_start_is_known(
    extension: dict[str, Any], outer: str | None, promised: str | None
) -> None:
    for route in ("access_self", None):
        of = asked(received_by_holder_on=None, state="sent", route=route, extension=extension)
        assert due(of, "2026-11-25", "records-outer-limit") == outer
        assert due(of, "2026-11-25", "records-promised") == promised
        told = extension and outer is None
        assert bool(ended(of, "2026-11-25", "records-promised")) is bool(told)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", "It has not been sent yet."),
        ("signed", "It has not been sent yet."),
        (None, "It has not been sent yet."),
        ("sent", "once you enter the day the office got the request"),
        ("clock_running", "once you enter the day the office got the request"),
    ],
)
def test_without_a_date_it_says_if_the_request_is_sent(state: str | None, expected: str) -> None:
    found = only(asked(received_by_holder_on=None, state=state), "2026-11-25", "records-access")
    assert expected in found.text
    assert found.due is None


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2027-06-01", "If you need to complain to the Office for Civil Rights, do it by Tuesday, June 1, 2027."),
        ("2027-06-02", "The last day to complain to the Office for Civil Rights was Tuesday, June 1, 2027."),
    ],
)
def test_a_complaint_is_open_through_its_last_day(today: str, words: str) -> None:
    assert words in only(asked(), today, "complaint").text  # 180 days from December 3
    assert due(asked(), "2026-12-03", "complaint") is None
    assert due(asked(), "2026-12-04", "complaint") == "2027-06-01"


@pytest.mark.parametrize(
    ("request_", "items", "expected"),
    [
        ({}, (), True),
        ({}, ("r1",), True),
        ({"state": "withdrawn"}, (), False),
        ({"state": "fulfilled"}, (), False),
        ({"fulfilled_on": "2026-11-22"}, (), False),
    ],
)
def test_a_refusal_is_not_the_end(request_: dict[str, Any], items: tuple[str, ...], expected: bool) -> None:
    of = asked(items, denial={"on": "2026-11-20"}, **request_)
    found = alerts(of, "2026-11-25", "A-44")
    assert bool(found) is expected
    assert all(a.text.startswith("Lake clinic refused in writing on Friday, November 20, 2026.") for a in found)
    assert all("for a review" not in a.next for a in found)


@pytest.mark.parametrize(
    ("mode", "who"), [("self", "that you sign, asking for your own"), ("caregiver", "signs, asking for their own")]
)
@pytest.mark.parametrize(
    ("route", "how"),
    [("authorization", "someone else asks with a form"), ("third_party_directive", "the copy goes to someone else")],
)
def test_a_route_without_the_usual_time_limit_points_to_the_own_copy(mode: str, who: str, route: str, how: str) -> None:
    (found,) = alerts(asked(mode=mode, route=route), "2026-11-05", "A-08")
    assert how in found.text
    assert who in found.next
    assert alerts(asked(mode=mode, route=route, no_clock_known=True), "2026-11-05", "A-08") == []
    assert alerts(asked(mode=mode), "2026-11-05", "A-08") == []


@pytest.mark.parametrize(
    ("cut_off", "today", "expected"),
    [
        ("2026-12-03", "2026-11-20", None),  # it arrives on the last day at the latest
        ("2026-12-02", "2026-11-20", "warning"),
        ("2026-12-02", "2026-11-28", "warning"),  # 4 days
        ("2026-12-02", "2026-11-29", "blocker"),
    ],
)
def test_a_record_may_by_law_come_too_late_for_the_visit(cut_off: str, today: str, expected: str | None) -> None:
    of = asked(("r1",)).model_copy(update={"visit": case(visit=visit("2026-12-20", cut_off=cut_off)).visit})
    assert level(of, today, "A-07") == expected
    decided = of.model_copy(update={"decision": case(decision={"what": "Wait"}).decision})
    assert level(decided, today, "A-07") is None


@pytest.mark.parametrize(
    ("expected_on", "promise", "arrives"),
    [
        (None, None, "2026-12-03"),
        ("2026-11-28", None, "2026-11-28"),  # what is noted for the record itself
        (None, "2026-12-20", "2026-12-20"),
        ("unknown", None, "2026-12-03"),
    ],
)
def test_a_record_arrives_as_promised_else_by_law(expected_on: str | None, promise: str | None, arrives: str) -> None:
    more = {"extension": {**LETTER, "new_date": promise}} if promise else {}
    of = asked(("r1",), **more)
    item = of.records.items["r1"].model_copy(update={"expected_on": expected_on})
    of = of.model_copy(update={"records": of.records.model_copy(update={"items": of.records.items.with_item(item)})})
    path = rules.status(of, FACTS, day("2026-11-25")).critical_path
    assert (path.item, str(path.ready_on)) == ("records.items.r1", arrives)
