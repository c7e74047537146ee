"""A call to the plan on a phone: one line to read aloud or one question at a time, each on one screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .flow import PHONE, App, Person
from .test_form_for_everyone import violations

pytestmark = pytest.mark.slow
LIKE_A_PHONE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
SCREEN = """() => {
  const walk = document.querySelector('.wb-item .wb-walking'), nav = walk.querySelector('.wb-walk-nav');
  const seen = (what) => [...walk.querySelectorAll(what)].filter((one) => one.checkVisibility()).length;
  return { top: walk.getBoundingClientRect().top, bottom: nav.getBoundingClientRect().bottom, height: innerHeight,
    controls: seen('input, select, textarea'), words: walk.querySelector('.wb-walk-at').textContent };
}"""


@pytest.fixture
def me(app: App, person: Any) -> Person:
    one: Person = person(**LIKE_A_PHONE)
    one.enter()
    one.go("3-insurance", case=app.run("new", "--nickname", "Call"))
    return one


def at(me: Person, words: str) -> None:
    expect(me.page.locator(".wb-item .wb-walk-at:visible")).to_have_text(words)


def press(me: Person, name: str) -> None:
    walked = name in ("Next", "Skip", "Back")  # the form above is walked too
    where = me.page.locator("details.wb-item[open]") if walked else me.page
    where.get_by_role("button", name=name, exact=True).click()


def screens(me: Person) -> list[dict[str, Any]]:
    """Every screen from here to the last one."""
    found = [me.page.evaluate(SCREEN)]
    onward = me.page.locator(".wb-item .wb-walk-nav > :last-child")
    while onward.inner_text() != "Done":
        onward.click()
        found.append(me.page.evaluate(SCREEN))
    return found


def test_each_screen_of_a_call_is_seen_whole_and_asks_little(me: Person) -> None:
    press(me, "Add a call")
    found = screens(me)
    assert len(found) == 12
    for summary in ("Who else will send a bill?", "Online visits, slides", "More about this call"):
        me.page.locator(".wb-item summary", has_text=summary).click()
        inside = me.page.evaluate(
            "() => document.querySelector('.wb-item .wb-walk-at:not([hidden])').textContent.split(' ')[2]"
        )
        for _ in range(int(inside)):
            found.append(me.page.evaluate(SCREEN))
            me.page.locator(".wb-item .wb-walk-nav > :last-child").click()
        at(me, "Last one")
    assert len(found) == 12 + 5 + 3 + 4
    assert [s for s in found if s["top"] < 0 or s["bottom"] > s["height"]] == []
    assert max(s["controls"] for s in found) <= 9


def test_what_is_read_aloud_comes_first_and_who_and_when_come_last(me: Person) -> None:
    press(me, "Add a call")
    expect(me.page.get_by_text("Say this first")).to_be_visible()
    assert me.page.evaluate("() => document.activeElement.matches('figure')"), "a keyboard on the screen would hide it"
    press(me, "Next")
    at(me, "Question 2 · Ask this aloud")
    me.page.get_by_role("group", name="Do I need a referral for this visit?").get_by_label("No", exact=True).check()
    press(me, "Next")
    at(me, "Question 3 · Ask this aloud")
    order = ["Before you hang up, say", "Who did you talk to?", "Reference number of the call", "When did you call?",
             "How did the call end?", "More questions. Open only what you need."]  # fmt: skip
    for _ in range(4):
        press(me, "Skip")
    for words in order:
        expect(me.page.locator(".wb-item").get_by_text(words, exact=True).first).to_be_visible()
        me.page.locator(".wb-item .wb-walk-nav > :last-child").click()
    expect(me.page.locator("details.wb-item[open]")).to_have_count(0)


def test_a_call_is_gone_through_saved_left_and_found_again(me: Person, app: App, tmp_path: Path) -> None:
    press(me, "Add a call")
    press(me, "Next")
    me.page.get_by_role("group", name="Do I need a referral for this visit?").get_by_label("Yes", exact=True).check()
    press(me, "Next")
    at(me, "Question 3 · Ask this aloud")
    me.page.reload()
    me.ready("3-insurance")
    at(me, "Question 3 · Ask this aloud")
    me.page.get_by_role("main").get_by_role("link", name="Gather the records").last.click()
    me.page.wait_for_url("**/4-records.ipynb*")
    me.ready("4-records")
    me.page.go_back()
    me.ready("3-insurance")
    at(me, "Question 3 · Ask this aloud")
    me.page.go_back()
    at(me, "Question 2 · Ask this aloud")
    assert (
        me.page.get_by_role("group", name="Do I need a referral for this visit?")
        .get_by_label("Yes", exact=True)
        .is_checked()
    )
    me.write("Reference number of the call", "REF-1")
    me.saved()
    app.run("save", me.case, str(tmp_path / "case.json"))
    calls = json.loads((tmp_path / "case.json").read_text("utf-8"))["insurance"]["calls"]
    assert [call["reference"] for call in calls] == ["REF-1"]
    assert calls[0]["answers"]["referral"]["answer"] == "yes"


def test_axe_finds_nothing_in_a_call(me: Person) -> None:
    press(me, "Add a call")
    for _ in range(2):
        assert violations(me.page) == []
        me.page.locator(".wb-item .wb-walk-nav > :last-child").click()
