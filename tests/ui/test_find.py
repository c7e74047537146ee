"""Any question or answer is found by its words, wherever it is, and what was looked for is kept nowhere."""

from __future__ import annotations

import re

import pytest

import workbook as wb
from tests import builders
from tests.ui.driver import Driver
from tests.ui.pagekit import opened, page
from workbook.case import add
from workbook.session.demo import cases
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import find


def looked_for(words: str, case: OpenCase | None = None) -> Driver:
    panel = page(wb.find(case or opened()))
    panel.ask({"do": "press", "name": "find", "value": {"wanted": words}})
    return panel


def demo(key: str) -> OpenCase:
    for case in cases():
        open_store().create(case)
    made = OpenCase()
    made.bind(key)
    return made


def test_before_a_word_there_is_only_the_box() -> None:
    html = page(wb.find(opened())).html
    assert "What are you looking for?" in html
    assert "<li>" not in html


def test_an_answer_is_found_with_its_question_its_page_and_a_link() -> None:
    html = looked_for("tear", opened(goal__own_words="Is the tear real?")).html
    assert "Is the tear real?" in html
    assert "Set the goal" in html
    assert "#goal.own_words" in html


@pytest.mark.parametrize("words", ["FAX", "fax", "  fa  "])
def test_a_question_without_an_answer_says_where_it_would_go(words: str) -> None:
    html = looked_for(words).html
    assert "No answer yet" in html
    assert "4-requests" in html


def test_all_words_must_fit_and_answers_come_first() -> None:
    case = opened(goal__own_words="The neurosurgeon said wait", goal__decision="Wait or not")
    hits = find.found_in(case, "wait neuro")
    assert [hit.answer for hit in hits] == ["The neurosurgeon said wait"]
    assert [bool(hit.answer) for hit in find.found_in(case, "wait")][:2] == [True, True]


@pytest.mark.parametrize("words", ["jose", "JOSÉ", "jos"])
def test_accents_and_case_do_not_matter(words: str) -> None:
    assert [h.answer for h in find.found_in(opened(person__name="José Núñez"), words)] == ["José Núñez"]


def test_a_phone_number_is_found_however_it_is_written() -> None:
    case = opened(insurance__plan__phone="(614) 555-0188")
    for words in ("614-555", "6145550188", "5550188"):
        assert any("555-0188" in hit.answer for hit in find.found_in(case, words)), words


def test_entries_are_found_by_their_name_and_named_with_each_answer() -> None:
    hits = find.found_in(demo("demo-spine"), "fenwick")
    assert hits
    assert any("Ask for missing records: Fenwick Open MRI" in hit.place for hit in hits)


@pytest.mark.parametrize("words", ["", "   ", "?!", "zzzz", "<script>", "x" * 5000, 7, None, ["a"]])
def test_nothing_found_is_a_sentence_and_no_text_becomes_markup(words: object) -> None:
    panel = page(wb.find(opened()))
    told = panel.ask({"do": "press", "name": "find", "value": {"wanted": words}})
    assert told["do"] == "html"
    assert "<script>" not in told["html"]
    assert "<li>" not in told["html"]


def test_what_was_looked_for_is_logged_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    looked_for("secretword")
    assert "secretword" not in caplog.text


def test_many_results_are_cut_with_their_number() -> None:
    html = looked_for("a", demo("demo-spine")).html
    assert html.count("<a href") == find.MOST
    assert "more. Add a word" in html


@pytest.mark.parametrize("asked", ["fax number", "Where did I write the fax number?", "what is the fax of Lakeside"])
def test_a_whole_question_finds_its_answer(asked: str) -> None:
    made = add(builders.case("knee"), "facilities", {"id": "f1", "name": "Lakeside records", "fax": "614-555-0169"})
    open_store().create(made)
    case = OpenCase()
    (first, *_rest) = find.found_in(case, asked)
    assert first.answer == "614-555-0169"


def test_what_is_in_one_place_is_together() -> None:
    panel = looked_for("imaging", demo("demo-breast"))
    places = re.findall(r'<li><p class="wb-hint" dir="auto">([^<]+)</p>', panel.html)
    assert places
    assert len(places) == len(set(places)), "a place is named once"
    assert panel.html.count("<a href") > len(places)
