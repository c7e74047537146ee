"""Tables of a Word file: data tables, and borderless ones for boxes and columns. Knows no block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from .element import edges, el, on, props, value
from .styles import ACCENT, TINT
from .words import plain

RULED, BARE = "Workbooktable", "TableNormal"


def table(
    rows: Iterable[Sequence[list[Any]]],
    widths: Sequence[int],
    *,
    mirrored: bool = False,
    head: bool = False,
    title: str = "",
    cells: Sequence[Any] = (),
    style: str = "Workbooktable",
) -> list[Any]:
    """A table and the space below it, without which Word would merge adjacent tables.

    A row with one cell spans all columns.
    """
    look = props(
        "tblPr",
        value("tblStyle", style),
        on("bidiVisual", mirrored),
        el("tblW", w=sum(widths), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0020" if head else "0000", firstRow=int(head)),
        value("tblCaption", title[:200]),
    )
    made = el("tbl", look, el("tblGrid", *(el("gridCol", w=width) for width in widths)))
    for n, row in enumerate(rows):
        first = head and n == 0
        line = el("tr", el("trPr", on("cantSplit", style != "TableNormal"), on("tblHeader", first)))
        spans = len(row) == 1 < len(widths)
        for held, width in zip(row, [sum(widths)] if spans else widths, strict=True):
            shade = [edges("tcBorders", bottom=(8, ACCENT)), el("shd", val="clear", fill=TINT)] if first else []
            box = el(
                "tc",
                el(
                    "tcPr",
                    el("tcW", w=width, type="dxa"),
                    *([value("gridSpan", len(widths))] if spans else []),
                    *shade,
                    *map(deepcopy, cells),
                ),
                *held,
            )
            if not held or not held[-1].tag.endswith("}p"):  # a cell must end with a paragraph
                box.append(plain("Space"))
            line.append(box)
        made.append(line)
    return [made, plain("Space")]


def room(top: int, left: int, right: int, bottom: int) -> Any:
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    return el("tcMar", *(el(side, w=width, type="dxa") for side, width in sides.items()))
