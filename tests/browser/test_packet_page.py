"""A packet is selected, previewed and downloaded by keyboard alone; on a narrow phone and in dark mode too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import workbook as wb
from tests.ui.pagekit import opened
from workbook.session import Change

from .flow import past_the_edge
from .test_flow_axe import violations

pytestmark = pytest.mark.slow
SECRET = "Invented-secret pills"


@pytest.fixture
def shown(stage: Any) -> Any:
    handle = opened()
    secret = {"id": "m1", "name": SECRET, "sensitive": True}
    note = {"id": "n1", "text": "Worried about money and a very-long-word-that-does-not-want-to-break-anywhere-at-all"}
    handle.session.apply([Change("add", "health.medications", secret), Change("add", "notes", note)])
    made = stage(wb.packet(handle))
    expect(made.page.get_by_role("radio")).to_have_count(5)
    return made


def focused(page: Any) -> str:
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()"))


def test_by_keyboard_alone_a_private_item_is_included_only_if_checked(shown: Any) -> None:
    page = shown.page
    page.keyboard.press("Tab")
    assert focused(page) == "wb-reader-clinician"
    page.keyboard.press("ArrowUp")  # from the first reader around to the last
    expect(page.get_by_role("radio", name="A paper binder")).to_be_checked()
    assert focused(page) == "wb-reader-binder"
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Everything", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert SECRET not in page.locator(".wb-leaving").inner_text()
    box = page.get_by_role("checkbox", name=f"Medicine: {SECRET}")
    expect(box).not_to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    assert page.evaluate("() => document.activeElement.dataset.press") == "tick"
    expect(page.get_by_text("1 private item is included.")).to_be_visible()
    assert SECRET in page.locator(".wb-leaving").inner_text(), "what was open stays open, and tells the new truth"
    page.locator("summary", has_text="Other formats").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Download the summary (Web page)").focus()
    with page.expect_download() as waited:
        page.keyboard.press("Enter")
    assert SECRET in Path(waited.value.path()).read_text("utf-8")
    assert "money" not in Path(waited.value.path()).read_text("utf-8")
    expect(page.get_by_text("You downloaded on")).to_contain_text("Everything")
    expect(box).to_be_checked()


def test_the_page_is_accessible(shown: Any) -> None:
    page = shown.page
    page.evaluate(
        "() => document.querySelector('h1').insertAdjacentHTML('afterend', '<h2>Before anything leaves</h2>')"
    )
    for details in page.locator("details").all():
        details.evaluate("(one) => { one.open = true; }")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert past_the_edge(page) == []
    small = page.evaluate(
        "() => [...document.querySelectorAll('.wb-packet :is(button, label.wb-choice, summary)')]"
        ".filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent.trim())"
    )
    assert small == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    assert violations(page) == []
