"""What is left open: skipped, not known, and without an answer are three things, each with the way to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.case import Case
from workbook.session import Change
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import left_open

IN_VOILA = {"WORKBOOK_APP": "voila", "QUERY_STRING": "case=knee", "SCRIPT_NAME": "/voila/render/left-open.ipynb"}


@pytest.fixture(autouse=True)
def voila(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in IN_VOILA.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a folder with one step of these cells."""

    def made(*cells: str) -> None:
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell("# Plan"),
                nbformat.v4.new_code_cell("import workbook as wb\ncase = wb.open_case()"),
                *(nbformat.v4.new_code_cell(f"wb.form(case, {cell})") for cell in cells),
            ]
        )
        nbformat.write(notebook, tmp_path / "1-plan.ipynb")
        monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))

    return made


def skip(case: OpenCase, *paths: str) -> None:
    case.session.apply([Change("put", f"{path}?", True) for path in paths])


def parts(html: str) -> dict[str, str]:
    """The HTML below each heading of the panel."""
    return {
        re.sub(r"<[^>]+>", "", head): rest for head, rest in re.findall(r"<h2>(.*?)</h2>(.*?)(?=<h2>|$)", html, re.S)
    }


def words(lines: list[left_open.Line]) -> list[str]:
    return [line.words for line in lines]


def test_the_three_are_apart_and_each_question_is_in_one(book: Any) -> None:
    book('"goal.decision", "goal.decide_by", "goal.reversible", "goal.stakes", "goal.own_words"')
    case = opened(goal__decide_by="unknown")
    skip(case, "goal.decision")
    skipped, unknown, (section,) = left_open.found(case)
    assert words(skipped) == ["What is the decision?"]
    assert words(unknown) == ["When do you need to decide?"]
    assert words(section.lines) == ["Could the treatment be undone later?", "How much is at stake for you?"]
    assert not {*words(skipped)} & {*words(unknown), *words(section.lines)}


def test_each_is_a_link_that_opens_the_question_with_its_page_beside_it() -> None:
    case = opened(goal__reversible="unknown")
    skip(case, "goal.decision", "insurance.calls.call1.when")
    shown = parts(page(wb.left_open(case)).html)
    assert 'href="1-goal.ipynb?case=knee#goal.decision"' in shown["Skipped: 2"]
    assert 'href="3-insurance.ipynb?case=knee#insurance.calls.call1.when"' in shown["Skipped: 2"]
    assert re.search("Call the insurance plan</h3>.*<h4[^>]*>Jo<", shown["Skipped: 2"], re.S)
    assert 'href="1-goal.ipynb?case=knee#goal.reversible"' in shown["“I do not know yet”: 1"]


def test_an_answer_takes_the_question_off_the_list() -> None:
    case = opened()
    skip(case, "goal.decision")
    panel = page(wb.left_open(case))
    assert "What is the decision?" in parts(panel.html)["Skipped: 1"]
    case.session.apply([Change("put", "goal.decision", "Surgery or not")])
    panel.open()
    assert "What is the decision?" not in panel.html


def test_what_is_not_asked_of_this_case_is_nowhere(book: Any) -> None:
    book('wb.ask("insurance.plan.supplement", when="insurance.plan.type in medicare"), "insurance.plan.name"')
    case = opened()
    skip(case, "insurance.plan.supplement")
    skipped, _, (section,) = left_open.found(case)
    assert skipped == []
    assert [line.href for line in section.lines] == ["1-plan.ipynb?case=knee#insurance.plan.name"]
    case.session.apply([Change("put", "insurance.plan.type", "medigap")])
    assert len(left_open.found(case)[0]) == 1


def test_in_a_list_each_entry_is_asked_its_own(book: Any) -> None:
    book('wb.each("records.items", "facility", wb.ask("modality", when="kind is imaging_study"))')
    case = opened()
    skip(case, "records.items.r-mri.modality", "records.items.r-report.modality")
    skipped, _, (section,) = left_open.found(case)
    assert [(line.page, line.about) for line in skipped] == [("Plan", "MRI of the left knee")]
    assert [(line.words, line.count) for line in section.entries] == [
        ("MRI of the left knee", 1),
        ("Report of the MRI", 1),
    ]
    assert section.untouched[0].count > 1, "entries in which nobody wrote are a number"


def test_own_questions_count_too_and_one_on_two_pages_counts_once(book: Any) -> None:
    one = 'wb.ask("own.parking", "Is parking covered?", kind="yesno"), wb.ask("own.bus", "Which bus?")'
    book(one, one)
    case = opened()
    skip(case, "own.parking")
    skipped, _, (section,) = left_open.found(case)
    assert words(skipped) == ["Is parking covered?"]
    assert words(section.lines) == ["Which bus?"]
    case.session.apply([Change("put", "own.parking", "unknown")])
    assert words(left_open.found(case)[1]) == ["Is parking covered?"]


