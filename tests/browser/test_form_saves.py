"""A form saves automatically, trusts only an acknowledgement, and loses nothing that was typed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
WORDS = "What do you want from this visit?"
NOT_SAVED = "Not saved yet. This answer is still on this page. We are trying again."


def status(page: Any) -> Any:
    return page.locator(".wb-save")


@pytest.mark.walk
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


@pytest.mark.walk
def test_a_missing_reply_is_reported_and_recovery_too(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    expect(shown.page.get_by_label(WORDS)).to_be_visible()
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text(NOT_SAVED)
    expect(shown.page.locator(".wb-vh[role=status]")).to_have_text(NOT_SAVED)
    assert fake.values["goal.own_words"] == "To keep walking."
    shown.page.get_by_label(WORDS).fill("Rest more")
    opened = len(shown.sent("open"))
    shown.deaf = False
    expect(status(shown.page)).to_contain_text("Saved at")
    expect(shown.page.locator(".wb-vh[role=status]")).to_contain_text("Saved at")
    assert fake.values["goal.own_words"] == "Rest more"
    assert len(shown.sent("open")) == opened + 1


def test_errors_are_reported_and_retried(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    fake.full = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text("The disk is full. This answer is still on this page. We are trying again.")
    fake.full = False
    expect(status(shown.page)).to_contain_text("Saved at")
    assert fake.values["goal.own_words"] == "Rest"


def test_hiding_the_page_saves_at_once(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).fill("Rest")
    shown.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    shown.page.wait_for_timeout(100)
    assert [c["value"] for c in shown.changes()] == ["Rest"]


def test_leaving_asks_only_with_unsaved_changes(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).wait_for()
    ask = "() => !window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert shown.page.evaluate(ask) is False
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("Rest")
    expect(status(shown.page)).to_have_text(NOT_SAVED)
    assert shown.page.evaluate(ask) is True


def test_text_is_stored_in_the_tab_only_while_a_save_is_late(stage: Any) -> None:
    shown = stage(Form(Fake()))
    page, held = shown.page, "Object.values(sessionStorage).join()"
    page.evaluate("""() => {
      window.kept = [];
      const keep = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, text) { window.kept.push(text); return keep.call(this, key, text); };
    }""")
    page.get_by_label(WORDS).fill("In good time")
    expect(status(page)).to_contain_text("Saved at")
    page.wait_for_timeout(3000)
    assert page.evaluate("window.kept") == [], "what is saved in time never gets there"
    shown.deaf = True
    page.get_by_label(WORDS).fill("Late")
    page.wait_for_timeout(1000)
    assert page.evaluate(held) == ""
    page.wait_for_timeout(3000)
    assert "Late" in page.evaluate(held)
    page.get_by_label(WORDS).fill("Later still")
    assert "Later still" in page.evaluate(held)
    shown.deaf = False
    expect(status(page)).to_contain_text("Saved at")
    assert page.evaluate("sessionStorage.length") == 0


def test_text_is_stored_in_the_tab_when_leaving_before_a_save(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).wait_for()
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("In a hurry")
    shown.page.evaluate("window.dispatchEvent(new Event('wb-leaving'))")
    assert "In a hurry" in shown.page.evaluate("Object.values(sessionStorage).join()")
    assert [c["value"] for c in shown.changes()] == ["In a hurry"]


def test_typing_without_a_pause_is_saved_meanwhile(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.get_by_label(WORDS).press_sequentially("x" * 30, delay=150)
    assert 10 <= str(fake.values["goal.own_words"]).count("x") <= 29


def test_unacknowledged_saves_are_not_restored(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    page = shown.page
    page.get_by_label(WORDS).wait_for()
    shown.deaf = True
    page.get_by_label(WORDS).fill("Heard by the disk alone")
    page.evaluate("window.dispatchEvent(new Event('wb-leaving'))")
    fake.values["goal.own_words"] = "Heard by the disk alone"
    page.reload()
    shown.deaf = False
    shown.widget = Form(fake)
    shown.widget.send = shown._answer
    shown.start()
    expect(page.get_by_label(WORDS)).to_have_value("Heard by the disk alone")
    page.wait_for_timeout(800)
    assert page.get_by_text("We put back").count() == 0
    assert page.evaluate("sessionStorage.length") == 0
