"""With several workbooks and none in the address, the page asks which one."""

from __future__ import annotations

import pytest

import workbook as wb
from tests import builders
from tests.ui.pagekit import page
from workbook.store import open_store


@pytest.fixture(autouse=True)
def two() -> None:
    open_store().create(builders.case("knee"))
    open_store().create(builders.case("back", nickname="Back"))


def test_in_jupyterlab_a_button_opens_it_for_the_whole_notebook() -> None:
    case = wb.open_case()
    steps, form = page(wb.steps(case)), page(wb.form(case, "goal.own_words"))
    assert form.told[-1]["do"] == "empty"
    steps.press("Back")
    assert "<strong>Back</strong>" in steps.html
    assert form.told[-1]["do"] == "state", "the form appears by itself"
    assert form.values["goal.own_words"].startswith("I want to know")


def test_in_voila_each_one_is_a_link_to_this_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "case=gone")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/1-goal.ipynb")
    shown = page(wb.steps(wb.open_case())).html
    assert 'href="1-goal.ipynb?case=back"' in shown
    assert 'role="note"' in shown, "that the one asked for is not here is said"
