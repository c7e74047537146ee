"""All workbooks on one page, in the running program: found by keyboard, cards on a phone, each leads to its case."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from .flow import PHONE, past_the_edge
from .test_form_for_everyone import violations

pytestmark = pytest.mark.slow
TITLE = "All workbooks on one page"


def test_the_board_works_by_keyboard_and_leads_to_each_case(app: Any, person: Any) -> None:
    me = person()
    me.enter()
    me.page.get_by_role("link", name=TITLE).click()
    me.ready("board")
    rows = me.page.locator(".wb-board tbody tr")
    expect(rows).to_have_count(2)
    expect(me.page.get_by_role("navigation", name="Steps")).to_have_count(0)
    assert violations(me.page) == []
    me.page.get_by_label("Search", exact=True).focus()
    me.page.keyboard.type("marisol")
    me.page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(me.page.get_by_label("Search", exact=True)).to_be_focused()
    expect(me.page.get_by_label("Search", exact=True)).to_have_value("marisol")
    me.page.keyboard.press("ControlOrMeta+a")
    me.page.keyboard.press("Delete")
    me.page.keyboard.press("Tab")
    me.page.keyboard.type("Closed")
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Enter")
    expect(me.page.get_by_text("No workbook fits.")).to_be_visible()
    me.page.get_by_label("Show", exact=True).select_option("Open ones")
    me.page.get_by_role("button", name="Show").click()
    expect(rows).to_have_count(2)
    rows.get_by_role("link").first.click()
    me.page.wait_for_url("**/index.ipynb?case=demo-*")
    me.ready("index")


def test_on_a_phone_each_row_is_a_card(app: Any, person: Any) -> None:
    me = person(viewport=PHONE, has_touch=True, is_mobile=True)
    me.enter()
    me.page.get_by_role("link", name=TITLE).click()
    me.ready("board")
    assert past_the_edge(me.page) == []
    assert violations(me.page) == []
    card = me.page.locator(".wb-board tbody tr").first
    assert card.evaluate("row => getComputedStyle(row).display") == "block"
    expect(card.get_by_text("Whose turn")).to_be_visible()
    me.page.set_viewport_size({"width": 320, "height": 700})
    assert past_the_edge(me.page) == []
    me.page.emulate_media(color_scheme="dark")
    assert violations(me.page) == []
