"""The requests page shows for each request which clock runs, its start and end, or why it ended."""

from __future__ import annotations

from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page

OFFICE = {"id": "req234", "to": "Lakeside", "route": "access_self"}


def shown(**request: Any) -> str:
    case = opened(demo_today="2026-11-25")
    form = page(wb.form(case, wb.each("records.requests", "to", "route", "state")))
    panel = page(wb.request_clocks(case))
    assert panel.html == ""
    form.change({"op": "add", "path": "records.requests", "value": {**OFFICE, **request}})
    return panel.html


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({}, "Not sent yet. The time limit starts when the office gets it."),
        ({"route": None}, "Choose who is asking. Then the deadline shows here."),
        (
            {"route": "provider_to_provider", "sent_on": "2026-11-02"},
            "There is no time limit for this kind of request.",
        ),
        ({"state": "sent"}, "We can count the time limit once you enter the day the office got it."),
        ({"received_by_holder_on": "2026-11-02"}, "Due by Wednesday, December 2, 2026, in 7 days."),
        ({"received_by_holder_on": "2026-10-26"}, "Due by Wednesday, November 25, 2026, today."),
        ({"received_by_holder_on": "2026-10-25"}, "Was due on Tuesday, November 24, 2026, yesterday. It is late."),
        ({"received_by_holder_on": "2026-10-01", "fulfilled_on": "2026-11-01"}, "Ended. All of it arrived."),
    ],
)
def test_the_status_of_a_request(request_: dict[str, Any], words: str) -> None:
    assert f"<strong>{words}</strong>" in shown(**request_)


def test_the_start_of_the_clock_and_its_certainty() -> None:
    told = shown(received_by_holder_on="2026-11-02", evidence="memory")
    assert "Monday, November 2, 2026. From memory. This date is from memory." in told
    assert "It may charge only for the copy." in told
    assert "How this is counted" in told


def test_more_time_asked_by_phone_does_not_count() -> None:
    told = shown(received_by_holder_on="2026-11-02", extension={"announced_by": "phone", "new_date": "2026-12-20"})
    assert "They asked for more time only by phone. That does not count." in told
    assert "Due by Wednesday, December 2, 2026" in told


def test_an_empty_request_has_no_status() -> None:
    case = opened(demo_today="2026-11-25")
    panel = page(wb.request_clocks(case))
    page(wb.form(case, wb.each("records.requests", "to"))).change(
        {"op": "add", "path": "records.requests", "value": {"id": "req234", "mrn": ""}}
    )
    assert panel.html == ""


def test_what_has_ended_is_behind_one_line() -> None:
    told = shown(received_by_holder_on="2026-10-01", fulfilled_on="2026-11-01")
    assert "Requests that have ended: 1" in told
    assert told.index("<summary>Requests that have ended") < told.index("Ended. All of it arrived.")


def test_what_runs_is_in_view() -> None:
    assert "Requests that have ended" not in shown(received_by_holder_on="2026-11-02")
