"""What is left out of a document unless selected item by item. Knows the case, the readers and the privacy alerts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...case import Case, CaseModel, Item, Items, Own, label
from ...case.log import Visibility
from ...locale import N_, tr
from ...rules import export_alerts
from ...rules.alerts.exporting import handing_over
from ..wording import lines
from .readers import EXTRAS, READERS
from .redact import HOME, is_held_back

_EXTRA_WORDS = {
    HOME: (N_("Home address"), N_("the full address")),
    "person.aliases": (N_("Earlier names"), N_("earlier names")),
    "time": (N_("The log of time spent"), N_("the log of time")),
}


@dataclass(frozen=True, slots=True)
class Extra:
    """One item left out unless selected: its path, what it is, and why it is left out."""

    path: str
    words: str
    why: str


def choices(case: Case, reader: str = "full") -> list[Extra]:
    """What this reader does not get unless it is selected, item by item, in the order of the case."""
    who = READERS[reader]
    return [
        Extra(path, words, why) for path, words, why in (*_extras(case), *_held_back(case, case, "")) if who.takes(path)
    ]


def _extras(case: Case) -> Iterator[tuple[str, str, str]]:
    held = {
        HOME: case.person.address or any(p.address and not is_held_back(p) for p in case.parties.values()),
        "person.aliases": _open(case.person.aliases) or _renamed(case),
        "time": _open(case.time),
    }
    for path in EXTRAS:
        if held[path]:
            what, given_away = _EXTRA_WORDS[path]
            yield path, tr(what), handing_over(tr(given_away))


def _renamed(case: Case) -> bool:
    """Whether a visible record is filed under another name."""
    return any(r.name_on_record and not is_held_back(r) for r in case.records.items.values())


def _open(items: Items[Any]) -> bool:
    return any(not is_held_back(item) for item in items.values())


def _held_back(case: Case, node: Any, prefix: str) -> Iterator[tuple[str, str, str]]:
    """Every private or sensitive entry and own answer, and every note to oneself."""
    for name in type(node).model_fields:
        value, path = getattr(node, name), f"{prefix}{name}"
        if isinstance(value, Items):
            for key, item in value.items():
                place = f"{path}.{key}"
                if is_held_back(item) or (path == "notes" and item.visibility in (None, Visibility.PRIVATE)):
                    yield place, _words(case, path, item), _why(case, place)
                yield from _held_back(case, item, f"{place}.")
        elif isinstance(value, CaseModel):
            yield from _held_back(case, value, f"{path}.")
        elif name == "own":
            yield from ((f"{path}.{key}", _asked(key, own), _why_own()) for key, own in value.items() if own.private)


def _words(case: Case, path: str, item: Item) -> str:
    """The entry's noun and its name."""
    noun, name = tr(item.NOUN).capitalize(), lines(label(case, path, item.id))
    return noun if name.lower() == item.NOUN else f"{noun}: {name}"


def _asked(key: str, own: Own) -> str:
    return tr("Answer: {question}").format(question=own.words or key)


def _why(case: Case, path: str) -> str:
    return " ".join(alert.text for alert in export_alerts(case, [path])[:1])


def _why_own() -> str:
    return handing_over(tr("an answer marked as private"))
