"""A page asks its kernel for the next one: by the name of a served notebook, and nothing else runs."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.ui.pagekit import opened
from workbook.page import run
from workbook.ui import kernel, links

CELLS = {
    "1-goal": [
        "md:# A goal",
        "import workbook as wb\ncase = wb.open_case()\nwb.steps(case)",
        'wb.form(case, "goal.kinds")',
    ],
    "2-words": ["md:See [the goal](1-goal.ipynb).", "print('printed')\n'a value'", "1 / 0", "'after it'"],
    "3-magic": ["%matplotlib inline"],
    "3-await": ["import asyncio\nawait asyncio.sleep(0)"],
    "4-slider": ["import ipywidgets\nipywidgets.IntSlider()"],
    "4-half": [
        "import workbook as wb\ncase = wb.open_case()\nwb.steps(case)",
        "import ipywidgets\nipywidgets.IntSlider()",
    ],
    "5-shown": [
        "from IPython import get_ipython\nfrom IPython.display import display",
        "get_ipython().events.register('post_execute', once := lambda: display('a plot'))",
        "get_ipython().events.unregister('post_execute', once)",
    ],
    "5-state": ["seen = globals().get('seen', 0) + 1\nseen"],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "notebooks"
    place.mkdir()
    for name, cells in CELLS.items():
        (place / f"{name}.ipynb").write_text(json.dumps(_notebook(name, cells)), "utf-8")
    (tmp_path / "outside.ipynb").write_text(json.dumps(_notebook("outside", ["'OUTSIDE'"])), "utf-8")
    monkeypatch.chdir(place)
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(place))
    monkeypatch.setenv("SCRIPT_NAME", "/abc/voila/render/index.ipynb")
    monkeypatch.setenv("QUERY_STRING", "")
    monkeypatch.setenv("TZ", "UTC")
    return place


@pytest.fixture(autouse=True)
def shell() -> Any:
    """A shell as in a kernel: it formats values, and knows magics."""
    from IPython.core.interactiveshell import InteractiveShell

    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def _notebook(title: str, cells: list[str]) -> dict[str, Any]:
    def cell(text: str) -> dict[str, Any]:
        kind = {"cell_type": "markdown"} if text.startswith("md:") else {"cell_type": "code", "outputs": []}
        return {**kind, "metadata": {}, "source": text.removeprefix("md:")}

    return {"cells": [cell(c) for c in cells], "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture(autouse=True)
def no_pages_before() -> None:
    from workbook.ui.forms.jupyter import live_widgets

    for widget in live_widgets():
        widget.close()
    kernel._groups.clear()


def ask(name: str, query: str = "", **more: Any) -> dict[str, Any]:
    return kernel.answer({"do": "page", "number": 7, "name": name, "query": query, **more})


def test_a_served_notebook_comes_as_a_page() -> None:
    page = ask("1-goal")
    assert (page["do"], page["number"], page["title"], page["steps"]) == ("page", 7, "A goal", True)
    assert "<h1>A goal</h1>" in page["html"]
    assert page["html"].count("data-wb-widget") == 2
    assert links.here() == "1-goal"


def test_what_a_cell_prints_and_returns_is_shown_and_a_failing_one_becomes_a_sentence() -> None:
    html = ask("2-words")["html"]
    assert "printed" in html
    assert "&#39;a value&#39;" in html
    assert "This part of the page (cell 2) could not be shown." in html
    assert "ZeroDivisionError" not in html
    assert "after it" in html


@pytest.mark.parametrize(
    "name", ["../outside", "..", ".hidden", "missing", "1-goal.ipynb/../../outside", "/etc/passwd", "1-goal\\..", ""]
)
def test_only_served_notebooks_exist(name: str) -> None:
    page = ask(name)
    assert page == {"do": "elsewhere", "number": 7}


def test_a_link_out_of_the_folder_is_no_notebook(folder: Path) -> None:
    (folder / "linked.ipynb").symlink_to(folder.parent / "outside.ipynb")
    assert ask("linked")["do"] == "elsewhere"


@pytest.mark.parametrize("query", ["a b", "case=x\nTZ=1", "x" * 600, "<script>"])
def test_a_strange_query_is_left_to_the_browser(query: str) -> None:
    assert ask("1-goal", query)["do"] == "elsewhere"


@pytest.mark.parametrize("name", ["3-magic", "3-await", "4-slider"])
def test_what_needs_the_front_end_of_jupyter_is_a_page_of_its_own(name: str) -> None:
    assert ask(name)["do"] == "elsewhere"
    assert links.here() == "index", "the kernel is still the page that asked"


def test_no_code_comes_from_a_page() -> None:
    odd: list[dict[str, Any]] = [
        {"do": "run", "code": "1"},
        {"do": "page", "name": ["1-goal"]},
        {"do": "page", "name": "1-goal", "number": [1]},
        {"do": "page", "name": "1-goal", "number": 1, "shown": {}},
        {"name": "1-goal"},
        {},
    ]
    for asked in odd:
        assert kernel.answer(asked)["do"] == "elsewhere"


def test_each_page_has_a_namespace_of_its_own() -> None:
    assert ">1</pre>" in ask("5-state")["html"]
    assert ">1</pre>" in ask("5-state")["html"]


def test_the_widgets_of_the_page_before_are_closed() -> None:
    from workbook.ui.forms.jupyter import live_widgets

    ask("1-goal", number=1)
    once = len(live_widgets())
    for number in range(2, 7):
        ask("1-goal", number=number, shown=number - 1)
    assert len(live_widgets()) == 2 * once > 0, "this page and the one before it, which may still be saving"


def test_the_page_on_screen_keeps_its_widgets_while_others_are_asked_for() -> None:
    from workbook.ui.forms.jupyter import live_widgets

    ask("1-goal", number=1)
    on_screen = live_widgets()
    for number, name in enumerate(("1-goal", "4-half", "missing", "4-slider", "1-goal"), 2):
        ask(name, number=number, shown=1)
        assert {*on_screen} <= {*live_widgets()}, name
    assert len(live_widgets()) == 2 * len(on_screen), "and those of the page that is to come, and no others"


def test_what_is_displayed_after_a_cell_is_shown_on_its_page() -> None:
    html = ask("5-shown")["html"]
    assert html.count("a plot") == 1


def test_today_is_the_visitors_day(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        ask("1-goal", zone="Pacific/Kiritimati")
        assert time.localtime().tm_gmtoff == 14 * 3600
        ask("1-goal", zone="../../etc/passwd")
        assert kernel.answer({"do": "here", "zone": "Pacific/Kiritimati"}) == {"do": "here"}
        ask("1-goal", zone=["UTC"])
        assert time.localtime().tm_gmtoff == 14 * 3600
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_page_is_drawn_again_if_its_day_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    handle, heard = opened(), []
    handle.listen(lambda *_: heard.append(handle.today()))
    try:
        days = {}
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart: two days at any time
            kernel.answer({"do": "here", "zone": zone})
            days[zone] = handle.today()
        assert days["Pacific/Kiritimati"] > days["Pacific/Pago_Pago"]
        assert heard[-1] == days["Pacific/Pago_Pago"]
        count = len(heard)
        kernel.answer({"do": "here", "zone": "Pacific/Midway"})  # the same day
        assert len(heard) == count
    finally:
        monkeypatch.undo()
        time.tzset()


def test_without_jupyter_an_output_for_its_front_end_becomes_a_sentence(folder: Path) -> None:
    class Odd:
        def _repr_mimebundle_(self) -> dict[str, str]:
            return {"application/x-odd": "1", "text/plain": "odd"}

    def execute(_source: str, _namespace: dict[str, Any]) -> list[run.Output]:
        return [{"output_type": "display_data", "data": run.bundle(Odd())}]

    file = folder / "5-state.ipynb"
    assert "Only on a computer." in run.run(file, "en", execute, front_end="Only on a computer.")["html"]
    with pytest.raises(run.NeedsFrontEnd):
        run.run(file, "en", execute)
