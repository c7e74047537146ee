"""The browser's own home, from nothing to the summary, on a phone and on a desktop, with and without a connection."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.flow import PHONE
from tests.browser.whole_case import fill
from tests.site.walk.place import NAMES, Guest, Place

pytestmark = pytest.mark.slow
PHONE_LIKE = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
STATE = """() => ({ title: document.title,
  focus: document.activeElement.tagName, text: document.activeElement.textContent,
  h1: document.querySelector('main h1').textContent, y: Math.round(scrollY), way: location.pathname })"""


def download(me: Guest, words: str) -> bytes:
    me.unfold()
    with me.page.expect_download() as got:
        me.page.get_by_role("main").get_by_role("button", name=words).first.click()
    return Path(got.value.path()).read_bytes()


def check_answers(me: Guest) -> None:
    for name in dict.fromkeys(page for page, _, _ in me.said):
        there = {text for _, text in answers_at(me, name)}
        missing = [text for page, _, text in me.said if page == name and text not in there]
        assert missing == [], name


def answers_at(me: Guest, name: str) -> list[tuple[str, str]]:
    me.step(name)
    return me.answers()


@pytest.mark.parametrize("size", [PHONE_LIKE, {}], ids=["phone", "desktop"])
def test_from_nothing_to_the_summary_then_closed_then_offline(place: Place, guest: Any, size: dict[str, Any]) -> None:
    me = guest(**size)
    fill(me)
    html = download(me, "Download the summary (Web page)").decode()
    assert download(me, "Download: Calendar file").startswith(b"BEGIN:VCALENDAR")
    assert "Dancing with Otilia" in html
    me.go("6-decide")
    me.go("3-insurance")
    me.go("summary")
    assert "Exercise first, then look again in June" in me.page.get_by_role("main").inner_text()
    me.kept()

    # Another day, in a new window of the same browser.
    later = guest(context=me.page.context)
    later.said, later.case = me.said, me.case
    me.leave()
    later.enter()
    assert later.page.get_by_text("Dance").count()
    check_answers(later)

    # Without a connection: every page, opened directly.
    place.stop()
    later.page.context.set_offline(True)
    try:
        for name in NAMES:
            later.go(name)
            assert "could not be" not in later.note(), name
        later.page.reload()
        later.ready(name)
        check_answers(later)
        assert "Dancing with Otilia" in download_at(later, "7-packet", "Download the summary (Web page)")
    finally:
        later.page.context.set_offline(False)
        place.start()
    assert me.hosts | later.hosts <= {place.base.rsplit("/", 2)[0], "data:"}, "nothing is asked from elsewhere"


def download_at(me: Guest, name: str, words: str) -> str:
    me.go(name)
    return download(me, words).decode()


def test_back_and_forward_restore_title_focus_and_place(guest: Any) -> None:
    me = guest(**PHONE_LIKE)
    me.begin("Knee")
    me.follow("Set the goal", "1-goal")
    goal = me.page.evaluate(STATE)
    assert goal["focus"] == "H1"
    assert goal["text"] == goal["h1"]
    assert goal["title"].startswith(goal["h1"]) or goal["h1"] in goal["title"]
    me.page.evaluate("() => scrollTo(0, 600)")
    me.page.wait_for_timeout(100)
    me.page.get_by_role("link", name="Choose who to ask").last.evaluate("(link) => link.click()")
    me.page.wait_for_url("**/2-clinician.html*")
    me.ready("2-clinician")
    other = me.page.evaluate(STATE)
    assert other["focus"] == "H1"
    assert other["title"] != goal["title"]
    assert other["y"] == 0
    me.page.go_back()
    me.page.wait_for_function("(title) => document.title === title", arg=goal["title"])
    me.page.wait_for_function("() => scrollY > 300")
    back = me.page.evaluate(STATE)
    assert (back["title"], back["focus"], back["way"]) == (goal["title"], "H1", goal["way"])
    assert abs(back["y"] - 600) < 60
    me.page.go_forward()
    me.page.wait_for_function("(title) => document.title === title", arg=other["title"])
    assert me.page.evaluate(STATE)["focus"] == "H1"


def test_a_change_link_leads_to_its_question(guest: Any) -> None:
    me = guest(**PHONE_LIKE)
    me.begin("Knee")
    me.follow("Set the goal", "1-goal")
    me.write("Say it in your own words", "Is there a way without the operation?")
    me.saved()
    me.go("7-packet")
    me.unfold()
    links = me.page.get_by_role("main").get_by_role("link", name=re.compile("Change|Answer"))
    link = links.filter(has=me.page.locator("xpath=self::a[contains(@href, 'goal.own_words')]")).first
    link.evaluate("(one) => one.click()")
    me.page.wait_for_url("**/1-goal.html*")
    me.ready("1-goal")
    me.page.wait_for_function("() => document.activeElement.matches('textarea, input')")
    assert me.page.evaluate("() => document.activeElement.value") == "Is there a way without the operation?"
    # And from an address that was opened directly.
    me.page.goto(me.address("1-goal") + "#goal.own_words")
    me.page.reload()
    me.ready("1-goal")
    me.page.wait_for_function("() => document.activeElement.matches('textarea, input')")
