"""Tab completes the paths of questions inside our verbs, and nothing anywhere else."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

import workbook as wb
from workbook.ui.asking import catalog, completion


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ('wb.form(case, "goal.decide', ["goal.decide_by"]),
        ("wb.ask('goal.safe_wait.un", ["goal.safe_wait.until"]),
        ('wb.form(case, wb.group("More", "goal.rever', ["goal.reversible"]),
        ('wb.form(case, "goal.kinds", wb.ask("goal.rever', ["goal.reversible"]),
        ('wb.each("clinic', ["clinicians"]),
        ('wb.form(case, wb.each("clinicians",\n    "name", "special', ["specialty"]),
        ('wb.form(case, wb.each("clinicians", wb.ask("special', ["specialty"]),
        ('wb.form(case, wb.each("clinicians", "name"), "goal.decide', ["goal.decide_by"]),
        ('wb.when("goal.kinds and goal.decide', ["goal.decide_by"]),
        ('wb.fields("clinic', ["clinicians"]),
        ('# "\nwb.ask("goal.decide', ["goal.decide_by"]),
        ('print("goal.decide', []),
        ('wb.ask("goal.decide_by"), goal.decide', []),
        ('wb.say("goal.decide', []),
        ("goal.decide", []),
        ('wb.ask("nothing like this', []),
        ("", []),
        (")))(((", []),
        ('wb.each("no.such.list", "na', []),
    ],
)
def test_what_fits_between_the_quotes(before: str, found: list[str]) -> None:
    assert completion.paths(before) == found


def test_all_paths_are_offered_for_an_empty_text() -> None:
    assert completion.paths('wb.form(case, "') == list(catalog.asked())


def test_it_works_in_a_kernel_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shell = InteractiveShell.instance()
    try:
        wb.open_case()
        wb.open_case()
        mine = [one for one in shell.Completer.custom_matchers if one.matcher_identifier == "workbook.paths"]
        assert len(mine) == 1
        cell = 'wb.form(case, wb.each("clinicians",\n    "name", "special'
        assert _completed(shell, cell) == ["specialty"]
    finally:
        shell.Completer.custom_matchers.clear()
        InteractiveShell.clear_instance()


def _completed(shell: InteractiveShell, cell: str) -> list[str]:
    """What JupyterLab is offered at the end of a cell."""
    from IPython.core.completer import provisionalcompleter

    with provisionalcompleter():
        return [one.text for one in shell.Completer.completions(cell, len(cell))]
