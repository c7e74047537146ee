"""What got in a stranger's way: which scan a request means, how a file is named, and the steps listed twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import expect

from .flow import PHONE, App
from .test_form_for_everyone import PAST_THE_EDGE, violations

pytestmark = pytest.mark.slow
LIKE_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
ASKED = "Which scan, of which part of the body, and from when?"


def test_a_request_for_images_asks_for_the_scan_and_its_file_has_a_number(app: App, person: Any) -> None:
    me = person(**LIKE_A_PHONE)
    me.enter()
    me.go("4-requests", case=app.run("new", "--nickname", "Scans"))
    for number, office in enumerate(("Lakeside Records", "Lakeside Imaging"), 1):
        entry = me.add("Write a letter")
        me.write("Which office has the records?", office, entry)
        kind = "Lab results" if number == 1 else "The images themselves, as files or on a disc"
        me.choose("Which records are you asking for?", kind, within=entry)
        assert (ASKED in entry.inner_text()) is False, "not yet on this screen"
        entry.get_by_role("button", name="Next", exact=True).click()
        expect(entry.get_by_label(ASKED)).to_be_visible(visible=number == 2)
    assert violations(me.page) == []
    assert me.page.evaluate(PAST_THE_EDGE) == []
    me.write(ASKED, "MRI of the left knee, October 2026", entry)
    me.saved()
    card = me.page.locator(".wb-clocks .wb-card", has_text="Lakeside Imaging")
    expect(card).to_contain_text("Request 2")
    card.locator("summary", has_text="Other formats").click()
    with me.page.expect_download() as waited:
        card.get_by_role("button", name="Web page").click()
    today = dt.datetime.now().astimezone().date().isoformat()
    assert waited.value.suggested_filename == f"records-request-2-{today}.html"
    assert "MRI of the left knee, October 2026" in waited.value.path().read_text("utf-8")
    me.leave()


def test_a_wide_first_page_lists_the_steps_once_and_none_is_cut(app: App, person: Any) -> None:
    me = person(viewport={"width": 1280, "height": 800})
    me.enter()
    me.go("index", case="demo-spine")
    expect(me.page.get_by_role("link", name="Gather the records").locator("visible=true").first).to_be_visible()
    listed = me.page.locator("li:visible", has=me.page.get_by_role("link", name="Set the goal"))
    assert listed.count() == 1
    side = "() => { const s = document.querySelector('.wb-side'); return s.scrollHeight - s.clientHeight; }"
    assert me.page.evaluate(side) <= 0, "the list beside the page is not cut"
    me.leave()
