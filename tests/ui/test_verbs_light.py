"""Importing the workbook is cheap: each verb is imported on first use."""

from __future__ import annotations

import subprocess
import sys

import pytest

import workbook as wb
from workbook.ui.asking.catalog import everything

HEAVY = ("pandas", "nbconvert", "typst", "anywidget", "ipywidgets", "pydantic")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_the_import_alone_loads_nothing_heavy() -> None:
    for name in ("workbook", "workbook.scan"):
        assert run(f"import sys, {name}; print([m for m in {HEAVY!r} if m in sys.modules])") == "[]"


def test_reading_the_pages_needs_no_widget() -> None:
    code = "import sys; from workbook.ui.asking import pages; pages.pages()"
    assert run(f"{code}; print([m for m in ('anywidget', 'ipywidgets') if m in sys.modules])") == "[]"


@pytest.mark.parametrize("verb", wb.__all__)
def test_every_verb_exists(verb: str) -> None:
    assert callable(getattr(wb, verb))


def test_an_unknown_verb_is_reported() -> None:
    with pytest.raises(AttributeError, match="no verb called fomr"):
        _ = wb.fomr


def test_fields_lists_paths_and_words() -> None:
    rows = {row.path: row.question for row in wb.fields("goal")}
    assert rows["goal.decide_by"] == "When do you need to decide?"
    assert {row.path: row.question for row in wb.fields("records.items")}["title"] == "What is it?"
    assert "goal.decide_by" in repr(wb.fields("goal"))
    assert ">When do you need to decide?</td>" in wb.fields("goal")._repr_html_()
    assert len(wb.fields()) > 250
    assert all(known.path for known in everything())
