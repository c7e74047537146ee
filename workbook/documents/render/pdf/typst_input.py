"""Converts a document tree to the Typst template's input: printable, breakable text, and pictures as files.

Knows the tree's schema and column widths; the template knows the layout.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from ...tree import marks, text_width, timeline
from ...tree.bidi import RTL, block_way, has_right_to_left, isolated
from ...tree.clean import one_line, rtl_language, way_of
from ...tree.height import KEPT_ROWS, KEPT_SIGNS, Ruler
from ...tree.schema import INCHES, margin, signs
from .glyphs import breakable, shown

_TAIL = 260  # points: a block up to this height is not split from the disclaimer
_FEW_LINES = 5  # text sizes: what a last page has above the disclaimer at least
_ACCENT, _INK = "#0b5c6b", "#1d2733"  # the template's; a letter has no color
_LARGE = 14  # points: from this size a page fits few rows

Tree = dict[str, Any]


def spread(wide: list[bool]) -> list[int]:
    """How many of two columns each fact takes: a wide one both, and so does one that would have nothing beside it.

    >>> spread([False, False, False, True])
    [1, 1, 2, 2]
    """
    spans: list[int] = []
    for n, both in enumerate(wide):
        alone = spans.count(1) % 2 == 0 and (n + 1 == len(wide) or wide[n + 1])
        spans.append(2 if both or alone else 1)
    return spans


class Page:
    """A copy of the tree in the template's format, with printable, breakable text and pictures as files."""

    def __init__(self, doc: Tree, place: Path) -> None:
        self.doc, self.place, self.pictures = doc, place, 0
        self.around = way_of(doc["lang"])
        self.size = doc["size"]
        self.margin = margin(doc)
        self.width = (INCHES[doc["paper"]][0] - 2 * self.margin) * 72

    def tree(self) -> Tree:
        doc = self.doc
        lang, _, region = doc["lang"].partition("-")
        line = int(self.width / self.size)
        return {
            "title": self.words(doc["title"], line // 2),
            "subject": self.words(doc["subject"], line),
            "running": isolated(one_line(shown(doc["subject"] or doc["title"])), self.around, flat=True),
            "prepared": self.words(doc["prepared"], line),
            "footer": self.words(doc["footer"], line),
            # Subject and author share a line if both fit on it.
            "beside": len(doc["subject"]) * 1.2 + len(doc["prepared"]) * 0.9 < line * 2.05,
            "watermark": self.words(one_line(doc["watermark"]), line),
            "lang": lang.lower(),
            "region": region.upper() if len(region) == 2 else "",
            "paper": doc["paper"],
            "size": self.size,
            "margin": self.margin,
            "letter": self.letter(line),
            "strings": {key: shown(words) for key, words in doc["words"].items()},
            "blocks": self.blocks(doc["blocks"], self.width),
            "tail": self.tail(),
        }

    def tail(self) -> int:
        """How many blocks at the end stay on one page with the disclaimer, which must not be alone on a page."""
        blocks = self.doc["blocks"]
        if "letter" in self.doc or not self.doc["footer"]:
            return 0
        ruler = Ruler(self.size)
        count, tall = 0, 0.0
        for block, found in zip(reversed(blocks), reversed(ruler.measured(blocks)), strict=True):
            tall += found.points
            if found.heads or found.breaks or block.get("fill") or tall > _TAIL:
                break
            count += 1
            if tall >= _FEW_LINES * self.size:
                break
        return count

    def letter(self, line: int) -> Tree | None:
        """The head of a letter; None for any other document."""
        head = self.doc.get("letter")
        if head is None:
            return None
        subject = self.words(self.doc["subject"] or self.doc["title"], line)
        lines = {key: [self.words(words, line) for words in head[key]] for key in ("sender", "to")}
        return {**lines, "date": self.words(head["date"], line), "subject": subject}

    def words(self, text: str, limit: int) -> str:
        """Names and our own texts, which follow the page's direction."""
        return isolated(breakable(shown(text), max(6, limit)), self.around, flat=True)

    def runs(self, content: list[Tree], width: float, *, flat: bool = False) -> Tree:
        """Runs that fit a column `width` points wide, with their direction; `flat` ones follow the page's direction."""
        limit = max(6, int(width / (0.62 * self.size)))
        whole = shown("".join(run["t"] for run in content))
        way = self.around if flat else block_way(whole, self.around)

        def fits(word: str) -> bool:
            return _wide(word, self.size) <= width

        def ready(words: str) -> list[str]:
            return isolated(breakable(shown(words), limit, fits), way, flat=flat).split("\n")

        ready_runs = [{**run, "t": ready(run["t"]), **self.mark(run)} for run in content if run["t"]]
        tall = {"tall": True} if has_right_to_left(whole) else {}
        if way == self.around:
            return {"runs": ready_runs, **tall}
        return {"runs": ready_runs, **tall, way: rtl_language(whole) if way == RTL else True}

    def is_wide(self, fact: Tree, half: float) -> bool:
        """Whether a fact of a letter needs more than two lines of half the page."""
        said = "".join(run["t"] for run in fact["c"])
        return "letter" in self.doc and ("\n" in said or len(said) > 3.6 * half / self.size)

    def blocks(self, blocks: list[Tree], width: float) -> list[Tree]:
        made = [self.block(block, width) for block in blocks]
        for before, block in zip(made, blocks[1:], strict=False):
            if signs(block) and before["k"] == "para":
                before["keep"] = True
        return made

    def block(self, block: Tree, width: float) -> Tree:
        kind, narrow = block["k"], width - 2.5 * self.size
        match kind:
            case "heading":
                return {**block, "c": self.runs(block["c"], width / 1.4)}
            case "para":
                return {**block, "c": self.runs(block["c"], width, flat=block.get("lines", False))}
            case "list":
                return {**block, "items": [self.blocks(item, narrow) for item in block["items"]]}
            case "checks":
                items = [
                    {**item, "c": self.runs(item["c"], narrow), "note": self.runs(item["note"], narrow)}
                    for item in block["items"]
                ]
                return {**block, "items": items}
            case "details":
                half = width / 2 - self.size
                spans = spread([self.is_wide(fact, half) for fact in block["items"]])
                items = [
                    {
                        "label": self.words(fact["label"], int(half / self.size * 1.6)),
                        "c": self.runs(fact["c"], half if span == 1 else width),
                        "span": span,
                    }
                    for fact, span in zip(block["items"], spans, strict=True)
                ]
                return {**block, "items": items}
            case "callout":
                inner = self.blocks(block["blocks"], narrow)
                title = self.runs(block["title"], narrow)
                return {**block, "title": title, "blocks": inner, "keep": _signs(block) <= KEPT_SIGNS}
            case "table":
                return self.table(block, width)
            case "lines":
                return {**block, "label": self.words(block["label"], int(width / self.size))}
            case "answer":
                return {
                    **block,
                    "question": self.runs(block["question"], width),
                    "hint": self.runs(block["hint"], width),
                    "options": [self.words(option, int(narrow / self.size)) for option in block["options"]],
                    "keep": _signs(block) <= KEPT_SIGNS and block["n"] <= 12,
                }
            case "image":
                return self.picture(block)
            case "timeline":
                return self.line(block, width)
            case "quote":
                return {**block, "blocks": self.blocks(block["blocks"], narrow)}
            case "pair":
                half = (width - 2 * self.size) / 2
                lang, _, region = block["lang"].partition("-")
                sides = {"left": self.blocks(block["left"], half)}
                around, self.around = self.around, way_of(lang)
                sides["right"] = self.blocks(block["right"], half)
                self.around = around
                tongue = {"lang": lang.lower(), "region": region.upper() if len(region) == 2 else ""}
                return {**block, **sides, **tongue, "dir": way_of(lang)}
            case "pre":
                limit = int(narrow / (0.6 * self.size))
                return {**block, "t": [breakable(shown(line), limit) for line in block["t"].split("\n")]}
        return dict(block)

    def table(self, block: Tree, room: float) -> Tree:
        whole = sum(block["widths"])
        inset = 1.2 * self.size
        needs = [
            _longest_word(column, self.size) + inset for column in zip(block["columns"], *block["rows"], strict=True)
        ]
        shares = widths([room * share / whole for share in block["widths"]], needs)
        spaces = [max(1.0, share - inset) for share in shares]
        head = [self.runs(cell, space) for cell, space in zip(block["columns"], spaces, strict=True)]
        rows = [[self.runs(cell, space) for cell, space in zip(row, spaces, strict=True)] for row in block["rows"]]
        signs = _signs(block)
        return {
            **block,
            "widths": shares,
            "whole": [_is_whole(row, spaces, self.size) for row in block["rows"]],
            "caption": self.runs(block["caption"], room),
            "columns": head,
            "rows": rows,
            # A large print of many tall rows would leave half a page empty before it: so it may break between rows.
            "keep": len(rows) <= KEPT_ROWS
            and signs <= KEPT_SIGNS
            and not (block.get("tall") and len(rows) > 1 and self.size >= _LARGE),
            # A header of many lines, repeated, would leave no room for the rows.
            "repeat": sum(len(run["t"]) for cell in block["columns"] for run in cell) <= 400,
        }

    def line(self, block: Tree, width: float) -> Tree:
        """A time line as a picture file for the template: horizontal if its labels stay as large as the text."""
        today = shown(self.doc["words"]["today"])
        block = {**block, "label": shown(block["label"]), "day": shown(block["day"])}
        block["items"] = [{**item, "day": shown(item["day"]), "words": shown(item["words"])} for item in block["items"]]
        lying = width / timeline.WIDE * timeline.SIZE >= 0.95 * self.size
        drawn, texts = timeline.shapes(block, "lying" if lying else "standing", today)
        self.pictures += 1
        (self.place / f"{self.pictures}.svg").write_text(drawn, "utf-8")
        rows = [] if timeline.is_whole(block, today) else timeline.rows(block, today)
        return {
            "k": "timeline",
            "label": self.words(block["label"], int(width / self.size)),
            "file": f"/{self.pictures}.svg",
            "alt": timeline.alt(block, today),
            "texts": [{**text._asdict(), "words": isolated(text.words, self.around, flat=True)} for text in texts],
            "middle": lying,
            "wide": timeline.WIDE if lying else timeline.TALL,
            "width": width if lying else min(width, timeline.TALL * self.size / timeline.SIZE),
            "rows": [{"day": day, "words": self.words(said, int(width / self.size))} for day, said in rows],
        }

    def mark(self, run: Tree) -> Tree:
        """The mark of a run as a picture file for the template, written once."""
        if "mark" not in run:
            return {}
        name = f"mark-{run['mark']}.svg"
        if not (file := self.place / name).exists():
            file.write_text(marks.file(run["mark"], _INK if "letter" in self.doc else _ACCENT), "utf-8")
        return {"mark": f"/{name}"}

    def picture(self, block: Tree) -> Tree:
        """The picture as a file for the template; its text if it is damaged."""
        data = base64.b64decode(block["data"])
        ending = {b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpg"}
        found = next((end for start, end in ending.items() if data.startswith(start)), None)
        alt = shown(block["alt"])
        if not found:
            return {"k": "image", "alt": alt, "file": ""}
        self.pictures += 1
        name = f"{self.pictures}.{found}"
        (self.place / name).write_bytes(data)
        return {"k": "image", "alt": alt, "file": f"/{name}"}


def widths(shares: list[float], needs: list[float]) -> list[float]:
    """The widths of columns, changed so that each holds its longest word, as far as there is room for all.

    >>> widths([20.0, 80.0], [30.0, 40.0])
    [30.0, 70.0]
    """
    if sum(needs) > sum(shares):
        return shares
    lack = sum(max(0.0, need - share) for share, need in zip(shares, needs, strict=True))
    spare = sum(max(0.0, share - need) for share, need in zip(shares, needs, strict=True))
    give = lack / spare if spare else 0.0
    return [need if share < need else share - give * (share - need) for share, need in zip(shares, needs, strict=True)]


_ROW = 220  # points: a lower row is not split between pages


def _is_whole(row: list[list[Tree]], spaces: list[float], size: float) -> bool:
    """Whether a row is low enough to move to the next page as a whole."""
    texts = ["".join(run["t"] for run in cell) for cell in row]
    found = [_wide(text, size) / space + 1 + text.count("\n") for text, space in zip(texts, spaces, strict=True)]
    return max(found, default=0) * 1.3 * size < _ROW


_NARROW = 0.84  # Source Sans 3, semibold, beside the widest usual font
_LONG = 24  # letters; a longer word may break, an address for example


def _longest_word(cells: tuple[list[Tree], ...], size: float) -> float:
    words = (word for cell in cells for run in cell for word in run["t"].split() if len(word) <= _LONG)
    return max((_wide(word, size) for word in words), default=0.0)


def _wide(word: str, size: float) -> float:
    """How wide a word is at most in our fonts, in points."""
    return text_width.width(word, size) * (_NARROW if word.isascii() else 1)


def _signs(node: Any) -> int:
    """The approximate number of characters in a block; a line end counts as a line."""
    if isinstance(node, str):
        return len(node) + 60 * node.count("\n")
    if isinstance(node, list):
        return sum(map(_signs, node))
    return sum(map(_signs, node.values())) if isinstance(node, dict) else 0
