"""Each kind of question writes what the case expects, and a blank never erases by itself."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import VALUES, Fake
from workbook.ui.widgets import Form

pytestmark = pytest.mark.slow


def last(shown: Any) -> tuple[str, Any]:
    expect(shown.page.locator(".wb-save")).to_contain_text("Saved at")
    shown.page.wait_for_timeout(800)
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


def test_many_yes_no_and_the_plan_answer(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label("Explain the options").check()
    assert last(shown) == ("goal.kinds", ["options"])
    group = shown.page.get_by_role("group", name="Does your doctor know?")
    assert group.get_by_role("radio").count() == 3
    group.get_by_label("I do not know yet").check()
    assert last(shown) == ("goal.told", "unknown")
    plan = shown.page.get_by_role("group", name="Do I need a referral?")
    plan.get_by_label("It depends").check()
    assert last(shown) == ("insurance.referral.answer", "depends")
    plan.get_by_label("What exactly did they say?").fill("From Dr. Rowan")
    assert last(shown) == ("insurance.referral.detail", "From Dr. Rowan")


def test_a_number_to_call_and_one_to_say_aloud(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label("Phone number on the card").fill("(555) 010-7788")
    call = shown.page.get_by_role("link", name="Call (555) 010-7788")
    assert call.get_attribute("href") == "tel:5550107788"
    assert call.bounding_box()["height"] >= 48
    shown.page.get_by_label("Reference number").fill("A7 9")
    expect(shown.page.locator(".wb-aloud")).to_have_text("A7 9")


def test_who_said_it_is_kept_as_one_fact(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_text("Who said this, and when?").click()
    shown.page.get_by_label("A clinician said so").check()
    shown.page.get_by_label("Name", exact=True).fill("Dr. Rowan")
    path, fact = last(shown)
    assert (path, fact) == ("goal.safe_to_wait@", {"source": "clinician_said", "who": "Dr. Rowan"})


def test_an_own_question_keeps_its_words(stage: Any) -> None:
    fields = [{"path": "own.ride", "kind": "text", "question": "Who drives you home?"}]
    shown = stage(Form(Fake(fields, {})))
    shown.page.get_by_label("Who drives you home?").fill("Ana")
    assert last(shown) == ("own.ride", "Ana")
    assert shown.changes()[-1]["words"] == "Who drives you home?"


def test_more_than_fits_stays_in_the_box(stage: Any) -> None:
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("What do you want from this visit?")
    box.fill("x" * 100_001)
    expect(shown.page.locator(".wb-save")).to_contain_text("One answer is too long to save.")
    box.blur()
    expect(shown.page.get_by_text("It is not saved. Shorten it to save it.").first).to_be_visible()
    shown.page.wait_for_timeout(800)
    assert shown.changes() == []
    box.fill("short")
    assert last(shown) == ("goal.own_words", "short")


def test_a_time_goes_with_a_date(stage: Any) -> None:
    fields = [{"path": "visit.when", "kind": "moment", "question": "When is the visit?"}]
    shown = stage(Form(Fake(fields, {"visit.when": "2026-11-04T14:10"})))
    expect(shown.page.get_by_label("Time")).to_have_value("14:10")
    shown.page.get_by_label("Time").fill("9:05 am")
    assert last(shown) == ("visit.when", "2026-11-04T09:05")
