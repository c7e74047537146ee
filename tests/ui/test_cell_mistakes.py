"""A mistake in a cell is reported in one sentence with the line and a suggestion; the cell still fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import workbook as wb
from tests.ui.pagekit import opened
from workbook.errors import NotebookMistake

SLIPS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda c: wb.form(c, "goal.decide_bye"), "no question called goal.decide_bye. Did you mean goal.decide_by?"),
    (lambda c: wb.form(c, "nothing.like.it"), "There is no question called nothing.like.it."),
    (lambda c: wb.form(c), "wb.form needs at least one question"),
    (lambda c: wb.form(c, "goal.values"), 'goal.values is a list. Write wb.each("goal.values", "text").'),
    (lambda c: wb.form(c, "goal.held_slot"), "goal.held_slot has several questions. Name each one, such as"),
    (lambda c: wb.form(c, "own.ride"), "A question of your own needs its words."),
    (lambda _: wb.ask("own.ride"), "A question of your own needs its words."),
    (lambda _: wb.ask("own.ride", "Who?", kind="tekst"), "There is no kind of answer called tekst. Did you mean text?"),
    (lambda _: wb.ask("own.ride", "Who?", kind="one"), "own.ride needs choices"),
    (lambda _: wb.ask("own.a.b", "Who?"), "own.a.b needs one short name after own"),
    (lambda c: wb.form(c, wb.ask("my.ride", "Who?")), "There is no question called my.ride."),
    (lambda _: wb.each("records.item", "title"), "There is no list called records.item. Did you mean records.items?"),
    (lambda _: wb.each("records.items", "titel"), "no question called titel in records.items. Did you mean title?"),
    (lambda _: wb.each("records.items"), "needs at least one question of an entry"),
    (lambda _: wb.each("clinicians", wb.each("opinions", "on")), "A list cannot be inside another list."),
    (lambda c: wb.form(c, wb.group("Rare", "goal.stake")), "Did you mean goal.stakes?"),
    (lambda c: wb.form(c, "goal.kinds", pace="slow"), 'pace is "one" for one question at a time, or "all" for all'),
    (lambda _: wb.each("clinicians", "name", pace=1), 'pace is "one" for one question at a time, or "all" for all'),
    (lambda _: wb.say("ins-kall"), 'No pack has a text called "ins-kall".'),
    (
        lambda c: wb.grid(c, rows="records.items", columns="clinician"),
        "list called clinician. Did you mean clinicians?",
    ),
    (lambda c: wb.grid(c, rows="clinicians", columns="opinions"), "A grid shows who saw which record."),
    (lambda c: wb.download(c, "letter"), 'wb.download makes "summary" or "blank"'),
    (lambda c: wb.still_open(c, "9-nowhere"), "There is no page called 9-nowhere."),
    (lambda _: wb.form("goal.kinds"), "Write wb.form(case, …)."),
    (lambda _: wb.fields("gaol"), "There are no questions under gaol. Did you mean goal?"),
]


@pytest.mark.parametrize(("cell", "sentence"), SLIPS, ids=[s[:40] for _, s in SLIPS])
def test_the_message_suggests_what_was_meant(cell: Callable[[Any], Any], sentence: str) -> None:
    case = opened()
    with pytest.raises(NotebookMistake) as told:
        cell(case)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_a_notebook_shows_the_message_with_its_line_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    opened()
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("import workbook as wb\ncase = wb.open_case()")
        result = shell.run_cell('wb.form(case,\n    "goal.kinds",\n    "goal.decide_bye")\n')
    finally:
        InteractiveShell.clear_instance()
    assert not result.success, "nbval and nbconvert must still see that this cell failed"
    told = capsys.readouterr()
    shown = (told.out + told.err).strip()
    assert shown.endswith(
        "In this cell, line 3: There is no question called goal.decide_bye. Did you mean goal.decide_by?"
    )
    assert "Traceback" not in shown
