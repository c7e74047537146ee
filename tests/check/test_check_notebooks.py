"""Each mistake that a maker of notebooks can make gets one kind sentence with its file, cell and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.folder import HEAD, book, found
from workbook.ui.asking.pages import notebooks_dir

FORM = 'wb.form(case, "goal.kinds")'

# What stands in the second code cell, the line that is named, and the sentence.
SLIPS: list[tuple[str, int, str]] = [
    (
        'wb.form(case,\n  "goal.decide_bye")',
        2,
        "There is no question called goal.decide_bye. Did you mean goal.decide_by?",
    ),
    (
        "wb.form(case,\n  “goal.kinds”)",
        2,
        "This line has curly quotes (“ ”). Type them again as straight quotes: \" or '.",
    ),
    (
        'wb.form(case,\n  "goal.kinds”)',
        2,
        "This line has curly quotes (“ ”). Type them again as straight quotes: \" or '.",
    ),
    ('wb.form(case, "goal.kinds"', 1, 'The bracket "(" that opens here is never closed. Add its partner at the end.'),
    (FORM + ")", 1, 'There is one ")" too many here. Remove it, or add its partner before it.'),
    ('wb.form(case, "goal.kinds"]', 1, 'Here "]" closes what "(" opened. Use two brackets of one kind.'),
    (
        'wb.form(case, "goal.kinds)',
        1,
        "A quote opens here and is not closed. Add the same quote at the end of the words.",
    ),
    (
        f"x = 1\n  {FORM}",
        2,
        "This line does not begin where it should. Line it up with the line above.",
    ),
    ('wb.form(case, "goal.kinds"\n  "goal.own_words")', 1, "A comma is missing between goal.kinds and goal.own_words."),
    (
        'wb.form(case,\n  wb.ask("own.a", "A?") "goal.kinds")',
        2,
        "A comma is missing in this line, or at the end of the line above.",
    ),
    (
        'wb.form(case, pace="one", "goal.kinds")',
        1,
        'A question comes after an option such as pace="one". Put all questions first, then the options.',
    ),
    (
        'wb.form(case, wb.ask("own.a", "A?", kind="integer"))',
        1,
        "There is no kind of answer called integer. The kinds are: text, long, one, many, yesno, date,",
    ),
    (
        'wb.form(case, wb.ask("own.c", "C?", kind="one"))',
        1,
        "own.c needs choices, such as choices=['Bus', 'Car'].",
    ),
    (
        'wb.form(case, wb.ask("own.c", "C?", choices="yes no maybe"))',
        1,
        'choices is a list. Write choices=["yes", "no", "maybe"].',
    ),
    (
        'wb.form(case, wb.ask("ride_home", "Who drives?"))',
        1,
        "There is no question called ride_home. One of your own begins with own., as own.ride_home.",
    ),
    (
        'wb.ask("own.stairs", "Are stairs a problem?", kind="yesno")',
        1,
        "wb.ask alone shows no question. Put it in a form: wb.form(case, wb.ask(…)).",
    ),
    (
        f'{FORM}\nwb.form(case, "goal.own_words")',
        1,
        "A cell shows only its last line, so this wb.form is not shown. Give it a cell of its own.",
    ),
    (
        'for path in ("goal.kinds", "goal.own_words"):\n    wb.form(case, path)',
        2,
        "This wb.form is inside a loop or a block, so no page shows it. Give each a cell of its own.",
    ),
    (
        'wb.form(case, ["goal.kinds", "goal.own_words"])',
        0,
        "A form lists paths in quotes, or wb.ask, wb.each, wb.say and wb.group.",
    ),
    ('wb.form("goal.kinds")', 1, "Write wb.form(case, …). The first cell needs case = wb.open_case()."),
    (
        'wb.form(case, "records.items")',
        1,
        'records.items is a list. Write wb.each("records.items", "kind").',
    ),
    ('wb.part(case, "opinion")', 1, "There is no part of the summary called opinion. Did you mean opinions?"),
    ('wb.downloads(case, "thank-you")', 1, "There is no document called thank-you. The names are: "),
    ('wb.frm(case, "goal.kinds")', 1, "There is no wb.frm. Did you mean wb.form?"),
    ('wb.form(case,\n  wb.ask("own.a", "A?", knd="text"))', 2, "wb.ask has no option called knd. Did you mean kind?"),
    ('wb.form(case, "goal.kinds",\n  pase="one")', 2, "wb.form has no option called pase. Did you mean pace?"),
    (
        "wb.form(case, goal.kinds)",
        1,
        "goal is not known here. Put words in quotes, or move the cell that makes it above this.",
    ),
    ("import pandsa", 1, "There is no package called pandsa here. Did you mean pandas?"),
]


@pytest.mark.parametrize(("cell", "line", "sentence"), SLIPS, ids=[s[:44] for _, _, s in SLIPS])
def test_a_mistake_in_a_cell_is_one_sentence_with_its_place(
    tmp_path: Path, cell: str, line: int, sentence: str
) -> None:
    book(tmp_path, "1-goal", cell)
    (one,) = found(tmp_path)
    assert (one.file, one.cell, one.line, one.note) == ("1-goal.ipynb", 2, line, False)
    assert one.sentence.startswith(sentence)
    assert "\n" not in one.sentence


def test_a_notebook_without_its_first_cell_says_what_to_write(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", FORM, head="")
    told = [one.sentence for one in found(tmp_path)]
    start = "Its first cell must open the workbook: import workbook as wb, then case = wb.open_case()."
    assert told == [f"wb is not known here. {start}", f"case is not known here. {start}"]


def test_cells_out_of_order_are_found(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", "print(total)", "total = 3")
    assert [one.place for one in found(tmp_path)] == ["1-goal.ipynb, cell 2, line 1"]


def test_one_name_for_two_questions_names_both_cells(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", 'wb.form(case, wb.ask("own.stairs", "Stairs?", kind="yesno"))')
    book(tmp_path, "2-more", 'wb.form(case, wb.ask("own.stairs", "How many?", kind="number"))')
    (one,) = found(tmp_path)
    assert 'kind="yesno" in 1-goal.ipynb, cell 2, kind="number" in 2-more.ipynb, cell 2' in one.sentence
    assert not one.note


def test_two_wordings_are_for_attention_only(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", 'wb.form(case, wb.ask("own.stairs", "Stairs?"))')
    book(tmp_path, "2-more", 'wb.form(case, wb.ask("own.stairs", "Any stairs?"))')
    assert [one.note for one in found(tmp_path)] == [True]


def test_dead_links_are_found_and_good_ones_are_not(tmp_path: Path) -> None:
    book(
        tmp_path,
        "2-clinician",
        "# [a](1-gaol.ipynb)\n[b](index.ipynb#here) [c](https://x.org) ![d](map.png) [e](/etc/x)",
    )
    book(tmp_path, "1-goal")
    said = {one.sentence for one in found(tmp_path)}
    assert said == {
        "In the text below cell 1: there is no page 1-gaol.ipynb to link to. Did you mean 1-goal.ipynb?",
        "In the text below cell 1: there is no file map.png in this folder.",
        "In the text below cell 1: /etc/x is outside this folder, so a page cannot show it.",
    }


def test_a_renamed_page_leaves_links_that_are_found(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", "# [next](2-clinician.ipynb)")
    book(tmp_path, "2-doctor")
    (one,) = found(tmp_path)
    assert "no page 2-clinician.ipynb" in one.sentence


def test_outputs_and_answers_that_were_saved_are_found_without_repeating_them(tmp_path: Path) -> None:
    file = book(tmp_path, "1-goal", "1 + 1", widgets={"state": {"a": "SECRET"}})
    whole = json.loads(file.read_text("utf-8"))
    whole["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "SECRET"}]
    file.write_text(json.dumps(whole), "utf-8")
    told = found(tmp_path)
    assert [one.cell for one in told] == [0, 2]
    assert "SECRET" not in "".join(map(str, told))


def test_a_clients_name_is_found_and_not_repeated(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", "# For Marisol Quintanar-Webb\nand more", title="Marisol Quintanar-Webb")
    told = [one for one in found(tmp_path, "marisol quintanar-webb", "Bo") if "name is in" in one.sentence]
    assert [(one.cell, one.line) for one in told] == [(0, 0), (1, 1)]
    assert "Quintanar" not in "".join(one.sentence for one in told)


def test_what_needs_a_computer_is_for_attention(tmp_path: Path) -> None:
    book(
        tmp_path,
        "1-goal",
        "import pandas as pd",
        "import json, sqlite3, doctest",
        "%matplotlib inline",
        "wb.tables(case)",
    )
    told = found(tmp_path)
    assert [(one.cell, one.note) for one in told] == [(2, True), (3, True), (4, True), (5, True)]
    assert "do not have doctest" in told[1].sentence


def test_cells_for_jupyterlab_need_no_browser(tmp_path: Path) -> None:
    file = book(tmp_path, "1-goal", 'wb.fields("goal")', "wb.fields(")
    whole = json.loads(file.read_text("utf-8"))
    for cell in whole["cells"][2:]:
        cell["metadata"] = {"tags": ["wb-lab"]}
    file.write_text(json.dumps(whole), "utf-8")
    assert [(one.cell, one.note) for one in found(tmp_path)] == [(3, False)]


def test_an_earlier_name_of_a_verb_is_for_attention(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", "wb.missing(case)")
    (one,) = found(tmp_path)
    assert (one.note, one.sentence) == (True, "wb.missing is now called wb.still_open. The old name still works.")


def test_copies_are_for_attention_and_another_heading_is_fine(tmp_path: Path) -> None:
    book(tmp_path, "1-goal", title="Set the goal")  # the map says what the page says
    book(tmp_path, "1-goal-Copy1")
    book(tmp_path, "8-a", "# # 8-b", title="8-b")
    told = {one.file: one for one in found(tmp_path)}
    assert "1-goal.ipynb" not in told
    assert "looks like a copy" in told["1-goal-Copy1.ipynb"].sentence
    assert all(one.note for one in told.values())


def test_a_folder_without_the_first_page_says_so(tmp_path: Path) -> None:
    book(tmp_path, "1-goal")
    (tmp_path / "index.ipynb").unlink(missing_ok=True)
    from tests.check.folder import DAY
    from workbook.check import check

    assert [one.file for one in check(tmp_path, DAY)] == ["index.ipynb"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "1-goal.ipynb cannot be read as a notebook."),
        ("[]", "1-goal.ipynb cannot be read as a notebook."),
        ('{"cells": [3]}', "1-goal.ipynb cannot be read as a notebook."),
        ("[" * 100_000, "1-goal.ipynb cannot be read as a notebook."),
        ("{\n<<<<<<< HEAD\n}", "This file has the marks of an unfinished merge"),
    ],
)
def test_a_damaged_notebook_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "1-goal.ipynb").write_text(text, "utf-8")
    told = [one.sentence for one in found(tmp_path)]
    assert any(one.startswith(sentence) for one in told)


@pytest.mark.parametrize("cell", ["x = '\0'", "(" * 5000, "x = " + "-" * 100_000 + "1", "\ud800"])
def test_hostile_cells_never_stop_the_check(tmp_path: Path, cell: str) -> None:
    book(tmp_path, "1-goal", cell, 'wb.form(case, "goal.kindz")')
    assert any("Did you mean goal.kinds?" in one.sentence for one in found(tmp_path))


def test_nothing_in_a_cell_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    book(tmp_path, "1-goal", f"open({str(trap)!r}, 'w')\nwb.form(case, open({str(trap)!r}, 'w'))")
    found(tmp_path)
    assert not trap.exists()


def test_the_shipped_notebooks_have_no_mistakes() -> None:
    told = found(notebooks_dir())
    assert [str(one) for one in told] == []


def test_code_of_ones_own_is_not_doubted(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("x = 1", "utf-8")
    good = (
        "from os import path\nimport helpers\n\ndef f(a, *b, k=1, **c):\n    return [d for d in b if (e := d)]\n"
        "try:\n    f(1)\nexcept ValueError as g:\n    print(g, __name__)\n"
        "with open('x') as h:\n    print(h)\nmatch f(1):\n    case [i, *j]:\n        print(i, j)\nlambda m: m"
    )
    book(tmp_path, "1-goal", good, "display(f(1))\nawait f(2)")
    assert [str(one) for one in found(tmp_path) if not one.note] == []


def test_the_head_of_these_tests_is_that_of_the_shipped_pages() -> None:
    cells = json.loads((notebooks_dir() / "1-goal.ipynb").read_text("utf-8"))["cells"]
    assert "".join(cells[1]["source"]) == HEAD
