"""Two windows on one case at the same time: neither silently undoes what the other wrote."""

from __future__ import annotations

from typing import Any

import pytest

from .flow import App, Person

pytestmark = pytest.mark.slow
WISH, DECISION, MATTERS = "Say it in your own words", "What is the decision?", "What matters?"
FOLD = "The dates, and the decision"


@pytest.fixture
def pair(app: App, person: Any) -> tuple[Person, Person]:
    """Two windows of one person on the first step of one new case."""
    case = app.run("new", "--nickname", "Twice")
    first = person()
    first.enter()
    second = Person(first.page.context.new_page(), app)
    for one in (first, second):
        one.go("1-goal", case=case)
    return first, second


def look_again(one: Person) -> None:
    """Returns to a window, as on a phone: the page fetches the current state."""
    one.page.bring_to_front()
    one.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def reloaded(one: Person) -> Any:
    one.page.reload()
    one.ready("1-goal")
    return one.page


def test_different_answers_both_stay(pair: tuple[Person, Person]) -> None:
    first, second = pair
    first.write(WISH, "To walk without fear")
    second.open(FOLD)
    second.write(DECISION, "Knife or no knife")
    for one in pair:
        one.saved()
    for one in pair:
        reloaded(one)
        assert one.box(WISH).input_value() == "To walk without fear"
        one.open(FOLD)
        assert one.box(DECISION).input_value() == "Knife or no knife"
    second.leave()


def test_the_later_writer_is_informed_and_can_restore_the_other(pair: tuple[Person, Person]) -> None:
    first, second = pair
    first.write(WISH, "What my mother said")
    first.saved()
    second.write(WISH, "What my father said")
    second.saved()
    told = second.page.get_by_text("Another page wrote: “What my mother said”")
    told.wait_for()
    assert second.box(WISH).input_value() == "What my father said", "what one typed last stands"
    second.page.get_by_role("button", name="Put it back").click()
    assert second.box(WISH).input_value() == "What my mother said"
    second.saved()
    reloaded(first)
    assert first.box(WISH).input_value() == "What my mother said"
    second.leave()


def test_writing_in_a_removed_entry_is_reported(pair: tuple[Person, Person]) -> None:
    first, second = pair
    entry = first.add("Add something that matters")
    first.write(MATTERS, "The garden", entry)
    first.saved()
    look_again(second)
    second.page.get_by_text("The garden").first.wait_for(state="attached")
    second.unfold()
    first.page.get_by_role("button", name="Remove this").last.click()
    first.saved()
    second.box(MATTERS).fill("The garden in spring")
    second.page.keyboard.press("Tab")
    second.page.get_by_text("To check: This was removed on another page.").wait_for()
    assert "Saved at" not in second.page.inner_text("main"), "what is not saved is not called saved"
    assert second.box(MATTERS).input_value() == "The garden in spring", "what was typed can still be copied"
    assert reloaded(first).get_by_text("The garden").count() == 0
    second.leave()
