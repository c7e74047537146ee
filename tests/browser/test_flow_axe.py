"""Every page is accessible: on a desktop, on a phone, in dark mode, and with an invalid answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from .flow import PHONE, App, Person, past_the_edge

pytestmark = pytest.mark.slow
NOTEBOOKS = sorted(f.stem for f in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
DESK, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMELESS = """() => [...document.querySelectorAll('main :is(input, select, textarea)')].filter((box) =>
  box.type !== 'hidden' && !box.labels?.length && !box.getAttribute('aria-label')
  && !box.getAttribute('aria-labelledby')).map((box) => box.outerHTML.slice(0, 120))"""

UNDER_ITS_BOX = """() => [...document.querySelectorAll('main :is(.wb-choice, .wb-tick)')].filter((one) => {
  const box = one.querySelector('input')?.getBoundingClientRect(), words = one.lastElementChild.getBoundingClientRect();
  return box?.width && words.width && words.top >= box.bottom;
}).map((one) => one.textContent)"""


def violations(page: Any) -> list[Any]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    return [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]


@pytest.fixture(scope="module")
def walker(app: App, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """One person who walks through a full case; records every requested URL."""
    file = tmp_path_factory.mktemp("copy") / "case.json"
    app.run("save", "demo-breast", str(file))
    context = browser.new_context(viewport=DESK, locale="en-US")
    me = Person(context.new_page(), app)
    me.hosts = set()
    me.page.on("request", lambda request: me.hosts.add(urlsplit(request.url).netloc))
    me.enter()
    me.case = app.run("load", str(file))
    yield me
    me.leave()
    app.wait_for_kernels(0, 6)
    context.close()


def look(me: Person, **how: Any) -> Any:
    me.page.set_viewport_size(how.pop("size", DESK))
    me.page.emulate_media(**{"color_scheme": "light", **how})
    # During a transition, colors are measured as neither the one nor the other.
    me.page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    return me.page


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.walk if name == "1-goal" else ()) for name in NOTEBOOKS]
)
def test_every_page_is_accessible(walker: Person, name: str) -> None:
    me = walker
    look(me)
    me.go(name)
    assert "Ingrid" not in me.page.title()
    assert me.page.title().endswith("Second Opinion Workbook")
    assert violations(me.page) == []
    me.unfold()
    assert me.page.evaluate(NAMELESS) == []
    assert me.page.evaluate(UNDER_ITS_BOX) == [], "the words of a choice are beside its box"
    assert past_the_edge(look(me, size=NARROW)) == []
    assert violations(look(me, size=PHONE)) == []
    assert violations(look(me, color_scheme="dark")) == []
    asked = me.page.locator("main :is(.wb-kind-date, .wb-kind-moment):not(.wb-source *)").filter(
        visible=True
    )  # the day of a source has its message elsewhere
    boxes = asked.get_by_label("Day", exact=True)
    if boxes.count():
        look(me)
        boxes.first.fill("77")
        asked.get_by_label("Year", exact=True).first.focus()
        me.page.keyboard.press("Tab")
        me.page.get_by_role("main").get_by_role("link").first.focus()
        me.page.get_by_text("To check:").first.wait_for()
        assert violations(me.page) == []
        assert past_the_edge(look(me, size=NARROW)) == []
    assert me.hosts - {""} == {urlsplit(me.app.base).netloc}, "nothing is asked from elsewhere"


def test_one_kernel_is_left_after_the_walk(walker: Person, app: App) -> None:
    walker.go("1-goal")
    walker.go("2-clinician")
    assert app.wait_for_kernels(1) == 1


def test_the_checks_find_planted_faults(walker: Person) -> None:
    look(walker)
    walker.page.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend', "
        "'<input><div style=\"width:2000px\">wide</div>')"
    )
    assert walker.page.evaluate(NAMELESS) != []
    assert "label" in [name for name, _ in violations(walker.page)]
    assert past_the_edge(walker.page) != []
