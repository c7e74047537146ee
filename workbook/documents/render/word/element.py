"""Creates Word elements in schema order. Knows lxml and nothing of documents."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

# Word rejects properties in another order (ECMA-376, part 1: CT_PPr, CT_RPr, CT_TblPr, CT_TcPr).
_ORDER = """pStyle keepNext keepLines pageBreakBefore widowControl numPr suppressLineNumbers pBdr shd tabs bidi spacing
ind contextualSpacing jc outlineLvl rStyle rFonts b bCs i iCs color sz szCs u rtl lang
tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption cantSplit tblHeader"""
_PLACES = {qn(f"w:{name}"): place for place, name in enumerate(_ORDER.split())}


def el(tag: str, *children: Any, **attributes: Any) -> Any:
    """An element `w:tag` with attributes of the same namespace; None children are skipped."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend([child for child in children if child is not None])
    return made


def props(tag: str, *children: Any) -> Any:
    """Properties in Word's order; None if there are none."""
    there = [child for child in children if child is not None]
    return el(tag, *sorted(there, key=lambda child: _PLACES[child.tag])) if there else None


def on(name: str, wanted: object = True) -> Any:
    """An enabled on/off property; None if not wanted."""
    return el(name) if wanted else None


def value(name: str, given: object) -> Any:
    """A property with one value; None if there is none."""
    return el(name, val=given) if given not in (None, "") else None


def edges(tag: str, **sides: tuple[int, str]) -> Any:
    """Borders: for each side its width in eighths of a point and its color."""
    made = {
        side: el(side, val="single", sz=width, space=4 if tag == "pBdr" else 0, color=color)
        for side, (width, color) in sides.items()
    }
    order = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV", "between")
    return el(tag, *(made[side] for side in order if side in made))
