"""A question with `when`: hidden it is not open, keeps its answer, and the review lists that answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

import workbook as wb
from tests import builders
from tests.ui.pagekit import opened, page
from workbook.case.clinicians import Clinician
from workbook.errors import NotebookMistake
from workbook.session import Change
from workbook.ui.asking.asked_now import asked_now
from workbook.ui.asking.fields import Ask, asks, lists
from workbook.ui.asking.pages import pages, problems
from workbook.ui.panels import progress, review

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
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


@pytest.mark.parametrize(("until", "asked"), [(None, False), ("unknown", False), ("2027-01", True)])
def test_who_said_that_it_can_wait_is_asked_only_once_a_day_was_said(until: str | None, asked: bool) -> None:
    goal = next(one for one in pages() if one.name == "1-goal")
    case = builders.case("knee", goal={"safe_wait": {"until": until}})
    found = [one.path for one in asks(asked_now(goal.marks, case))]
    assert ("goal.safe_wait.said_by" in found) == asked


def test_the_first_form_of_the_goal_page_is_what_is_enough_and_says_of_how_many() -> None:
    """No question in the open depends on another one, so that it can say "1 of 5"; a way out follows."""
    cells = nbformat.read(Path("notebooks/1-goal.ipynb"), as_version=4).cells
    at = next(n for n, cell in enumerate(cells) if cell.source.startswith("wb.form("))
    goal = next(one for one in pages() if one.name == "1-goal")
    first = [one for one in goal.marks if isinstance(one, Ask) and one.path in cells[at].source]
    assert len(first) == 4
    assert not any(one.when for one in first)
    assert "(index.ipynb)" in cells[at + 1].source


def asked_on(name: str, case: Any, path: str = "", item: Any = None) -> set[str]:
    """The questions of a shipped page that this case, or this entry of a list, is asked."""
    found = next(one for one in pages() if one.name == name)
    marks = next(m.fields for m in found.marks if getattr(m, "path", "") == path) if path else found.marks
    now = asked_now(marks, case, path, item)
    return {one.path for one in asks(now)} | {one.path for one in lists(now)}


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [(None, True), ("second", True), ("third", True), ("first", False), ("pcp", False), ("radiologist", False)],
)
def test_how_far_along_is_asked_only_of_a_doctor_one_might_go_to(role: str | None, is_asked: bool) -> None:
    who = Clinician(id="c1", name="Dr. Invented", role=role)
    found = asked_on("2-clinician", opened().case, "clinicians", who)
    assert {"name", "role", "specialty", "phone", "mrn"} <= found
    ahead = {"state", "first_date", "cut_off_rule"}
    assert ahead & found == (ahead if is_asked else set())


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("self", set()),
        ("caregiver", {"barriers"}),
        ("advocate", {"barriers", "time", "exports"}),
    ],
)
def test_the_tools_of_a_helper_are_not_on_a_patients_page(mode: str, expected: set[str]) -> None:
    found = asked_on("7-packet", opened(mode=mode).case)
    assert {"tasks", "notes"} <= found
    assert found & {"barriers", "time", "exports"} == expected


@pytest.mark.parametrize(("mode", "offered"), [("self", False), ("advocate", True)])
def test_tables_for_a_spreadsheet_are_for_an_advocate(mode: str, offered: bool) -> None:
    source = next(
        cell.source
        for cell in nbformat.read(NOTEBOOKS / "7-packet.ipynb", 4).cells
        if "records-table" in cell.source and cell.cell_type == "code"
    )
    html = page(eval(source, {"wb": wb, "case": opened(mode=mode)})).html
    assert bool(html) is offered


@pytest.mark.parametrize(("kind", "said"), [("original_medicare", 1), ("medigap", 2), ("hmo", 0), (None, 0)])
def test_original_medicare_is_told_its_number_and_medigap_of_its_second_call(kind: str | None, said: int) -> None:
    cells = [c.source for c in nbformat.read(NOTEBOOKS / "3-insurance.ipynb", 4).cells if "wb.heading" in c.source]
    case = opened(insurance__plan__type=kind)
    shown = [html for cell in cells if (html := page(eval(cell, {"wb": wb, "case": case})).html)]
    assert len(shown) == said


def test_original_medicare_has_no_prior_authorization_to_add() -> None:
    assert "insurance.prior_auths" not in asked_on("3-insurance", opened(insurance__plan__type="medigap").case)


def test_other_plans_have() -> None:
    assert "insurance.prior_auths" in asked_on("3-insurance", opened(insurance__plan__type="ppo").case)


def test_the_name_of_the_plan_is_asked_before_the_call_and_its_network_once() -> None:
    insurance = next(one for one in pages() if one.name == "3-insurance")
    assert "insurance.plan.name" in [one.path for one in insurance.marks if isinstance(one, Ask)]
    for kind, asked in (("ppo", False), ("original_medicare", False), ("employer_insured", True)):
        case = builders.case("knee", insurance__plan__type=kind)
        found = [one.path for one in asks(asked_now(insurance.marks, case))]
        assert ("insurance.plan.network" in found) == asked, kind
