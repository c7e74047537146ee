"""At most three entries are marked, from one list; a fourth asks which one makes room."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.fake import Fake
from workbook.ui.forms.widgets import Form

pytestmark = pytest.mark.slow
NAMES = ["Is it sure?", "What else?", "Can it wait?", "Who else?"]
FIELDS: list[dict[str, Any]] = [
    {
        "path": "asks",
        "kind": "each",
        "item": "question",
        "title": ["text"],
        "marks": {"path": "top", "most": 3, "question": "Which ones matter most?"},
        "fields": [{"path": "text", "kind": "text", "question": "Your question"}],
    }
]
VALUES = {"asks": ["q1", "q2", "q3", "q4"], **{f"asks.q{n}.text": text for n, text in enumerate(NAMES, 1)}}


def test_a_fourth_asks_which_one_makes_room(stage: Any) -> None:
    fake = Fake(FIELDS, VALUES)
    page = stage(Form(fake)).page
    page.get_by_text("Which ones matter most?").click()
    for name in NAMES[:3]:
        page.get_by_role("checkbox", name=name).check()
    expect(page.get_by_text("3 chosen, up to 3")).to_be_attached()
    last = page.get_by_role("checkbox", name=NAMES[3])
    last.click()
    expect(last).not_to_be_checked()
    expect(page.get_by_text("You have chosen 3 already. Which one should “Who else?” replace?").first).to_be_visible()
    page.get_by_role("button", name="Keep these").click()
    expect(last).to_be_focused()
    last.click()
    page.get_by_role("button", name="Take out “What else?”").click()
    expect(last).to_be_checked()
    expect(page.get_by_role("checkbox", name=NAMES[1])).not_to_be_checked()
    expect(page.locator(".wb-save[data-state=saved]")).to_be_visible()
    assert [fake.values.get(f"asks.q{n}.top") for n in (1, 2, 3, 4)] == [True, False, True, True]


def test_what_is_asked_about_a_fourth_is_on_the_screen(stage: Any) -> None:
    """On a phone the question comes below a list that may fill the screen."""
    many = [f"q{n}" for n in range(1, 13)]
    values = {"asks": many, **{f"asks.{key}.text": f"Question {key}" for key in many}}
    page = stage(Form(Fake(FIELDS, values))).page
    page.set_viewport_size({"width": 390, "height": 500})
    page.get_by_text("Which ones matter most?").click()
    for key in many[:3]:
        page.get_by_role("checkbox", name=f"Question {key}", exact=True).check()
    page.get_by_role("checkbox", name="Question q4").click()
    expect(page.locator(".wb-ask")).to_be_in_viewport()


def test_the_list_follows_the_entries(stage: Any) -> None:
    page = stage(Form(Fake(FIELDS, VALUES))).page
    page.get_by_text("Which ones matter most?").click()
    page.locator(".wb-item summary").nth(1).click()
    page.get_by_label("Your question").fill("Could it be something else?")
    expect(page.get_by_role("checkbox", name="Could it be something else?")).to_be_visible()
    page.get_by_role("button", name="Remove this question Could it be something else?").click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
