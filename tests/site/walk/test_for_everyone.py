"""Every page of the browser's own home is accessible, before Python is there and after, also by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.flow import PHONE, past_the_edge
from tests.browser.test_flow_axe import DESK, NAMELESS, NARROW, look, violations
from tests.site.walk.place import NAMES, Guest, Place

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def walker(place: Place, browser: Any) -> Iterator[Guest]:
    """One person with a workbook, who looks at every page."""
    place.start()
    context = browser.new_context(viewport=DESK, locale="en-US")
    me = Guest(context.new_page(), place)
    me.begin("Knee")
    yield me
    assert me.errors == []
    context.close()


@pytest.fixture(scope="module")
def reader(place: Place, browser: Any) -> Iterator[Guest]:
    """One person whose browser has not brought Python yet."""
    place.start()
    context = browser.new_context(viewport=DESK, locale="en-US", service_workers="block")
    context.route("**/*.bin", lambda _route: None)  # on its way, for ever
    yield Guest(context.new_page(), place)
    context.close()


def check(me: Guest) -> None:
    look(me)
    assert violations(me.page) == []
    assert me.page.evaluate(NAMELESS) == []
    assert violations(look(me, color_scheme="dark")) == []
    assert violations(look(me, size=PHONE)) == []
    assert past_the_edge(look(me, size=NARROW)) == []
    # 200 % on a small laptop is the same as half its width, with text twice as large.
    look(me, size={"width": 640, "height": 400})
    me.page.add_style_tag(content="html { font-size: 200% }")
    assert past_the_edge(me.page) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_accessible(walker: Guest, name: str) -> None:
    walker.go(name)
    walker.unfold()
    check(walker)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_accessible_before_python_is_there(reader: Guest, name: str) -> None:
    reader.page.goto(reader.address(name))
    reader.page.get_by_text("Getting the workbook ready: 0.0 of").first.wait_for()
    check(reader)


def test_from_the_start_to_the_first_answer_with_the_keyboard_alone(guest: Any) -> None:
    me = guest()
    me.page.goto(me.place.base)
    me.ready("index")
    tab_to(me, "For me")
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**start=about")
    me.ready("index")
    assert me.page.evaluate("() => document.activeElement.tagName") == "H1"
    tab_to(me, "What is it about?")
    me.page.keyboard.type("Knee")
    for words, end in (("Next", "start=date"), ("I do not know a date", "index.html?case=*")):
        tab_to(me, words)
        me.page.keyboard.press("Enter")
        me.page.wait_for_url(f"**{end}")
        me.ready("index")
    tab_to(me, "Write the answer in step 1")
    me.page.keyboard.press("Enter")
    me.page.wait_for_url("**/1-goal.html*")
    me.ready("1-goal")
    tab_to(me, "Say it in your own words")
    me.page.keyboard.type("Is there a way without it?")
    me.page.get_by_text("Saved at").first.wait_for()
    me.page.reload()
    me.ready("1-goal")
    assert me.box("Say it in your own words").input_value() == "Is there a way without it?"


def tab_to(me: Guest, words: str) -> None:
    """Presses Tab until the focus is at this control."""
    named = "() => { const at = document.activeElement; return (at.labels?.[0] ?? at).textContent.trim(); }"
    for _ in range(80):
        me.page.keyboard.press("Tab")
        if me.page.evaluate(named).startswith(words):
            return
    pytest.fail(f"the keyboard does not come to {words}")
