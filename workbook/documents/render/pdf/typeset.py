"""Renders a document tree as a tagged PDF (PDF/UA-1) with Typst; with a file inside it is also PDF/A-3a.

Knows the tree's schema, the fonts and the template. All text reaches the template as values of one JSON string and is
placed with `text(...)`, never as markup.
"""

from __future__ import annotations

import json
import re
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from .... import awaited
from ....errors import CannotExport
from ....locale import tr
from ...tree.schema import check
from .fonts import folders, installed
from .row_headings import in_order, tagged
from .typst_input import Page

_TEMPLATE = Path(__file__).with_name("document.typ")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_STEPS = 2
_SMALLEST = 9.5  # points of a letter's text: it may be faxed
_one_at_a_time = threading.Lock()

Tree = dict[str, Any]


def prepare() -> None:
    """Has Typst loaded, and the fonts that come with it, before either is used: in the browser they come when needed.

    Raises Awaited until that was tried, and CannotExport if it failed.
    """
    _typst()


class Inside(Protocol):
    """A file to put inside a PDF."""

    @property
    def name(self) -> str: ...

    @property
    def mime(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def data(self) -> bytes: ...


def render(doc: Tree, today: date, inside: Sequence[Inside] = ()) -> bytes:
    """The PDF's bytes, reproducible for the same document, files inside and day."""
    good, typst = check(doc), _typst()
    made = datetime(today.year, today.month, today.day, tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="workbook-") as place:
        tree = {**Page(good, Path(place)).tree(), "inside": [_placed(file, Path(place)) for file in inside]}
        best = ["ua-1", "a-3a"] if inside else ["ua-1"]
        # Some unusual text still violates the standard. First drop stray marks, then pictures, finally the standard.
        tries: list[tuple[Callable[[Any], Any], list[str]]] = [
            (lambda node: node, best),
            (_simple, best),
            (_simple, []),
        ]
        for change, standards in tries:
            try:
                return tagged(_fitted(change(tree), standards, made, place), in_order(tree["blocks"]))
            except typst.TypstError:
                continue
    raise CannotExport("The PDF could not be made. The same document as a web page (HTML) has the same content.")


def _placed(file: Inside, place: Path) -> dict[str, str]:
    """The file where the template finds it."""
    (place / file.name).write_bytes(file.data)
    return {"name": f"/{file.name}", "mime": file.mime, "description": file.description}


def _fitted(tree: Tree, standards: list[str], made: datetime, place: str) -> bytes:
    """The document; a letter whose last page would hold a few lines is set a little closer, if that saves the page."""
    found = _compile(tree, standards, made, place)
    if tree["letter"] is None:
        return found
    pages, least = _pages(found), 1 + sum(block["k"] == "pagebreak" for block in tree["blocks"])
    for step in range(_STEPS if pages > least else 0):
        size = max(_SMALLEST, tree["size"] * (1 - 0.03 * (step + 1)))
        closer = _compile({**tree, "size": size, "tight": True}, standards, made, place)
        if _pages(closer) < pages:
            return closer
    return found


def _pages(printed: bytes) -> int:
    return len(_PAGE.findall(printed))


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


_OURS = {"k", "name", "mime", "href", "file", "mark", "tone", "paper", "lang", "region", "rtl", "dir"}
