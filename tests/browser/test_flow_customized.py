"""After an advocate edits the notebooks as in CUSTOMIZE.md, page, map, review and summary reflect the changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.days import next_year
from tests.test_customize import snippet

from .flow import App, Person

pytestmark = pytest.mark.slow
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
MISTAKE = 'wb.form(case,\n    "goal.decide_bye")'


def change(folder: Path, name: str, edit: Any) -> None:
    page = nbformat.read(folder / name, 4)
    edit(page.cells)
    nbformat.write(page, folder / name)


def goal(cells: list[Any]) -> None:
    """Reworded, added and removed questions, Markdown, and a cell with a mistake."""
    at = next(i for i, c in enumerate(cells) if '"goal.own_words"' in c.source and c.cell_type == "code")
    assert "goal.own_words" not in snippet("By what date")
    cells[at : at + 1] = [
        new_code_cell(snippet("By what date")),
        new_markdown_cell("## Before you come\n\nPark behind the *blue* house."),
        new_code_cell(MISTAKE),
        new_code_cell(snippet("own.ride_home")),
    ]


def calls(cells: list[Any]) -> None:
    at = next(i for i, c in enumerate(cells) if '"insurance.calls"' in c.source and c.cell_type == "code")
    cells[at] = new_code_cell(snippet("own.parking"))


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[App]:
    """The program on a custom notebooks folder."""
    folder = tmp_path_factory.mktemp("own") / "notebooks"
    shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    change(folder, "1-goal.ipynb", goal)
    change(folder, "3-insurance.ipynb", calls)
    after = [new_markdown_cell("# After the visit\n\nRest."), new_code_cell(snippet("import workbook as wb"))]
    nbformat.write(new_notebook(cells=after), folder / "8-after.ipynb")
    started = App(tmp_path_factory.mktemp("customized") / "home", folder)
    yield started
    started.stop()


def test_page_map_review_and_summary_reflect_the_changes(own_app: App, person: Any) -> None:
    me: Person = person(own_app)
    me.enter()
    me.go("1-goal", case=own_app.run("new", "--nickname", "Own"))
    page = me.page
    me.day("By what date do you want to be sure?", "March", "9", next_year())
    me.write("Who can drive you home?", "Cousin Ferdinand")
    me.choose("Are stairs a problem?", "No")
    me.choose("How should we reach you?", "By email")
    assert page.get_by_text("Park behind the blue house.").is_visible()
    assert page.get_by_label("Say it in your own words").count() == 0, "a question that was taken out is not asked"
    told = page.get_by_text("There is no question called")
    assert told.count() == 1
    assert "Did you mean" in told.inner_text()
    assert "Traceback" not in page.inner_text("body")
    me.saved()
    page.get_by_label("I am done with this step").wait_for()  # what stands below the mistake works
    assert page.get_by_role("navigation", name="Steps").get_by_role("link", name="After the visit").count()

    me.go("3-insurance")
    call = me.add("Add another call")
    me.write("Who did you talk to?", "Pernilla", call)
    parking = me.box("Is parking covered?", call)
    parking.fill("First two hours")
    me.saved()

    me.go("7-packet")
    me.unfold()
    read = " ".join(page.get_by_role("main").text_content().split())
    for words in (
        "By what date do you want to be sure?",
        "Cousin Ferdinand",
        "By email",
        "Is parking covered?",
        "First two hours",
    ):
        assert words in read, f"{words!r} is among the answers to check"
    assert "Say it in your own words" not in read
    with page.expect_download() as got:
        page.get_by_role("button", name="Download the summary (Web page)").click()
    summary = Path(got.value.path()).read_text("utf-8")
    for words in ("Who can drive you home?", "Cousin Ferdinand", "By email", "First two hours"):
        assert words in summary, f"{words!r} is in the summary"


def test_a_check_of_the_notebooks_finds_the_mistake(own_app: App) -> None:
    assert own_app.notebooks
    case = own_app.run("new")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "1-goal.ipynb"],
        cwd=own_app.notebooks,
        env={**os.environ, **own_app.env, "WORKBOOK_CASE": case, "PYDEVD_DISABLE_FILE_VALIDATION": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout[-2000:]
    assert "goal.decide_bye" in done.stdout
    assert "1 failed" in done.stdout, "only that cell fails"
