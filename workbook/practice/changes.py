"""What changed in a workbook since an earlier day, as a table of a notebook. Knows the store's history."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable

from ..errors import NotebookMistake
from ..locale.dates import show_day
from ..store import Store, open_store
from ..ui.changes import Change, Found, found
from ..ui.handle import OpenCase
from .chosen import Given, chosen
from .rows import Rows

__all__ = ["Change", "Changes", "changes", "found", "note"]

_HEADS = {"day": "Day", "kind": "What", "what": "Question", "was": "Before", "now": "Now", "marked": "Marked"}


class Changes(Rows[Change]):
    """The changes, the newest first; `note` says since when they are listed, and what is no longer known."""

    def __init__(self, rows: Iterable[Change], note: str) -> None:
        super().__init__(Change, rows, _HEADS, "What changed", "")
        self.note = note

    def __repr__(self) -> str:
        return "\n".join(filter(None, (self.note, super().__repr__())))

    def _repr_html_(self) -> str:
        note = f"<p>{html.escape(self.note)}</p>"
        return note + (super()._repr_html_() if len(self) else "")


def changes(case: Given, since: dt.date | str | None = None) -> Changes:
    """What changed in one workbook: which answers are new, changed or removed, the newest first.

    `case` is an open workbook, or the id or name of one. `since` is the day to begin with, a date or such as
    "2026-11-23"; without it, the changes since somebody marked them as seen, else all that the history has. Each row
    has `at` (a time), `kind` ("new", "changed" or "removed"), `about` (the entry), `question`, `before` and `after`
    (texts), `by` ("patient", "caregiver", "advocate", "file" for a file that was loaded, or ""), `path`, and `private`
    and `sensitive`, which are True for what the person marked so. A whole entry that came or went is one row: `about`
    is its kind, `question` its name. `note` says from when on the history has them.
    NoSuchCase if there is no such workbook; ValueError for other text as a day.

    >>> from workbook.case import Case
    >>> _ = open_store().create(Case(id="doctest-changes"))
    >>> len(changes("doctest-changes"))
    0
    """
    key, store = _stored(case)
    made = found(store, key, dt.date.fromisoformat(since) if isinstance(since, str) else since)
    return Changes(made.changes, note(made))


def note(made: Found) -> str:
    """Since when the changes are listed, and from when on the history has them."""
    day = show_day(made.since.date().isoformat()) if made.since else ""
    start = f"What changed since {day}." if day else "What changed, as far back as the history goes."
    if not made.changes:
        start = f"Nothing has changed since {day}." if day else "Nothing has changed."
    if not made.begins:
        return start
    first = show_day(made.begins.date().isoformat())
    return f"{start} The history here begins on {first}. What changed before that day is not listed."


def _stored(case: Given) -> tuple[str, Store]:
    """The id of a workbook, and the store that has its history."""
    if isinstance(case, OpenCase):
        return case.case.id, case.store
    if not isinstance(case, str) and not hasattr(case, "id"):
        raise NotebookMistake('Write wb.changes(case), or give the id of a workbook: wb.changes("demo-breast").')
    return chosen(case, "changes")[0].id, open_store()
