"""Previews what a reader will get, section by section. Pure: knows the case, the readers and the summary.

The list is extracted from the document itself, so it cannot omit what is in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ...case import Case
from ...locale import tr
from ..tree import blocks as B  # noqa: N812
from .build import summary


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what a reader gets, a line for each item in it."""

    title: str
    lines: tuple[str, ...]


def leaving(case: Case, reader: str, include: AbstractSet[str], today: dt.date) -> list[Section]:
    """Everything this reader gets on that day, section by section, including selected extras."""
    doc = summary(case, today, reader, include)
    top = [doc["title"], doc["subject"], doc["prepared"]]
    found: list[tuple[str, list[str]]] = [(tr("At the top"), [line for line in top if line])]
    for block in doc["blocks"]:
        if block["k"] == "heading" and block["level"] == 2:
            found.append((B.as_text(block["c"]), []))
        else:
            found[-1][1].extend(_lines(block))
    return [Section(title, tuple(told)) for title, told in found if told]


def _lines(block: B.Block) -> Iterator[str]:
    """The lines of a block as plain text; unknown kinds still show all their text."""
    kind = block.get("k")
    if kind == "details":
        yield from (f"{item['label']}: {B.as_text(item['c'])}" for item in block["items"])
    elif kind == "checks":
        yield from (" · ".join(filter(None, (B.as_text(i["c"]), B.as_text(i["note"])))) for i in block["items"])
    elif kind == "timeline":
        yield from (f"{item['day']}: {item['words']}" for item in block["items"])
    elif kind == "table":
        columns = [B.as_text(c) for c in block["columns"]]
        for row in block["rows"]:
            first, *cells = [B.as_text(c) for c in row]
            told = "; ".join(f"{c}: {words}" for c, words in zip(columns[1:], cells, strict=False) if words)
            yield f"{first} · {told}" if told else first
    elif kind == "list":
        yield from (" ".join(line for inner in item for line in _lines(inner)) for item in block["items"])
    else:
        yield from _any(block)


def _any(node: Any) -> Iterator[str]:
    if isinstance(node, list) and node and all(isinstance(run, dict) and "t" in run for run in node):
        if words := B.as_text(node).strip():
            yield words
    elif isinstance(node, dict):
        if "k" in node and node["k"] in ("details", "checks", "table", "list", "timeline"):
            yield from _lines(node)
        else:
            for value in node.values():
                yield from _any(value)
    elif isinstance(node, list):
        for value in node:
            yield from _any(value)