def test_what_the_plan_did_not_know_is_an_answer_and_the_word_unknown_in_a_text_is_too(book: Any) -> None:
    book('wb.each("insurance.calls", "rep", "answers.referral"), "goal.decision"')
    case = opened(goal__decision="unknown")
    case.session.apply([Change("put", "insurance.calls.call1.answers.referral.answer", "unknown")])
    skipped, unknown, (section,) = left_open.found(case)
    assert (skipped, unknown, section.lines, section.entries) == ([], [], [], [])


def test_a_skipped_answer_of_the_plan_leads_to_its_first_box(book: Any) -> None:
    book('wb.each("insurance.calls", "rep", "answers.referral")')
    case = opened()
    skip(case, "insurance.calls.call1.answers.referral")
    assert left_open.found(case)[0][0].href.endswith("#insurance.calls.call1.answers.referral.answer")


def test_a_checkbox_may_stay_empty_and_a_draft_is_not_open(book: Any) -> None:
    book('"insurance.medicare_card_seen", "goal.safe_wait.until"')
    case = opened()
    case.session.apply([Change("put", "goal.safe_wait.until", "in spring")])
    assert left_open.found(case)[2][0].lines == []


def test_extra_questions_are_a_number_unless_they_were_skipped(book: Any) -> None:
    book('"goal.decision", wb.group("More", "goal.stakes", "goal.reversible")')
    case = opened()
    skip(case, "goal.stakes")
    skipped, _, (section,) = left_open.found(case)
    assert [(line.words, line.about) for line in skipped] == [("How much is at stake for you?", "More")]
    assert (words(section.lines), section.folded) == (["What is the decision?"], 1)


def test_an_empty_list_is_an_offer_and_an_empty_card_asks_nothing(book: Any) -> None:
    book('wb.each("insurance.referrals", "number", add="Add a referral")')
    case = opened()
    case.session.apply([Change("add", "insurance.referrals", {"id": "ref1"})])
    section = left_open.found(case)[2][0]
    assert (words(section.lines), section.entries) == (["Add a referral"], [])
    skip(case, "insurance.referrals.ref1.number")
    assert len(left_open.found(case)[0]) == 1


def test_a_new_workbook_gets_a_calm_start_and_its_pages(home: Path) -> None:
    open_store().create(Case(id="knee"))
    html = page(wb.left_open(OpenCase())).html
    assert "Nothing is written down yet." in html
    assert list(parts(html)) == ["Pages without an answer yet"]
    assert 'href="1-goal.ipynb?case=knee"' in html


def test_without_a_skip_the_page_says_what_it_is_for() -> None:
    html = page(wb.left_open(opened())).html
    assert "If you skip one, you will find it here again." in html
    assert "Skipped" not in html


def test_many_are_folded_page_by_page() -> None:
    case = opened()
    names = ["decision", "stakes", "reversible", "stage", "priority"]
    skip(case, *(f"goal.{name}" for name in names), "person.phone", "health.troubles", "health.tried")
    assert "<details" not in parts(page(wb.left_open(case)).html)["Skipped: 8"]
    skip(case, "person.state", "insurance.plan.name")
    folded = parts(page(wb.left_open(case)).html)["Skipped: 10"]
    assert folded.count("<details") == 2
    assert 'Set the goal</h3> <span class="wb-status">9 questions</span>' in folded


def test_names_are_text_never_markup() -> None:
    case = opened()
    case.session.apply([Change("put", "records.items.r-mri.title", '<img src=x onerror="x()">')])
    skip(case, "records.items.r-mri.facility")
    html = page(wb.left_open(case)).html
    assert "&lt;img src=x" in html
    assert "<img" not in html


def test_the_first_page_leads_here_and_does_without_where_the_notebook_was_taken_out(book: Any) -> None:
    case = opened()
    assert left_open.link(case) == {"title": "What you left open", "href": "left-open.ipynb?case=knee"}
    assert 'href="left-open.ipynb?case=knee"' in page(wb.home(case)).html
    book('"goal.decision"')
    assert left_open.link(case) is None


def test_a_skip_redraws_no_form_and_keeps_what_is_typed() -> None:
    case = opened()
    one, two = (
        page(wb.form(case, "goal.decision")),
        page(wb.form(case, wb.each("insurance.calls", "reference", "when"))),
    )
    told = len(two.told)
    one.change({"op": "put", "path": "goal.decision?", "value": True, "based": None})
    one.change({"op": "put", "path": "insurance.calls.call1.when?", "value": True, "based": None})
    assert len(two.told) == told
    assert case.case.skipped == {"goal.decision": True, "insurance.calls.call1.when": True}


def test_records_without_an_answer_are_one_line_on_their_page() -> None:
    handle = opened()
    shown = page(wb.still_open(handle, "4-records")).html
    number = len(handle.session.shown("records.items"))
    assert f"Do you have them yet? {number} records" in shown
    for key in list(handle.session.shown("records.items"))[1:]:
        handle.session.apply([Change("put", f"records.items.{key}.state", "received")])
    assert "Do you have it yet? 1 record" in page(wb.still_open(handle, "4-records")).html
