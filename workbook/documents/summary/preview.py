"""What a reader is about to get, and what could be chosen to go along. Pure: knows the case, the readers, the summary.

The list of what leaves is read off the document itself, so it cannot say less than what is in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from ...case import Case, Item, Items, Own, Part, label
from ...case.log import Visibility
from ...locale import N_, tr
from ...rules import export_alerts
from ...rules.alerts.exporting import handing_over
from ..audience.readers import EXTRAS, READERS
from ..audience.redact import is_held_back
from ..tree import blocks as B  # noqa: N812
from ..wording import lines
from .build import summary

_EXTRA_WORDS = {
    "person.address": (N_("Home address"), N_("the full address")),
    "person.aliases": (N_("Earlier names"), N_("earlier names")),
    "time": (N_("The log of time spent"), N_("the log of time")),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of what a reader gets, a line for each thing in it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """One thing that stays out unless it is chosen: where it lies, what it is, and why it is held back."""

    path: str
    words: str
    why: str


def leaving(case: Case, reader: str, include: AbstractSet[str], today: dt.date) -> list[Section]:
    """Everything this reader gets on that day, section by section, with what was chosen to go along."""
    doc = summary(case, today, reader, include)
    top = [doc["title"], doc["subject"], doc["prepared"]]
    found: list[tuple[str, list[str]]] = [(tr("At the top"), [line for line in top if line])]
    for block in doc["blocks"]:
        if block["k"] == "heading" and block["level"] == 2:
            found.append((B.plain(block["c"]), []))
        else:
            found[-1][1].extend(_lines(block))
    return [Section(title, tuple(told)) for title, told in found if told]


def choices(case: Case, reader: str = "full") -> list[Extra]:
    """What this reader would not get unless it is chosen, one by one; in the order of the case."""
    who = READERS[reader]
    return [
        Extra(path, words, why) for path, words, why in (*_extras(case), *_held_back(case, case, "")) if who.takes(path)
    ]


def _extras(case: Case) -> Iterator[tuple[str, str, str]]:
    held = {
        "person.address": case.person.address,
        "person.aliases": _open(case.person.aliases) or _renamed(case),
        "time": _open(case.time),
    }
    for path in EXTRAS:
        if held[path]:
            what, given_away = _EXTRA_WORDS[path]
            yield path, tr(what), handing_over(tr(given_away))


def _renamed(case: Case) -> bool:
    """Whether a record that may be seen lies under another name."""
    return any(r.name_on_record and not is_held_back(r) for r in case.records.items.values())


def _open(items: Items[Any]) -> bool:
    return any(not is_held_back(item) for item in items.values())


def _held_back(case: Case, node: Any, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Every entry and own answer that is marked, or a note that is only for oneself."""
    for name in type(node).model_fields:
        value, path = getattr(node, name), f"{prefix}{name}"
        if isinstance(value, Items):
            for key, item in value.items():
                place = f"{path}.{key}"
                if is_held_back(item) or (path == "notes" and item.visibility in (None, Visibility.PRIVATE)):
                    yield place, _words(case, path, item), _why(case, place)
                yield from _held_back(case, item, f"{place}.")
        elif isinstance(value, Part):
            yield from _held_back(case, value, f"{path}.")
        elif name == "own":
            yield from ((f"{path}.{key}", _asked(key, own), _why_own()) for key, own in value.items() if own.private)


def _words(case: Case, path: str, item: Item) -> str:
    """What the entry is, and its name."""
    noun, name = tr(item.NOUN).capitalize(), lines(label(case, path, item.id))
    return noun if name.lower() == item.NOUN else f"{noun}: {name}"


def _asked(key: str, own: Own) -> str:
    return tr("Answer: {question}").format(question=own.words or key)


def _why(case: Case, path: str) -> str:
    return " ".join(alert.text for alert in export_alerts(case, [path])[:1])


def _why_own() -> str:
    return handing_over(tr("an answer marked as private"))


def _lines(block: B.Block) -> Iterator[str]:
    """The lines of a block, without weight or color; kinds that are new here still show all their words."""
    kind = block.get("k")
    if kind == "facts":
        yield from (f"{item['label']}: {B.plain(item['c'])}" for item in block["items"])
    elif kind == "checks":
        yield from (" · ".join(filter(None, (B.plain(i["c"]), B.plain(i["note"])))) for i in block["items"])
    elif kind == "timeline":
        yield from (f"{item['day']}: {item['words']}" for item in block["items"])
    elif kind == "table":
        columns = [B.plain(c) for c in block["columns"]]
        for row in block["rows"]:
            first, *cells = [B.plain(c) for c in row]
            told = "; ".join(f"{c}: {words}" for c, words in zip(columns[1:], cells, strict=False) if words)
            yield f"{first} · {told}" if told else first
    elif kind == "list":
        yield from (" ".join(line for inner in item for line in _lines(inner)) for item in block["items"])
    else:
        yield from _any(block)


def _any(node: Any) -> Iterator[str]:
    if isinstance(node, list) and node and all(isinstance(run, dict) and "t" in run for run in node):
        if words := B.plain(node).strip():
            yield words
    elif isinstance(node, dict):
        if "k" in node and node["k"] in ("facts", "checks", "table", "list", "timeline"):
            yield from _lines(node)
        else:
            for value in node.values():
                yield from _any(value)
    elif isinstance(node, list):
        for value in node:
            yield from _any(value)
