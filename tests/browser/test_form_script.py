"""The form script is loaded once per page, in whatever order forms appear and whichever of them still answers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.page.assets import script
from workbook.ui.forms import jupyter
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
    assert len(jupyter.code_of("form")[1]["code"]) > 10 * len(script("shared"))
    assert len(script("shared")) < 4000
    shown = stage(Form(Fake()))
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
    hear = dead.say
    dead.say = lambda *_, **__: None
    shown = stage(dead)
    another(shown)
    expect(shown.page.get_by_text(EARLY["opening"])).to_have_count(2)
    dead.say = hear
    expect(shown.page.get_by_label(WORDS)).to_have_count(2)
    assert len(shown.asked_code) == 2


def test_an_invalid_script_is_requested_again(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = jupyter.code_of
    monkeypatch.setattr(jupyter, "code_of", lambda kind: (sound(kind)[0], {"code": "this is (no script", "style": ""}))
    shown = stage(Form(Fake()))
    expect(shown.page.get_by_text(EARLY["slow"])).to_be_visible()
    monkeypatch.setattr(jupyter, "code_of", sound)
    shown.page.get_by_role("button", name="Try again").click()
    expect(shown.page.get_by_label(WORDS)).to_be_visible()
    shown.errors.clear()  # the broken script was reported, and nothing else


def test_a_form_closed_while_waiting_leaves_nothing_behind(stage: Any) -> None:
    form = Form(Fake())
    hear = form.say
    form.say = lambda *_, **__: None
    shown = stage(form)
    shown.page.evaluate("window.stop()")
    form.say = hear
    another(shown)
    expect(shown.page.get_by_label(WORDS)).to_have_count(1)
