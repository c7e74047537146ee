"""The visit sheet: one sheet of paper, the goal, the top three first and large, nothing private."""

from __future__ import annotations

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.everything import assert_printed
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.content import seeds
from workbook.documents import export
from workbook.session import demo

CASES = [*paper.before_the_visit(), *((c, paper.day_of(c)) for c in demo.cases()), (Case(id="empty"), paper.TODAY)]


@pytest.mark.parametrize("form", ["us-letter", "a4"])
@pytest.mark.parametrize(("case", "today"), CASES)
def test_it_fits_one_sheet_of_paper(case: Case, today: object, form: str) -> None:
    for large, most in ((False, 2), (True, 4)):
        assert len(paper.reader(case, "visit-sheet", today, paper=form, large=large).pages) <= most
    assert export.tree(case, "visit-sheet", today)["size"] >= 12


def test_the_top_three_come_first_and_large_then_the_rest_as_it_fits() -> None:
    case, today = paper.before_the_visit()[1]
    doc = export.tree(case, "visit-sheet", today)
    answers = [b for b in doc["blocks"] if b["k"] == "answer"]
    assert len(answers) == 3
    assert all(b["large"] and b["n"] for b in answers)
    words = paper.text(case, "visit-sheet", today)
    order = [
        "1. Is the slip stable?",
        "2. What are the choices?",
        "3. Is it possible to wait a few weeks",
        "4. What happens with the blood thinner",
        "5. How would this change daily life",
        "If there is time: 6. Which signs are important to watch for?",
        "So what I hear is",
        "Left for another day: Will you talk with the clinician who gave the first opinion?",
    ]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_it_says_when_with_whom_who_comes_and_what_helps() -> None:
    case, today = paper.before_the_visit()[0]
    words = paper.text(case, "visit-sheet", today)
    for part in (
        "Tuesday, December 1, 2026, 10:30 AM, 40 minutes",
        "Dr. Osei Marchetti-Vane, Lantern Bay Cancer Institute",
        "Husband and advocate",
        "Ulises",
        "interpreter: Asked for on November 6; not confirmed",
        "Quiero saber si de verdad",
        "Within a day",
    ):
        assert part in words
    assert "born" not in words, "the birth date is of no use on this paper"
    assert "Will you talk with the clinician who gave the first opinion?" in words
    assert "Are any more tests needed" not in words, "that question is for the other clinician"


def test_without_a_visit_it_has_blanks_and_names_whom_a_question_is_for() -> None:
    words = paper.text(demo.cases()[0], "visit-sheet", paper.day_of(demo.cases()[0]))
    assert "When ____" in words
    assert "For Dr. Ingrid Solberg-Thorne" in words
    empty = paper.text(Case(), "visit-sheet")
    assert "Name: ____" in empty
    assert "None" not in empty


def test_a_question_that_nobody_chose_is_a_suggestion_and_never_a_patients() -> None:
    sheet = export.tree(Case(), "visit-sheet", paper.TODAY)
    (ours,) = [b for b in sheet["blocks"] if b["k"] == "checks"]
    assert len(ours["items"]) == 5
    words = paper.text(Case(), "visit-sheet")
    assert (
        words.index("3.")
        < words.index("Suggestions from the workbook")
        < words.index("Is it possible to wait a few weeks")
    )
    assert "Nobody has chosen these yet." in words
    assert "No questions are chosen yet." in paper.notes(Case(), "visit-sheet")
    summary = paper.text(Case(), "summary")
    assert "Suggestions from the workbook. The patient has not chosen these." in summary
    for reader in ("full", "binder"):
        assert "Is it possible to wait a few weeks" not in paper.text(Case(), "summary", reader=reader)


@pytest.mark.parametrize("how", [{"top": True}, {"state": "in"}, {"text": "What could happen if I wait a year?"}])
def test_once_a_question_is_chosen_or_written_ours_are_gone(how: dict[str, object]) -> None:
    seed = next(s for s in seeds("visit.questions") if s.id == "ask-wait")
    case = add(builders.case(), "visit.questions", {**seed.model_dump(), **how})
    for document in ("visit-sheet", "summary", "questions"):
        words = paper.text(case, document)
        assert str(how.get("text", "Is it possible to wait a few weeks")) in words, document
        assert "most likely diagnosis" not in words, document
        assert "uggest" not in words, document


def test_a_ready_made_question_that_was_only_opened_is_not_chosen() -> None:
    seed = next(s for s in seeds("visit.questions") if s.id == "ask-wait")
    case = add(builders.case(), "visit.questions", {**seed.model_dump(), "minutes": 9})
    assert "Nobody has chosen these yet." in paper.text(case, "visit-sheet")
    assert "What could happen" not in paper.text(case, "questions")


def test_large_print_is_larger() -> None:
    case, today = paper.before_the_visit()[0]
    assert export.tree(case, "visit-sheet", today, large=True)["size"] >= 14
    assert len(paper.reader(case, "visit-sheet", today, large=True).pages) > 1


def test_private_questions_stay_out() -> None:
    case = builders.case()
    case = add(case, "visit.questions", {"id": "q1", "text": "SECRET-ONE", "private": True, "top": True})
    case = add(case, "visit.questions", {"id": "q2", "text": "SECRET-TWO", "sensitive": True, "state": "parked"})
    assert "SECRET" not in paper.text(case, "visit-sheet")
    chosen = paper.text(case, "visit-sheet", include=frozenset(["visit.questions.q1"]))
    assert "SECRET-ONE" in chosen
    assert "SECRET-TWO" not in chosen


@pytest.mark.parametrize("name", some(3))
def test_any_text_gives_a_sheet(name: str) -> None:
    case = put(Case(), "goal.own_words", TEXTS[name][:3000])
    case = put(case, "visit.note_taker", TEXTS[name][:200])
    case = add(case, "visit.questions", {"id": "q1", "text": TEXTS[name][:3000], "top": True})
    assert_printed(case, "visit-sheet", paper.TODAY)
    assert "<script" not in export.make(case, "visit-sheet", "html", paper.TODAY).decode().lower()


def test_our_questions_are_translated_and_a_persons_are_as_typed() -> None:
    case, today = paper.before_the_visit()[1]
    asked = str(export.tree(case, "visit-sheet", today, second="qps")["blocks"])
    assert "⟦Ís ít póssíblé tó wáít á féw wééks? Whát cóúld háppén?⟧" in asked
    assert "Is the slip stable? Are bending x-rays needed first?" in asked
    assert "⟦Ís thé slíp" not in asked
