"""What is on it by day: the scans, reports, notes and results of one visit together, newest first. Knows the values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from ...case.partial_dates import exact
from ...locale import plural, tr
from ...locale.dates import show_day
from .. import named_scans, results
from ..match.record_lines import REPORT
from ..results import Trend
from ..values import HealthRecord, Inventory, Result
from . import document_lines, persons, study_lines

_RESULTS = 6  # that the line of a day names
_REPORTS = ("pdf", "text", "office", "image")  # kinds of file that are of the newest scan they name


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a day. `study` is the place of its scan among those of the inventory, -1 for all else."""

    line: str
    study: int = -1


@dataclass(slots=True)
class Visit:
    """One day with all that belongs to it; `day` as in the files: it may be a month or a year, or "" if unknown."""

    day: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The day as a heading."""
        return show_day(self.day) or tr("Without a date")


def visits(inventory: Inventory, *, named: bool = True) -> list[Visit]:
    """The days, newest first, and at the end what has no date.

    `named` adds the scans that documents name and that are not here, on the day that the document gives.
    """
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    several = persons.people(inventory) > 1
    for n, study in enumerate(inventory.studies):
        whose = study.patient.name if several else ""
        found[study.date].append(Entry(_of(whose, study_lines.study_line(study, day=False)), n))
    files = document_lines.file_names(
        [*(one.path for one in inventory.documents), *(path for path, _ in named_scans.in_files(inventory))]
    )
    pages = {file.path: file.pages for file in inventory.files if file.pages}
    for document in inventory.documents:
        day = day_of(document)
        shown = document_lines.line(
            document, pages.get(document.path), files[document.path], day=document.date not in ("", day)
        )
        found[day].append(Entry(_of(document.patient.name if several else "", shown)))
    for day, ones in _results(inventory).items():
        found[day].append(Entry(_result_line(ones)))
    if named:
        for one, path in named_scans.not_here(inventory).items():
            found[one.date].append(Entry(study_lines.named_line(one, files[path], day=False)))
    days = sorted(found, reverse=True)  # what has no date is the last
    return [Visit(day, found[day]) for day in days]


def day_of(document: HealthRecord) -> str:
    """The day that a document belongs to.

    A report is often signed some days after its scan: it belongs to the scan. Without a date of its own it is of the
    newest scan that a report names, or of the newest result in a table.
    """
    days = sorted({study.date for study in document.studies if study.date})
    if document.date:
        signed = exact(document.date)
        scans = [day for day in days if signed and (made := exact(day)) and dt.timedelta() <= signed - made <= REPORT]
        return scans[-1] if scans else document.date
    if days and (len(days) == 1 or document.kind in _REPORTS):
        return days[-1]
    return max((one.date for one in document.results), default="")


def _of(whose: str, line: str) -> str:
    """The line with the name of its patient, if files of several people are together."""
    return f"{whose}: {line}" if whose else line


def _results(inventory: Inventory) -> dict[str, list[tuple[Trend, Result]]]:
    """The test results of each day, without repeats."""
    found: defaultdict[str, list[tuple[Trend, Result]]] = defaultdict(list)
    for trend in results.trends(inventory.documents):
        for one, _path in trend.results:
            found[one.date].append((trend, one))
    return found


def _result_line(ones: list[tuple[Trend, Result]]) -> str:
    """`Test results: Hemoglobin 14.5 g/dL; WBC 6.2 x10E3/uL`, the first of many."""
    named = [" ".join(x for x in (trend.called, results.shown(one.value), one.unit) if x) for trend, one in ones]
    more = len(named) - _RESULTS
    listed = [*named[:_RESULTS], *([plural("1 more", "{n} more", more)] if more > 0 else [])]
    return tr("Test results: {list}").replace("{list}", "; ".join(listed))
