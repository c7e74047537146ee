"""What an advocate adds to a page fits a phone: tables, pictures, sliders and menus of other libraries, and ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from .flow import PHONE, App
from .test_form_for_everyone import PAST_THE_EDGE

pytestmark = pytest.mark.slow
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CELLS = {
    "8-tables": ["wb.tables(case).records", "wb.tables(case)", "wb.due()", "wb.fields('goal')", "wb.status(case)"],
    "8-pictures": [
        "wb.plot.timeline(case)",
        "wb.plot.caseload([case])",
        'from PIL import Image\n\nImage.new("RGB", (1400, 700), "teal")',
    ],
    "8-widgets": [
        "import ipywidgets\n\nipywidgets.IntSlider(value=30, description='How far can you walk, in minutes?')",
        "ipywidgets.Dropdown(options=['A word', 'Another ' * 12], description='Which one?')",
    ],
    "8-mistakes": [
        'wb.ask("own.stairs", "Are stairs a problem?")',
        'wb.form(case, "goal.kinds")\nwb.form(case, "goal.decide_by")',
        'for path in ("goal.kinds", "goal.decide_by"):\n    wb.form(case, path)',
    ],
}


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("own") / "notebooks"
    shutil.copytree(NOTEBOOKS, folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name, cells in CELLS.items():
        first = new_code_cell("import workbook as wb\n\ncase = wb.open_case()\nwb.steps(case)")
        made = [new_markdown_cell(f"# {name}"), first, *map(new_code_cell, cells), new_markdown_cell("The end")]
        nbformat.write(new_notebook(cells=made), folder / f"{name}.ipynb")
    started = App(tmp_path_factory.mktemp("outputs") / "home", folder)
    started.run("demo")
    yield started
    started.stop()


@pytest.mark.parametrize("name", CELLS)
def test_nothing_moves_the_page_sideways_on_a_phone(own_app: App, person: Any, name: str) -> None:
    me = person(own_app, viewport=PHONE, is_mobile=True, has_touch=True)
    me.enter()
    me.go(name, case="demo-breast")
    me.page.get_by_text("The end").wait_for()
    if name == "8-widgets":
        me.page.locator(".noUi-handle").wait_for()
    wide = me.page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], name
    if name == "8-widgets":
        track = me.page.locator(".noUi-target").bounding_box()
        handle = me.page.locator(".noUi-handle").bounding_box()
        assert track["width"] > 150
        assert handle["x"] >= 0
        assert handle["width"] >= 24, "large enough for a finger"
    else:
        assert me.page.evaluate(PAST_THE_EDGE) == []
    said = me.page.inner_text("main")
    assert "could not be shown" not in said
    assert "This workbook is not here" not in said
    seen = {"8-tables": ".dataframe", "8-pictures": "figure svg[role=img]", "8-widgets": "select", "8-mistakes": "p"}
    assert me.page.locator(f"main {seen[name]}").count()
    me.leave()


def test_mistakes_are_sentences_on_the_page(own_app: App, person: Any) -> None:
    me = person(own_app)
    me.enter()
    me.go("8-mistakes", case="demo-breast")
    me.page.get_by_text("The end").wait_for()
    said = me.page.inner_text("main")
    assert "wb.ask alone asks nothing. Put it in a form: wb.form(case, wb.ask(…))." in said
    assert "In this cell, line 1: A cell shows only its last line, so this wb.form is not shown." in said
    assert "In this cell, line 2: This wb.form is inside a loop or a block" in said
    assert "Ask(path" not in said
    me.leave()
