"""Each type of question writes the value that the case expects."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import FIELDS, Fake
from workbook.ui.forms.widgets import Form

from .test_form_for_everyone import violations

pytestmark = pytest.mark.slow


def last(shown: Any) -> tuple[str, Any]:
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()
    change = shown.changes()[-1]
    return change["path"], change["value"]


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


WHOSE = {"path": "opinions.o1.clinician", "kind": "pick", "question": "Whose opinion is it?", "target": "clinicians",
         "empty": "No clinician is listed yet.", "add": "Add a clinician"}  # fmt: skip


def test_whom_a_question_asks_about_can_be_added_on_the_spot(stage: Any) -> None:
    shown = stage(Form(Fake([WHOSE, {**WHOSE, "path": "opinions.o2.clinician", "question": "And the other?"}], {})))
    first = shown.page.get_by_role("group", name="Whose opinion is it?")
    first.get_by_role("button", name="Add a clinician").click()
    expect(first.get_by_label("Name")).to_be_focused()
    assert violations(shown.page) == []
    shown.page.keyboard.type("Dr. Ada Invented")
    shown.page.keyboard.press("Enter")
    expect(first.get_by_label("Dr. Ada Invented")).to_be_checked()
    expect(first.get_by_label("Dr. Ada Invented")).to_be_focused()
    path, key = last(shown)
    added = shown.changes()[0]
    assert (added["op"], added["path"], path) == ("add", "clinicians", "opinions.o1.clinician")
    assert added["value"] == {"id": key, "name": "Dr. Ada Invented"}
    other = shown.page.get_by_role("group", name="And the other?")
    expect(other.get_by_label("Dr. Ada Invented")).not_to_be_checked()
    other.get_by_role("button", name="Add a clinician").click()
    other.get_by_label("Name").fill("Dr. Bo Madeup")
    first.get_by_label("Dr. Ada Invented").focus()  # a name that was typed is not lost
    expect(other.get_by_label("Dr. Bo Madeup")).to_be_checked()
    other.get_by_role("button", name="Add a clinician").click()
    first.get_by_label("Dr. Ada Invented").focus()
    expect(other.get_by_label("Name")).to_be_hidden()


def test_a_number_to_call_and_one_to_say_aloud(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_label("Phone number on the card").fill("(555) 210-7788")
    call = shown.page.get_by_role("link", name="Call (555) 210-7788")
    assert call.get_attribute("href") == "tel:5552107788"
    assert call.bounding_box()["height"] >= 48
    shown.page.get_by_label("Reference number").fill("A7 9")
    expect(shown.page.locator(".wb-aloud")).to_have_text("A7 9")


def test_the_source_is_saved_as_one_value(stage: Any) -> None:
    shown = stage(Form(Fake()))
    shown.page.get_by_text("Who said this, and when?").click()
    shown.page.get_by_label("A clinician said so").check()
    shown.page.get_by_label("Name", exact=True).fill("Dr. Rowan")
    path, fact = last(shown)
    assert (path, fact) == ("goal.safe_to_wait@", {"source": "clinician_said", "who": "Dr. Rowan"})


def test_a_user_defined_question_is_saved_at_its_path(stage: Any) -> None:
    fields = [{"path": "own.ride", "kind": "text", "question": "Who drives you home?"}]
    shown = stage(Form(Fake(fields, {})))
    shown.page.get_by_label("Who drives you home?").fill("Ana")
    assert last(shown) == ("own.ride", "Ana")


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
    expect(shown.page.get_by_label("Time")).to_have_value("2:10 PM")
    shown.page.get_by_label("Time").fill("9:05 am")
    assert last(shown) == ("visit.when", "2026-11-04T09:05")


VISIT = {"path": "visit.start", "kind": "moment", "question": "Day and time", "day": "coming"}
VISITS = {"path": "visits", "kind": "each", "item": "visit", "title": ["start"], "fields": [{**VISIT, "path": "start"}]}
TOOK = "We took 2:30 PM. Change it if that is wrong."
NIGHT = "2:30 AM is in the night. Is that right? If not, write it like 2:30 PM."


@pytest.mark.parametrize(
    ("typed", "year", "kept", "shows", "said"),
    [
        ("2:30", "2026", "2026-12-04T14:30", "2:30 PM", TOOK),
        ("2:30", "", "2026-12-04T14:30", "2:30 PM", "We took 2026 and 2:30 PM. Change it if that is wrong."),
        (
            "2:30",
            "2025",
            "2025-12-04T14:30",
            "2:30 PM",
            f"{TOOK} That date has passed. Is the year right?",
        ),
        ("10", "2026", "2026-12-04T10:00", "10:00 AM", TOOK.replace("2:30 PM", "10:00 AM")),
        ("7:00", "2026", "2026-12-04T07:00", "7:00", ""),
        ("12:30", "2026", "2026-12-04T12:30", "12:30", ""),
        ("14:30", "2026", "2026-12-04T14:30", "14:30", ""),
        ("2:30 AM", "2026", "2026-12-04T02:30", "2:30 AM", NIGHT),
        ("02:30", "2026", "2026-12-04T02:30", "02:30", NIGHT),
    ],
)
def test_a_time_without_am_or_pm_is_no_visit_in_the_night(
    stage: Any, typed: str, year: str, kept: str, shows: str, said: str
) -> None:
    shown = stage(Form(Fake([VISIT, FIELDS[5]], {})))
    page = shown.page
    page.get_by_label("Month").select_option("12")
    page.get_by_label("Day", exact=True).fill("4")
    page.get_by_label("Year").fill(year)
    page.get_by_label("Time").fill(typed)
    page.get_by_label("Reference number").focus()
    expect(page.get_by_label("Time")).to_have_value(shows)
    assert last(shown) == ("visit.start", kept)
    expect(page.locator(".wb-below").first).to_have_text(said)
    if "We took" in said:
        page.get_by_label("Time").fill("2:30 AM")
        assert last(shown) == ("visit.start", f"{kept[:11]}02:30")


def test_a_guessed_time_hides_no_day_that_does_not_exist(stage: Any) -> None:
    shown = stage(Form(Fake([{**VISIT, "path": "seen_on"}, FIELDS[5]], {})))
    shown.page.get_by_label("Month").select_option("02")
    shown.page.get_by_label("Day", exact=True).fill("30")
    shown.page.get_by_label("Year").fill("2027")
    shown.page.get_by_label("Time").fill("2:30")
    expect(shown.page.locator(".wb-save[data-state=saved]")).to_be_visible()
    shown.page.get_by_label("Reference number").focus()
    expect(shown.page.locator(".wb-below").first).to_contain_text("We took 2:30 PM.")
    expect(shown.page.locator(".wb-error:visible")).to_contain_text("Enter the year")


def test_a_time_is_on_a_card_as_people_say_it(stage: Any) -> None:
    shown = stage(Form(Fake([VISITS], {"visits": ["v1"], "visits.v1.start": "2026-12-04T14:00"})))
    expect(shown.page.locator(".wb-item-title")).to_have_text("December 4, 2026, 2:00 PM")


def test_jupyterlab_does_not_intercept_keys_in_a_form(stage: Any) -> None:
    """Otherwise Shift+Enter leaves the box, and further typing deletes a cell."""
    shown = stage(Form(Fake()))
    box = shown.page.get_by_label("What do you want from this visit?")
    assert box.evaluate("(e) => e.closest('[data-lm-suppress-shortcuts=\"true\"]') !== null")


def test_only_the_end_of_a_member_number_leaves_the_box(stage: Any) -> None:
    fields = [{"path": "plan.last4", "kind": "last4", "question": "Member number", "aloud": True}]
    shown = stage(Form(Fake(fields, {})))
    box = shown.page.get_by_label("Member number")
    box.click()
    kept = []
    for sign in "1EG4-TE5-MK73":
        shown.page.keyboard.type(sign)
        kept.append(shown.page.evaluate("JSON.stringify({...sessionStorage})"))
    expect(shown.page.locator(".wb-aloud")).to_have_text("MK73")
    shown.page.wait_for_timeout(800)
    assert shown.changes() == [], "piece by piece, the whole could be put together again"
    box.blur()
    expect(box).to_have_value("MK73")
    expect(shown.page.get_by_text("Only the last 4 characters are saved here.").first).to_be_visible()
    assert last(shown) == ("plan.last4", "MK73")
    for held in (*kept, str(shown.inbox)):
        assert not any(piece in held for piece in ("1EG4", "EG4T", "TE5M", "TE5"))


def test_the_end_of_a_number_is_saved_when_the_page_is_left(stage: Any) -> None:
    fields = [{"path": "plan.last4", "kind": "last4", "question": "Member number", "aloud": True}]
    shown = stage(Form(Fake(fields, {"plan.last4": "0001"})))
    box = shown.page.get_by_label("Member number")
    box.click()
    box.press("Control+a")
    shown.page.keyboard.type("1EG4 TE5 MK73")
    shown.page.evaluate("dispatchEvent(new Event('wb-leaving'))")
    assert last(shown) == ("plan.last4", "MK73")
    box.blur()
    box.fill("")
    box.blur()
    assert last(shown) == ("plan.last4", "")
    shown.page.get_by_role("button", name="Undo").click()
    assert last(shown)[1] == "MK73"
