"""The letter to both clinicians and the decision note: who saw what, four questions, one date, the same text to all."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.session import demo

BREAST, SPINE = demo.cases()
ODD = ("None", "Dear ,", "..", "{", "}")


def both(case: Case, **wanted: object) -> str:
    return paper.text(case, "ask-both", paper.day_of(case), **wanted)


def note(case: Case, today: dt.date | None = None) -> str:
    return paper.text(case, "decision-note", today or paper.day_of(case))


def decided(case: Case) -> Case:
    case = put(case, "decision.what", "Lumpectomy with radiation")
    case = put(case, "decision.reason", "The slides were looked at twice.")
    case = put(case, "decision.on", case.demo_today)
    case = add(case, "decision.told", {"id": "t1", "clinician": "second", "on": case.demo_today, "how": "by phone."})
    return add(case, "clinicians", {"id": "pcp", "name": "Dr. Wanda Pear-Invented", "role": "pcp"})


@pytest.mark.parametrize("case", [BREAST, SPINE], ids=lambda c: c.id)
def test_one_letter_says_what_each_said_and_saw_and_asks_four_questions(case: Case) -> None:
    words = both(case)
    for who in ("first", "second"):
        assert words.count(case.clinicians[who].name) >= 3, "address, greeting, tables"
    for opinion in case.opinions.values():
        assert opinion.diagnosis.split(";")[0][:20] in words
    for part in (
        "and they differ",
        "Who has seen which records",
        "You have not seen the same records yet.",
        "What are your top reasons, in plain words?",
        "What would change your mind?",
        "Would you speak with each other",
        "Please answer ",
    ):
        assert part in words
    assert not [odd for odd in ODD if odd in words]


def test_the_day_is_the_one_set_for_the_step_then_the_decision() -> None:
    said = both(BREAST)  # a Thursday, and the decision is on Monday: too soon for a clinician to be given a day
    assert (
        "Please answer as soon as you can. Marisol Quintero-Bathory has to decide by Monday, December 7, 2026." in said
    )
    early = put(BREAST, "goal.decide_by", "2026-12-11")
    assert "Please answer by Tuesday, December 8, 2026, so that Marisol Quintero-Bathory can decide in time." in both(
        early
    )
    later = put(BREAST, "compare.tie_breaker.tie-reasons.due", "2026-12-01")
    later = put(later, "compare.tie_breaker.tie-fears.finished", True)
    assert "Please answer as soon as you can." in both(later)


def test_the_ask_comes_before_the_tables() -> None:
    words = both(BREAST)
    assert (
        words.index("Would you speak with each other")
        < words.index("Please answer ")
        < words.index("What we understood")
    )


def test_the_helper_signs_only_with_a_paper_for_each_office() -> None:
    assert "On behalf of Marisol Quintero-Bathory" in both(BREAST)
    assert "You have my permission to discuss" not in both(BREAST)
    words = both(SPINE)
    assert "On behalf of" not in words, "the paper is for one of the two offices"
    assert "You have my permission to discuss my care with each other." in words


def test_agreement_is_not_claimed_to_differ_where_nobody_said_so() -> None:
    case = put(put(BREAST, "compare.diagnosis_class", None), "compare.treatment_class", None)
    assert "and they differ" not in both(case)
    assert "where the opinions agree and where they differ" in both(case)


def test_private_opinions_and_records_stay_out() -> None:
    case = put(BREAST, "records.items.a10.sensitive", True)
    assert "Hereditary panel" not in both(case)
    case = put(case, "opinions.opinion-second.private", True)
    assert "Lumpectomy then radiation" not in both(case)
    assert "Two opinions, and whose they are." in paper.notes(case, "ask-both", paper.day_of(case))


def test_the_decision_note_says_what_and_why_to_all_with_a_day() -> None:
    words = note(decided(BREAST))
    for part in (
        "Dear Dr. Solberg-Thorne, Dr. Marchetti-Vane and Dr. Pear-Invented,",
        "Lumpectomy with radiation",
        "Why: The slides were looked at twice.",
        "Date of the decision: Dec 3, 2026.",
        "please tell me by Tuesday, December 8, 2026.",  # the treatment is booked for the next day
        "I have made a decision, and I want all of you to know.",
        "Already informed: Dr. Osei Marchetti-Vane, Lantern Bay Cancer Institute, Dec 3, 2026, by phone.",
    ):
        assert part in words
    before = paper.notes(decided(BREAST), "decision-note", paper.day_of(BREAST))
    assert "Marisol Quintero-Bathory signs this letter. The decision is theirs." in before
    assert "On behalf of" not in words
    assert "I have made a decision" in words
    assert len(paper.reader(decided(BREAST), "decision-note", paper.day_of(BREAST)).pages) == 1


def test_before_a_decision_there_is_blank_space() -> None:
    words = note(BREAST)
    assert "Reasons, in plain words" in words
    before = paper.notes(BREAST, "decision-note", paper.day_of(BREAST))
    assert "What was decided." in before
    assert "The name of the primary care doctor, if there is one." in before


@pytest.mark.parametrize("document", ["ask-both", "decision-note"])
def test_an_empty_case_has_blanks(document: str) -> None:
    words = paper.text(Case(), document)
    assert paper.notes(Case(), document)
    assert "____" in words
    assert not [odd for odd in ODD if odd in words]


@pytest.mark.parametrize("name", some(2))
def test_any_text(name: str) -> None:
    case = put(decided(SPINE), "decision.reason", TEXTS[name][:3000])
    case = put(case, "opinions.opinion-first.diagnosis", TEXTS[name][:2000])
    case = put(case, "clinicians.first.name", TEXTS[name][:200])
    for document in ("ask-both", "decision-note"):
        assert_printed(case, document, paper.day_of(case), paper="a4")
        assert "<script" not in export.make(case, document, "html", paper.day_of(case)).decode().lower()


def test_a_decision_dated_ahead_is_not_called_missing() -> None:
    case = put(decided(BREAST), "decision.on", "2026-12-30")
    before = paper.notes(case, "decision-note", paper.day_of(case))
    assert "The decision is dated Wednesday, December 30, 2026, which is still in the future." in before
    assert "What was decided." not in before
    assert "Lumpectomy with radiation" in note(case)
    assert "December 30" not in note(case), "a letter does not name a day of a decision that has not come"
    stored = case.model_copy(update={"synthetic": False, "updated": "2026-12-03T10:00:00+00:00"})
    assert "which is still in the future" in paper.notes(stored, "decision-note", paper.day_of(case))
    assert "Lumpectomy with radiation" in note(stored)
    assert "still in the future" not in paper.notes(case, "decision-note", dt.date(2026, 12, 30))
    assert "Lumpectomy with radiation" in note(case, dt.date(2026, 12, 30))


def test_a_letter_to_a_doctor_has_the_clinics_fax_and_not_a_departments() -> None:
    place = {"id": "f1", "name": "Harrow Ridge Community Hospital", "department": "Imaging", "fax": "555-0111"}
    made = add(BREAST, "facilities", place)
    assert "555-0111" not in both(made)
    clinic = {"id": "f2", "name": "Lantern Bay Cancer Institute", "fax": "555-0122", "address": "1 Bay Road"}
    assert "Lantern Bay Cancer Institute, 1 Bay Road, Fax 555-0122" in both(add(made, "facilities", clinic))
    assert "555-0111" in both(put(made, "clinicians.first.facility_id", "f1")), "the person chose it"
