"""The questions of notebooks are parsed from their cells, which are never run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook.ui.asking.pages import Page, notebooks_dir, pages, problems

HEAD = "import workbook as wb\ncase = wb.open_case()"


def book(folder: Path, name: str, *cells: str, title: str = "A page") -> None:
    made = [{"cell_type": "code", "source": [c], "metadata": {}} for c in (HEAD, *cells)]
    (folder / f"{name}.ipynb").write_text(json.dumps({"metadata": {"title": title}, "cells": made}))


def read(folder: Path, *cells: str) -> Page:
    book(folder, "1-one", *cells)
    return pages(folder)[0]


def test_paths_come_from_forms_lists_groups_and_grids(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        'wb.form(case, "goal.kinds", wb.group("Rare", "goal.stakes", wb.each("tasks", "what", wb.ask("own.x", "X?"))))',
        'wb.grid(case, rows="records.items", columns="clinicians", value="viewed")',
    )
    assert page.paths == ("goal.kinds", "goal.stakes", "tasks.*.what", "tasks.*.own.x", "viewed.*.*.how")
    assert page.problems == ()


def test_the_package_may_have_any_alias(tmp_path: Path) -> None:
    page = read(tmp_path, 'from workbook import form, ask as question\nform(case, question("own.a", "A?"))')
    assert page.paths == ("own.a",)


def test_nothing_in_a_cell_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    page = read(tmp_path, f'open({str(trap)!r}, "w")\nwb.form(case, "goal.kinds", *[open({str(trap)!r}, "w")])')
    assert page.paths == ("goal.kinds",)
    assert not trap.exists()


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (
            'wb.form(case,\n "goal.kinds",\n "goal.knds")',
            "1-one.ipynb, cell 2, line 3: There is no question called goal.knds.",
        ),
        (
            'wb.form(case,\n wb.each("records.itmes", "on"))',
            "1-one.ipynb, cell 2, line 2: There is no list called records.",
        ),
        (
            'wb.form(case, "goal.kinds"',
            'In 1-one.ipynb, cell 2, line 1: The bracket "(" that opens here is never closed.',
        ),
        ('wb.form(case, "goal.kinds",\n pace="fast")', 'pace is "one" for one question at a time'),
        ('wb.form(case, wb.each("clinicians", "name", pace="fast"))', 'pace is "one" for one question at a time'),
        ('wb.form(case, wb.ask("own.a", "A?", knd="text"))', "wb.ask has no option called knd. Did you mean kind?"),
    ],
)
def test_a_bad_cell_is_reported_and_the_rest_is_read(tmp_path: Path, cell: str, sentence: str) -> None:
    page = read(tmp_path, cell, 'wb.form(case, "goal.stakes")')
    assert len(page.problems) == 1
    assert sentence in page.problems[0]
    assert "goal.stakes" in page.paths
    assert problems(tmp_path) == list(page.problems)


def test_a_file_that_is_not_a_notebook_is_reported(tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{")
    assert problems(tmp_path) == ["broken.ipynb cannot be read as a notebook."]


def test_an_edited_notebook_is_read_again(tmp_path: Path) -> None:
    assert read(tmp_path, 'wb.form(case, "goal.kinds")').paths == ("goal.kinds",)
    assert read(tmp_path, 'wb.form(case, "goal.kinds", "goal.stakes")').paths == ("goal.kinds", "goal.stakes")


def test_pages_stand_in_order(tmp_path: Path) -> None:
    for name in ("10-last", "summary", "2-b", "index", "own-notes", "2-a"):
        book(tmp_path, name, *(['wb.form(case, "goal.kinds")'] if name == "own-notes" else []))
    assert [p.name for p in pages(tmp_path)] == ["index", "2-a", "2-b", "10-last", "own-notes", "summary"]
    assert [p.name for p in pages(tmp_path) if p.step] == ["2-a", "2-b", "10-last", "own-notes"]


def test_any_notebook_name_makes_a_valid_key(tmp_path: Path) -> None:
    for name in ("My Step.v2", "2026"):
        book(tmp_path, name)
    assert {p.key for p in pages(tmp_path)} == {"my-step-v2", "p2026"}


def test_the_shipped_notebooks_have_no_mistakes() -> None:
    assert problems() == []
    assert len([p for p in pages() if p.step]) >= 6


def test_one_function_locates_the_notebooks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (notebooks_dir() / "index.ipynb").is_file()
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
    assert notebooks_dir() == tmp_path
