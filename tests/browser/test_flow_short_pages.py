"""On a phone, the first page and the head of every page are short. Measured in the running program."""

from __future__ import annotations

from typing import Any

import pytest

from .flow import PHONE

pytestmark = pytest.mark.slow
STEPS = ["1-goal", "2-clinician", "3-insurance", "4-records", "4-requests", "5-visit", "6-compare", "6-decide"]
HEAD = """() => {
  const side = document.getElementById("wb-side").getBoundingClientRect();
  const title = document.querySelector("main h1").getBoundingClientRect();
  return { height: side.height, title: title.top - side.top };
}"""


def test_the_head_of_a_page_is_short_on_a_phone(person: Any) -> None:
    me = person(viewport=PHONE)
    me.enter()
    for name in [*STEPS, "7-packet", "help"]:
        me.go(name, case="demo-spine")
        head = me.page.evaluate(HEAD)
        assert 0 < head["height"] <= 120, (name, head)
        assert head["title"] <= 150, (name, head)
    me.go("4-requests")
    assert me.page.locator("#wb-side summary:visible").inner_text().split("\n")[-1] == "Step 4b of 6"


FIRST = {"": 1_700, "demo-breast": 2_500, "demo-spine": 2_500}  # pixels, everything closed
FOLD = """() => {
  const end = (words) => document.querySelector(words)?.getBoundingClientRect().bottom;
  return { next: end(".wb-first .wb-button"), date: end(".wb-next") };
}"""


def test_the_first_page_is_today_and_short(app: Any, person: Any) -> None:
    new = app.run("new", "--nickname", "Knee")
    me = person(viewport=PHONE)
    me.enter()
    for case, most in FIRST.items():
        me.go("index", case=case or new)
        assert me.page.evaluate("() => document.documentElement.scrollHeight") <= most, case
        seen = me.page.evaluate(FOLD)
        assert seen["next"] <= PHONE["height"], "what to do next is on the first screen"
        assert (seen["date"] or 0) <= PHONE["height"], "and so is the next date"
        text = me.page.get_by_role("main").inner_text()
        for words in ("Three things", "passphrase", "Erase", "Start another", "What happens next"):
            assert words not in text
    app.run("erase", new, "--yes")


APART = {"h2": 14, ".wb-button, .wb-walk-nav, .wb-row + *": 6}  # pixels above each of these
TOUCHING = """(apart) => {
  const main = document.querySelector("main"), seen = (one) => one.checkVisibility() && one.offsetHeight > 1
    && getComputedStyle(one).position !== "absolute" && !one.closest(".wb-vh, svg");
  const kinds = "h1, h2, h3, p, li, summary, button, a, input, select, textarea, .wb-item";
  const parts = [...main.querySelectorAll(kinds)].filter(seen);
  const said = (one) => one.textContent.trim().slice(0, 40), found = [];
  for (const [what, least] of Object.entries(apart)) {
    for (const one of [...main.querySelectorAll(what)].filter(seen)) {
      const own = one.getBoundingClientRect(), over = parts.filter((part) => !part.contains(one) && !one.contains(part))
        .map((part) => [part, part.getBoundingClientRect()])
        .filter(([, box]) => box.bottom <= own.top + 1 && box.left < own.right && own.left < box.right);
      const near = over.sort((a, b) => b[1].bottom - a[1].bottom)[0];
      const gap = near ? own.top - near[1].bottom : least;
      if (gap < least) found.push([said(near[0]), said(one), Math.round(gap)]);
    }
  }
  return found;
}"""


def test_nothing_touches_a_heading_or_a_button(app: Any, person: Any) -> None:
    new = app.run("new", "--nickname", "Knee")
    me = person(viewport=PHONE)
    me.enter()
    found = {}
    for case in (new, "demo-spine"):
        for name in ["index", *STEPS, "7-packet"]:
            me.go(name, case=case)
            found[case, name] = me.page.evaluate(TOUCHING, APART)
    assert not any(found.values()), {page: pairs for page, pairs in found.items() if pairs}
    app.run("erase", new, "--yes")
