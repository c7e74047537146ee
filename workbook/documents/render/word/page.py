"""The page of a Word file: paper, header and footer, title or letterhead. Knows the tree."""

from __future__ import annotations

import re
from typing import Any

from ...tree.clean import one_line, way_of
from ...tree.schema import INCHES, margin
from .draw import Draw, Place
from .element import el
from .styles import define
from .words import plain, text

_TWIPS = 1440  # of an inch
_SLOT = re.compile(r"(\{page\}|\{pages\})")
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


def fill(document: Any, doc: dict[str, Any]) -> None:
    """Writes the whole document tree into an empty Word document."""
    side = round(margin(doc) * _TWIPS)
    wide, high = (round(inches * _TWIPS) for inches in INCHES[doc["paper"]])
    width = wide - 2 * side
    define(document, doc, width)
    section = document.sections[0]
    _paper(section, wide, high, side)
    draw = Draw(document.part, doc["words"]["today"])
    place = Place(width, doc["lang"])
    body = [*_head(doc), *draw.blocks(doc["blocks"], place)]
    if doc["footer"]:
        body.append(plain("Small print", doc["footer"]))
    end = document.element.body.sectPr
    for element in body:
        end.addprevious(element)
    _every_sheet(section, doc, width)


def _paper(section: Any, wide: int, high: int, side: int) -> None:
    from docx.shared import Twips

    section.page_width, section.page_height = Twips(wide), Twips(high)
    section.left_margin = section.right_margin = Twips(side)
    section.top_margin, section.bottom_margin = Twips(860), Twips(820)
    section.header_distance = section.footer_distance = Twips(420)


def _head(doc: dict[str, Any]) -> list[Any]:
    """What precedes the blocks: the head of a letter, or the title of any other document."""
    head = [plain("Mark", doc["watermark"])] if doc["watermark"] else []
    if letter := doc.get("letter"):
        lines = [letter["sender"], [letter["date"]], letter["to"]]
        head += [plain("Letter lines", "\n".join(part), way=way_of(doc["lang"])) for part in lines if any(part)]
        return [*head, plain("Subject line", doc["subject"] or doc["title"])]
    head.append(plain("Title", doc["title"]))
    if doc["subject"]:
        head.append(plain("Subtitle", doc["subject"]))
    return [*head, plain("Prepared" if doc["prepared"] else "Title rule", doc["prepared"])]


def _every_sheet(section: Any, doc: dict[str, Any], width: int) -> None:
    """The header with the watermark, except on page 1, which has it in its text; the footer with the page number."""
    section.different_first_page_header_footer = True
    _only(section.first_page_header, plain("header"))
    _only(section.header, plain("header", one_line(doc["watermark"])))
    running = one_line(doc["subject"] or doc["title"])
    for footer in (section.first_page_footer, section.footer):
        line = plain("footer", running, el("tabs", el("tab", val="right", pos=width)))
        line.append(el("r", el("tab")))
        for piece in _SLOT.split(doc["words"]["page"]):
            field = _FIELDS.get(piece)
            shown = el("r", text(piece if field is None else "1"))
            line.append(el("fldSimple", shown, instr=f" {field} ") if field else shown)
        _only(footer, line)


def _only(place: Any, line: Any) -> None:
    place.is_linked_to_previous = False
    for old in list(place._element):
        place._element.remove(old)
    place._element.append(line)
