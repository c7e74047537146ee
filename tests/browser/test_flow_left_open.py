"""What somebody skipped on a phone is on one page, and one press leads back to it. In the running program."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from .flow import PHONE, past_the_edge
from .test_form_for_everyone import violations

pytestmark = pytest.mark.slow
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def test_what_was_skipped_is_found_again_answered_and_off_the_list(app: Any, person: Any) -> None:
    new = app.run("new", "--nickname", "Knee").split()[-1]
    me = person(**TOUCH)
    me.enter()
    me.go("left-open", case=new)
    expect(me.page.get_by_text("Nothing is written down yet.")).to_be_visible()
    me.go("1-goal")
    asked = me.page.locator(".wb-walking legend:visible, .wb-walking .wb-label:visible").first.inner_text()
    me.page.get_by_role("button", name="Skip", exact=True).first.click()
    me.saved()
    me.go("left-open")
    expect(me.page.get_by_role("heading", name="Skipped: 1")).to_be_visible()
    assert violations(me.page) == []
    assert past_the_edge(me.page) == []
    me.page.get_by_role("main").get_by_role("link", name=asked).click()
    me.page.wait_for_url("**/1-goal.ipynb*")
    me.ready("1-goal")
    question = me.page.locator(".wb-field", has_text=asked).locator("visible=true").first
    expect(question).to_be_in_viewport()
    question.get_by_role("checkbox").or_(question.get_by_role("textbox")).first.click()
    if question.get_by_role("textbox").count():
        question.get_by_role("textbox").first.fill("Yes")
    me.saved()
    me.go("left-open")
    expect(me.page.get_by_role("heading", name="Skipped")).to_have_count(0)
    app.run("erase", new, "--yes")


def test_a_skip_in_an_entry_leads_into_that_entry(app: Any, person: Any) -> None:
    new = app.run("new", "--nickname", "Knee").split()[-1]
    me = person(**TOUCH)
    me.enter()
    me.go("3-insurance", case=new)
    entry = me.add("Add a call")
    for _ in range(20):
        if me.page.locator(".wb-items .wb-walk-nav").get_by_role("button", name="Skip", exact=True).is_visible():
            break
        me.page.locator(".wb-items .wb-walk-nav").get_by_role("button", name="Next", exact=True).click()
    asked = entry.locator(".wb-walking legend:visible").first.inner_text()
    me.page.locator(".wb-items .wb-walk-nav").get_by_role("button", name="Skip", exact=True).click()
    me.saved()
    me.go("left-open")
    me.page.get_by_role("main").get_by_role("link", name=asked).click()
    me.page.wait_for_url("**/3-insurance.ipynb*")
    me.ready("3-insurance")
    expect(me.page.locator(".wb-items details.wb-item[open]")).to_have_count(1)
    expect(me.page.locator(".wb-items .wb-walking legend:visible", has_text=asked)).to_be_in_viewport()
    app.run("erase", new, "--yes")
