"""The questions as a letter sent ahead: the top ones first, only those for this clinician, nothing private."""

from __future__ import annotations

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.session import demo

BREAST, BEFORE = paper.before_the_visit()[0]


def test_the_letter_goes_to_the_clinician_of_the_next_visit_with_the_top_three_first() -> None:
    doc = export.tree(BREAST, "questions", BEFORE)
    (asked,) = [b for b in doc["blocks"] if b["k"] == "list"]
    texts = [item[0]["c"][0] for item in asked["items"]]
    assert [bool(t.get("b")) for t in texts] == [True, True, True, False, False, False]
    words = paper.text(BREAST, "questions", BEFORE)
    for part in (
        "Dear Dr. Marchetti-Vane,",
        "The visit of Marisol Quintero-Bathory with you is on Tuesday, December 1, 2026.",
        "Here are the questions, so that the time goes to what matters most.",
        "An interpreter is needed for Spanish. Please confirm that one is booked.",
        "Please tell me if you need anything else from us.",
        "Thank you for your time,",
        "On behalf of Marisol Quintero-Bathory",
    ):
        assert part in words
    assert "more tests before we choose" not in words, "that question is for the other clinician"
    assert "gene test" not in words, "it was left for another day"


def test_a_patient_writes_in_the_first_person_and_may_have_one_question() -> None:
    case = put(put(demo.cases()[0], "mode", "self"), "visit.questions.ask-tests.state", "asked")
    words = paper.text(case, "questions", paper.day_of(case))
    assert "Here is one question of mine for the next visit. I am sending it ahead" in words
    assert "You can reach me at (410) 555-0112." in words
    assert "in bold" not in words


def test_a_review_of_the_records_is_no_visit() -> None:
    case = put(BREAST, "visit.appointments.visit-1.mode", "record_review_only")
    words = paper.text(case, "questions", BEFORE)
    assert "Questions for your review" in words
    assert "You are going to review the records of Marisol Quintero-Bathory." in words
    assert "December 1" not in words


def test_private_and_sensitive_questions_are_never_sent_unless_chosen() -> None:
    case = add(builders.case(), "visit.questions", {"id": "q1", "text": "SECRET-ONE", "private": True, "top": True})
    case = add(case, "visit.questions", {"id": "q2", "text": "SECRET-TWO", "sensitive": True})
    assert "SECRET" not in paper.text(case, "questions")
    assert "SECRET-TWO" in paper.text(case, "questions", include=frozenset(["visit.questions.q2"]))


def test_an_empty_case_has_blanks_and_says_what_is_missing() -> None:
    words = paper.text(Case(), "questions")
    assert "Which clinician the questions are for" in paper.notes(Case(), "questions")
    assert "Hello," in words
    assert "most likely diagnosis" not in words, "nobody chose it, so it is not the patient's question"
    assert "The questions to ask." in paper.notes(Case(), "questions")
    for odd in ("None", "Dear ,", ".."):
        assert odd not in words


@pytest.mark.parametrize("name", some(2))
def test_any_text(name: str) -> None:
    case = add(builders.case(), "visit.questions", {"id": "q1", "text": TEXTS[name][:3000], "top": True})
    case = put(case, "person.access_needs", TEXTS[name][:2000])
    case = put(case, "clinicians.c-second.name", TEXTS[name][:200])
    assert_printed(case, "questions", paper.TODAY, paper="a4")
    assert "<script" not in export.make(case, "questions", "html", paper.TODAY).decode().lower()
