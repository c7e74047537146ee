"""The Patient Story: the person's own words, in the voice of who writes, and nothing that is private."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.documents.everything import DEMOS, assert_printed, paragraphs
from tests.documents.full_case import full_case
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.documents.render.pdf.typeset import _pages

DAY = dt.date(2026, 11, 28)


def told(case: Case, **wanted: object) -> str:
    return "\n".join(paragraphs(export.tree(case, "patient-story", DAY, **wanted)))


def test_it_has_goals_priorities_worries_experiences_and_corrections() -> None:
    text = told(DEMOS["demo-breast"])
    for words in (
        "I want to know if I really need to lose the whole breast",
        "Be back at the bakery by February",
        "Losing the breast and finding out later that it was not needed",
        "Went well: The nurse navigator called back the same day",
        "Went badly: The mastectomy was booked before anyone explained the choices",
        "Family history: none",
        "Her mother’s sister had breast cancer at 44",
    ):
        assert words in text
    assert "Levothyroxine" not in text  # the facts are in the patient summary


def test_it_speaks_as_the_patient_only_if_the_patient_writes() -> None:
    case = add(Case(id="aa1"), "goal.worries", {"id": "w1", "text": "The cost"})
    assert "What worries me" in told(case)
    assert "What worries the patient" in told(put(case, "mode", "caregiver"))


def test_a_private_worry_stays_out_unless_it_is_chosen() -> None:
    case = add(Case(id="aa1"), "goal.worries", {"id": "w1", "text": "My marriage", "private": True})
    assert "My marriage" not in told(case)
    assert "Nothing is written here yet." in told(case)
    assert "My marriage" in told(case, include=frozenset({"goal.worries.w1"}))


def test_a_mistake_names_the_record_that_has_it() -> None:
    text = told(full_case())
    assert "Smokes a pack a day" in text
    assert "Record 1: visit note of the upper abdomen" in text
    assert "A worry kept private" not in text


@pytest.mark.parametrize(("name", "most"), [("demo-breast", 1), ("demo-spine", 1), ("full", 2)])
def test_it_is_short(name: str, most: int) -> None:
    case = {**DEMOS, "full": full_case()}[name]
    assert _pages(assert_printed(case, "patient-story", DAY)) <= most


def test_no_other_reader_of_the_summary_but_the_whole_case_gets_it() -> None:
    case = DEMOS["demo-breast"]
    worry = "Losing the breast and finding out later that it was not needed"
    for reader, has in (("insurer", False), ("family", False), ("full", True), ("binder", True)):
        text = "\n".join(paragraphs(export.tree(case, "summary", DAY, reader=reader)))
        assert (worry in text) is has
