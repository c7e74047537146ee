"""How many days the steps took over all workbooks, without names: the practice's own figures. Knows the store."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..case import Case
from ..case.clinicians import ClinicianRole
from ..case.opinions import Opinion
from ..case.partial_dates import exact
from ..case.records import Need, RecordState
from ..case.visit import VisitState
from ..store import open_store
from .chosen import every
from .rows import Rows

ASKED, COMPLETE, SEEN, REPORT, DECIDED = "asked", "complete", "seen", "report", "decided"
_STEPS = (
    (ASKED, COMPLETE),
    (COMPLETE, SEEN),
    (ASKED, SEEN),
    (SEEN, REPORT),
    (REPORT, DECIDED),
    (ASKED, DECIDED),
)


class Turnaround(NamedTuple):
    """The days between two named dates: of how many workbooks, and the middle, the shortest and the longest time."""

    start: str
    end: str
    workbooks: int
    median: float | None
    shortest: int | None
    longest: int | None


_HEADS = {
    "start": "From",
    "end": "To",
    "workbooks": "Workbooks",
    "median": "Middle, days",
    "shortest": "Shortest",
    "longest": "Longest",
}


def turnaround() -> Rows[Turnaround]:
    """The days between named dates over all workbooks of this computer, also closed ones, without names.

    The dates are `asked` (the first request for records was sent), `complete` (the last record that is needed came),
    `seen` (the visit for the second opinion), `report` (its written report) and `decided`. Each row has `start`, `end`,
    `workbooks` (how many have both dates), and `median`, `shortest` and `longest` in days, None without any. Made-up
    workbooks, and dates that are only a month, are left out. StoreTrouble if the workbooks cannot be read.

    >>> [(row.start, row.end, row.workbooks) for row in turnaround()][:1]
    [('asked', 'complete', 0)]
    """
    empty = "There are no figures yet."
    found = counted(case for case in every(open_store()) if not case.synthetic)
    return Rows(Turnaround, found, _HEADS, "Days between the steps, over all workbooks", empty)


def counted(cases: Iterable[Case]) -> Iterator[Turnaround]:
    """The rows of these cases."""
    named = [named_days(case) for case in cases]
    for start, end in _STEPS:
        pairs = [(days[start], days[end]) for days in named if start in days and end in days]
        took = [(last - first).days for first, last in pairs if last >= first]
        middle = float(statistics.median(took)) if took else None
        yield Turnaround(start, end, len(took), middle, min(took, default=None), max(took, default=None))


def named_days(case: Case) -> dict[str, dt.date]:
    """The named dates of a case that are known to the day."""
    heard = _second(case)
    report = case.records.items.get(heard.report_item) if heard else None
    found = {
        ASKED: min(_days(one.sent_on for one in case.records.requests.values()), default=None),
        COMPLETE: _complete(case),
        SEEN: _seen(case, heard),
        REPORT: next(_days([report.received_on if report else None, heard.written_on if heard else None]), None),
        DECIDED: exact(case.decision.on),
    }
    return {name: day for name, day in found.items() if day}


def _days(texts: Iterable[str | None]) -> Iterator[dt.date]:
    return (day for text in texts if (day := exact(text)))


def _second(case: Case) -> Opinion | None:
    """The opinion of the second clinician."""
    seconds = {one.id for one in case.clinicians.values() if one.role is ClinicianRole.SECOND}
    return next((one for one in case.opinions.values() if one.clinician in seconds), None)


def _complete(case: Case) -> dt.date | None:
    """The day on which the last needed record came; None while one is missing, or if a day is not known."""
    needed = [
        one
        for one in case.records.items.values()
        if one.need in (None, Need.REQUIRED) and one.state is not RecordState.NONE
    ]
    days = [exact(one.received_on) for one in needed if one.is_here]
    known = [day for day in days if day]
    return max(known) if needed and len(known) == len(needed) else None


def _seen(case: Case, heard: Opinion | None) -> dt.date | None:
    """The day of the second opinion: as it is written down, else that of a visit that is done."""
    if heard and (day := exact(heard.on)):
        return day
    others = {
        one.id for one in case.clinicians.values() if one.role not in (None, ClinicianRole.SECOND, ClinicianRole.THIRD)
    }
    done = [
        one.start
        for one in case.visit.appointments.values()
        if one.state is VisitState.DONE and one.clinician not in others
    ]
    return min(_days(done), default=None)
