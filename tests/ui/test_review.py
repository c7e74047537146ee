"""Check your answers: all pages with a link to change each answer, own questions, and removed questions."""

from __future__ import annotations

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page

IN_VOILA = {"WORKBOOK_APP": "voila", "QUERY_STRING": "case=knee", "SCRIPT_NAME": "/voila/render/7-packet.ipynb"}


@pytest.fixture(autouse=True)
def voila(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in IN_VOILA.items():
        monkeypatch.setenv(name, value)


def test_an_answer_is_shown_as_text_with_a_link_to_its_page() -> None:
    shown = page(wb.review(opened(goal__reversible="no"))).html
    assert "December 7, 2026" in shown
    assert (
        '<dt dir="auto">Could the treatment be undone later?</dt>\n<dd dir="auto"><span class="wb-answer-text">No<'
        in shown
    )
    assert (
        'href="1-goal.ipynb?case=knee#goal.decide_by">Change<span class="wb-vh"> When do you need to decide?' in shown
    )


def test_entries_are_cards_with_their_own_answers() -> None:
    shown = page(wb.review(opened())).html
    assert '<h5 dir="auto">MRI of the left knee' in shown
    assert "4-records.ipynb?case=knee#records.items.r-mri.needed_for" in shown
    assert "Dr. Teodor Quill-Invented" in shown
    assert "Lab results" not in shown, "an entry that nobody touched is no answer"


def test_each_page_is_one_line_with_its_count_until_it_is_opened() -> None:
    shown = page(wb.review(opened())).html
    goal = shown[shown.index("<h3>Set the goal</h3>") :].split("</details>")[0]
    assert goal.startswith('<h3>Set the goal</h3> <span class="wb-status">3 answers</span></summary>')
    assert goal.count("<dt ") == 3
    assert "Not answered: " in goal
    assert "How much is at stake" not in goal, "what is not answered is a number with a link, not a list"


def test_who_saw_what_is_shown() -> None:
    shown = page(wb.review(opened())).html
    assert "6-compare.ipynb?case=knee#viewed.r-mri.c-second.how" in shown
    assert "Saw the images" in shown


def test_invalid_answers_are_marked() -> None:
    case = opened()
    page(wb.form(case, "goal.decide_by")).set("When do you need to decide?", "in spring")
    shown = page(wb.review(case)).html
    assert 'in spring</span> <span class="wb-tag">Needs another look</span>' in shown


def test_an_answer_to_a_removed_question_is_kept_and_shown() -> None:
    case = opened()
    page(wb.form(case, wb.ask("own.ride", "Who can drive?", private=True))).set("Who can drive?", "Nobody")
    shown = page(wb.review(case)).html
    earlier = shown[shown.index("Asked earlier") :]
    assert "Who can drive?" in earlier
    assert "Nobody" in earlier
    assert "Private" in earlier


def test_private_entries_carry_their_mark() -> None:
    case = opened()
    page(wb.form(case, wb.each("clinicians", "name"))).set("Keep this out", True, within="clinicians.c-second")
    card = page(wb.review(case)).html.split("Dr. Teodor Quill-Invented ", 1)[1]
    assert card.startswith('<span class="wb-tag">Private</span>')


def test_answers_are_text_never_markup() -> None:
    shown = page(wb.review(opened(goal__own_words='<img src=x onerror="x()">'))).html
    assert "&lt;img src=x" in shown
    assert "<img" not in shown


def test_every_shipped_question_has_a_page() -> None:
    assert "Asked earlier" not in page(wb.review(opened(own__ride=None))).html
