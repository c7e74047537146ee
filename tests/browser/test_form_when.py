"""A question with a condition appears and goes as the answer it depends on changes, and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
LAB, SCAN = [["lab", "Lab results"], ["image", "Images"]], {"path": "kind", "values": ["image"], "entry": True}
FIELDS: list[dict[str, Any]] = [
    {"path": "plan", "kind": "one", "question": "What kind of plan is it?", "options": [["a", "A"], ["b", "B"]]},
    {"path": "second", "kind": "text", "question": "Which second plan?", "when": [{"path": "plan", "values": ["a"]}]},
    {
        "kind": "say",
        "question": "Say this",
        "text": ["Hello."],
        "when": [{"path": "plan", "values": ["a"], "not": True}],
    },
    {
        "path": "records",
        "kind": "each",
        "item": "record",
        "title": ["title"],
        "fields": [
            {"path": "title", "kind": "text", "question": "What is it?"},
            {"path": "kind", "kind": "one", "question": "What kind is it?", "options": LAB},
            {
                "kind": "group",
                "question": "For scans",
                "when": [SCAN],
                "fields": [{"path": "part", "kind": "text", "question": "Which part of the body?"}],
            },
        ],
    },
]
VALUES = {"records": ["r1"], "records.r1.title": "Knee", "records.r1.kind": "image", "records.r1.part": "Left"}


def test_it_shows_and_hides_live_and_keeps_what_was_typed(stage: Any) -> None:
    fake = Fake(FIELDS, VALUES)
    shown = stage(Form(fake))
    second = shown.page.get_by_label("Which second plan?")
    expect(second).to_be_hidden()
    expect(shown.page.get_by_text("Hello.")).to_be_visible()
    shown.page.get_by_label("A", exact=True).check()
    expect(shown.page.get_by_text("Hello.")).to_be_hidden()
    second.fill("Plan G")
    shown.page.get_by_label("B", exact=True).check()
    expect(second).to_be_hidden()
    shown.page.get_by_label("A", exact=True).check()
    expect(second).to_have_value("Plan G")
    shown.page.wait_for_function("() => document.querySelector('.wb-save').dataset.state === 'saved'")
    assert fake.values["second"] == "Plan G"


def test_each_entry_follows_its_own_answers_and_a_link_shows_a_hidden_one(stage: Any) -> None:
    shown = stage(Form(Fake(FIELDS, VALUES)))
    page = shown.page
    page.get_by_text("Knee").click()
    group = page.get_by_text("For scans")
    expect(group).to_be_visible()
    page.get_by_label("Lab results").check()
    expect(group).to_be_hidden()
    page.evaluate("() => { location.hash = 'records.r1.part'; }")
    expect(page.get_by_label("Which part of the body?")).to_be_focused()
    expect(page.get_by_label("Which part of the body?")).to_have_value("Left")


def test_a_new_entry_begins_at_its_first_question_that_is_shown(stage: Any) -> None:
    first = {"path": "size", "kind": "text", "question": "How big?", "when": [SCAN]}
    fields = [{**FIELDS[3], "fields": [first, *FIELDS[3]["fields"]]}]
    shown = stage(Form(Fake(fields, {"records": []})))
    shown.page.get_by_role("button", name="Add").click()
    expect(shown.page.get_by_label("What is it?")).to_be_focused()
