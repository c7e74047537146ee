"""A form saves by itself, believes only an acknowledgement, and loses nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.widgets import Form

pytestmark = pytest.mark.slow
WORDS = "What do you want from this visit?"
NOT_SAVED = "Not saved yet. This answer is still on this page. We are trying again."


def status(page: Any) -> Any:
    return page.locator(".wb-save")


def test_typing_is_one_message_and_is_acknowledged(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).press_sequentially(" More.", delay=30)
    shown.page.get_by_label("Reference number").fill("77-A")
    expect(status(shown.page)).to_contain_text("Saved at 10:42")
    (message,) = shown.sent("save")
    assert [(c["path"], c["value"]) for c in message["changes"]] == [
        ("goal.own_words", "To keep walking. More."),
        ("insurance.reference", "77-A"),
    ]
    assert message["changes"][0]["based"] == "To keep walking."
    assert shown.page.evaluate("sessionStorage.length") == 0


def test_a_second_edit_is_based_on_the_first(stage: Any) -> None:
    shown = stage(Form(Fake()))
    for text in ("One", "Two"):
        shown.page.get_by_label(WORDS).fill(text)
        shown.page.wait_for_timeout(1000)
    assert [c["based"] for c in shown.changes()] == ["To keep walking.", "One"]
    assert shown.page.locator(".wb-other").count() == 0


def test_silence_is_told_and_recovery_too(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    expect(shown.page.get_by_label(WORDS)).to_be_visible()
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text(NOT_SAVED, timeout=9000)
    expect(shown.page.locator(".wb-vh[role=status]")).to_have_text(NOT_SAVED, timeout=9000)
    assert fake.values["goal.own_words"] == "To keep walking."
    shown.page.get_by_label(WORDS).fill("Rest more")
    opened = len(shown.sent("open"))
    shown.deaf = False
    expect(status(shown.page)).to_contain_text("Saved at", timeout=15000)
    expect(shown.page.locator(".wb-vh[role=status]")).to_contain_text("Saved at")
    assert fake.values["goal.own_words"] == "Rest more"
    assert len(shown.sent("open")) == opened + 1


def test_trouble_names_itself_and_keeps_trying(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    fake.full = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text("The disk is full. This answer is still on this page. We are trying again.")
    fake.full = False
    expect(status(shown.page)).to_contain_text("Saved at", timeout=10000)
    assert fake.values["goal.own_words"] == "Rest"


def test_hiding_the_page_saves_at_once(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).fill("Rest")
    shown.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    shown.page.wait_for_timeout(100)
    assert [c["value"] for c in shown.changes()] == ["Rest"]


def test_leaving_is_only_questioned_when_something_is_not_saved(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).wait_for()
    ask = "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert shown.page.evaluate(ask) is False
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text(NOT_SAVED, timeout=9000)
    assert shown.page.evaluate(ask) is True
