"""Estimates how many pages a document fills, before any format is made. Knows the blocks; no font and no case.

It is rarely less than what the PDF needs (`tests/documents/test_summary_pages.py` compares them), and close to what
Word and a printed web page need with their usual fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .schema import INCHES, margin
from .text_width import width, wrapped

Block = dict[str, Any]

_NARROW = 0.79  # Latin letters of Source Sans 3, beside the widest usual font, which `text_width` measures
_LATIN = re.compile(r"[\n -\u017f\u2010-\u2026]*\Z")
_LINE = 1.28  # the distance of lines in a paragraph, in text sizes
_PAGE = 9.48 * 72  # points of a page between its margins
KEPT_ROWS, KEPT_SIGNS = 12, 1800  # a table, box or question up to this size is not split between pages
_INDENT = 1.6
_WIDEST = 1.1  # of a character, in text sizes


class Tall(NamedTuple):
    """How tall a block is, in points, and how it breaks."""

    points: float
    kept: bool = False  # moves to the next page as a whole
    heads: bool = False  # stays with what follows
    breaks: bool = False  # begins a page


class Ruler:
    """Measures blocks in one text size. It remembers the texts it has measured, so it should not outlive a document."""

    def __init__(self, size: float, *, letter: bool = False) -> None:
        self.size = size
        wide = INCHES["us-letter"][0]  # A4 is a little narrower and much taller
        self.room = (wide - 2 * margin({"letter": {}} if letter else {})) * 72
        self._known: dict[tuple[str, int, float], int] = {}

    def measured(self, blocks: Iterable[Block]) -> list[Tall]:
        """Each block as tall as it will be."""
        return [self._tall(block) for block in blocks]

    def head(self, doc: Block) -> Tall:
        """The watermark, the title, and the patient with who prepared it."""
        size = self.size
        big = min(2.2 * size, 25)
        title = 1.05 * big / size * self._lines(doc["title"], self.room, big)
        line = self.room / size  # both share a line if they fit, as in the template
        beside = len(doc["subject"]) * 1.2 + len(doc["prepared"]) * 0.9 < line * 2.05
        named = 1.4 * (self._lines(doc["subject"], self.room, 1.2 * size) + (bool(doc["prepared"]) and not beside))
        return Tall(size * (title + named + (2.0 if doc["watermark"] else 0.0) + 1.2))

    def _tall(self, block: Block) -> Tall:
        kind = block["k"]
        tall = self._height(block, self.room)
        short = tall < 4 * self.size  # a paragraph of two lines is not split
        kept = short or (kind == "callout" and _signs(block) <= KEPT_SIGNS)
        kept |= kind == "table" and len(block["rows"]) <= KEPT_ROWS and _signs(block) <= KEPT_SIGNS
        return Tall(tall, kept, kind == "heading", kind == "pagebreak")

    def _height(self, block: Block, room: float) -> float:
        size = self.size
        match block["k"]:
            case "heading":
                big = min(1.32 * size, max(size, 21))
                return size * 1.05 + self._lines(_text(block["c"]), room, big) * 1.06 * big
            case "para":
                return size * (_LINE * self._lines(_text(block["c"]), room, size) + 0.25)
            case "list":
                return size * 0.4 + sum(self._stack(item, room - _INDENT * size) for item in block["items"])
            case "checks":
                texts = [_text(item["c"]) + "   " + _text(item["note"]) for item in block["items"]]
                return size * sum(_LINE * self._lines(text, room - _INDENT * size, size) + 0.2 for text in texts)
            case "details":
                return size * 0.95 + self._details(block["items"], (room - 2 * size) / 2)
            case "callout":
                inner = room - 2.4 * size
                title = _LINE * self._lines(_text(block["title"]), inner, size)
                return size * (title + 1.85) + self._stack(block["blocks"], inner)
            case "table":
                return self._table(block, room)
            case "quote" | "pair":
                parts = [*block.get("blocks", ()), *block.get("left", ()), *block.get("right", ())]
                return size * 2 + self._stack(parts, room - 1.2 * size)
            case "answer":
                asked = size * (1.3 if block.get("large") else 1.0)
                text = 1.3 * asked * self._lines(_text(block["question"]), room, asked)
                hint = self._lines(_text(block["hint"]), room, 0.92 * size) if block["hint"] else 0
                boxes = 1.4 * self._lines("     ".join(block["options"]), room, size) if block["options"] else 0
                return text + size * (1.25 * hint + boxes + 2.35 * int(block["n"]) + 2.2)
            case "lines":
                return size * (2.35 * int(block["n"]) + 3)
            case "timeline" | "image":
                return 4.5 * 72
        return size * (_LINE * self._lines(str(block.get("t", "")), room, size) + 2)

    def _stack(self, blocks: Iterable[Block], room: float) -> float:
        return sum(self._height(block, room) for block in blocks)

    def _details(self, items: Sequence[Block], room: float) -> float:
        tall = [
            1.0 * self._lines(item["label"], room, 0.88 * self.size)
            + 1.1 * self._lines(_text(item["c"]), room, self.size)
            + 0.6
            for item in items
        ]
        return self.size * sum(max(pair) for pair in zip(tall[::2], [*tall[1::2], 0.0], strict=False))

    def _table(self, block: Block, room: float) -> float:
        whole, size = sum(block["widths"]), self.size
        spaces = [max(size, room * share / whole - 1.2 * size) for share in block["widths"]]

        def row(cells: Sequence[Any]) -> float:
            found = [self._lines(_text(cell), space, size) for cell, space in zip(cells, spaces, strict=False)]
            return 1.16 * max(found, default=1)

        rows = [row(block["columns"]), *map(row, block["rows"])]
        caption = 1.9 if block["caption"] else 0
        return size * (sum(rows) + len(rows) * (1.5 if block.get("tall") else 0.55) + 1.0 + caption)

    def _lines(self, text: str, room: float, size: float) -> int:
        """Lines of a text in a column; a word that is too wide is broken."""
        if len(text) * _WIDEST * size <= room and "\n" not in text:
            return 1
        key = (text, int(room), size)
        if (known := self._known.get(key)) is not None:
            return known
        space = max(room, size) / (_NARROW if _LATIN.match(text) else 1)
        found = sum(
            1 if width(line, size) <= space else len(wrapped(line, space, size)[0]) for line in text.split("\n")
        )
        self._known[key] = found
        return found


def pages(found: Iterable[Tall], *, spare: float = 0.0) -> int:
    """The number of pages of these blocks, one below the other; `spare` is the share of each page to leave free."""
    room = _PAGE * (1 - spare)
    count, used, held = 1, 0.0, 0.0  # headings wait for what they are above
    for tall in found:
        if tall.breaks:
            count, used, held = count + 1, 0.0, 0.0
        elif tall.heads:
            held += tall.points
        else:
            points, held = tall.points + held, 0.0
            if used + points > room and tall.kept and points <= room:
                count, used = count + 1, 0.0
            used += points
            more = int(used // room)
            count, used = count + more, used - more * room
    return count


def _signs(node: Any) -> int:
    if isinstance(node, str):
        return len(node)
    if isinstance(node, list):
        return sum(map(_signs, node))
    return sum(map(_signs, node.values())) if isinstance(node, dict) else 0


def _text(runs: Iterable[Any]) -> str:
    return "".join(f"{'    ' if 'mark' in run else ''}{run['t']}" for run in runs)
