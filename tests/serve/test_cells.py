"""A failing cell shows one kind sentence; the cells after it still run."""

from __future__ import annotations

import asyncio

import pytest

from workbook.page.cells import name_of, sentence
from workbook.page.prose import prose
from workbook.serve.cells import run_cells


def test_cells_after_a_failing_one_run(server):
    text = server.get("/voila/render/index.ipynb?case=ab12cd").text
    assert "could not be shown" in text
    assert "STILL RUNS case=ab12cd voila" in text


def test_other_errors_are_not_quoted(server):
    text = server.get("/voila/render/index.ipynb").text
    assert "(cell 2: Who can drive you home)" in text
    assert "PLANTED" not in text
    assert "ValueError" not in text
    assert "Traceback" not in text
    assert "PLANTED" not in server.log.read_text()


def test_our_own_errors_are_quoted(server):
    assert "Did you mean goal.kinds?" in server.get("/voila/render/index.ipynb").text


def test_no_source_is_in_the_page(server):
    assert (
        "anywidget"
        not in server.get("/voila/render/1-step.ipynb").text.partition("<body")[2].partition("config-data")[0]
    )


def test_the_key_does_not_reach_the_kernel(server):
    answer = server.get("/voila/render/index.ipynb?case=ab12cd&token=" + server.token)
    assert answer.status_code == 302
    begin, _, rest = answer.headers["Location"].partition("/voila/")
    assert rest == "render/index.ipynb?case=ab12cd"
    assert len(begin) > 20, "it goes on below this start's own beginning"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("# Rides home\nx", "Rides home"),
        ('import workbook as wb\nwb.form(case, "goal.kinds")', "wb.form"),
        ("1 / 0", ""),
    ],
)
def test_a_cell_is_named_by_its_purpose(source, name):
    assert name_of(source) == name


def test_only_our_errors_are_quoted():
    assert sentence("x", 3, "BadValue", "A day is missing.") == "A day is missing."
    assert "secret" not in sentence("x", 3, "KeyError", "secret")
    assert "cell 3" in sentence("x", 3, "KeyError", "secret")


def test_a_kernel_dying_midway_is_reported(server):
    before = len(server.kernels())
    answer = server.get("/voila/render/crash.ipynb")
    assert "The workbook stopped before this page was ready." in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert server.wait_for_kernels(before) == before


def test_a_damaged_notebook_is_reported(server):
    answer = server.get("/voila/render/broken.ipynb")
    assert answer.status_code == 500
    assert "The notebook behind this page is damaged." in answer.text


def test_a_long_cell_sends_heartbeats():
    class Slow:
        async def run(self, *_):
            await asyncio.sleep(0.2)

    async def walk():
        ready = asyncio.ensure_future(asyncio.sleep(0))
        cells = [{"cell_type": "markdown"}, {"cell_type": "code"}]
        return [c async for c in run_cells(Slow(), cells, ready, beat=0.03)]

    seen = asyncio.run(walk())
    assert seen[0] == {"cell_type": "markdown"}
    assert seen[-1] == {"cell_type": "code"}
    assert seen.count(None) >= 3


def test_markdown_output_of_a_cell_is_escaped():
    assert "<img" not in prose("<img src=x onerror=alert(1)> *so*", escape=True)
    assert "<em>so</em>" in prose("<img src=x> *so*", escape=True)
    assert "<details>" in prose("<details>\n\nHelp\n\n</details>")


def test_a_picture_next_to_the_notebook_is_embedded(tmp_path):
    (tmp_path / "n").mkdir()
    (tmp_path / "n" / "logo.png").write_bytes(b"pixels")
    (tmp_path / "out.png").write_bytes(b"pixels")
    assert 'src="data:image/png;base64,cGl4ZWxz"' in prose("![Logo](logo.png)", tmp_path / "n")
    assert "base64" not in prose("![Out](../out.png)", tmp_path / "n")
