"""Converts the outputs of a notebook cell to blocks. Knows Jupyter's output formats, never runs or trusts them."""

from __future__ import annotations

import base64
import binascii
from html.parser import HTMLParser
from typing import Any

from ..tree import blocks as B  # noqa: N812

_WIDEST = 7  # columns of a table that are readable side by side; more continue in another table

_WIDGET = "application/vnd.jupyter.widget-view+json"


def is_widget(output: Any) -> bool:
    """Whether this is what people fill in or press."""
    return _WIDGET in output.get("data", {})


def output_blocks(output: Any) -> list[B.Block]:
    """The blocks of one output: a part's own, Markdown, a picture, a table, else its text."""
    from ..tree.markdown import to_blocks

    if output["output_type"] == "stream":
        words = output["text"].strip("\n")
        return [B.pre(words)] if output["name"] == "stdout" and words.strip() else []
    if output["output_type"] not in ("display_data", "execute_result"):
        return []
    data = output["data"]
    if B.MIME in data:
        return list(data[B.MIME].get("blocks", []))
    if _WIDGET in data:
        return []  # what people fill in or press; on paper it is nothing
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            return _picture(data[mime], mime, output.get("metadata", {}))
    if "text/markdown" in data:
        return to_blocks(data["text/markdown"])
    if "text/html" in data:
        return html_blocks(data["text/html"])
    words = data.get("text/plain", "").strip("\n")
    return [B.pre(words)] if words.strip() else []


def _picture(data: str, mime: str, about: Any) -> list[B.Block]:
    alt = about.get("alt") or about.get(mime, {}).get("alt") or ""
    try:
        return [B.image(base64.b64decode("".join(data.split()), validate=True), alt, mime)]
    except (binascii.Error, ValueError):
        return [B.para(f"[{alt or 'A picture that cannot be shown'}]")]


def html_blocks(source: str) -> list[B.Block]:
    """Tables (as pandas writes them) as tables, all other markup as its text."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.flush()
    return reader.found


class _Reader(HTMLParser):
    """Parses markup in one pass; keeps text and tables in order."""

    _SILENT = ("script", "style", "template", "title", "noscript")
    _BREAKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "section", "pre", "dt", "dd")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[B.Block] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.heads = 0  # rows of the table's head
        self.cell: list[str] | None = None
        self.caption: str = ""
        self.silent = 0
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self.silent += 1
        elif tag == "table":
            self.flush()
            self.tables += 1
        elif tag == "tr" and self.tables:
            self._close_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._close_cell()
            self.cell = []
            span = dict(attrs).get("colspan") or "1"
            self.rows[-1] += [""] * (min(int(span), 50) - 1 if span.isdecimal() and int(span) > 1 else 0)
        elif tag == "br":
            self.handle_data("\n")
        elif tag in self._BREAKS and not self.tables:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag == "thead":
            self.heads = len(self.rows)
        elif tag == "caption":
            self.caption = " ".join("".join(self.words).split())
            self.words = []
        elif tag == "table":
            self.flush()
            self.tables = max(0, self.tables - 1)
        elif tag in self._BREAKS and not self.tables:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            (self.words if self.cell is None else self.cell).append(data)

    def _close_cell(self) -> None:
        if self.cell is not None and self.rows:
            self.rows[-1].append("".join(self.cell).strip())
        self.cell = None

    def flush(self) -> None:
        """Turns the collected text into blocks."""
        self._close_cell()
        rows = [row for row in self.rows if row]
        if rows:
            self.found += _tables(rows, min(max(self.heads, 1), len(rows)), self.caption)
        words = " ".join("".join(self.words).split())
        if words:
            self.found.append(B.para(words))
        self.rows, self.words, self.heads, self.caption = [], [], 0, ""


def _tables(rows: list[list[str]], heads: int, caption: str) -> list[B.Block]:
    """One table, or several of a few columns each with the first column repeated."""
    count = max(map(len, rows))
    full = [row + [""] * (count - len(row)) for row in rows]
    names = [" ".join(row[i] for row in full[:heads] if row[i]) for i in range(count)]
    names = [name or ("Row" if i == 0 else f"Column {i + 1}") for i, name in enumerate(names)]
    body = full[heads:]
    starts = range(1, count, _WIDEST - 1) if count > 1 else [1]
    groups = [[0, *range(start, min(start + _WIDEST - 1, count))] for start in starts]
    return [B.table(caption, [names[i] for i in group], [[row[i] for i in group] for row in body]) for group in groups]
