"""A visit that is not sure yet never looks booked: on paper, for any reader, and in the calendar."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import paragraphs, trees
from workbook.case import Case, add
from workbook.documents import export

DAY = dt.date(2026, 12, 3)
DATE = re.compile(r"Dec(ember)? 20, 2026")
LISTS = ("full", "binder")  # they list each answer of the visit, the status too


def with_visit(state: str | None) -> Case:
    visit = {"id": "v1", "clinician": "c-second", "start": "2026-12-20T10:30", "state": state, "slot_minutes": 30}
    return add(builders.case(), "visit.appointments", visit)


def test_wherever_its_date_is_it_says_that_it_is_not_booked() -> None:
    dated = set()
    for made, tree in trees(with_visit("tentative"), DAY):
        said = [text for text in paragraphs(tree) if DATE.search(text)]
        if said:
            dated.add((made.document, made.reader))
        if made.reader in LISTS:
            assert "Not sure yet" in str(tree)
            said = [text for text in said if "visit" in text.lower()]
        for text in said:
            assert "not booked yet" in text, made
    for document in ("call-script", "visit-sheet", "packet-index", "questions"):
        assert (document, "clinician") in dated
    assert {("summary", reader) for reader in ("clinician", "insurer", "family")} <= dated


@pytest.mark.parametrize("state", [None, "booked", "confirmed"])
def test_a_booked_one_is_said_as_it_is(state: str | None) -> None:
    for made, tree in trees(with_visit(state), DAY):
        assert "not booked" not in str(tree), made


def test_the_letter_asks_to_confirm_the_date() -> None:
    words = paper.text(with_visit("tentative"), "questions", DAY)
    assert "My visit with you may be on Sunday, December 20, 2026. It is not booked yet. Please confirm" in words
    assert "My visit with you is on" not in words


def test_the_calendar_says_so_in_its_title_too() -> None:
    file = export.make(with_visit("tentative"), "calendar", "ics", DAY).decode().replace("\r\n ", "")
    assert "SUMMARY:Appointment\\, not booked yet: see your workbook" in file
    assert "STATUS:TENTATIVE" in file
