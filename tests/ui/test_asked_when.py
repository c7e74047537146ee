"""A question with `when`: hidden it is not open, keeps its answer, and the review lists that answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.errors import NotebookMistake
from workbook.session import Change
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import asks
from workbook.ui.asking.pages import pages, problems
from workbook.ui.panels import progress, review

PLAN = 'wb.ask("insurance.plan.supplement", when="insurance.plan.type in medicare")'
CALL = """wb.group("Medicare", "answers.assignment", when="insurance.plan.type in medicare")"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a folder with one page of this cell."""

    def made(cell: str) -> Any:
        notebook = nbformat.v4.new_notebook(
            cells=[
                nbformat.v4.new_markdown_cell("# Plan"),
                nbformat.v4.new_code_cell(f"import workbook as wb\ncase = wb.open_case()\nwb.form(case, {cell})"),
            ]
        )
        nbformat.write(notebook, tmp_path / "1-plan.ipynb")
        monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
        return pages()[0]

    return made


def test_a_hidden_question_is_not_open_and_an_answer_to_it_stays_in_the_review(book: Any) -> None:
    found = book(PLAN)
    case = opened()
    put = case.session.apply
    assert progress.missing(case, found) == []
    assert not progress.has_open(case, found)
    assert review._section(case, found).open == 0
    put([Change("put", "insurance.plan.type", "medigap")])
    assert [path for _, path in progress.missing(case, found)] == ["insurance.plan.supplement"]
    assert review._section(case, found).open == 1
    put([Change("put", "insurance.plan.supplement", "Plan G"), Change("put", "insurance.plan.type", "hmo")])
    assert [row.answer for row in review._section(case, found).rows] == ["Plan G"]


def test_inside_a_list_each_entry_is_asked_its_own(book: Any) -> None:
    found = book('wb.each("records.items", "kind", wb.ask("modality", when="kind in imaging_study, imaging_report"))')
    case = opened().case
    (each,) = found.marks
    for key, expected in (("r-mri", ["kind", "modality"]), ("r-report", ["kind", "modality"])):
        item = case.records.items[key]
        assert [a.path for a in asks(asked_now(each.fields, case, each.path, item))] == expected
        lab = item.model_copy(update={"kind": "lab"})
        assert [a.path for a in asks(asked_now(each.fields, case, each.path, lab))] == ["kind"]


def test_the_page_gets_the_compiled_condition_and_every_answer_it_needs() -> None:
    case = opened(insurance__plan__type="medigap", insurance__calls__call1__outcome="answered")
    mark = wb.each(
        "insurance.calls",
        "rep",
        wb.group("Medicare", "answers.assignment", when="insurance.plan.type in medicare"),
        wb.ask("notes", when="outcome is answered"),
    )
    form = page(wb.form(case, mark))
    fields = form.fields[0]["fields"]
    assert fields[1]["when"] == [{"path": "insurance.plan.type", "values": ["original_medicare", "medigap"]}]
    assert fields[2]["when"] == [{"path": "outcome", "values": ["answered"], "entry": True}]
    assert "when" not in fields[0]
    assert form.values["insurance.plan.type"] == "medigap"
    assert form.values["insurance.calls.call1.outcome"] == "answered"


def test_another_form_of_the_page_hears_of_the_answer_it_depends_on() -> None:
    case = opened()
    first = page(wb.form(case, "insurance.plan.type"))
    second = page(wb.form(case, wb.say("ins-close", when="insurance.plan.type in networked")))
    assert second.values["insurance.plan.type"] is None
    first.set("What kind of insurance is it?", "hmo")
    assert second.told[-1]["values"] == {"insurance.plan.type": "hmo"}


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (PLAN.replace("medicare", "medicair"), "medicare"),
        (CALL.replace("plan.type", "plan.typ"), "insurance.plan.type"),
    ],
)
def test_a_misspelled_condition_is_found_without_running_the_page(cell: str, meant: str, book: Any) -> None:
    if cell.startswith("wb.group"):
        cell = f'wb.each("insurance.calls", {cell})'
    book(cell)
    (sentence,) = problems()
    assert "1-plan.ipynb, cell 1, line 3" in sentence
    assert "In when=" in sentence
    assert f"Did you mean {meant}?" in sentence


def test_the_cell_that_runs_says_the_same() -> None:
    with pytest.raises(NotebookMistake, match=r'In when="goal.reversible is maybe": goal\.reversible is never maybe'):
        wb.form(opened(), wb.ask("goal.stakes", when="goal.reversible is maybe"))


def test_several_questions_share_a_condition_and_each_keeps_its_own() -> None:
    group = wb.group("More", wb.when("state is checked", "version"), when="title")
    shared = wb.when("state in received, checked", "received_on", wb.ask("quality", when="where_kept"), group)
    form = page(wb.form(opened(), wb.each("records.items", "title", shared)))
    fields = {f.get("path", f["question"]): f for f in form.fields[0]["fields"]}
    held = {"path": "state", "values": ["received", "checked"], "entry": True}
    assert fields["received_on"]["when"] == [held]
    assert fields["quality"]["when"] == [held, {"path": "where_kept", "entry": True}]
    assert fields["More"]["when"] == [held, {"path": "title", "entry": True}]
    assert fields["More"]["fields"][0]["when"] == [{"path": "state", "values": ["checked"], "entry": True}]
    with pytest.raises(NotebookMistake, match="has no questions in it"):
        wb.when("state is received")


def test_a_request_asks_for_the_scan_only_for_images_or_a_report() -> None:
    case = opened()
    form = page(
        wb.form(case, wb.each("records.requests", "items", wb.ask("scans", when="items.kind in imaging_study")))
    )
    (asked,) = [f for f in form.fields[0]["fields"] if f.get("path") == "scans"]
    (when,) = asked["when"]
    assert (when["path"], when["of"], when["part"]) == ("items", "records.items", "kind")
    kinds = {path: value for path, value in form.values.items() if path.startswith("records.items.")}
    assert kinds["records.items.rec-images.kind"] == "imaging_study", "of a ready-made record, too"
    assert kinds["records.items.rec-labs.kind"] == "lab"


def test_a_ready_made_record_to_choose_says_of_which_scan() -> None:
    case = opened()
    form = page(wb.form(case, wb.each("records.items", "modality", "body_part", "service_date")))
    for name, value in (("modality", "MRI"), ("body_part", "left knee"), ("service_date", "2026-10")):
        form.change({"op": "put", "path": f"records.items.rec-images.{name}", "value": value})
    shown = page(wb.form(case, wb.each("records.requests", "items"))).told[-1]["options"]["records.items"]
    assert dict(shown)["rec-images"] == "The images themselves, as files or on a disc, MRI, left knee, Oct 2026"
    assert dict(shown)["rec-labs"] == "Lab results"
