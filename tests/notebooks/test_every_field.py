"""Every field of the model can be entered on some page, and the table of pages is up to date."""

from __future__ import annotations

from pathlib import Path

from workbook.ui.asking import catalog
from workbook.ui.asking.pages import labels, pages

from .asked import NAMES, NOTEBOOKS, cells, page

TABLE = Path(__file__).parents[2] / "docs" / "pages.md"

# Asked in another way than by a path in a cell.
ELSEWHERE = {"private": "beside each entry", "sensitive": "beside each entry"}
# Lists that a page writes by itself, in one step, and no form changes.
WRITTEN = {
    "hand_overs": "the form of a hand-over, or the answer to one",
    "other_answers": "a file that was merged, and the choice after it",
}


def _known():
    """All questions; one of kind `answer` counts as its three parts."""
    compound = {k.whole for k in catalog.everything() if k.words and k.words.kind == "answer"}
    for known in catalog.everything():
        part_of_answer = known.whole.rpartition(".")[0] in compound
        if known.words and known.path not in ELSEWHERE and known.listed not in WRITTEN and not part_of_answer:
            yield f"{known.listed}[].{known.path}" if known.listed else known.path


def test_every_field_is_asked_on_a_page():
    asked = {path for name in NAMES for path in page(name).paths}
    missing = [path for path in _known() if path not in asked]
    assert not missing, f"no page asks: {missing}"


def test_every_list_is_on_a_page():
    shown = {path for name in NAMES for path in page(name).lists}
    assert shown == {*catalog.lists(), "viewed"} - {*WRITTEN}


def test_the_table_of_pages_is_up_to_date():
    assert TABLE.read_text("utf-8") == table(), "write it anew: python -m tests.notebooks.pages_table"


def table() -> str:
    """The project's table: each page with what it asks."""
    lines = [
        "# Pages and what they ask",
        "",
        "Made by `python -m tests.notebooks.pages_table`; a test keeps it true.",
        "`list[]` marks questions asked for each entry of a list.",
        "",
        "| Step | Page | Lists and sections | Questions |",
        "|---|---|---|---|",
    ]
    label = labels(pages(NOTEBOOKS))
    for name in NAMES:
        groups: dict[str, int] = {}
        for path in dict.fromkeys(page(name).paths):
            head = path.partition("[].")[0] + "[]" if "[]" in path else path.rpartition(".")[0] or path
            groups[head] = groups.get(head, 0) + 1
        panels = ("workbooks", "home", "review", "left_open", "compare", "tracks", "packet", "part")
        verbs = [c for cell in cells(name) for c in cell.calls if c in panels or " " in c]
        shown = ", ".join([*(f"`{g}` ({n})" for g, n in groups.items()), *(f"wb.{v}" for v in dict.fromkeys(verbs))])
        lines.append(f"| {label.get(name[:-6], '')} | [{name[:-6]}](../notebooks/{name}) | {shown or '–'} | {sum(groups.values())} |")
    return "\n".join([*lines, *_sometimes()]) + "\n"


def _sometimes():
    """The questions with a condition, page by page; a group is named by its title."""
    rows = [
        f"| {found.name} | {listed and f'`{listed}[]`: '}{', '.join(what)} | `{when}` |"
        for found in pages(NOTEBOOKS)
        for (when, listed), what in _conditions(found.marks).items()
    ]
    if rows:
        yield from ("", "## Asked only with some answers", "", "| Page | What | When |", "|---|---|---|", *rows)


def _conditions(marks, found=None, listed=""):
    found = {} if found is None else found
    for mark in marks:
        when = getattr(mark, "when", "")
        name = getattr(mark, "path", "") or getattr(mark, "id", "")
        if when:
            found.setdefault((when, listed), []).append(f"`{name}`" if name else f"“{mark.title}”")
        _conditions(getattr(mark, "fields", ()), found, getattr(mark, "path", listed))
    return found
