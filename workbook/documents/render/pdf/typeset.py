"""Renders a document tree as a tagged PDF (PDF/UA-1) with Typst. Knows the tree's schema, the fonts and the template.

All text reaches the template as values of one JSON string and is placed with `text(...)`, never as markup.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from .... import awaited
from ....errors import CannotExport
from ....locale import tr
from ...tree.schema import check
from .fonts import folders, installed
from .typst_input import Page

_TEMPLATE = Path(__file__).with_name("document.typ")
_one_at_a_time = threading.Lock()

Tree = dict[str, Any]


def prepare() -> None:
    """Has Typst loaded, and the fonts that come with it, before either is used: in the browser they come when needed.

    Raises Awaited until that was tried, and CannotExport if it failed.
    """
    _typst()


def render(doc: Tree, today: date) -> bytes:
    """The PDF's bytes, reproducible for the same document and day."""
    good, typst = check(doc), _typst()
    made = datetime(today.year, today.month, today.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="workbook-") as place:
        tree = Page(good, Path(place)).tree()
        # Some unusual text still violates the standard. First drop stray marks, then pictures, finally the standard.
        tries: list[tuple[Callable[[Any], Any], list[str]]] = [
            (lambda node: node, ["ua-1"]),
            (_simple, ["ua-1"]),
            (_simple, []),
        ]
        for change, standards in tries:
            try:
                return _compile(change(tree), standards, made, place)
            except typst.TypstError:
                continue
    raise CannotExport("The PDF could not be made. The same document as a web page (HTML) has the same content.")


def _compile(tree: Tree, standards: list[str], made: datetime, place: str) -> bytes:
    inputs = {
        "doc": json.dumps(tree, ensure_ascii=False),
        "fonts": json.dumps(names()),
    }
    with _one_at_a_time:  # one Typst world for all; a page's kernel and its app may both call it
        found: bytes = _compiler().compile(
            # Passed again each time: typst-py forgets the bytes of its constructor after one compilation.
            input=_TEMPLATE.read_bytes(),
            format="pdf",
            pdf_standards=standards,
            timestamp=made,
            root=place,
            sys_inputs=inputs,
        )
        _forget()
    return found


def names() -> list[str]:
    """The names of the font families, in order of preference."""
    return [family.name for family in installed()]


def _forget() -> None:
    """Clears Typst's cache of recent pages, which it keeps for ten compilations.

    This keeps a server small (116 MB instead of 400 after eight long documents) and removes a patient's text from
    memory; a new Compiler would do neither. It costs 0.05 s.
    """
    for turn in range(12):
        _compiler().compile(input=b"%d" % turn, format="svg")


@cache
def _typst() -> Any:
    try:
        return awaited.package("typst")
    except awaited.JobFailed:
        raise CannotExport(
            tr(
                "The part that makes PDFs could not be loaded. "
                "Connect to the internet and try again, or download the web page."
            )
        ) from None


@cache
def _compiler() -> Any:
    typst = _typst()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders())
    return typst.Compiler(font_paths=fonts)


def _simple(node: Any, key: str = "") -> Any:
    """The tree without stray marks and pictures: what no font or decoder could handle."""
    import unicodedata

    if isinstance(node, str):
        if key in _OURS:
            return "" if key in ("file", "mark") else node
        return "".join(sign for sign in node if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    if isinstance(node, list):
        return [_simple(item, key) for item in node]
    return {name: _simple(value, name) for name, value in node.items()} if isinstance(node, dict) else node


_OURS = {"k", "href", "file", "mark", "tone", "paper", "lang", "region", "rtl", "dir"}
