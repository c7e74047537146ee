"""The time spent in all workbooks, by workbook and kind of work. Knows the time log of cases; none of its words."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
from collections.abc import Iterable
from typing import NamedTuple

from ..case import Case, first_name, told_apart
from ..case.log import TimeEntry
from ..case.partial_dates import earliest, latest
from ..documents.tables.csv_safe import harmless
from ..locale import tr
from ..locale.dates import show_day
from ..store import open_store
from .chosen import every
from .rows import Rows

ALL_KINDS, ALL_CASES = "All kinds of work", "All workbooks"


class Spent(NamedTuple):
    """The time of one kind of work in one workbook; or a total, with its words in place of the kind or the name."""

    case: str
    name: str
    kind: str
    entries: int
    minutes: int
    billable_minutes: int

    @property
    def hours(self) -> float:
        """The minutes as hours, to a hundredth."""
        return round(self.minutes / 60, 2)


_HEADS = {"name": "Workbook", "kind": "Kind of work", "entries": "Entries", "minutes": "Minutes", "hours": "Hours"}
_HEADS |= {"billable_minutes": "Minutes to be billed"}


class TimeReport(Rows[Spent]):
    """Rows of a span, with `totals` of each workbook, `total` of all, and `note` about what is not counted."""

    def __init__(self, rows: Iterable[Spent], start: dt.date, end: dt.date, uncounted: int) -> None:
        empty = "No time is written down for these days."
        super().__init__(Spent, rows, _HEADS, "Time spent", empty)
        self.start, self.end, self.uncounted = start, end, uncounted
        self.totals = [
            _sum(self, case, name, ALL_KINDS) for case, name in dict.fromkeys((r.case, r.name) for r in self)
        ]
        self.total = _sum(self, "", ALL_CASES, ALL_KINDS)

    @property
    def note(self) -> str:
        """The span, and how many entries have no date that says whether they are in it."""
        span = f"Time from {show_day(self.start.isoformat())} to {show_day(self.end.isoformat())}."
        if not self.uncounted:
            return span
        many = "1 entry" if self.uncounted == 1 else f"{self.uncounted} entries"
        return f"{span} Not counted: {many} without a whole date or without minutes."

    def csv(self) -> str:
        """The rows and the totals as CSV text; a cell that a spreadsheet would run begins with an apostrophe."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["Id", *_HEADS.values()])
        for row in (*self, *self.totals, self.total):
            table.writerow([harmless(value) for value in (row.case, *(getattr(row, name) for name in _HEADS))])
        return out.getvalue()

    def with_totals(self) -> Rows[Spent]:
        """The rows, then the total of each workbook, then that of all."""
        return self._like([*self, *self.totals, *([self.total] if len(self) else [])])

    def __repr__(self) -> str:
        return f"{self.note}\n{self.with_totals()!r}"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.note)}</p>{self.with_totals()._repr_html_()}"


def time_report(start: dt.date | str | None = None, end: dt.date | str | None = None) -> TimeReport:
    """The time spent in all workbooks of this computer, by workbook and kind of work, like `workbook time-report`.

    `start` and `end` are the first and the last day, dates or such as "2026-11-01"; without them, this month so far.
    Each row has `case` (the id), `name`, `kind`, `entries` (a count), `minutes`, `hours` (to a hundredth) and
    `billable_minutes`. `totals` has the sum of each workbook, `total` that of all; `note` says what is not counted.
    `csv()` is the text for a spreadsheet. Private entries count, and no words of any entry are in it; demo workbooks
    are left out. ValueError for other text as a day, or if the end is before the start.

    >>> time_report("2026-11-01", "2026-11-30").total.minutes
    0
    """
    today = dt.datetime.now().astimezone().date()
    last = dt.date.fromisoformat(end) if isinstance(end, str) else end or today
    first = dt.date.fromisoformat(start) if isinstance(start, str) else start or last.replace(day=1)
    if last < first:
        raise ValueError("The last day of a time report is not before its first day.")
    return report((case for case in every(open_store()) if not case.demo_today), first, last)


def report(cases: Iterable[Case], first: dt.date, last: dt.date) -> TimeReport:
    """The report of these cases."""
    known = [case for case in cases if case.time]
    names = told_apart((case.id, case.nickname, first_name(case)) for case in known)
    found: dict[tuple[str, str, str], list[TimeEntry]] = {}
    uncounted = 0
    for case in known:
        for entry in case.time.values():
            inside = _inside(entry, first, last)
            if inside is None:
                uncounted += 1
            elif inside:
                kind = tr(entry.kind.words) if entry.kind else tr("No kind given")
                found.setdefault((names[case.id] or "(no name)", case.id, kind), []).append(entry)
    return TimeReport((_spent(*key, found[key]) for key in sorted(found)), first, last, uncounted)


def _inside(entry: TimeEntry, first: dt.date, last: dt.date) -> bool | None:
    """Whether an entry is in the span; None if that cannot be said. A month that is in it whole is."""
    start, end = earliest(entry.on), latest(entry.on)
    if start is None or end is None:
        return None
    if end < first or start > last:
        return False
    return True if first <= start and end <= last and entry.minutes is not None else None


def _spent(name: str, case: str, kind: str, entries: list[TimeEntry]) -> Spent:
    minutes = [(entry.minutes or 0, entry.billable) for entry in entries]
    return Spent(case, name, kind, len(minutes), sum(n for n, _ in minutes), sum(n for n, bill in minutes if bill))


def _sum(rows: Iterable[Spent], case: str, name: str, kind: str) -> Spent:
    held = [row for row in rows if not case or row.case == case]
    counts = (sum(getattr(row, field) for row in held) for field in ("entries", "minutes", "billable_minutes"))
    return Spent(case, name, kind, *counts)
