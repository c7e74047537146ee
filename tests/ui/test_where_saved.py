"""The pages say where answers are saved, and say no device where it is a practice's database."""

from __future__ import annotations

import html

import pytest

from workbook.ui.handle import OpenCase
from workbook.ui.panels import home, workbooks


def test_on_a_computer_of_ones_own_the_pages_name_this_device() -> None:
    handle = OpenCase()
    assert "saved on this device only" in home._begin(handle)
    shown = workbooks.view(handle)
    assert "On this computer only, in this folder:" in shown
    assert str(handle.store.home) in shown


def test_in_a_practice_the_pages_name_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = OpenCase()
    assert handle.store.cases() == []  # as if from the database
    monkeypatch.setenv("WORKBOOK_DATABASE", "postgresql:///workbook")
    begun, shown = home._begin(handle), html.unescape(workbooks.view(handle))
    assert "saved with the practice" in begun
    assert "In the practice's database, not on this device." in shown
    for page in (begun, shown):
        assert "this device only" not in page
        assert "On this computer only" not in page
        assert "Nothing is sent anywhere" not in page
