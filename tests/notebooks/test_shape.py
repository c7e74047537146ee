"""A notebook stays readable: short cells without logic, a title, no saved answers."""

from __future__ import annotations

import ast
import re

import nbformat
import pytest

from .asked import NAMES, NOTEBOOKS, cells, page

STEPS = ["1-goal", "2-clinician", "3-insurance", "4-records", "5-visit", "6-compare", "7-packet"]
VERBS = {"open_case", "steps", "home", "workbooks", "form", "each", "ask", "say", "group", "when", "grid", "find"}
VERBS |= {"review", "check_disc", "request_clocks", "compare", "still_open", "done", "download", "packet", "downloads", "part"}
VERBS |= {"clients", "condition", "dates", "heading", "left_open", "rights", "team", "tracks"}
ALLOWED = (ast.Import, ast.Assign, ast.Expr)


def test_the_promised_pages_exist():
    assert set(NAMES) >= {f"{n}.ipynb" for n in ["index", *STEPS, "summary", "help"]}


@pytest.mark.parametrize("name", NAMES)
def test_the_file_contains_no_outputs_and_no_machine_specific_metadata(name):
    notebook = nbformat.read(NOTEBOOKS / name, 4)
    nbformat.validate(notebook)
    assert set(notebook.metadata) == {"kernelspec", "language_info", "title"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags", "covers"}, cell.id
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("name", NAMES)
def test_the_title_comes_first_and_is_the_tab_title(name):
    first = cells(name)[0]
    assert first.kind == "markdown"
    title, _, rest = first.source.partition("\n")
    assert title == f"# {nbformat.read(NOTEBOOKS / name, 4).metadata.title}"
    sentences = [s for s in re.split(r"[.:?](?:\s|$)", rest) if s.strip()]
    assert 2 <= len(sentences) <= 6, "say in two or a few sentences what this page gets done"


@pytest.mark.parametrize("name", NAMES)
def test_cells_are_short_and_only_list_what_to_ask(name):
    for cell in cells(name):
        if cell.kind != "code":
            continue
        assert len(cell.source.splitlines()) <= 12, cell.source
        tree = ast.parse(cell.source)
        assert all(isinstance(node, ALLOWED) for node in tree.body), cell.source
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Lambda | ast.comprehension)], cell.source
        assert {c.partition(" ")[0] for c in cell.calls} <= VERBS, cell.source


@pytest.mark.parametrize("name", NAMES)
def test_prose_has_no_style_or_script_and_its_links_work(name):
    for cell in cells(name):
        if cell.kind != "markdown":
            continue
        assert set(re.findall(r"</?([a-z]+)[^>]*>", cell.source)) <= {"details", "summary"}
        assert cell.source.count("<details>") == cell.source.count("</details>") == cell.source.count("<summary>")
        for target in re.findall(r"\]\(([^)]*)\)", cell.source):
            assert target.startswith(("https://", "tel:")) or target in NAMES, target


@pytest.mark.parametrize("name", NAMES)
def test_each_page_opens_the_case_and_ends_with_help_for_those_who_change_it(name):
    opening = next(c for c in cells(name) if c.kind == "code")
    assert opening.calls == ["open_case", "steps"]
    last = cells(name)[-1]
    assert "wb-lab" in last.tags
    assert "```python\nwb." in last.source


@pytest.mark.parametrize("name", [f"{s}.ipynb" for s in STEPS])
def test_a_step_says_what_is_missing_can_be_marked_done_and_names_the_next_one(name):
    assert "still_open" in page(name).calls
    assert "done" in page(name).calls
    assert "## What happens next" in cells(name)[-2].source
