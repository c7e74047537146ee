"""A page says what a cell's mistake is, in the sentence that stands for the cell, and quotes nothing else."""

from __future__ import annotations

import pytest

from workbook.page.cells import sentence

CELL = 'wb.form(case,\n  "goal.kinds")'


@pytest.mark.parametrize(
    ("source", "name", "text", "said"),
    [
        (CELL.replace('"', "“"), "SyntaxError", "", "Line 2: This line has curly quotes"),
        (CELL[:-1], "SyntaxError", "incomplete input", 'Line 1: The bracket "(" that opens here is never closed.'),
        (
            "x = 1\n  y = 2",
            "IndentationError",
            "unexpected indent",
            "Line 2: This line does not begin where it should.",
        ),
        (CELL, "NameError", "name 'wb' is not defined", "Line 1: wb is not known here. Its first cell must open"),
        (
            "wb.frm(case)",
            "AttributeError",
            "workbook has no verb called frm",
            "Line 1: There is no wb.frm. Did you mean wb.form?",
        ),
        (
            'wb.form(case, wb.ask("own.a", "A?", knd="one"))',
            "TypeError",
            "ask() got an unexpected keyword argument 'knd'",
            "Line 1: wb.ask has no option called knd. Did you mean kind?",
        ),
    ],
)
def test_the_sentence_says_what_is_wrong_and_where(source: str, name: str, text: str, said: str) -> None:
    shown = sentence(source, 2, name, text)
    assert said in shown
    assert shown.startswith("This part of the page (cell 2")
    assert shown.endswith("Your saved answers are safe. The rest of the page still works.")


@pytest.mark.parametrize("name", ["ValueError", "KeyError", "NameError", "TypeError", "AttributeError"])
def test_nothing_else_of_an_error_is_shown(name: str) -> None:
    assert "PLANTED" not in sentence(CELL, 2, name, "PLANTED name 'PLANTED' is not defined")
    assert "PLANTED" not in sentence(CELL, 2, name, "name 'PLANTED' is not defined")
