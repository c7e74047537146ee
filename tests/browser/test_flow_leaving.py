"""Text typed a moment before leaving, hiding or printing a page is saved, whatever the way out."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .flow import App, Person

pytestmark = pytest.mark.slow
WISH = "Say it in your own words"
MOMENT = 100  # milliseconds between the last key and leaving
TIMES = [pytest.param(1), pytest.param(40, marks=pytest.mark.long)]


def on_disk(app: App, case: str, *steps: str) -> str:
    file = Path(app.home).with_name(f"{case}.json")
    app.run("save", case, str(file), "--overwrite")
    found = json.loads(file.read_text("utf-8"))
    for step in steps:
        found = found[step]
    return str(found)


def kept(app: App, case: str, words: str, seconds: float = 4) -> bool:
    """Whether the words are on disk a moment after leaving."""
    end = time.monotonic() + seconds
    while (found := on_disk(app, case, "goal", "own_words") == words) is False and time.monotonic() < end:
        time.sleep(0.2)
    return found


def by_link(me: Person) -> None:
    with me.page.expect_navigation():
        me.page.get_by_role("main").get_by_role("link", name="Choose who to ask").last.click(no_wait_after=True)


def by_address(me: Person) -> None:
    me.page.goto("about:blank")


def by_closing(me: Person) -> None:
    me.page.close(run_before_unload=True)


def by_reload(me: Person) -> None:
    me.page.reload(wait_until="commit")


def by_hide_button(me: Person) -> None:
    me.page.locator("#wb-hide").click(no_wait_after=True)


def by_locking(me: Person) -> None:
    """The screen is locked: the page only gets a visibility event, and then no more CPU time."""
    me.page.evaluate("""() => {
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    line = me.page.context.new_cdp_session(me.page)
    line.send("Page.setWebLifecycleState", {"state": "frozen"})


WAYS = [by_link, by_address, by_closing, by_reload, by_hide_button, by_locking]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("way", WAYS)
def test_the_last_words_are_saved(app: App, person: Any, way: Callable[[Person], None], times: int) -> None:
    case = app.run("new", "--nickname", "Leaving")
    lost = []
    first = person()
    first.enter()
    for number in range(times):
        me = Person(first.page.context.new_page(), app)
        me.page.on("dialog", lambda dialog: dialog.accept())
        me.go("1-goal", case=case)
        words = f"Try {number}: to walk to the river."
        me.box(WISH).fill(words)
        me.page.wait_for_timeout(MOMENT)
        way(me)
        if not kept(app, case, words):
            lost.append(number)
        if not me.page.is_closed():
            me.page.close()
    assert lost == [], f"lost {len(lost)} of {times}"


@pytest.mark.parametrize("times", TIMES)
def test_a_document_contains_the_last_words(app: App, person: Any, times: int) -> None:
    case = app.run("new", "--nickname", "Download")
    me = person()
    me.enter()
    me.go("5-visit", case=case)
    box = me.add("Add a question").get_by_role("textbox").first
    me.open("Other formats", me.open("A question list to send ahead"))
    missing = []
    for number in range(times):
        words = f"Question number {number} of many?"
        box.fill(words)
        me.page.wait_for_timeout(MOMENT)
        with me.page.expect_download() as waited:
            me.page.locator("[data-value^='questions|html']").first.click()
        if words not in Path(waited.value.path()).read_text("utf-8"):
            missing.append(number)
    assert missing == [], f"missing in {len(missing)} of {times}"


def test_the_next_page_shows_the_last_words(app: App, person: Any) -> None:
    me = person()
    me.enter()
    me.go("1-goal", case=app.run("new", "--nickname", "Summary"))
    me.box(WISH).fill("Words on the next page.")
    me.page.wait_for_timeout(MOMENT)
    with me.page.expect_navigation():
        me.page.evaluate("""() => {
          const link = Object.assign(document.createElement('a'), { href: 'summary.ipynb' + location.search });
          link.textContent = 'Summary'; document.querySelector('main').append(link); link.click();
        }""")
    me.ready("summary")
    expect(me.page.get_by_role("main")).to_contain_text("Words on the next page.")


def test_if_nothing_can_be_saved_the_page_stays_and_says_so(app: App, person: Any) -> None:
    me = person()
    me.enter()
    me.go("5-visit", case=app.run("new", "--nickname", "Stays"))
    app.wait_for_kernels(1)
    asked: list[str] = []
    me.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    me.open("Other formats", me.open("A question list to send ahead"))
    box = me.box("Who will take notes?")
    for kernel in app.kernels():
        kernel.suspend()
    try:
        box.fill("Not on the disk yet.")
        link = me.page.locator("a[href*='6-compare']:visible").first
        link.click()
        me.page.get_by_text("this page is still open").first.wait_for()
        assert "5-visit" in me.page.url
        press = me.page.locator("[data-value^='questions|html']").first
        press.click()
        me.page.get_by_text("so it would be missing").first.wait_for()
        assert asked == []
        with me.page.expect_navigation():
            link.click(no_wait_after=True)
        assert asked == ["beforeunload"], "pressed once more, the browser itself asks"
    finally:
        for kernel in app.kernels():
            kernel.resume()
