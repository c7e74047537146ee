"""The form script is loaded once per page, in whatever order forms appear and whichever of them still answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.forms.strings import EARLY
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
WORDS = "What do you want from this visit?"
ANOTHER = """() => { for (const e of document.querySelectorAll('#here')) e.removeAttribute('id');
  document.querySelector('main').append(Object.assign(document.createElement('div'), {id: 'here'})) }"""


def another(shown: Any) -> None:
    shown.page.evaluate(ANOTHER)
    shown.start()


def test_a_form_is_small_and_a_page_loads_the_script_once(stage: Any) -> None:
    form = Form(Fake())
    assert len(form._esm) + len(form._css) < 4000
    assert len(form.CODE["code"]) > 10 * len(form._esm)
    shown = stage(form)
    another(shown)
    another(shown)
    expect(shown.page.get_by_label(WORDS)).to_have_count(3)
    assert len(shown.asked_code) == 1
    styles = "[...document.querySelectorAll('style')].filter((s) => s.textContent.includes('.wb-form')).length"
    assert shown.page.evaluate(styles) == 1
    shown.page.reload()
    shown.start()
    expect(shown.page.get_by_label(WORDS)).to_have_value("To keep walking.")
    assert len(shown.asked_code) == 2


def test_another_form_loads_the_script_if_the_first_gets_no_reply(stage: Any) -> None:
    dead = Form(Fake())
    hear = dead._hear
    dead._hear = lambda *_: None
    shown = stage(dead)
    another(shown)
    expect(shown.page.get_by_text(EARLY["opening"])).to_have_count(2)
    dead._hear = hear
    expect(shown.page.get_by_label(WORDS)).to_have_count(2, timeout=7000)
    assert len(shown.asked_code) == 2


def test_an_invalid_script_is_requested_again(stage: Any) -> None:
    form = Form(Fake())
    code, form.CODE = form.CODE, {"code": "this is (no script", "style": ""}  # type: ignore[misc]
    shown = stage(form)
    expect(shown.page.get_by_text(EARLY["slow"])).to_be_visible(timeout=10000)
    form.CODE = code  # type: ignore[misc]
    shown.page.get_by_role("button", name="Try again").click()
    expect(shown.page.get_by_label(WORDS)).to_be_visible()
    shown.errors.clear()  # the broken script was reported, and nothing else
    assert form.CODE is code


def test_a_form_closed_while_waiting_leaves_nothing_behind(stage: Any) -> None:
    form = Form(Fake())
    hear = form._hear
    form._hear = lambda *_: None
    shown = stage(form)
    shown.page.evaluate("window.stop()")
    form._hear = hear
    another(shown)
    expect(shown.page.get_by_label(WORDS)).to_have_count(1, timeout=7000)
