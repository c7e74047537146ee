"""What a person most wants to know is the first of their questions for the visit, and can be one of the three."""

from __future__ import annotations

import pytest

import workbook as wb
from tests.documents import paper
from tests.ui.pagekit import opened, page
from workbook.case import Case
from workbook.content import OWN_WORDS, entries
from workbook.documents.own_questions import to_print
from workbook.session import Change

PATH = "visit.questions"
ASKED = "Do I really need this operation, or can I wait?"


def of(words: str) -> Case:
    return Case.model_validate({"id": "knee", "goal": {"own_words": words, "conditions": ["spine"]}})


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (ASKED, ASKED),
        ("Do I need it,\nor not?", "Do I need it, or not?"),
        ("I want to know what it is.", "I want to know what it is."),
        (f"{'It began in May and I was sad. ' * 12}{ASKED} {'Then it got worse. ' * 9}", ASKED),
    ],
)
def test_it_comes_first(words: str, text: str) -> None:
    first = next(iter(entries(of(words), PATH).values()))
    assert (first.id, first.text) == (OWN_WORDS, text)


@pytest.mark.parametrize("words", ["", "  ", "It began in May and I was sad. " * 12, f"{'why ' * 99}?"])
def test_nothing_to_ask_adds_nothing(words: str) -> None:
    assert OWN_WORDS not in entries(of(words), PATH)


def test_it_follows_the_goal_until_it_is_touched_and_stays_removed() -> None:
    case = opened(**{"goal.own_words": ASKED})
    form = page(wb.form(case, wb.each(PATH, "text", "top", marks="top")))
    assert form.values[PATH][0] == OWN_WORDS
    case.session.apply([Change("put", "goal.own_words", "Is it safe?")])
    assert entries(case.case, PATH)[OWN_WORDS].text == "Is it safe?"
    case.session.apply([Change("put", f"{PATH}.{OWN_WORDS}.top", True)])
    case.session.apply([Change("put", "goal.own_words", "")])
    assert case.case.visit.questions[OWN_WORDS].text == "Is it safe?"
    case.session.apply([Change("put", "goal.own_words", ASKED)])
    case.session.apply([Change("remove", f"{PATH}.{OWN_WORDS}")])
    assert OWN_WORDS not in entries(case.case, PATH)


def test_one_of_the_three_is_on_paper_and_untouched_it_is_said_once_as_the_goal() -> None:
    case = of(ASKED)
    assert OWN_WORDS not in to_print(case)
    assert paper.text(case, "summary").count(ASKED) == 1
    marked = Case.model_validate(
        {**case.model_dump(), "visit": {"questions": [{"id": OWN_WORDS, "text": ASKED, "top": True}]}}
    )
    assert OWN_WORDS in to_print(marked)
    assert ASKED in paper.text(marked, "questions")
