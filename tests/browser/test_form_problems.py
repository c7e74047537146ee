"""Invalid answers, conflicts and removed entries are reported next to the question, with the text kept."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.errors import BadPath
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
SENTENCE = "Write the amount in numbers, such as 250."


def test_a_problem_waits_until_the_person_has_finished(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("Your share of the cost")
    box.fill("a lot")
    expect(shown.page.locator(".wb-save")).to_contain_text("Saved at")
    expect(shown.page.get_by_text(SENTENCE)).to_have_count(0)
    box.blur()
    expect(shown.page.get_by_text(SENTENCE)).to_be_visible()
    expect(box).to_have_value("a lot")
    assert box.get_attribute("aria-invalid") == "true"
    described = shown.page.evaluate(
        "(i) => document.getElementById(i).textContent", box.get_attribute("aria-describedby")
    )
    assert SENTENCE in described
    expect(shown.page.locator(".wb-summary")).to_be_hidden()
    box.fill("300")
    expect(shown.page.get_by_text(SENTENCE)).to_have_count(0)
    assert box.get_attribute("aria-invalid") is None


def test_the_done_checkbox_lists_invalid_answers(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("Your share of the cost")
    box.fill("a lot")
    box.blur()
    expect(shown.page.get_by_text(SENTENCE)).to_be_visible()
    shown.page.get_by_label("I am done with this step").check()
    summary = shown.page.locator(".wb-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=f"Your share of the cost: {SENTENCE}").click()
    expect(box).to_be_focused()
    box.fill("300")
    expect(summary).to_be_hidden()


def test_a_link_shows_kept_text_even_in_a_collapsed_item(stage: Any) -> None:
    fake = Fake()
    path = "records.items.r2.received_on"
    fake.drafts[path] = {"text": "-11-31", "problem": "Enter the year."}
    shown = stage(Form(fake))
    link = shown.page.get_by_role("link", name="MRI of the back, When did it arrive? Enter the year.")
    expect(link).to_be_visible()
    assert not shown.page.evaluate("document.querySelector('.wb-summary').contains(document.activeElement)")
    link.click()
    item = shown.page.locator("details.wb-item").nth(1)
    expect(item.get_by_label("Month")).to_be_focused()
    expect(item.get_by_label("Day")).to_have_value("31")
    expect(item.get_by_label("Year")).to_have_value("")


def test_an_overwritten_value_can_be_restored(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    shown.page.get_by_role("group", name="Can the treatment be undone?").wait_for()
    fake.values["goal.reversible"] = "partly"
    shown.page.get_by_role("group", name="Can the treatment be undone?").get_by_label("No").check()
    line = shown.page.get_by_text("Another page wrote: “In part”")
    expect(line).to_be_visible()
    shown.page.get_by_role("button", name="Put it back").click()
    expect(line).to_have_count(0)
    shown.page.wait_for_timeout(900)
    assert fake.values["goal.reversible"] == "partly"
    assert shown.changes()[-1]["based"] == "no"


def test_an_answer_without_a_field_is_reported_and_stays(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    fake._put = lambda change, done: {**done, "status": "gone"}
    box = shown.page.get_by_label("Reference number")
    box.fill("77")
    expect(shown.page.locator(".wb-save")).to_contain_text("it is not saved")
    box.blur()
    expect(shown.page.locator(".wb-error", has_text="This was removed on another page.")).to_be_visible()
    expect(box).to_have_value("77")


def test_a_permanently_rejected_answer_is_reported_once_and_stays(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    save = fake.save

    def picky(rev: int, changes: list[dict[str, Any]]) -> dict[str, Any]:
        if any(c["path"] == "insurance.reference" for c in changes):
            raise BadPath("There is no such place in this workbook.")
        return save(rev, changes)

    fake.save = picky
    shown.page.get_by_label("What do you want from this visit?").fill("Rest")
    box = shown.page.get_by_label("Reference number")
    box.fill("77")
    box.blur()
    expect(shown.page.get_by_text("There is no such place in this workbook.")).to_be_visible()
    expect(shown.page.locator(".wb-save")).to_have_text("One answer could not be saved. It is still on this page.")
    assert fake.values["goal.own_words"] == "Rest"  # the other changes of the message are not held back
    sent = len(shown.sent("save"))
    shown.page.wait_for_timeout(6000)
    assert len(shown.sent("save")) == sent
    shown.widget.push({"insurance.reference": "1"})
    expect(box).to_have_value("77")


def test_markup_in_an_answer_is_escaped(stage: Any) -> None:
    nasty = "<img src=x onerror=alert(1)><b>x</b>"
    values = {"records.items": ["r1"], "records.items.r1.title": nasty, "goal.own_words": nasty}
    shown = stage(Form(Fake(values=values)))
    expect(shown.page.locator(".wb-item-title")).to_have_text(nasty)
    assert shown.page.locator("#here img, #here b").count() == 0


def test_a_day_in_the_future_is_asked_back_again_and_a_date_that_moved_is_told_beside_it(stage: Any) -> None:
    asked = {"path": "arrived", "kind": "date", "question": "When did it arrive?", "day": "past"}

    class Moving(Fake):
        def open(self, case_id: str | None) -> dict[str, Any]:
            words = {"day_ahead": "Nothing is counted from it."}
            return {**super().open(case_id), "today": "2026-11-22", "strings": words}

        def _put(self, change: dict[str, Any], done: dict[str, Any]) -> dict[str, Any]:
            return {**super()._put(change, done), "moved": ["The last day moved."]}

    shown = stage(Form(Moving([asked], {"arrived": "2026-12-24"})))
    field = shown.page.locator(".wb-field")
    expect(field.get_by_text("Nothing is counted from it.")).to_be_visible()
    field.get_by_label("Day").fill("23")
    expect(field.get_by_text("The last day moved.")).to_be_visible()
    expect(field.get_by_text("Nothing is counted from it.")).to_be_visible()


def test_on_arrival_a_message_is_said_once_on_a_screen(stage: Any) -> None:
    asked = {"path": "goal.decide_by", "kind": "date", "question": "When do you need to decide?"}
    fake = Fake([asked, *({**asked, "path": f"t{n}", "kind": "text", "question": f"Q{n}"} for n in range(4))], {})
    fake.drafts["goal.decide_by"] = {"text": "2027-02-30", "problem": SENTENCE}
    shown = stage(Form(fake))
    expect(shown.page.locator(".wb-error:visible")).to_contain_text(SENTENCE)
    expect(shown.page.locator(".wb-summary")).to_be_hidden()
    fake.pace = "one"
    fake.values["t0"] = "an answer"  # begins at the first question without one, which is another screen
    shown.page.evaluate("sessionStorage.clear()")
    shown.page.reload()
    shown.start()
    expect(shown.page.get_by_text(SENTENCE).filter(visible=True)).to_have_count(1)
