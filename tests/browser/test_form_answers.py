"""Dates may be partial, and clearing a value asks first."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import VALUES, Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow


SHOWS = "(e) => getComputedStyle(e).opacity === '1'"


def last(shown: Any) -> tuple[str, Any]:
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()
    change = shown.changes()[-1]
    return change["path"], change["value"]


@pytest.fixture
def decide(stage: Any) -> Any:
    shown = stage(Form(Fake(values={**VALUES, "goal.decide_by": "2025-11-22"})))
    group = shown.page.get_by_role("group", name="When do you need to decide?")
    group.wait_for()
    return shown, group


def test_a_partial_date_is_a_date(decide: Any) -> None:
    shown, group = decide
    expect(group.get_by_label("Day")).to_have_value("22")
    group.get_by_label("Day").fill("")
    assert last(shown) == ("goal.decide_by", "2025-11")
    group.get_by_label("Around this date").check()
    assert last(shown) == ("goal.decide_by", "2025-11~")
    group.get_by_label("I do not know yet").check()
    assert last(shown) == ("goal.decide_by", "unknown")
    expect(group.get_by_label("Year")).to_have_value("")
    group.get_by_role("button", name="Put it back").click()
    expect(group.get_by_label("Year")).to_have_value("2025")
    assert last(shown) == ("goal.decide_by", "2025-11~")


def test_todays_date_takes_one_click(decide: Any) -> None:
    shown, group = decide
    group.get_by_role("button", name="Use today's date").click()
    assert last(shown)[1] == shown.page.evaluate("new Date().toLocaleDateString('sv')")


@pytest.mark.parametrize(("day", "offered"), [("past", 1), ("", 1), ("coming", 0)])
def test_today_is_not_offered_where_a_coming_day_is_asked_for(stage: Any, day: str, offered: int) -> None:
    asked = {"path": "slot", "kind": "moment", "question": "When is it?", "day": day}
    shown = stage(Form(Fake([asked], {})))
    expect(shown.page.get_by_label("Year")).to_be_visible()
    expect(shown.page.get_by_role("button", name="Use today's date")).to_have_count(offered)


@pytest.mark.parametrize("press", ["Keep", "Remove"])
def test_emptying_a_date_asks(decide: Any, press: str) -> None:
    shown, group = decide
    group.get_by_label("Month").focus()
    group.get_by_label("Month").select_option("")
    for name in ("Day", "Year"):
        group.get_by_label(name).fill("")
    shown.page.get_by_label("Reference number").focus()
    ask = shown.page.get_by_role("group", name="Remove this answer?")
    shown.page.wait_for_timeout(900)
    assert all(c["value"] for c in shown.changes())
    ask.get_by_role("button", name=press).click()
    if press == "Keep":
        expect(group.get_by_label("Month")).to_have_value("11")
        expect(ask).to_have_count(0)
    else:
        assert last(shown) == ("goal.decide_by", None)


def test_emptying_an_amount_asks(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("Your share of the cost")
    box.fill("")
    box.blur()
    shown.page.get_by_role("button", name="Keep").click()
    expect(box).to_have_value("250")
    expect(box).to_be_focused()
    assert shown.changes() == []


def test_clearing_a_choice_asks(stage: Any) -> None:
    shown = stage(Form(Fake()))
    group = shown.page.get_by_role("group", name="Can the treatment be undone?")
    clear = group.get_by_role("button", name="Remove this answer")
    assert clear.evaluate(SHOWS) is False
    below = shown.page.get_by_text("What should the visit do?")
    before = below.bounding_box()
    group.get_by_label("Yes").focus()
    assert clear.evaluate(SHOWS) is True
    assert below.bounding_box() == before  # no layout shift when it appears
    shown.page.keyboard.press("Tab")
    expect(clear).to_be_focused()
    shown.page.keyboard.press("Enter")
    assert shown.changes() == []
    expect(group.get_by_role("button", name="Keep", exact=True)).to_be_focused()
    expect(clear).to_be_hidden()
    group.get_by_role("button", name="Remove", exact=True).click()
    assert last(shown) == ("goal.reversible", None)
    assert group.locator("input:checked").count() == 0


def test_a_choice_can_be_cleared_with_a_mouse(stage: Any) -> None:
    shown = stage(Form(Fake()))
    group = shown.page.get_by_role("group", name="Can the treatment be undone?")
    group.get_by_label("In part").hover()
    assert group.get_by_role("button", name="Remove this answer").evaluate(SHOWS) is True
    group.get_by_role("button", name="Remove this answer").click()
    group.get_by_role("button", name="Keep", exact=True).click()
    expect(group.get_by_label("Yes")).to_be_checked()
    assert shown.changes() == []


def test_unticking_the_last_box_can_be_undone(stage: Any) -> None:
    shown = stage(Form(Fake(values={**VALUES, "goal.kinds": ["confirm", "options"]})))
    group = shown.page.get_by_role("group", name="What should the visit do?")
    group.get_by_label("Explain the options").uncheck()
    assert last(shown) == ("goal.kinds", ["confirm"])
    expect(group.get_by_role("button", name="Undo")).to_have_count(0)
    group.get_by_label("Confirm the diagnosis").uncheck()
    expect(group.get_by_text("You cleared this answer.")).to_be_visible()
    group.get_by_role("button", name="Undo").click()
    expect(group.get_by_label("Confirm the diagnosis")).to_be_checked()
    expect(group.get_by_label("Explain the options")).not_to_be_checked()
    assert last(shown) == ("goal.kinds", ["confirm"])


def test_cleared_text_can_be_restored(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("What do you want from this visit?")
    box.fill("")
    box.blur()
    assert last(shown) == ("goal.own_words", "")
    shown.page.get_by_role("button", name="Undo What do you want").click()
    expect(box).to_have_value("To keep walking.")
    assert last(shown) == ("goal.own_words", "To keep walking.")


def test_boxes_that_python_ticks_are_shown_though_one_has_the_focus(stage: Any) -> None:
    fields = [{"path": "goal.kinds", "kind": "many", "question": "What for?", "options": [["a", "One"], ["b", "Two"]]}]
    shown = stage(Form(fake := Fake(fields, {"goal.kinds": []})))
    shown.page.get_by_label("Two").focus()
    shown.widget.say("values", values={"goal.kinds": ["a"]}, options={}, titles={})
    expect(shown.page.get_by_label("One")).to_be_checked()
    shown.page.get_by_label("Two").check()
    expect(shown.page.locator(".wb-save")).to_contain_text("Saved at")
    assert fake.values["goal.kinds"] == ["a", "b"], "and the next tick adds to them"
