"""One id is one question: another type is an error, other wording gives a note; both name the cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.errors import NotebookMistake
from workbook.ui.asking.pages import problems
from workbook.ui.handle import OpenCase

HEAD = "import workbook as wb\ncase = wb.open_case()"
ONE = 'wb.form(case, wb.ask("own.contact", "How should we reach you?", kind="one", choices=["Phone", "Email"]))'
TEXT = 'wb.form(case, wb.ask("own.contact", "Whom to call?"))'
WHOM = 'wb.form(case, wb.ask("own.contact", "Who may we call?"))'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
    return tmp_path


def notebook(folder: Path, name: str, *cells: str) -> None:
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    (folder / f"{name}.ipynb").write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4}), "utf-8")


def run(name: str, cell: str, monkeypatch: pytest.MonkeyPatch, case: Any = None) -> Any:
    """The last expression of a cell, run on its page."""
    monkeypatch.setenv("WORKBOOK_PAGE", name)
    return eval(compile(cell, f"<{name}>", "eval"), {"wb": wb, "case": case or opened()})


@pytest.mark.usefixtures("folder")
def test_in_one_form_and_in_two_cells_of_a_page() -> None:
    case = opened()
    stairs = wb.ask("own.stairs", "Are stairs a problem?", kind="yesno")
    many = wb.ask("own.stairs", "How many stairs?", kind="number")
    with pytest.raises(
        NotebookMistake, match=r'own.stairs names two different questions: kind="yesno" .*kind="number"'
    ):
        wb.form(case, stairs, wb.group("More", many))
    wb.form(case, stairs)
    with pytest.raises(NotebookMistake, match=r"another name, such as own.stairs_2\."):
        wb.form(case, many)
    page(wb.form(case, stairs))


def test_in_two_notebooks_the_sentence_names_both_cells(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook(folder, "1-goal", HEAD, "wb.steps(case)", ONE)
    notebook(folder, "2-call", HEAD, TEXT)
    opened()
    told = 'kind="one" in 1-goal.ipynb, cell 3, kind="text" in 2-call.ipynb, cell 2. One answer would overwrite'
    for name, cell in (("2-call", TEXT), ("1-goal", ONE)):
        with pytest.raises(NotebookMistake) as refused:
            run(name, cell, monkeypatch, OpenCase())
        for part in ("own.contact names two different questions", "1-goal.ipynb, cell 3", "2-call.ipynb, cell 2"):
            assert part in str(refused.value)
        assert "\n" not in str(refused.value)
    assert told in " ".join(problems(folder))


def test_other_wording_of_the_same_type_is_noted_on_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook(folder, "1-goal", HEAD, TEXT)
    notebook(folder, "2-call", HEAD, WHOM)
    shown, form = run("2-call", WHOM, monkeypatch).children
    said = page(shown).html
    for part in ("own.contact is asked in two ways", "1-goal.ipynb, cell 2", "2-call.ipynb, cell 2", "Whom to call?"):
        assert part in said
    assert page(form).fields[0]["question"] == "Who may we call?", "and the question is asked all the same"
    assert "own.contact is asked in two ways" in problems(folder)[0]


def test_the_same_question_twice_and_the_same_name_in_another_list_are_fine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = 'wb.form(case, wb.each("insurance.calls", "rep", wb.ask("own.contact", "Seen?", kind="yesno")))'
    notebook(folder, "1-goal", HEAD, TEXT)
    notebook(folder, "2-call", HEAD, TEXT, each)
    case = opened()
    for cell in (TEXT, each):
        assert not hasattr(run("2-call", cell, monkeypatch, case), "children")
    assert problems(folder) == []


def test_other_choices_are_noted_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook(folder, "1-goal", HEAD, ONE)
    other = ONE.replace("Email", "Letter")
    notebook(folder, "2-call", HEAD, other)
    assert "with others in" in page(run("2-call", other, monkeypatch).children[0]).html


def test_a_cell_edited_and_run_again_is_not_a_second_question(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from IPython.core.interactiveshell import InteractiveShell

    notebook(folder, "1-goal", HEAD, TEXT)  # as saved, before the change
    monkeypatch.setenv("WORKBOOK_PAGE", "1-goal")
    case = opened()
    shell = InteractiveShell.instance()
    shell.user_ns |= {"wb": wb, "case": case}
    cell = {"id": "a"}
    shell.get_parent = lambda: {"metadata": {"cellId": cell["id"]}}
    try:
        assert shell.run_cell(TEXT).success
        assert shell.run_cell(ONE).success, "the same cell, edited"
        cell["id"] = "b"
        assert not shell.run_cell(TEXT).success, "another cell"
    finally:
        InteractiveShell.clear_instance()


def test_shipped_notebooks_use_each_question_once() -> None:
    customize = (Path(__file__).parents[2] / "CUSTOMIZE.md").read_text("utf-8")
    first = (Path(__file__).parents[2] / "notebooks" / "index.ipynb").read_text("utf-8")
    assert "own.contact" in customize
    assert "own.contact" not in first
    assert problems() == []
