"""The page parses phone numbers like Python, and offers a call button for each callable one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.case.phone_cases import READ, mixed
from tests.ui.fake import Fake
from workbook.case.phones import numbers
from workbook.page.assets import SCRIPTS
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
FIELD = "Phone number on the card"


def test_page_and_python_parse_the_same_numbers(browser: Any) -> None:
    page = browser.new_page()
    texts = [*READ, *mixed(5000)]
    code = (SCRIPTS / "form" / "phones.js").read_text("utf-8")
    read = page.evaluate(f"(texts) => {{ {code}\nreturn texts.map(phoneNumbers); }}", texts)
    page.close()
    for text, found in zip(texts, read, strict=True):
        ours = [{"tel": n.tel, "number": n.number, "ext": n.ext, "press": n.press} for n in numbers(text)]
        assert found == ours, text


def test_two_numbers_give_two_buttons_and_a_date_gives_none(stage: Any) -> None:
    shown = stage(Form(Fake()))
    field, calls = shown.page.get_by_label(FIELD), shown.page.locator(".wb-call")
    field.fill("1-800-633-4227 ext. 2, TTY 711")
    expect(calls).to_have_text(["Call 1-800-633-4227, extension 2"])
    assert calls.get_attribute("href") == "tel:18006334227;ext=2"
    field.fill("+1 (614) 555-0188, press 3 or 1-800-MEDICARE")
    expect(calls).to_have_text(["Call +1 (614) 555-0188, then press 3", "Call 1-800-633-4227"])
    assert [call.get_attribute("href") for call in calls.all()] == ["tel:+16145550188;ext=3", "tel:18006334227"]
    for call in calls.all():
        assert call.bounding_box()["height"] >= 48
    for none in ("Fax 410-555-0101", "November 28, 2026", "TTY 711", ""):
        field.fill(none)
        expect(calls).to_have_count(0)


def test_the_field_keeps_the_focus_while_buttons_come_and_go(stage: Any) -> None:
    shown = stage(Form(Fake()))
    field = shown.page.get_by_label(FIELD)
    field.fill("")
    field.press_sequentially("410-555-0101 or 410-555-0202")
    expect(field).to_be_focused()
    expect(field).to_have_value("410-555-0101 or 410-555-0202")
    expect(shown.page.locator(".wb-call")).to_have_count(2)


def test_nobody_is_offered_to_call_their_own_number(stage: Any) -> None:
    """Only one's own number can be filled in by the browser: there is nobody else to call."""
    for fill, calls in (("", 1), ("tel", 0)):
        field = {
            "path": "person.phone",
            "kind": "phone",
            "question": "Your phone number",
            **({"fill": fill} if fill else {}),
        }
        shown = stage(Form(Fake([field], {})))
        shown.page.get_by_label("Your phone number").fill("614-555-0127")
        expect(shown.page.locator(".wb-call")).to_have_count(calls)
