"""What a visitor sees while Python starts: a sentence from the first moment until the page can be used."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest

pytestmark = pytest.mark.slow

# What the page says, looked at many times a second, until its first box is there.
LOOK = """
globalThis.seen = [];
const look = () => {
  const line = document.getElementById("wb-starting")?.innerText.trim() ?? "";
  if (document.querySelector("main [data-press]")) return seen.push("usable");
  if (globalThis.workbookGo) seen.push(line);
  setTimeout(look, 10);
};
addEventListener("DOMContentLoaded", look);
"""


def test_each_moment_of_the_start_has_its_words(visitor: Any) -> None:
    person = visitor(service_workers="block")
    person.page.add_init_script(LOOK)
    for visit in ("first", "second"):
        person.enter()
        person.page.wait_for_function("() => seen.at(-1) === 'usable'")
        kinds = [kind for kind, _ in groupby(_kind(text) for text in person.page.evaluate("() => seen"))]
        wanted = ["starting", "getting", "starting", "usable"] if visit == "first" else ["starting", "usable"]
        assert kinds == wanted, visit


def _kind(text: str) -> str:
    """Getting, starting (also still), or the words themselves."""
    for kind, words in (("getting", "Getting the workbook ready"), ("starting", "starting. ")):
        if words in text:
            return kind
    return text
