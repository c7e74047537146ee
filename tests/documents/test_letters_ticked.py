"""Records checked on a request are in its letters until they arrive, including untouched shipped entries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.documents.lettered import OFFICE, TODAY, case, notes, words
from workbook.case import Case, add, put
from workbook.documents import catalog

LATE = dt.date(2026, 12, 10)
SENT = {"sent_on": "2026-11-03", "received_by_holder_on": "2026-11-04", "evidence": "portal"}
LETTERS = ("records-request", "follow-up", "extension-reply", "privacy-officer", "complaint-draft")
AFTER = LETTERS[1:]


def ticked(*items: str, **more: Any) -> Case:
    return case(**{**SENT, "items": list(items), **more})


@pytest.mark.parametrize("letter", LETTERS)
def test_an_untouched_shipped_record_is_named(letter: str) -> None:
    said = words(ticked("r1", "rec-labs", "rec-pathology"), letter, today=LATE)
    for record in ("Consult note", "Lab results", "Pathology reports"):
        assert record in said
    assert "Allergy list" not in said
    assert "Which records" not in said


@pytest.mark.parametrize("letter", AFTER)
def test_only_received_or_nonexistent_records_leave_the_list(letter: str) -> None:
    made = ticked("rec-labs", "rec-notes", "rec-allergies", "rec-images")
    for key, state in (("rec-labs", "partly_received"), ("rec-notes", "checked"), ("rec-allergies", "does_not_exist")):
        made = add(made, "records.items", {"id": key, "title": f"Kept {key}", "state": state})
    said = words(made, letter, today=LATE)
    assert "Kept rec-labs" in said
    assert "Images of all scans" in said
    assert "Kept rec-notes" not in said
    assert "Kept rec-allergies" not in said


@pytest.mark.parametrize("letter", LETTERS)
def test_removed_or_private_records_do_not_reappear(letter: str) -> None:
    private = {"id": "rec-labs", "kind": "lab", "title": "Lab results", "private": True}
    made = add(ticked("rec-labs", "rec-allergies", "rec-medications"), "records.items", private)
    made = put(made, "left_out", ("records.items.rec-allergies",))
    said = words(made, letter, today=LATE)
    assert "Medicine list" in said
    assert "Lab results" not in said
    assert "Allergy list" not in said
    assert "How many: 1." in notes(made, letter, today=LATE)


def test_a_request_is_not_over_while_a_checked_record_is_untouched() -> None:
    made = put(ticked("r1", "rec-labs"), "records.items.r1.state", "received")
    for letter in ("follow-up", "privacy-officer", "complaint-draft"):
        assert [key for key, _ in catalog.subjects(catalog.DOCUMENTS[letter], made, LATE)] == ["q"]
    done = add(made, "records.items", {"id": "rec-labs", "state": "received"})
    assert catalog.subjects(catalog.DOCUMENTS["follow-up"], done, LATE) == []


@pytest.mark.parametrize("letter", ["follow-up", "privacy-officer", "complaint-draft"])
def test_without_known_records_the_letter_has_blank_space(letter: str) -> None:
    said = words(ticked(), letter, today=LATE)
    assert "________________________________" in said
    assert "Which records" in notes(ticked(), letter, today=LATE)


@pytest.mark.parametrize(("evidence", "proven"), [("letter", 1), ("portal", 1), ("fax_confirmation", 1), ("phone", 0)])
def test_the_day_of_receipt_is_an_estimate_unless_proven(evidence: str, proven: int) -> None:
    made = ticked("r1", evidence=evidence)
    reminder = words(made, "follow-up")
    assert ("I estimate that your office received the request on November 4, 2026." in reminder) is (not proven)
    assert ("Your office received the request on November 4, 2026." in reminder) is bool(proven)
    assert ("November 4, 2026 (my calculation)" in words(made, "privacy-officer", today=LATE)) is (not proven)
    story = words(made, "complaint-draft", today=LATE)
    assert ("The office received the request (my calculation)." in story) is (not proven)


@pytest.mark.parametrize("evidence", ["memory", "estimated", None])
def test_a_remembered_date_is_not_stated_as_the_date_of_sending(evidence: str | None) -> None:
    made = ticked("r1", evidence=evidence)
    for letter in AFTER:
        said = words(made, letter, today=LATE)
        assert "I counted from the day" not in said
    unknown = ticked("r1", received_by_holder_on="unknown")
    assert "I counted from the day it was sent." in words(unknown, "follow-up")


def test_the_last_day_itself_is_not_late() -> None:
    made, due = ticked("r1"), dt.date(2026, 12, 4)
    about = [catalog.subjects(catalog.DOCUMENTS["follow-up"], made, day)[0][1] for day in (TODAY, due, LATE)]
    sent = f"{OFFICE}, sent Nov 3, 2026"
    assert about == [f"{sent}, due Dec 4, 2026", f"{sent}, due Dec 4, 2026", f"{sent}, was due Dec 4, 2026"]
