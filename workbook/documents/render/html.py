"""Renders a document tree as one web page without scripts or external resources. Knows Jinja and the tree."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..tree import bidi, marks, timeline
from ..tree.blocks import Block, document
from ..tree.clean import way_of
from ..tree.schema import check

_TEMPLATES = Path(__file__).parent / "templates"


def render(doc: dict[str, Any]) -> str:
    """The whole page."""
    good = check(doc)
    style = _style().render(doc=good).strip()
    return _environment().get_template("document.html.j2").render(doc=good, style=style, words=good["words"])


def fragment(blocks: Iterable[Block]) -> str:
    """Only the blocks, for a notebook's output; their headings start at level 2 as in a document."""
    good = check(document("Part", list(blocks)))
    page = _environment().get_template("part.html.j2")
    return page.render(blocks=good["blocks"], words={**good["words"], "way": bidi.LTR})


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "placed": _placed,
        "flat": _flat,
        "reads": _reads,
        "way": way_of,
        "share": _share,
        "fingerprint": _fingerprint,
        "mark": marks.svg,
        "has_marks": _has_marks,
    }
    found.globals["line"] = _line
    return found


@cache
def _style() -> jinja2.Template:
    styles = jinja2.Environment(autoescape=False)  # noqa: S701  (all text passes through `escaped`)
    styles.filters["escaped"] = _css_escaped
    return styles.from_string((_TEMPLATES / "document.css.j2").read_text("utf-8"))


def _css_escaped(words: str) -> str:
    """Text for a CSS string, every character escaped by number, so that none can end the string."""
    return "".join(f"\\{ord(sign):06x}" for sign in " ".join(words.split())[:90])


def _placed(words: str, base: str) -> Markup:
    """Escaped text with line breaks, and with bidi isolation where its direction differs from its surroundings."""
    return Markup("<br>").join(_line_of(line) for line in bidi.lines(words, base))


def _flat(words: str, base: str) -> Markup:
    """The same for names, addresses and our own texts, whose lines follow the page's direction."""
    return Markup("<br>").join(_line_of(line) for line in bidi.lines(words, base, flat=True))


def _line_of(line: bidi.Line) -> Markup:
    return _apart(Markup("").join(_apart(escape(piece.text), piece.way) for piece in line.pieces), line.way)


def _apart(words: Markup, way: str) -> Markup:
    return Markup('<bdi dir="{}">{}</bdi>').format(way, words) if way else words


def _reads(content: list[dict[str, Any]], around: str) -> str:
    """The text direction of a block with these lines."""
    return bidi.block_way("".join(run["t"] for run in content), around)


def _line(block: dict[str, Any], today: str) -> dict[str, Any]:
    """A time line: its horizontal and vertical picture, its text, and a list if the picture is incomplete."""
    drawn = {way: _data(timeline.svg(block, way, today)) for way in ("lying", "standing")}
    rows = [] if timeline.is_whole(block, today) else timeline.rows(block, today)
    return {**drawn, "alt": timeline.alt(block, today), "rows": rows}


def _data(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _has_marks(table: dict[str, Any]) -> bool:
    """Whether cells of a table have marks: such columns can be narrow."""
    return any("mark" in run for row in table["rows"] for cell in row for run in cell)


def _share(widths: list[float]) -> list[int]:
    """Column widths in twentieths: the content policy forbids style attributes, so each is a class."""
    whole = sum(widths)
    return [max(1, round(width / whole * 20)) for width in widths]


def _fingerprint(style: str) -> str:
    """The hash that the page's content policy allows: this style sheet and no other."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
