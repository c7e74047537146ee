"""A workbook as it is and as it was on an earlier day, with what changed it. Knows the store's history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..case import Case, read
from ..case.diff import apply, steps_of
from ..case.migrations import current
from ..errors import BadFile
from ..store import Row, Store
from ..store.base import Body


@dataclass(frozen=True)
class Changed:
    """A case before and after, and the rows of the history in between; times are as the store has them.

    `since` is the time that was asked for, `begins` the one that the history goes back to, if that is later.
    """

    before: Case
    after: Case
    rows: tuple[Row, ...]
    since: str = ""
    begins: str = ""


def changed(store: Store, key: str, since: str = "") -> Changed:
    """What changed since a time; without one since somebody last looked, else as far back as the history goes.

    NoSuchCase if there is no such workbook.
    """
    kept = store.kept(key)
    since = since or kept.seen
    _version, stored = store.read(key)
    now = current(stored)
    rows = [row for row in store.history(key) if row.ended > since]
    found = _back(now, rows) or _as_far_back_as_possible(now, rows)
    begins = max(kept.begins, rows[-len(found.rows) - 1].ended if len(found.rows) < len(rows) else "")
    return replace(found, since=since, begins=begins if begins > since else "")


def _back(now: Body, rows: Sequence[Row]) -> Changed | None:
    """The case before all these rows; None if one of them does not fit, as when an older version wrote it."""
    body = now
    try:
        for row in reversed(rows):
            body = apply(body, row.deltas, back=True)
        return Changed(read(body), read(now), tuple(rows))
    except (KeyError, TypeError, ValueError, BadFile):
        return None


def _as_far_back_as_possible(now: Body, rows: Sequence[Row]) -> Changed:
    """The same for as many of the last rows as fit."""
    fits, fails = 0, len(rows)
    while fails - fits > 1:
        half = (fits + fails) // 2
        fits, fails = (half, fails) if _back(now, rows[len(rows) - half :]) else (fits, half)
    return _back(now, rows[len(rows) - fits :]) or Changed(read(now), read(now), ())


class Times:
    """The latest row that changed each path."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._at: dict[tuple[str, ...], Row] = {}
        self._inside: dict[tuple[str, ...], Row] = {}
        for row in rows:
            for delta in row.deltas:
                steps = tuple(steps_of(delta["path"]))
                self._at[steps] = row
                self._inside.update({steps[:end]: row for end in range(1, len(steps))})

    def of(self, *steps: str) -> Row | None:
        """The latest row that changed this path, something inside it, or the whole of which it is a part."""
        found = [self._inside.get(steps), *(self._at.get(steps[:end]) for end in range(1, len(steps) + 1))]
        return max((row for row in found if row), key=lambda row: row.ended, default=None)
