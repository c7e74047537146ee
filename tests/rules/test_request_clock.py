"""When a record request is due, late, extended or over (A-05 to A-08)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.rules.asking import alerts, case, due, ended, level, status, visit
from workbook import law
from workbook.case import Case
from workbook.rules import View

LETTER = {"announced_by": "letter", "letter_on": "2026-11-20", "reason": "stored elsewhere", "new_date": "2026-12-20"}


def asked(
    sent: str | None = "2026-10-29", got: str | None = "2026-10-30", items: str = "requested", **more: Any
) -> Case:
    request = {"id": "q1", "to": "Lakeside imaging", "route": "access_self", "items": ["r1"], **more}
    request |= {"sent_on": sent} if sent else {}
    request |= {"received_by_holder_on": got} if got else {}
    record = {"id": "r1", "kind": "lab", "title": "Blood test", "state": items}
    return case(records={"items": [record], "requests": [request]}, visit=visit(cut_off="2026-11-23"))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-18", None),  # day 19
        ("2026-11-19", "warning"),  # day 20
        ("2026-11-29", "warning"),  # the due day itself, a Sunday
        ("2026-11-30", "blocker"),
    ],
)
def test_from_day_20_it_warns_and_after_the_due_day_it_blocks(today: str, expected: str | None) -> None:
    assert level(asked(), today, "A-05") == expected


@pytest.mark.parametrize(
    ("sent", "got", "expected", "sure"),
    [
        ("2026-10-29", "2026-10-30", "2026-11-29", "known"),
        ("2026-12-08", "unknown", "2027-01-07", "estimated"),  # over the turn of the year
        ("2028-01-30", "2028-01-30", "2028-02-29", "known"),  # a leap day
        ("2026-11-20", "2026-11-20~", "2026-12-20", "estimated"),
        (None, None, "none", "not_started"),
    ],
)
def test_thirty_days_run_from_receipt_or_from_sending(sent: str, got: str, expected: str, sure: str) -> None:
    of = asked(sent, got, state="clock_running")
    found = [d for d in status(of, "2028-02-01").deadlines if d.rule == "records-access"]
    assert [(d.due.isoformat() if d.due else "none", d.certainty.value) for d in found] == [(expected, sure)]


def test_a_clock_without_a_start_says_what_it_waits_for() -> None:
    (found,) = [
        d for d in status(asked(None, None, state="sent"), "2026-11-22").deadlines if d.rule == "records-access"
    ]
    assert "once you enter the day" in found.text


def test_a_date_from_memory_is_marked_as_such() -> None:
    (found,) = [d for d in status(asked(evidence="memory"), "2026-11-22").deadlines if d.rule == "records-access"]
    assert found.certainty == "from_memory"


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, True),
        ({"letter_on": "2026-11-29"}, True),  # day 30
        ({"letter_on": "2026-11-30"}, False),  # day 31
        ({"letter_on": None}, False),
        ({"announced_by": "phone"}, False),
        ({"reason": ""}, False),
        ({"new_date": None}, False),
        ({"letter_on": "2026-10-01"}, False),  # older than the request
    ],
)
def test_only_a_letter_in_time_with_reason_and_date_extends(change: dict[str, Any], valid: bool) -> None:
    of = asked(extension={**LETTER, **change})
    assert due(of, "2026-12-01", "records-promised") == ("2026-12-20" if valid else None)
    assert due(of, "2026-12-01", "records-outer-limit") == ("2026-12-29" if valid else None)
    assert due(of, "2026-12-01", "records-access") == (None if valid else "2026-11-29")
    assert (ended(of, "2026-12-01", "records-access") is not None) is valid
    assert level(of, "2026-12-01", "A-06") == (None if valid else "warning")


def test_a_second_delay_is_not_allowed_and_the_first_counts() -> None:
    of = asked(extension={**LETTER, "second_time": True})
    assert level(of, "2026-12-01", "A-06") == "warning"
    assert due(of, "2026-12-01", "records-promised") == "2026-12-20"


@pytest.mark.parametrize(("today", "expected"), [("2026-12-20", "warning"), ("2026-12-21", "blocker")])
def test_the_earlier_of_letter_and_outer_limit_drives_the_level(today: str, expected: str) -> None:
    assert level(asked(extension=LETTER), today, "A-05") == expected


@pytest.mark.parametrize(
    "change",
    [{"state": "fulfilled"}, {"state": "withdrawn"}, {"denial": {"on": "2026-11-10"}}, {"fulfilled_on": "2026-11-10"}],
)
def test_a_fulfilled_request_ends_with_its_reason(change: dict[str, Any]) -> None:
    of = asked(**change)
    assert due(of, "2026-12-05", "records-access") is None
    assert ended(of, "2026-12-05", "records-access")
    assert level(of, "2026-12-05", "A-05") is None


def test_a_partial_answer_does_not_end_it_and_all_records_in_hand_do() -> None:
    assert level(asked(partly_received_on="2026-11-06", state="partly"), "2026-11-20", "A-05") == "warning"
    assert level(asked(items="received"), "2026-11-20", "A-05") is None


def test_a_copy_sent_to_someone_else_has_the_same_time_if_it_is_electronic() -> None:
    of = asked(route="third_party_directive")
    assert due(of, "2026-11-20", "records-access") == "2026-11-29"
    (found,) = [d for d in status(of, "2026-11-20").deadlines if d.rule == "records-access"]
    assert found.certainty.value == "estimated"
    (told,) = alerts(of, "2026-11-20", "A-08")
    assert "only to electronic copies of electronic records" in told.text
    assert level(asked(route="third_party_directive", no_clock_known=True), "2026-11-20", "A-08") is None


def test_mammograms_have_a_shorter_time_that_is_only_recalled() -> None:
    of = asked(route="mqsa_transfer")
    (found,) = [d for d in status(of, "2026-11-10").deadlines if d.rule == "records-access"]
    assert (str(found.due), found.certainty.value) == ("2026-11-14", "estimated")
    more = asked(route="mqsa_transfer", extension=LETTER)
    assert due(more, "2026-11-10", "records-access") == "2026-11-14"  # the rule knows no extension


@pytest.mark.parametrize("route", ["authorization"])
def test_routes_without_a_clock_remind_without_a_date_until_known(route: str) -> None:
    of = asked(route=route)
    assert due(of, "2026-11-20", "records-access") is None
    assert level(of, "2026-11-18", "A-05") is None
    assert level(of, "2026-11-19", "A-05") == "warning"
    assert level(of, "2027-03-01", "A-05") == "warning"
    assert level(of, "2026-11-20", "A-08") == "warning"
    assert level(asked(route=route, no_clock_known=True), "2026-11-20", "A-08") is None
    assert level(of, "2026-11-20", "A-07") is None


@pytest.mark.parametrize("route", ["provider_to_provider", "specimen_loan"])
def test_other_routes_have_no_due_date_and_no_warning_about_it(route: str) -> None:
    of = asked(route=route)
    assert due(of, "2026-11-20", "records-access") is None
    assert level(of, "2026-11-20", "A-08") is None


def test_a_request_without_a_route_waits_for_one() -> None:
    assert due(asked(route=None), "2026-11-20", "records-access") == "none"


@pytest.mark.parametrize(
    ("got", "today", "extension", "expected"),
    [
        ("2026-10-24", "2026-11-10", {}, None),  # due on the cut-off itself
        ("2026-10-25", "2026-11-10", {}, "warning"),
        ("2026-10-25", "2026-11-19", {}, "warning"),
        ("2026-10-25", "2026-11-20", {}, "blocker"),  # three days to the cut-off
        ("2026-10-25", "2026-11-21", LETTER, "blocker"),
        ("2026-10-25", "2026-11-24", LETTER, None),  # the cut-off has passed
    ],
)
def test_a_due_date_after_the_cut_off_is_reported(
    got: str, today: str, extension: dict[str, Any], expected: str | None
) -> None:
    assert level(asked("2026-10-20", got, extension=extension), today, "A-07") == expected


def test_of_two_requests_for_one_record_the_earlier_counts() -> None:
    of = asked()
    two = of.records.requests["q1"].model_copy(update={"id": "q2", "received_by_holder_on": "2026-11-09"})
    of = of.model_copy(
        update={"records": of.records.model_copy(update={"requests": of.records.requests.with_item(two)})}
    )
    assert [a.about for a in alerts(of, "2026-11-20", "A-07")] == ["records.requests.q1"]


def test_the_second_clinic_is_named_as_a_way_out_of_a_late_record() -> None:
    (found,) = alerts(asked("2026-10-20", "2026-10-25"), "2026-11-19", "A-07")
    clinic = View(asked(), law.load(), dt.date(2026, 11, 19)).clinic()
    assert f"Or have {clinic} ask for it" in found.next
    assert "pick it up" in found.next
