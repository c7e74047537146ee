"""Before there is a workbook, each page says once what to do, and nothing on it looks broken."""

from __future__ import annotations

import json
import logging

import pytest

from tests.ui.test_browser_side import alone, shown, widgets
from workbook.ui.asking.pages import notebooks_dir

__all__ = ["alone"]
NAMES = sorted({file.stem for file in notebooks_dir().glob("*.ipynb")} - {"board"})  # which needs a computer
LISTS = ("index", "workbooks")  # where one is started


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_workbook_says_once_what_to_do(name: str, caplog: pytest.LogCaptureFixture) -> None:
    page = shown(name)
    told = page["html"].count("There is no workbook here yet.")
    assert told == (0 if name in LISTS else 1)
    assert ("For someone I care for" in page["html"]) == (name in LISTS)
    for one in widgets(page):
        assert one.get("first", {}).get("do") != "trouble", one
    assert "could not be shown" not in page["html"]
    assert [line for line in caplog.records if line.levelno >= logging.WARNING] == []
    forms = [one for one in widgets(page) if one["kind"] == "form"]
    assert {one["first"]["do"] for one in forms} <= {"empty"}, json.dumps(forms)[:400]
