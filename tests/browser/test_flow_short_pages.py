"""On a phone, the head of a page is short. Measured in the running program."""

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
