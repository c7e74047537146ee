"""Dates may be partial, and a blank never erases by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import VALUES, Fake
from workbook.ui.widgets import Form

pytestmark = pytest.mark.slow


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


def test_part_of_a_date_is_a_date(decide: Any) -> None:
    shown, group = decide
    expect(group.get_by_label("Day")).to_have_value("22")
    group.get_by_label("Day").fill("")
    assert last(shown) == ("goal.decide_by", "2025-11")
    group.get_by_label("About then").check()
    assert last(shown) == ("goal.decide_by", "2025-11~")
    group.get_by_label("I do not know yet").check()
    assert last(shown) == ("goal.decide_by", "unknown")
    expect(group.get_by_label("Year")).to_have_value("")
    group.get_by_role("button", name="Put it back").click()
    expect(group.get_by_label("Year")).to_have_value("2025")
    assert last(shown) == ("goal.decide_by", "2025-11~")


def test_todays_date_is_one_press(decide: Any) -> None:
    shown, group = decide
    group.get_by_role("button", name="Use today's date").click()
    assert last(shown)[1] == shown.page.evaluate("new Date().toLocaleDateString('sv')")


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


def test_taking_back_a_choice_asks(stage: Any) -> None:
    shown = stage(Form(Fake()))
    group = shown.page.get_by_role("group", name="Can the treatment be undone?")
    group.get_by_role("button", name="Remove this answer").click()
    assert shown.changes() == []
    group.get_by_role("button", name="Remove", exact=True).click()
    assert last(shown) == ("goal.reversible", None)
    assert group.locator("input:checked").count() == 0


def test_cleared_text_can_be_brought_back(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("What do you want from this visit?")
    box.fill("")
    box.blur()
    assert last(shown) == ("goal.own_words", "")
    shown.page.get_by_role("button", name="Undo What do you want").click()
    expect(box).to_have_value("To keep walking.")
    assert last(shown) == ("goal.own_words", "To keep walking.")
