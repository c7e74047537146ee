"""The records page shows where each record is: a track for each office, in marks and in words."""

from __future__ import annotations

import re
from typing import Any

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.ui.handle import OpenCase

OFFICE = {"id": "q1", "to": "Lakeside imaging", "items": ["r-mri"], "route": "access_self"}
DAY = "2026-11-25"


def start() -> OpenCase:
    """A case in which nobody has seen a record yet."""
    return opened(demo_today=DAY, **{"viewed__r-mri__c-second__how": None})


def shown(*changes: dict[str, Any]) -> str:
    case = start()
    form = page(wb.form(case, wb.each("records.requests", "to"), wb.each("records.items", "state"),
                        wb.each("records.sent", "to")))  # fmt: skip
    panel = page(wb.tracks(case))
    for change in changes:
        form.change(change)
    return panel.html


def add(path: str, **value: Any) -> dict[str, Any]:
    return {"op": "add", "path": path, "value": value}


def put(path: str, value: Any) -> dict[str, Any]:
    return {"op": "put", "path": path, "value": value}


def tracks(text: str) -> list[tuple[str, list[str]]]:
    """Each track as a screen reader says it: the office with its records, then the stops in order."""
    found = []
    for part in text.split('class="wb-track-name"')[1:]:
        name, _, rest = part.partition("</p>")
        stops = re.findall(r"<li.*?</li>", rest.partition("</ol>")[0])
        found.append((words(name.partition(">")[2]), [words(stop) for stop in stops]))
    return found


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", markup).replace("\u00a0", " ").split())


def test_before_anything_is_asked_there_is_no_picture() -> None:
    assert shown(put("records.items.r-mri.state", "to_request")) == ""


def test_where_the_page_is_long_they_are_behind_a_line() -> None:
    case = start()
    page(wb.form(case, wb.each("records.requests", "to"))).change(
        add("records.requests", **OFFICE, sent_on="2026-10-12")
    )
    folded, plain = page(wb.tracks(case, folded=True)).html, page(wb.tracks(case)).html
    assert "<summary>Where each record is</summary>" in folded
    assert tracks(folded) == tracks(plain) != []


def test_a_request_moves_its_records_along() -> None:
    sent = add("records.requests", **OFFICE, sent_on="2026-10-12", received_by_holder_on="2026-10-12")
    assert tracks(shown(sent)) == [
        (
            "Lakeside imaging: MRI of the left knee",
            ["Asked Oct 12", "Not arrived yet. Was due Nov 11", "Not sent yet"],
        )
    ]


def test_what_the_clinician_has_is_behind_a_line() -> None:
    text = shown(
        put("records.items.r-mri.state", "received"),
        put("records.items.r-report.state", "requested"),
        add("records.sent", id="s1", items=["r-mri"], to="c-second", on="2026-11-20", state="receipt_confirmed"),
    )
    first, fold, rest = text.partition("What Dr. Teodor Quill-Invented has")
    assert fold
    assert [name for name, _ in tracks(first)] == ["Report of the MRI"]
    assert tracks(rest) == [("MRI of the left knee", ["No need to ask", "Arrived", "They have it. Sent Nov 20"])]


def test_only_the_first_tracks_are_in_view() -> None:
    more = [
        add("records.items", id=f"x{n}", title=f"Scan {n}", facility=f"Office {n}", state="requested") for n in range(5)
    ]
    first, _, rest = shown(*more).partition("More records")
    assert [name for name, _ in tracks(first)] == ["Office 0: Scan 0", "Office 1: Scan 1"]
    assert [name for name, _ in tracks(rest)] == ["Office 2: Scan 2", "Office 3: Scan 3", "Office 4: Scan 4"]


def test_marks_are_hidden_and_differ_by_shape() -> None:
    sent = add("records.requests", **OFFICE, sent_on="2026-10-12", received_by_holder_on="2026-10-12")
    drawn = re.findall(r"<svg[^>]*>.*?</svg>", shown(sent))
    assert len(drawn) == 3
    assert all('aria-hidden="true"' in one for one in drawn)
    assert len(set(drawn)) == 3


def test_a_name_is_text() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    text = shown(add("records.requests", **{**OFFICE, "to": hostile}, sent_on="2026-11-12"))
    assert "<img" not in text
    assert "&lt;img" in text
