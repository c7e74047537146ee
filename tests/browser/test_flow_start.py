"""A first start on a phone: short screens, the first useful thing soon, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.days import next_year

from .flow import PHONE, App, Person, past_the_edge
from .test_flow_axe import NARROW, violations

pytestmark = pytest.mark.slow


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Iterator[App]:
    """A separate program: here nobody has started yet."""
    started = App(tmp_path_factory.mktemp("start") / "home")
    yield started
    started.stop()


def checked(me: Person) -> None:
    assert violations(me.page) == []
    me.page.set_viewport_size(NARROW)
    assert past_the_edge(me.page) == []
    me.page.set_viewport_size(PHONE)
    assert me.page.evaluate("() => document.documentElement.scrollHeight") < 2 * PHONE["height"]


def follow(me: Person, words: str, name: str) -> None:
    me.page.get_by_role("main").get_by_role("link", name=words, exact=True).click()
    me.page.wait_for_url(f"**/{name}.ipynb*")
    me.ready(name)


def test_from_the_start_to_the_letter_the_call_and_the_day_that_is_known(own: App, person: Any) -> None:
    me = person(own, viewport=PHONE)
    said: list[str] = []
    me.page.on("console", lambda line: said.append(line.text) if line.type in ("warning", "error") else None)
    me.enter()
    checked(me)
    me.go("1-goal")
    text = me.page.inner_text("body")
    assert text.count("There is no workbook here yet.") == 1
    assert "Try again" not in text
    me.page.get_by_role("link", name="Start one here").filter(visible=True).click()
    me.ready("index")

    me.start("For someone I care for", "Rosa")  # the first press, and a name
    checked(me)
    follow(me, "Call the insurance plan", "3-insurance")  # the second
    assert me.page.get_by_role("heading", name="The call", exact=True).is_visible()
    assert me.page.get_by_role("button", name="PDF").first.is_visible(), "the third makes the script"
    me.page.go_back()
    me.page.wait_for_url("**start=about")
    me.ready("index")

    me.page.get_by_label("What is it about?").fill("Knee")
    me.page.go_back()  # at once, before it can have been saved
    me.page.wait_for_url("**start=name")
    me.ready("index")
    own.wait_for_words("Knee", "list")
    me.page.go_forward()
    me.page.wait_for_url("**start=about")
    me.ready("index")
    assert me.page.get_by_label("What is it about?").input_value() == "Knee"

    me.press_on("Next", "start=date")
    checked(me)
    me.press_on("There is a date for surgery or treatment", "start=treatment")
    checked(me)
    me.day("What is the date of the surgery or treatment?", "January", "15", next_year())
    me.press_on("Next", "case=" + me.case)
    me.page.get_by_role("heading", name="Do this next").wait_for()
    me.page.reload()
    me.ready("index")
    me.go("1-goal")
    assert "Rosa" in me.page.get_by_role("main").inner_text()
    assert "the patient" not in me.page.get_by_role("main").inner_text().casefold()
    assert ("Day", "15") in me.answers()
    assert [line for line in said if "403" not in line] == [], "an address typed by hand is asked for twice"


def test_a_day_that_does_not_exist_is_said_before_next_leaves(own: App, person: Any) -> None:
    me = person(own, viewport=PHONE)
    me.enter()
    me.start()
    me.page.get_by_label("What is it about?").fill("Back")
    me.press_on("Next", "start=date")
    me.press_on("There is a date for surgery or treatment", "start=treatment")
    me.day("What is the date of the surgery or treatment?", "February", "30", next_year())
    step_on = me.page.get_by_role("link", name="Next", exact=True)
    step_on.click()  # at once, before it can have been saved
    words = "Check the day. That month does not have this day."
    expect(me.page.locator(".wb-error:visible")).to_contain_text(words)
    expect(me.page.locator(".wb-error:visible")).to_be_in_viewport()
    expect(me.page.get_by_text(words)).to_have_count(2)  # in its place, and read aloud
    assert "start=treatment" in me.page.url
    assert violations(me.page) == []

    boxes = me.group("What is the date of the surgery or treatment?")
    boxes.get_by_label("Year", exact=True).fill("207")
    step_on.press("Enter")  # another answer is said once more
    expect(me.page.locator(".wb-vh[role=status]").filter(has_text="Check the year.")).to_have_count(1)
    assert "start=treatment" in me.page.url
    step_on.press("Enter")
    me.page.wait_for_url(lambda url: "start=" not in url)
    me.page.go_back()
    me.page.wait_for_url("**start=treatment")
    expect(boxes.get_by_label("Year", exact=True)).to_have_value("207")  # what was typed is still there
    me.press_on("Skip this question", "case=" + me.case)


def test_a_day_that_fits_needs_one_press(own: App, person: Any) -> None:
    me = person(own, viewport=PHONE)
    me.enter()
    me.start()
    me.page.get_by_label("What is it about?").fill("Hip")
    me.press_on("Next", "start=date")
    me.press_on("There is a date for surgery or treatment", "start=treatment")
    me.day("What is the date of the surgery or treatment?", "February", "28", next_year())
    me.page.get_by_role("link", name="Next", exact=True).click()
    me.page.wait_for_url(lambda url: "start=" not in url)
