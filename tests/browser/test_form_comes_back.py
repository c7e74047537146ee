"""After a reload, a slow start, another form or a lost undo, the page shows the current state and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import FIELDS, Fake
from workbook.ui.forms.strings import FORM
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
WORDS = "What do you want from this visit?"
NOT_SAVED = "Not saved yet. This answer is still on this page. We are trying again."


def status(page: Any) -> Any:
    return page.locator(".wb-save")


def test_what_was_not_saved_comes_back_after_a_reload(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.get_by_label(WORDS).wait_for()
    shown.deaf = True
    shown.page.get_by_label(WORDS).fill("Rest")
    shown.page.get_by_role("button", name="Add another record").click()
    shown.page.get_by_label("What is it?").last.fill("CT scan")
    shown.page.wait_for_timeout(1000)
    shown.deaf = False
    shown.page.reload()
    shown.widget = Form(fake)  # a new kernel has no state
    shown.widget.send = shown._answer
    shown.start()
    expect(shown.page.get_by_text("We put back what was not saved.")).to_be_visible()
    expect(shown.page.get_by_label(WORDS)).to_have_value("Rest")
    expect(status(shown.page)).to_contain_text("Saved at")
    assert fake.values["goal.own_words"] == "Rest"
    added = fake.values["records.items"][2]
    assert fake.values[f"records.items.{added}.title"] == "CT scan"
    assert shown.page.evaluate("sessionStorage.length") == 0


def test_a_slow_opening_says_so_and_asks_again(stage: Any) -> None:
    form = Form(Fake())
    hear, form.hear = form.hear, lambda *_: None  # type: ignore[method-assign]
    shown = stage(form)
    expect(shown.page.get_by_text("Opening your answers…")).to_be_visible()
    expect(shown.page.get_by_text("This is taking longer than it should.")).to_be_visible()
    form.hear = hear  # type: ignore[method-assign]
    shown.page.get_by_role("button", name="Try again").click()
    expect(shown.page.get_by_label(WORDS)).to_have_value("To keep walking.")


def test_what_another_form_wrote_shows_without_taking_the_focus(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box, other = shown.page.get_by_label(WORDS), shown.page.get_by_label("Reference number")
    box.focus()
    shown.widget.push({"goal.own_words": "Theirs", "insurance.reference": "9"})
    expect(other).to_have_value("9")
    expect(box).to_have_value("To keep walking.")
    expect(box).to_be_focused()
    other.focus()
    expect(box).to_have_value("Theirs")
    assert shown.changes() == []


def test_a_redrawn_form_is_a_new_page_to_python(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.get_by_label(WORDS).fill("One")
    expect(status(shown.page)).to_contain_text("Saved at")
    shown.page.get_by_label(WORDS).blur()
    shown.widget.say("state", **fake.open("c1"), strings=FORM)
    fake.fields = [*FIELDS, {"path": "more", "kind": "text", "question": "One more"}]
    shown.widget.say("state", **fake.open("c1"), strings=FORM)
    shown.page.get_by_label("One more").fill("Two")
    expect(status(shown.page)).to_contain_text("Saved at")
    assert fake.values["more"] == "Two"
    assert len({m["page"] for m in shown.sent("save")}) == 2


def test_an_unacknowledged_undo_is_repeated_and_done_once(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.locator("summary", has_text="Lab results").click()
    shown.page.get_by_role("button", name="Leave out Lab results").click()
    expect(status(shown.page)).to_contain_text("Saved at")
    shown.deaf = True
    shown.page.locator(".wb-list .wb-note").get_by_role("button", name="Undo").click()
    expect(status(shown.page)).to_have_text("Not undone yet. We are trying again.")
    shown.deaf = False
    expect(status(shown.page)).to_have_text("Undone and saved.")
    assert fake.values["records.items"] == ["rec-labs", "r2"]


def test_a_second_form_of_a_page_does_not_repeat_the_promise(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label(WORDS).wait_for()
    shown.page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('div'), {id: 'two'}))"
    )
    shown.page.evaluate("document.getElementById('here').id = 'one'; document.getElementById('two').id = 'here'")
    shown.start()
    lines = shown.page.locator(".wb-save")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_be_visible()
    expect(lines.nth(1)).to_be_hidden()
