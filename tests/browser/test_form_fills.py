"""What a browser autofills is saved, where it may autofill, and what it must not read."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import FIELDS, Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
OWN: list[dict[str, Any]] = [
    {"path": "person.name", "kind": "text", "question": "Your full name", "fill": "name"},
    {"path": "person.birth_date", "kind": "date", "question": "Your date of birth", "fill": "bday"},
    {"path": "person.phone", "kind": "phone", "question": "Your phone number", "fill": "tel"},
    {"path": "person.address", "kind": "long", "question": "Mailing address", "fill": "street-address"},
    {"path": "person.share", "kind": "money", "question": "Your share"},
]
FILL = "(box, value) => { box.value = value; box.dispatchEvent(new Event('change', {bubbles: true})); }"


def test_a_change_event_alone_is_saved(stage: Any) -> None:
    fake = Fake(OWN, {})
    shown = stage(Form(fake))
    page = shown.page
    for words, text in (
        ("Your full name", "Ada Invented"), ("Your phone number", "216-555-0100"), ("Mailing address", "1 River St"),
        ("Your share", "250"), ("Month", "03"), ("Day", "9"), ("Year", "1950"),
    ):  # fmt: skip
        page.get_by_label(words, exact=True).evaluate(FILL, text)
    expect(page.locator(".wb-save")).to_contain_text("Saved at")
    expect(page.locator(".wb-call")).to_have_count(0)  # nobody calls their own number
    held = {k: v for k, v in fake.values.items() if k.startswith("person.")}
    assert held == {
        "person.name": "Ada Invented", "person.phone": "216-555-0100", "person.address": "1 River St",
        "person.share": "250", "person.birth_date": "1950-03-09",
    }  # fmt: skip


def test_a_change_event_with_the_same_value_sends_nothing(stage: Any) -> None:
    shown = stage(Form(Fake(OWN, {})))
    page = shown.page
    page.get_by_label("Year", exact=True).fill("19")  # kept as a draft, with a sentence
    page.get_by_label("Your full name").fill("Ada")
    expect(page.locator(".wb-save")).to_contain_text("Saved at")
    before = len(shown.changes())
    for words in ("Year", "Your full name"):
        page.get_by_label(words, exact=True).evaluate("(b) => b.dispatchEvent(new Event('change', {bubbles: true}))")
    page.wait_for_timeout(1000)
    assert len(shown.changes()) == before


def test_fields_declare_what_a_browser_may_autofill(stage: Any) -> None:
    page = stage(Form(Fake(OWN, {}))).page
    page.get_by_label("Your full name").wait_for()
    tokens = page.locator(".wb-input").evaluate_all("(all) => all.map((one) => one.autocomplete)")
    assert tokens == ["name", "bday-month", "bday-day", "bday-year", "tel", "street-address", "off"]


def test_spell_check_and_autofill_are_off(stage: Any) -> None:
    page = stage(Form(Fake(FIELDS))).page
    page.locator(".wb-input").first.wait_for()
    typed = "input.wb-input, textarea"
    assert page.locator(typed).count() > 5
    assert page.locator(typed).evaluate_all("(all) => all.filter((one) => one.spellcheck).length") == 0
    assert (
        page.locator("input.wb-input:not([autocomplete=off]), select[autocomplete]:not([autocomplete=off])").count()
        == 0
    )
