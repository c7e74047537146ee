"""Renders every kind of block as Word elements. Knows the tree's schema; the layout is in the styles.

Each function returns elements; none writes into the file, so a block can be nested in a box or a cell.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from ...tree import timeline
from ...tree.clean import way_of
from ...tree.schema import signs
from .cells import BARE, room, table
from .element import edges, el, props, value
from .styles import ACCENT, LEVELS, TINT, WARN, style_id
from .words import Runs, paragraph, plain

_GROUND = {"info": (TINT, ACCENT), "goal": ("E9F3F2", ACCENT), "warn": ("FDF3E3", WARN)}
_TALLEST = 6480  # twips: the maximum height of a picture, about half a page
_EMU = 635  # of a twip
_ROOM = 180  # twips: a cell's left and right margins
_KEPT_ROWS = 6  # a table up to this length stays on one page
_BOX = {True: "☑", False: "☐"}

Tree = dict[str, Any]
Elements = list[Any]


@dataclass(frozen=True)
class Place:
    """The context of a block: width in twips, language, style, list level."""

    width: int
    lang: str
    style: str = "Normal"
    depth: int = 0
    foreign: bool = False  # the second language of a pair, so that each run is tagged with it


class Draw:
    """Renders the blocks of one file and shares its links, pictures and list numbering."""

    def __init__(self, part: Any, today: str) -> None:
        self.part, self.today, self.pictures = part, today, 0

    def blocks(self, blocks: Sequence[Tree], place: Place) -> Elements:
        """The elements of these blocks, in sequence."""
        made: Elements = []
        fresh = False
        for block in blocks:
            if block["k"] == "pagebreak":
                fresh = True
                continue
            if signs(block) and made:
                keep(made[-2:])
            found = getattr(self, block["k"])(block, place)
            if fresh and found:
                if not found[0].tag.endswith("}p"):
                    found.insert(0, plain("Space"))
                first = found[0].get_or_add_pPr()
                first.insert_element_before(el("pageBreakBefore"), *_AFTER_BREAK)
                fresh = False
            made += found
        return made

    def paragraph(self, style: str, content: Runs, place: Place, *more: Any, lead: str = "", way: str = "") -> Any:
        """A paragraph of runs in the context's language."""
        foreign = place.lang if place.foreign else ""
        return paragraph(self.part, style, content, *more, foreign=foreign, lead=lead, way=way)

    # Text blocks

    def heading(self, b: Tree, place: Place) -> Elements:
        return [self.paragraph(f"heading {min(3, b['level'] - 1)}", b["c"], place)]

    def para(self, b: Tree, place: Place) -> Elements:
        made = [self.paragraph(place.style, b["c"], place, way=way_of(place.lang) if b.get("lines") else "")]
        if b.get("keep"):
            keep(made)
        return made

    def list(self, b: Tree, place: Place) -> Elements:
        depth = min(LEVELS, place.depth + 1)
        level = "" if depth == 1 else f" {depth}"
        style = f"List {'Number' if b['ordered'] else 'Bullet'}{level}"
        count = el("numPr", el("ilvl", val=depth - 1), el("numId", val=self._count(depth))) if b["ordered"] else None
        inner = replace(place, depth=depth, style=f"List Continue{level}")
        made: Elements = []
        for item in b["items"]:
            first = item[0]["c"] if item and item[0]["k"] == "para" else []
            rest = item[1:] if item and item[0]["k"] == "para" else item
            made.append(self.paragraph(style, first, place, deepcopy(count)))
            made += self.blocks(rest, inner)
        return made

    def _count(self, depth: int) -> int:
        """A new numbering that starts at 1."""
        number = self.part.numbering_part.element
        made = number.add_num(2)
        made.add_lvlOverride(ilvl=depth - 1).add_startOverride(1)
        return int(made.numId)

    def checks(self, b: Tree, place: Place) -> Elements:
        return [
            self.paragraph(
                "Check item",
                [*item["c"], *([{"t": "   "}, *item["note"]] if item["note"] else [])],
                place,
                lead=_BOX[item["done"]],
            )
            for item in b["items"]
        ]

    def quote(self, b: Tree, place: Place) -> Elements:
        return self.blocks(b["blocks"], replace(place, style="Quote", width=place.width - 240))

    def pre(self, b: Tree, place: Place) -> Elements:
        return [self.paragraph("Preformatted", [{"t": b["t"]}], place, el("shd", val="clear", fill="F5F7F8"))]

    def lines(self, b: Tree, place: Place) -> Elements:
        if signs(b):
            labels = [b["label"], *([b["date"]] if b.get("date") else [])]
            return [part for label in labels for part in (plain("Signature line"), plain("Signature name", label))]
        label = [plain("Hint", b["label"])] if b["label"] else []
        return [*label, *self._ruled(b["n"])]

    def _ruled(self, count: int) -> Elements:
        return [plain("Writing line") for _ in range(count)] + ([plain("Space")] if count else [])

    def answer(self, b: Tree, place: Place) -> Elements:
        made = [self.paragraph("Question large" if b.get("large") else "Question", b["question"], place)]
        if b["hint"]:
            made.append(self.paragraph("Hint", b["hint"], place))
        made += [self.paragraph("Check item", [{"t": option}], place, lead=_BOX[False]) for option in b["options"]]
        return [*made, *self._ruled(b["n"])]

    # Blocks with cells

    def details(self, b: Tree, place: Place) -> Elements:
        """Two facts side by side, as on the printed page, so that a summary keeps its page count."""
        half = replace(place, width=place.width // 2)
        held = [
            [plain("Table text", fact["label"]), self.paragraph("Table heading", fact["c"], half)]
            for fact in b["items"]
        ]
        rows = [held[n : n + 2] for n in range(0, len(held), 2)]
        return self._cells(rows, [half.width, place.width - half.width], place) if rows else []

    def timeline(self, b: Tree, place: Place) -> Elements:
        """A time line as a small table, which people can edit in Word."""
        days = round(place.width * 0.32)
        rows = [
            [[plain("Table text", day)], [plain("Table heading", words)]] for day, words in timeline.rows(b, self.today)
        ]
        caption = [plain("caption", b["label"])] if b["label"] else []
        return [*caption, *(self._cells(rows, [days, place.width - days], place) if rows else [])]

    def table(self, b: Tree, place: Place) -> Elements:
        whole = sum(b["widths"])
        widths = [round(place.width * share / whole) for share in b["widths"]]
        spaced = [el("spacing", before=200, after=200)] if b.get("tall") else []

        def cell(style: str, content: Runs) -> Elements:
            return [self.paragraph(style, content, place, *map(deepcopy, spaced if style == "Table text" else []))]

        rows = [[cell("Table heading", column) for column in b["columns"]]]
        rows += [
            [cell("Table heading" if not n and b["row_header"] else "Table text", c) for n, c in enumerate(row)]
            for row in b["rows"]
        ]
        if len(b["rows"]) <= _KEPT_ROWS:
            keep(p for row in rows[:-1] for held in row for p in held)
        caption = [self.paragraph("caption", b["caption"], place)] if b["caption"] else []
        title = "".join(run["t"] for run in b["caption"])
        return [*caption, *self._cells(rows, widths, place, head=True, title=title)]

    def callout(self, b: Tree, place: Place) -> Elements:
        ground, tone = _GROUND[b["tone"]]
        inner = replace(place, width=place.width - 2 * _ROOM, style="Normal", depth=0)
        title = "Box title warn" if b["tone"] == "warn" else "Box title"
        held = [self.paragraph(title, b["title"], place)] if b["title"] else []
        held += self.blocks(b["blocks"], inner)
        look = [edges("tcBorders", left=(24, tone)), el("shd", val="clear", fill=ground), room(100, 200, 200, 30)]
        return self._cells([[held]], [place.width], place, cells=look, style=BARE)

    def pair(self, b: Tree, place: Place) -> Elements:
        half = place.width // 2
        left = replace(place, width=half - 2 * _ROOM)
        right = replace(left, lang=b["lang"], foreign=True)
        held = [self.blocks(b["left"], left), self.blocks(b["right"], right)]
        return self._cells([held], [half, half], place, cells=[room(0, 0, 2 * _ROOM, 0)], style=BARE)

    def _cells(self, rows: Iterable[Sequence[Elements]], widths: Sequence[int], place: Place, **more: Any) -> Elements:
        return table(rows, widths, mirrored=way_of(place.lang) == "rtl" and not place.foreign, **more)

    # Pictures

    def image(self, b: Tree, place: Place) -> Elements:
        """The picture at its own size, scaled down to fit; its text if it is damaged."""
        from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError

        data = base64.b64decode(b["data"])
        try:
            made = self.part.new_pic_inline(io.BytesIO(data), None, None)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, KeyError, ValueError):
            return [plain(place.style, f"[{b['alt']}]")]
        share = min(1.0, place.width * _EMU / made.extent.cx, _TALLEST * _EMU / made.extent.cy)
        wide, high = round(made.extent.cx * share), round(made.extent.cy * share)
        made.extent.cx, made.extent.cy = wide, high
        for side in "TBLR":
            made.set(f"dist{side}", "0")
        shape = made.graphic.graphicData.pic.spPr
        shape.cx, shape.cy = wide, high
        self.pictures += 1
        made.docPr.set("id", str(self.pictures))
        made.docPr.set("name", f"Picture {self.pictures}")
        made.docPr.set("descr", b["alt"])
        return [el("p", props("pPr", value("pStyle", style_id(place.style))), el("r", el("drawing", made)))]


def keep(elements: Iterable[Any]) -> None:
    """Keeps each of these paragraphs on the same page as the next one."""
    for element in elements:
        if element.tag.endswith("}p"):
            element.get_or_add_pPr().get_or_add_keepNext()


_AFTER_BREAK = ("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:bidi",
                "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")  # fmt: skip
