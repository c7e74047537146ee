"""On a web page a number next to right-to-left words is displayed as typed, as measured in a browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.test_reading_order import PHONE, SENTENCES, VALUES
from workbook.documents.render import html
from workbook.documents.tree import blocks

pytestmark = pytest.mark.slow
# The horizontal position of each letter of the value on the page.
PLACES = """(value) => {
  const found = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let at = node.data.indexOf(value); at >= 0; at = node.data.indexOf(value, at + 1)) {
      const xs = Array.from(value, (_, n) => {
        const range = document.createRange();
        range.setStart(node, at + n); range.setEnd(node, at + n + 1);
        const box = range.getBoundingClientRect();
        return [box.top, box.left];
      });
      found.push(xs);
    }
  }
  return found;
}"""


def test_each_letter_of_a_value_is_right_of_the_one_before(browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    for value in VALUES:
        texts = [sentence.format(v=value) for sentence in SENTENCES]
        made = [
            block
            for text in texts
            for block in (
                blocks.para(text),
                blocks.para(text, lines=True),
                blocks.listing([text]),
                blocks.checks([(False, text, value)]),
                blocks.table("", ["A", "B"], [["x", text]], [1, 9]),
                blocks.pair(["x"], [text, value], "ar"),
            )
        ]
        page.set_content(html.render(blocks.document("T", made)))
        places = page.evaluate(PLACES, value)
        assert len(places) >= len(made)
        for place in places:
            (top,) = {round(top) for top, _ in place} if len({round(top) for top, _ in place}) == 1 else (None,)
            lefts = [left for _, left in place]
            assert top is None or lefts == sorted(lefts), value
    page.close()
    assert PHONE in VALUES
