"""A form is accessible: with axe, on a small screen, with the keyboard alone, on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.ui.fake import FIELDS, Fake
from workbook.ui.forms.widgets import Form

from .harness import Stage

pytestmark = pytest.mark.slow
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "rules": {"target-size": {"enabled": True}}}
SEEN = "(e) => e.checkVisibility() && !e.closest('.wb-vh') && !e.closest('thead')"
PAST_THE_EDGE = f"""() => [...document.querySelectorAll('.wb *')].filter({SEEN})
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""
TARGETS = "button, summary, select, textarea, a[href], .wb-choice, .wb-tick, input[type=text], input[type=tel]"
TOO_SMALL = f"""() => [...document.querySelectorAll('.wb :is({TARGETS})')].filter({SEEN})
  .filter((e) => e.getBoundingClientRect().height < 48).map((e) => e.outerHTML.slice(0, 80))"""
NAMES = """() => [...document.querySelectorAll('.wb :is(input, select, textarea)')]
  .map((e) => e.labels.length && e.labels[0].textContent.trim())"""


SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one instanceof CSSTransition).map((one) => one.finished))"""


def violations(page: Any) -> list[tuple[str, str]]:
    """What axe finds once no color is on its way to another one."""
    page.evaluate(SETTLED)
    found = Axe().run(page, options=RULES).response["violations"]
    return [(v["id"], node["html"][:120]) for v in found for node in v["nodes"]]


def everything_open(shown: Any) -> None:
    shown.page.get_by_label("Reference number").wait_for(state="attached")
    if shown.page.locator(".wb-walking").count():  # a long form on a phone
        shown.page.get_by_role("button", name="Show all questions").click()
    shown.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    shown.page.get_by_label("Who refers you?").wait_for()
    shown.page.get_by_label("Name", exact=True).wait_for()
    shown.page.get_by_label("Reference number").fill("A7 9")
    shown.page.get_by_label("Phone number on the card").fill("(555) 210-7788")


@pytest.mark.parametrize("state", ["default", "errors", "phone", "dark", "forced"])
def test_axe_finds_nothing(browser: Any, state: str) -> None:
    looks = {
        "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
        "dark": {"color_scheme": "dark"},
        "forced": {"forced_colors": "active"},
    }
    context = browser.new_context(**looks.get(state, {}))
    fake = Fake()
    if state == "errors":
        fake.drafts["goal.decide_by"] = {"text": "-11-31", "problem": "Enter the year."}
    shown = Stage(context, Form(fake))
    everything_open(shown)
    if state == "errors":
        shown.page.get_by_label("Your share of the cost").fill("a lot")
        shown.page.get_by_label("I am done with this step").check()
        expect(shown.page.locator(".wb-summary li")).to_have_count(2)
        shown.page.get_by_role("group", name="Can the treatment be undone?").hover()
        shown.page.get_by_role("button", name="Remove this answer Can the").click()
    assert violations(shown.page) == []
    assert shown.errors == []
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_overflows_and_all_targets_are_large_enough(browser: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    shown = Stage(context, Form(Fake()))
    everything_open(shown)
    assert shown.page.evaluate(PAST_THE_EDGE) == []
    assert shown.page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert shown.page.evaluate(TOO_SMALL) == []
    context.close()


def test_long_words_wrap_in_a_title_and_in_a_choice(browser: Any) -> None:
    long = "A very long name of something that does not fit in one line of a phone"
    options = [[f"o{n}", f"{long}, {n}"] for n in range(9)]
    fields = [{"path": "kind", "kind": "one", "question": "Which kind?", "options": options},
              {"path": "items", "kind": "each", "item": "thing", "title": "name",
               "fields": [{"path": "name", "kind": "text", "question": "Name"}]}]  # fmt: skip
    values = {"kind": "o3", "items": ["a1"], "items.a1.name": "Unbrokenwordofonehundred" * 6}
    context = browser.new_context(viewport={"width": 320, "height": 800})
    shown = Stage(context, Form(Fake(fields, values)))
    box = shown.page.get_by_label("Which kind?")
    assert box.bounding_box()["height"] > 90
    assert shown.page.locator(".wb-item-title").bounding_box()["height"] > 90
    assert shown.page.evaluate(PAST_THE_EDGE) == []
    context.close()


def test_every_control_has_a_name_and_every_id_is_unique(stage: Any) -> None:
    shown = stage(Form(Fake()))
    everything_open(shown)
    found = shown.page.evaluate(NAMES)
    assert len(found) > 40
    assert all(found)
    ids = shown.page.evaluate("[...document.querySelectorAll('.wb [id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_the_keyboard_is_enough(stage: Any) -> None:
    fake = Fake()
    shown = stage(Form(fake))
    page = shown.page
    page.get_by_label("What do you want from this visit?").focus()
    page.keyboard.type("Rest")
    for _ in range(6):  # month, day, year, today, about, not known
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(900)
    put = {c["path"]: c["value"] for c in shown.changes()}
    assert put["goal.decide_by"] == "unknown"
    assert put["goal.own_words"].endswith("Rest") or put["goal.own_words"].startswith("Rest")


def test_paper_shows_each_question_with_its_whole_answer(stage: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    long = " ".join(f"word{n}" for n in range(900))
    values = {"goal.own_words": long, "goal.decide_by": "2026-11-22~", "records.items": ["r1", "r2"]}
    values |= {"records.items.r1.title": "Labs", "records.items.r2.title": "MRI", "records.items.r2.state": "received"}
    values["insurance.from_whom"] = "Dr. Rowan"  # in a closed group
    shown = stage(Form(Fake(values=values)))
    shown.page.get_by_label("Reference number").wait_for()
    shown.page.pdf(path=tmp_path / "paper.pdf", format="Letter")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "paper.pdf").pages)
    text = re.sub(r"\s+", " ", text)
    for words in (
        "Dr. Rowan",
        "word0",
        "word450",
        "word899",
        "about November 22, 2026",
        "I have it",
        "Not answered yet",
    ):
        assert words in text
    assert "Why we ask" not in text
    assert shown.page.locator("details[open]").count() == 0  # collapsed again afterward
    assert "Add another record" not in text


def test_paper_shows_who_saw_which_record_as_words_without_the_controls(stage: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    grid = {**next(f for f in FIELDS if f["kind"] == "grid"), "none": "no"}
    grid["options"] = [*grid["options"], ["no", "Has not seen it"]]
    shown = stage(Form(Fake([grid], {"viewed.rec-labs.c1.how": "saw", "viewed.r2.c1.how": "report"})))
    shown.page.locator(".wb-seen").first.wait_for()
    shown.page.pdf(path=tmp_path / "paper.pdf", format="Letter")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "paper.pdf").pages)
    lists = re.sub(r"\s+", " ", text).partition("What did Dr. Rowan see?")[2]
    assert lists.index("Lab results") < lists.index("Saw it") < lists.index("MRI of the back")
    assert lists.index("MRI of the back") < lists.index("Saw the report only")
    assert lists.count("Saw it") == lists.count("Saw the report only") == 1, "the choice itself is not printed as well"
    for controls in ("Saw all the rest", "Saw none of the rest", "Has not seen it", "Not filled in yet"):
        assert controls not in lists, "neither a button nor a choice that was not made"
    assert shown.page.locator(".wb-seen[open]").count() == 0, "collapsed again afterward"


def test_answers_in_other_scripts_set_their_own_direction(stage: Any) -> None:
    shown = stage(Form(Fake(values={"records.items": ["r1"], "records.items.r1.title": "تحاليل الدم"})))
    title = shown.page.locator(".wb-item-title")
    expect(title).to_have_text("تحاليل الدم")
    assert title.get_attribute("dir") == "auto"
