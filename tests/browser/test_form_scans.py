"""Saved scans are checkboxes with text in the reader's language; without any, nothing is shown."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

import workbook as wb
from tests.ui.test_found_scans import LINES, kept, opened

pytestmark = pytest.mark.slow


def test_a_scan_is_removed_and_restored(stage: Any, home: Any) -> None:
    shown = stage(wb.form(opened(), wb.each("records.media", "sender", "scans", "scans_missing", "found")))
    shown.page.get_by_text("Lakeside").first.click()  # an entry is collapsed
    group = shown.page.get_by_role("group", name="Scans found on it")
    for line in LINES:
        expect(group.get_by_label(line)).to_be_checked()
    expect(shown.page.get_by_role("group", name="Scans not found on it")).to_be_hidden()
    group.get_by_label(LINES[0]).uncheck()
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()
    assert kept() == ["MR"]
    group.get_by_label(LINES[1]).uncheck()
    expect(group.get_by_label(LINES[1])).not_to_be_checked()
    group.get_by_label(LINES[0]).check()
    expect(group.get_by_label(LINES[0])).to_be_checked()
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()
    assert kept() == ["CT"]
    assert not shown.errors
