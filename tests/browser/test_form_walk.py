"""One question at a time: walked forward, back, by keyboard and by touch, and never in the way of an answer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.forms.widgets import Form

from .harness import Stage
from .test_form_for_everyone import PAST_THE_EDGE, TOO_SMALL, violations

pytestmark = pytest.mark.slow
FIELDS: list[dict[str, Any]] = [
    {"path": "goal.own_words", "kind": "long", "question": "What do you want?"},
    {"kind": "say", "question": "Say this first", "lines": ["Hello.", "I have a few questions."]},
    {"path": "insurance.referral", "kind": "answer", "question": "Do I need a referral?"},
    {"path": "goal.decide_by", "kind": "date", "question": "When do you need to decide?", "unknown": True},
    {"kind": "group", "question": "More about the plan", "fields": [
        {"path": "plan.name", "kind": "text", "question": "Name of the plan"},
        {"path": "plan.state", "kind": "text", "question": "State of the plan"}]},
    {"path": "insurance.reference", "kind": "text", "question": "Reference number"},
    {"path": "goal.reversible", "kind": "one", "question": "Can it be undone?",
     "options": [["yes", "Yes"], ["no", "No"]]},
]  # fmt: skip
CALLS = {"path": "calls", "kind": "each", "item": "call", "title": ["insurance.reference"], "pace": "one",
         "add": "Add a call", "movable": True, "fields": FIELDS}  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PLACE = "() => document.querySelector('.wb-walk-at').textContent"


def walked(values: dict[str, Any] | None = None, pace: str = "one", fields: list[dict[str, Any]] = FIELDS) -> Fake:
    fake = Fake(fields, values or {})
    fake.pace = pace
    return fake


def at(shown: Any, words: str) -> None:
    expect(shown.page.locator(".wb-walk-at:visible")).to_have_text(words)


def press(shown: Any, name: str) -> None:
    shown.page.get_by_role("button", name=name, exact=True).click()


def saved(shown: Any) -> None:
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()


def again(shown: Any) -> None:
    shown.page.reload()
    shown.start()


def test_one_question_is_on_the_screen_and_the_words_say_where(stage: Any) -> None:
    shown = stage(Form(walked()))
    at(shown, "1 of 7")
    expect(shown.page.get_by_role("button", name="Back", exact=True)).to_be_hidden()
    assert shown.page.locator(".wb-form :is(input, textarea, select):visible").count() == 1
    press(shown, "Skip")
    at(shown, "2 of 7")
    expect(shown.page.get_by_text("I have a few questions.")).to_be_visible()
    press(shown, "Next")
    at(shown, "3 of 7 · Ask this aloud")
    expect(shown.page.locator(".wb-vh[role=status]")).to_have_text("3 of 7 · Ask this aloud")
    shown.page.get_by_label("No", exact=True).first.check()
    press(shown, "Next")
    at(shown, "4 of 7")
    press(shown, "Skip")  # also what can be answered with "I do not know yet"
    press(shown, "Back")
    at(shown, "4 of 7")


def test_the_keyboard_is_enough_from_the_first_question_to_the_last(stage: Any) -> None:
    fake = walked(fields=[FIELDS[5], FIELDS[6], {**FIELDS[0], "kind": "text"}])
    shown = stage(Form(fake))
    keys = shown.page.keyboard
    shown.page.get_by_label("Reference number").focus()
    keys.type("REF-7")
    keys.press("Enter")
    at(shown, "2 of 3")
    assert shown.page.evaluate("() => document.activeElement.type") == "radio"
    keys.press("Space")
    for _ in range(3):  # the button that removes the answer, Back, Next
        keys.press("Tab")
    assert shown.page.evaluate("() => document.activeElement.textContent") == "Next"
    keys.press("Enter")
    at(shown, "3 of 3")
    keys.type("Rest")
    keys.press("Tab")
    assert shown.page.evaluate("() => document.activeElement.textContent") == "Back"
    keys.press("Enter")
    at(shown, "2 of 3")
    assert shown.page.evaluate("() => document.activeElement.checked")
    saved(shown)
    assert fake.values == {"insurance.reference": "REF-7", "goal.reversible": "yes", "goal.own_words": "Rest"}


def test_back_of_the_browser_and_a_reload_stay_in_the_walk(stage: Any) -> None:
    shown = stage(Form(walked()))
    at(shown, "1 of 7")
    before = shown.page.evaluate("() => history.length")
    press(shown, "Skip")
    press(shown, "Next")
    at(shown, "3 of 7 · Ask this aloud")
    shown.page.go_back()
    at(shown, "2 of 7")
    shown.page.go_forward()
    at(shown, "3 of 7 · Ask this aloud")
    again(shown)
    at(shown, "3 of 7 · Ask this aloud")
    press(shown, "Back")  # goes back in the history as well, instead of making it longer
    at(shown, "2 of 7")
    shown.page.go_back()
    at(shown, "1 of 7")
    assert shown.page.evaluate("() => history.length") == before + 2


def test_going_on_without_an_answer_is_saved_as_skipped_and_back_is_not(stage: Any) -> None:
    box = {"path": "card_seen", "kind": "check", "question": "I have seen the card"}
    shown = stage(Form(walked(fields=[FIELDS[5], FIELDS[3], box, FIELDS[1], FIELDS[2], FIELDS[6]])))
    press(shown, "Skip")
    press(shown, "Skip")  # "I do not know yet" was not chosen
    at(shown, "3 of 6")
    press(shown, "Next")  # an empty checkbox is an answer
    press(shown, "Next")  # words to read aloud
    press(shown, "Skip")
    at(shown, "6 of 6")
    press(shown, "Back")
    press(shown, "Back")
    saved(shown)
    skipped = ["insurance.reference?", "goal.decide_by?", "insurance.referral?"]
    assert [(c["path"], c["value"]) for c in shown.changes()] == [(path, True) for path in skipped]


def test_an_answer_is_saved_and_nothing_is_skipped(stage: Any) -> None:
    shown = stage(Form(walked(fields=[FIELDS[5], FIELDS[0], FIELDS[6]])))
    shown.page.get_by_label("Reference number").fill("R-7")
    press(shown, "Next")
    at(shown, "2 of 3")
    saved(shown)
    assert [c["path"] for c in shown.changes()] == ["insurance.reference"]


def test_in_an_entry_its_own_question_is_skipped_also_by_done(stage: Any) -> None:
    shown = stage(Form(walked({"calls": []}, "", [{**CALLS, "fields": [FIELDS[5], FIELDS[0], FIELDS[6]]}])))
    press(shown, "Add a call")
    shown.page.get_by_label("Reference number").fill("R-7")
    press(shown, "Next")
    press(shown, "Skip")
    press(shown, "Done")
    saved(shown)
    added = shown.changes()[0]["value"]["id"]
    assert [c["path"] for c in shown.changes() if c["path"].endswith("?")] == [
        f"calls.{added}.goal.own_words?",
        f"calls.{added}.goal.reversible?",
    ]


def test_groups_are_offered_at_the_end_and_walked_too(stage: Any) -> None:
    shown = stage(Form(walked({"goal.own_words": "x", "insurance.referral.answer": "no", "goal.decide_by": "2027",
                               "insurance.reference": "R", "goal.reversible": "yes"})))  # fmt: skip
    at(shown, "1 of 7")  # all is answered
    for _ in range(6):
        press(shown, "Next")
    at(shown, "7 of 7")
    group = shown.page.locator("details.wb-group")
    assert group.get_attribute("open") is None
    group.locator("summary").click()
    at(shown, "1 of 2")
    expect(shown.page.get_by_label("Name of the plan")).to_be_focused()
    shown.page.keyboard.type("Blue")
    press(shown, "Next")
    expect(shown.page.get_by_label("Name of the plan")).to_be_hidden()
    press(shown, "Skip")
    at(shown, "7 of 7")
    expect(group.locator(".wb-told")).to_have_text("Blue")
    group.locator("summary").click()
    group.locator("summary").click()
    at(shown, "7 of 7")
    expect(shown.page.get_by_role("button", name=re.compile("^(Next|Skip|Done)$"))).to_have_count(0)


def test_all_questions_at_any_moment_and_the_choice_is_remembered_without_an_answer(stage: Any) -> None:
    shown = stage(Form(walked()))
    shown.page.get_by_label("What do you want?").fill("Rest")
    press(shown, "Show all questions")
    expect(shown.page.get_by_label("Reference number")).to_be_visible()
    switch = shown.page.get_by_role("button", name="One question at a time")
    expect(switch).to_be_focused()
    expect(switch).to_be_in_viewport()
    saved(shown)
    kept = shown.page.evaluate("() => Object.values(sessionStorage)")
    assert kept == ["all"]
    again(shown)
    expect(shown.page.get_by_label("Reference number")).to_be_visible()
    shown.page.get_by_role("button", name="One question at a time").press("Enter")
    at(shown, "3 of 7 · Ask this aloud")  # the first open question
    expect(shown.page.get_by_label("Reference number")).to_be_hidden()
    asked = shown.page.get_by_role("group", name="Do I need a referral?")
    expect(asked.get_by_role("radio").first).to_be_focused()
    expect(shown.page.locator(".wb-vh[role=status]")).to_have_text("3 of 7 · Ask this aloud")


def test_a_second_tab_begins_for_itself_and_sees_what_the_first_one_wrote(stage: Any) -> None:
    fake = walked()
    first = stage(Form(fake))
    first.page.get_by_label("What do you want?").fill("Rest")
    press(first, "Next")
    saved(first)
    second = stage(Form(fake))
    at(second, "3 of 7 · Ask this aloud")
    at(first, "2 of 7")
    second.widget.push({"goal.own_words": "Rest and walk"})
    press(second, "Back")
    press(second, "Back")
    expect(second.page.get_by_label("What do you want?")).to_have_value("Rest and walk")


def test_a_question_that_is_not_shown_is_no_screen(stage: Any) -> None:
    hidden = {"path": "scans", "kind": "scans", "question": "Scans from a disc"}  # shown only where there are some
    shown = stage(Form(walked(fields=[FIELDS[5], hidden, FIELDS[6]])))
    at(shown, "1 of 2")
    press(shown, "Skip")
    expect(shown.page.get_by_role("group", name="Can it be undone?")).to_be_visible()
    alone = stage(Form(walked(fields=[hidden, {**hidden, "path": "more_scans"}])))
    expect(alone.page.locator(".wb-walk")).to_have_count(1)
    expect(alone.page.get_by_role("button", name="Next")).to_have_count(0)


def test_questions_that_all_appear_later_begin_at_the_first_open_one(stage: Any) -> None:
    two = [{"path": "opinions", "least": 2}]
    fields = [{**one, "when": two} for one in (FIELDS[6], FIELDS[5], FIELDS[0], FIELDS[4])]
    for answered, words in (({}, "1 of 4"), ({"goal.reversible": "yes"}, "2 of 4")):
        shown = stage(Form(walked({"opinions": ["o1"], **answered}, fields=fields)))
        expect(shown.page.locator(".wb-walk-at")).to_be_hidden()
        shown.widget.push({"opinions": ["o1", "o2"]})
        at(shown, words)
        shown.widget.push({"opinions": ["o1"]})
        expect(shown.page.locator(".wb-walk-at")).to_be_hidden()
        shown.widget.push({"opinions": ["o1", "o2"]})
        at(shown, words)


@pytest.mark.parametrize("size", [PHONE, {"viewport": {"width": 320, "height": 640}}], ids=["phone", "narrow"])
def test_six_thousand_characters_are_saved_and_next_is_still_there(browser: Any, size: dict[str, Any]) -> None:
    context = browser.new_context(**size)
    fake = walked()
    shown = Stage(context, Form(fake))
    long = " ".join(f"word{n}" for n in range(800))
    assert len(long) > 6000
    shown.page.get_by_label("What do you want?").fill(long)
    press(shown, "Next")
    saved(shown)
    assert fake.values["goal.own_words"] == long
    press(shown, "Back")
    expect(shown.page.get_by_label("What do you want?")).to_have_value(long)
    assert shown.page.evaluate(PAST_THE_EDGE) == []
    context.close()


def test_an_answer_that_does_not_fit_is_reported_where_the_person_is_now(stage: Any) -> None:
    shown = stage(Form(walked(fields=FIELDS[3:6:2] + FIELDS[6:])))
    group = shown.page.get_by_role("group", name="When do you need to decide?")
    group.get_by_label("Day").fill("31")
    press(shown, "Next")
    at(shown, "2 of 3")
    note = shown.page.locator(".wb-walk > .wb-note")
    expect(note).to_contain_text("When do you need to decide? Enter the year")
    note.get_by_role("button", name="Go back to it").click()
    at(shown, "1 of 3")
    expect(note).to_be_empty()
    expect(shown.page.locator(".wb-error:visible")).to_contain_text("Enter the year")
    group.get_by_label("Year").fill("2027")
    group.get_by_label("Day").fill("")
    press(shown, "Next")
    saved(shown)
    expect(note).to_be_empty()


def test_a_year_that_was_filled_in_is_said_on_the_next_screen_once(stage: Any) -> None:
    shown = stage(Form(walked(fields=[{**FIELDS[3], "day": "coming"}, *FIELDS[5:], FIELDS[0]])))
    group = shown.page.get_by_role("group", name="When do you need to decide?")
    group.get_by_label("Month").select_option("01")
    group.get_by_label("Day").fill("15")
    press(shown, "Next")
    at(shown, "2 of 4")
    note = shown.page.locator(".wb-walk > .wb-note")
    expect(note).to_contain_text("When do you need to decide? We took 2027. Change it if that is wrong.")
    saved(shown)
    assert shown.changes()[-1]["value"] == "2027-01-15"
    assert "?" not in "".join(change["path"] for change in shown.changes())
    press(shown, "Skip")
    expect(note).to_be_empty()
    press(shown, "Back")
    expect(note).to_be_empty()


def test_a_question_that_an_answer_opens_does_not_move_the_count_or_the_bar_back(stage: Any) -> None:
    opened = [{**one, "when": [{"path": "goal.reversible", "values": ["yes"]}]} for one in (FIELDS[5], FIELDS[3])]
    shown = stage(Form(walked(fields=[FIELDS[6], *opened, {**FIELDS[0], "kind": "text"}])))
    bar = "() => { const { value, max } = document.querySelector('.wb-walk-bar'); return [value, max]; }"
    at(shown, "Question 1")
    assert shown.page.evaluate(bar) == [1, 4]
    shown.page.get_by_label("Yes", exact=True).check()
    at(shown, "Question 1")
    assert shown.page.evaluate(bar) == [1, 4]
    press(shown, "Next")
    at(shown, "Question 2")
    assert shown.page.evaluate(bar) == [2, 4]
    press(shown, "Back")
    shown.page.get_by_label("No", exact=True).check()
    press(shown, "Next")
    at(shown, "Question 2")
    assert shown.page.evaluate(bar) == [4, 4]


def test_the_last_question_leads_on_to_the_next_part_of_the_page(stage: Any) -> None:
    shown = stage(Form(walked(fields=[FIELDS[5], {**FIELDS[0], "kind": "text"}])))
    shown.page.evaluate("() => document.querySelector('main').append(Object.assign(document.createElement('h2'),"
                        "{textContent: 'What happens next'}))")  # fmt: skip
    press(shown, "Skip")
    at(shown, "2 of 2")
    press(shown, "Next part")
    expect(shown.page.get_by_role("heading", name="What happens next")).to_be_focused()
    saved(shown)
    assert [c["path"] for c in shown.changes()] == ["insurance.reference?", "goal.own_words?"]


def test_a_message_that_is_due_does_not_move_the_button_from_under_a_slow_press(stage: Any) -> None:
    shown = stage(Form(walked(fields=FIELDS[3:6:2] + FIELDS[6:])))
    group = shown.page.get_by_role("group", name="When do you need to decide?")
    group.get_by_label("Day").fill("31")
    shown.page.wait_for_timeout(900)  # Python has answered that the year is missing
    button = shown.page.get_by_role("button", name="Next", exact=True)
    box = button.bounding_box()
    shown.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 3)
    shown.page.mouse.down()
    shown.page.wait_for_timeout(150)
    expect(shown.page.locator(".wb-error:visible")).to_have_count(0)
    shown.page.mouse.up()
    at(shown, "2 of 3")


@pytest.mark.parametrize(
    ("link", "words"),
    [("calls.a1.insurance.reference", "5 of 7"), ("calls.a1.plan.state", "2 of 2"), ("calls.a1", "1 of 7")],
)
def test_a_link_to_an_answer_opens_its_screen(stage: Any, link: str, words: str) -> None:
    values = {"calls": ["a1", "a2"], "calls.a1.insurance.reference": "R1", "calls.a2.insurance.reference": "R2",
              "calls.a1.goal.own_words": ""}  # fmt: skip
    shown = stage(Form(walked(values, "", [CALLS])), address=f"http://workbook.test/?case=c1#{link}")
    expect(shown.page.locator("details.wb-item[open]")).to_have_count(1)
    at(shown, words)
    again(shown)
    at(shown, words)
    press(shown, "Skip" if words == "2 of 2" else "Next" if "5" in words else "Skip")
    assert "#" not in shown.page.url  # a reload would go to the link again
    again(shown)
    expect(shown.page.locator("details.wb-item[open]")).to_have_count(1)


def test_an_added_entry_opens_on_its_first_screen_and_done_closes_it(stage: Any) -> None:
    fake = walked({"calls": []}, "", [CALLS])
    shown = stage(Form(fake))
    press(shown, "Add a call")
    at(shown, "1 of 7")
    expect(shown.page.get_by_label("What do you want?")).to_be_focused()
    again(shown)  # nothing was pressed yet, and the entry has no name
    at(shown, "1 of 7")
    for _ in range(6):
        shown.page.get_by_role("button", name=re.compile("^(Next|Skip)$")).click()
    press(shown, "Done")
    item = shown.page.locator("details.wb-item")
    assert item.get_attribute("open") is None
    expect(item.locator("summary").first).to_be_focused()
    item.locator("summary").first.click()
    at(shown, "1 of 7")  # it starts again, as nothing has an answer
    item.locator("summary").first.click()
    shown.page.go_back()
    at(shown, "6 of 7")


def test_removing_the_entry_that_is_walked_leaves_nothing_behind(stage: Any) -> None:
    shown = stage(Form(walked({"calls": []}, "", [CALLS])))
    press(shown, "Add a call")
    press(shown, "Skip")
    shown.page.get_by_role("button", name="Remove this call Call 1").click()
    expect(shown.page.locator(".wb-item")).to_have_count(0)
    shown.page.go_back()
    saved(shown)
    expect(shown.page.locator(".wb-item")).to_have_count(0)
    shown.page.get_by_role("button", name="Undo").click()
    expect(shown.page.locator(".wb-item")).to_have_count(1)


def test_without_a_pace_a_long_form_is_walked_on_a_phone_and_offered_elsewhere(browser: Any) -> None:
    short = FIELDS[2:3] + FIELDS[5:]
    for size, fields, walks, offers in (
        (PHONE, FIELDS, True, True), (PHONE, short, False, False), ({}, FIELDS, False, True), ({}, short, False, False)
    ):  # fmt: skip
        context = browser.new_context(**size)
        shown = Stage(context, Form(walked(pace="", fields=fields)))
        shown.page.locator(".wb-form").wait_for()
        assert (shown.page.locator(".wb-walking").count() == 1) == walks
        assert (shown.page.locator(".wb-walk").count() == 1) == offers
        context.close()


def test_an_entry_from_before_shows_what_it_has_unless_the_notebook_says_otherwise(browser: Any) -> None:
    values = {"calls": ["a1"], "calls.a1.insurance.reference": "R1"}
    context = browser.new_context(**PHONE)
    shown = Stage(context, Form(walked(values, "", [{**CALLS, "pace": ""}])))
    shown.page.locator("summary", has_text="R1").click()
    expect(shown.page.get_by_label("Reference number")).to_be_visible()
    press(shown, "Add a call")
    at(shown, "1 of 7")
    context.close()


@pytest.mark.parametrize(
    "size", [PHONE, {"viewport": {"width": 320, "height": 640}}, {}], ids=["phone", "narrow", "wide"]
)
def test_axe_finds_nothing_on_any_screen(browser: Any, size: dict[str, Any]) -> None:
    context = browser.new_context(**size)
    shown = Stage(context, Form(walked({"goal.decide_by": "2026"})))
    for _ in range(7):
        assert violations(shown.page) == []
        assert shown.page.evaluate(TOO_SMALL) == []
        assert shown.page.evaluate(PAST_THE_EDGE) == []
        onward = shown.page.get_by_role("button", name=re.compile("^(Next|Skip)$"))
        if onward.count():
            onward.click()
    assert shown.page.evaluate("() => [...document.querySelectorAll('.wb-field')].length") > 6, "each is built once"
    assert shown.errors == []
    context.close()


def test_paper_shows_every_question_of_a_walk(stage: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    values = {"goal.own_words": "To keep walking", "plan.name": "Blue", "insurance.reference": "R-77"}
    shown = stage(Form(walked(values)))
    at(shown, "3 of 7 · Ask this aloud")
    shown.page.pdf(path=tmp_path / "paper.pdf", format="Letter")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "paper.pdf").pages)
    for words in (
        "To keep walking",
        "I have a few questions.",
        "Do I need a referral?",
        "Blue",
        "R-77",
        "Can it be undone?",
    ):
        assert words in text
    assert "of 7" not in text
    assert "Skip" not in text
    at(shown, "3 of 7 · Ask this aloud")
    assert shown.page.locator("details[open]").count() == 0


def test_a_walk_goes_on_where_it_was_left_in_this_tab(stage: Any) -> None:
    shown = stage(Form(walked({"goal.own_words": "x"})))
    at(shown, "3 of 7 · Ask this aloud")
    press(shown, "Skip")
    press(shown, "Skip")
    at(shown, "5 of 7")
    shown.page.evaluate("() => history.replaceState({}, '')")  # another page was opened, and this one again
    again(shown)
    at(shown, "5 of 7")
    assert shown.page.evaluate("() => Object.values(sessionStorage)") == ["5"], "a place, and no answer"


def test_the_last_screen_lists_what_was_skipped_and_leads_back_to_it(stage: Any) -> None:
    shown = stage(Form(walked(fields=[FIELDS[5], FIELDS[6], {**FIELDS[0], "kind": "text"}])))
    left = shown.page.locator(".wb-walk-left")
    press(shown, "Skip")
    expect(left).to_be_hidden()
    shown.page.get_by_label("Yes", exact=True).check()
    press(shown, "Next")
    at(shown, "3 of 3")
    expect(left.locator("summary")).to_have_text("Not answered yet: 1")
    expect(left.get_by_role("button")).to_have_text(["Reference number"])
    fold, nav = left.bounding_box(), shown.page.locator(".wb-walk-nav").bounding_box()
    assert nav["y"] - fold["y"] - fold["height"] >= 8, "the list does not touch the buttons"
    assert violations(shown.page) == []
    left.get_by_role("button").click()
    at(shown, "1 of 3")
    shown.page.get_by_label("Reference number").fill("REF-7")
    press(shown, "Next")
    press(shown, "Next")
    at(shown, "3 of 3")
    expect(left).to_be_hidden()


def test_once_at_the_end_a_walk_starts_again_at_what_was_skipped(stage: Any) -> None:
    fields = [FIELDS[6], FIELDS[5], {**FIELDS[0], "kind": "text"}]
    shown = stage(Form(walked({"goal.reversible": "yes"}, fields=fields)))
    at(shown, "2 of 3")
    press(shown, "Skip")
    shown.page.get_by_label("What do you want?").fill("Rest")
    saved(shown)
    shown.page.evaluate("() => history.replaceState({}, '')")
    again(shown)
    at(shown, "2 of 3")


def test_words_to_read_aloud_follow_the_number_of_the_last_call(stage: Any) -> None:
    again_say = {"kind": "say", "question": "When you call again", "fills": {"of": "calls", "part": "number"},
                 "text": ["The reference number of my last call is …"]}  # fmt: skip
    calls = {"path": "calls", "kind": "each", "item": "call", "title": ["number"], "add": "Add a call", "fields": [
        {"path": "number", "kind": "text", "question": "Reference number"}]}  # fmt: skip
    shown = stage(Form(walked({"calls": ["a1"]}, "all", [calls, again_say])))
    expect(shown.page.get_by_text("The reference number of my last call is …")).to_be_visible()
    shown.page.get_by_label("Reference number").fill("R-77 <b>")
    expect(shown.page.get_by_text("The reference number of my last call is R-77 <b>.")).to_be_visible()
    shown.page.get_by_label("Reference number").fill("none given")
    expect(shown.page.get_by_text("The reference number of my last call is …")).to_be_visible()
