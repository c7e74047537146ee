"""A document tree as a tagged PDF (PDF/UA-1) by Typst. Knows the tree's shape, the fonts and the template.

All words reach the template as values of one JSON text and are placed with `text(...)`, never as markup.
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

from ....errors import CannotExport
from ...tree.schema import check
from .fonts import folders, installed
from .typst_input import Page

_TEMPLATE = Path(__file__).with_name("document.typ")
_one_at_a_time = threading.Lock()

Tree = dict[str, Any]


def render(doc: Tree, today: date) -> bytes:
    """The PDF's bytes: the same for the same document and day."""
    good = check(doc)
    made = datetime(today.year, today.month, today.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="workbook-") as place:
        tree = Page(good, Path(place)).tree()
        # Some odd text fails the standard still. First give up loose marks, then pictures, last the standard.
        tries: list[tuple[Callable[[Any], Any], list[str]]] = [
            (lambda node: node, ["ua-1"]),
            (_simple, ["ua-1"]),
            (_simple, []),
        ]
        for change, standards in tries:
            try:
                return _compile(change(tree), standards, made, place)
            except _typst().TypstError:
                continue
    raise CannotExport("The PDF could not be made. The same document as a web page (HTML) has the same content.")


def _compile(tree: Tree, standards: list[str], made: datetime, place: str) -> bytes:
    inputs = {
        "doc": json.dumps(tree, ensure_ascii=False),
        "fonts": json.dumps(names()),
    }
    with _one_at_a_time:  # one Typst world serves all; a page's kernel and its app may both ask
        found: bytes = _compiler().compile(
            # Given anew each time: typst-py forgets the bytes of its constructor after one compilation.
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
    """The names of the typefaces, in order of choice."""
    return [family.name for family in installed()]


def _forget() -> None:
    """Empties what Typst remembers of the last pages, which is kept for ten compilations.

    A server stays small that way (116 MB instead of 400 after eight long documents), a fresh Compiler does
    not do it, and a patient's words do not linger. It costs 0.05 s.
    """
    for turn in range(12):
        _compiler().compile(input=b"%d" % turn, format="svg")


@cache
def _typst() -> Any:
    import typst

    return typst


@cache
def _compiler() -> Any:
    typst = _typst()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders())
    return typst.Compiler(font_paths=fonts)


def _simple(node: Any, key: str = "") -> Any:
    """The tree without loose marks and pictures: what no font or decoder could place."""
    import unicodedata

    if isinstance(node, str):
        if key in _OURS:
            return "" if key == "file" else node
        return "".join(sign for sign in node if unicodedata.category(sign) not in ("Mn", "Me", "Cf"))
    if isinstance(node, list):
        return [_simple(item, key) for item in node]
    return {name: _simple(value, name) for name, value in node.items()} if isinstance(node, dict) else node


_OURS = {"k", "href", "file", "tone", "paper", "lang", "region", "rtl", "dir"}
