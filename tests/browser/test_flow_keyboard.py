"""The first step with the keyboard alone: reach, see, answer and open everything without a mouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.days import next_year

from .flow import App, Person

pytestmark = pytest.mark.slow
NOW = """() => {
  const at = document.activeElement, words = (el) => el?.textContent.replace(/\\s+/g, ' ').trim() || '';
  const asked = words(at.closest('fieldset')?.querySelector('legend'));
  return [at.labels?.[0] ? words(at.labels[0]) : words(at).slice(0, 80), asked];
}"""
# Focus must be visible: an outline, or a shadow, on the element or on its label.
SEEN = """() => {
  const at = document.activeElement, place = at.getBoundingClientRect();
  const drawn = (el) => { const s = getComputedStyle(el);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
  return place.width > 0 && place.bottom > 0 && place.top < innerHeight && (drawn(at) || drawn(at.parentElement));
}"""


class Keys:
    """A keyboard user; `to` presses Tab until the words have the focus."""

    def __init__(self, me: Person) -> None:
        self.page = me.page
        self.press = me.page.keyboard.press
        self.type = me.page.keyboard.type

    def now(self) -> list[str]:
        return list(self.page.evaluate(NOW))

    def to(self, words: str, within: str = "", key: str = "Tab") -> None:
        seen = []
        for _ in range(150):
            self.press(key)
            label, asked = self.now()
            try:
                self.page.wait_for_function(SEEN, timeout=20_000)  # the page may still be scrolling to it
            except TooLate as error:
                place = self.page.evaluate("() => document.activeElement.getBoundingClientRect().toJSON()")
                raise AssertionError(f"nobody sees that the keyboard is at {label or asked!r}: {place}") from error
            if label.startswith(words) and asked.startswith(within):
                return
            seen.append(label)
        raise AssertionError(f"{words!r} is not reached by Tab; passed {seen}")


@pytest.fixture
def me(app: App, person: Any) -> Person:
    one = person()
    one.enter()
    one.go("1-goal", case=app.run("new", "--nickname", "Keys"))
    return one


def test_the_first_step_without_a_mouse(me: Person, app: App, tmp_path: Path) -> None:
    keys = Keys(me)
    keys.press("Tab")
    assert keys.now()[0] == "Skip to the questions"
    keys.press("Enter")
    assert me.page.evaluate("() => document.activeElement.id") == "content"

    keys.to("Make sure the diagnosis is right")
    keys.press("Space")
    keys.to("Say it in your own words")
    keys.type("Typed with keys alone")
    keys.to("The dates, and the decision")
    keys.press("Enter")
    keys.to("Month", "When do you need to decide?")
    keys.type("Mar")
    keys.to("Day")
    keys.type("9")
    keys.to("Year")
    keys.type(next_year())
    keys.to("Year", "How long can it wait")
    keys.type(next_year())
    me.page.get_by_text("Who said so?").wait_for()
    keys.to("Who said so?")
    keys.type("The nurse")
    keys.to("Add a diagnosis")
    keys.press("Enter")
    keys.type("Torn tendon")
    keys.to("How big is this decision?")
    keys.press("Space")
    keys.to("A little")
    keys.press("Space")
    keys.press("ArrowDown")
    assert keys.now()[0] == "A fair amount"
    keys.to("I am done with this step")
    keys.press("Space")
    me.saved()

    app.run("save", me.case, str(tmp_path / "case.json"))
    case = json.loads((tmp_path / "case.json").read_text("utf-8"))
    goal = case["goal"]
    assert goal["own_words"] == "Typed with keys alone"
    assert len(goal["kinds"]) == 1
    assert goal["decide_by"] == f"{next_year()}-03-09"
    assert goal["safe_wait"]["until"] == next_year()
    assert goal["safe_wait"]["said_by"] == "The nurse"
    assert goal["stakes"] == "some" or goal["stakes"], "arrows move and choose in one go"
    assert [p["label"] for p in case["health"]["problems"]] == ["Torn tendon"]
    assert case["steps"] == {"1-goal": True}


def test_the_keyboard_is_never_trapped(me: Person) -> None:
    keys = Keys(me)
    keys.to("Say it in your own words")
    keys.to("Why we ask", key="Shift+Tab")
    keys.press("Enter")
    assert me.page.evaluate("() => document.activeElement.closest('details').open")
    keys.to("Choose who to ask")  # the link at the end of the page
    keys.press("Enter")
    me.page.wait_for_url("**/2-clinician.ipynb*")
