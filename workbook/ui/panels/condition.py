"""What the chosen kinds of illness add: choices, results that count, sources. Knows the packs; no widgets.

If the person's own words name a kind that is not chosen, one line asks about it. It is never chosen for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...case import Case
from ...case.change import Change
from ...content import Condition, chosen, declined, entries, suggested
from ...locale import plural, tr
from .. import links
from ..asking.pages import pages
from ..handle import OpenCase
from .base import Press, View, draw


def view(handle: OpenCase) -> str:
    """A question about each kind that the answers name, and a line for each chosen one, which opens; else empty."""
    return _drawn(handle, chosen(handle.case.goal.conditions)) if handle.bound else ""


def asking(handle: OpenCase) -> str:
    """Only the questions about kinds of illness that the answers name."""
    return _drawn(handle, ()) if handle.bound else ""


def presses(again: View) -> dict[str, Press]:
    """Its buttons: to choose a kind of illness, or to say that it is not about it."""
    return {
        "condition": lambda handle, value: _pressed(handle, again, str(value), _choose),
        "no-condition": lambda handle, value: _pressed(handle, again, str(value), _decline),
    }


def _drawn(handle: OpenCase, found: Iterable[Condition]) -> str:
    asked, shown = suggested(handle.case), [_shown(handle, one) for one in found]
    return draw("condition", asked=asked, found=shown) if asked or shown else ""


def _pressed(handle: OpenCase, again: View, key: str, change: Callable[[Case, str], Change]) -> str:
    if any(one.id == key for one in suggested(handle.case)):
        handle.session.apply([change(handle.case, key)])
        handle.session.refresh()
        handle.tell(None, [])  # the lists of this page have other entries now
    return again(handle)


def _choose(case: Case, key: str) -> Change:
    return Change("put", "goal.conditions", [*case.goal.conditions, key])


def _decline(case: Case, key: str) -> Change:
    return Change("put", "left_out", [*case.left_out, declined(key)])


def _shown(handle: OpenCase, one: Condition) -> dict[str, Any]:
    records, asks = (_count(handle, one, path) for path in ("records.items", "visit.questions"))
    added = [
        (plural("1 record to ask for", "{n} records to ask for", records), records, "records.items"),
        (plural("1 question for the visit", "{n} questions for the visit", asks), asks, "visit.questions"),
    ]
    return {
        "id": one.id,
        "title": one.title,
        "added": [{"words": words, "href": _way(handle, path)} for words, count, path in added if count],
        "lists": [
            {"title": title, "texts": [note.text for note in one.of(kind)]}
            for kind, title in (
                ("goals", tr("What people with this often want to know")),
                ("options", tr("Choices to ask about")),
                ("results", tr("Results that can change the plan")),
            )
            if one.of(kind)
        ],
        "sources": [
            {"title": note.title, "text": note.text, "href": note.url if note.url.startswith("https://") else ""}
            for note in one.of("sources")
        ],
    }


def _count(handle: OpenCase, one: Condition, path: str) -> int:
    """How many entries of it a list has now."""
    now = entries(handle.case, path)
    return sum(item.id in now for item in one.added.get(path, ()))


def _way(handle: OpenCase, path: str) -> str:
    """The address of the page that has this list; "" without one."""
    start = f"{path}."
    page = next((p for p in pages() if any(asked.startswith(start) for asked in p.paths)), None)
    return links.page(page.name, handle.case.id, path) if page else ""
