"""Which imaging report belongs to which images. Knows record items; compares kind of scan and date."""

from __future__ import annotations

import datetime as dt
import re

from ..case.days import earliest
from ..case.records import RecordItem, RecordKind, Records

SPAN = dt.timedelta(days=3)  # a report may be dated some days after the scan
_SCANS = {
    "MG": r"\bmg\b|mammo",
    "US": r"\bus\b|ultraso|sonogr",
    "MR": r"\bmri?\b|magnetic",
    "CT": r"\bct\b|\bcat scan",
    "XR": r"\b(dx|cr|xr|rf)\b|x-?rays?\b|radiogra",
    "NM": r"\b(nm|pt|pet|spect)\b|bone scan|nuclear",
}
_PATTERNS = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _SCANS.items()}


def scans_of(text: str) -> frozenset[str]:
    """The kinds of scan that a text names.

    >>> sorted(scans_of("mammogram + ultrasound reports"))
    ['MG', 'US']
    """
    return frozenset(code for code, pattern in _PATTERNS.items() if pattern.search(text))


def scans(item: RecordItem) -> frozenset[str]:
    """The kinds of scan that a record is about."""
    return scans_of(item.modality) or scans_of(item.title)


def partners(records: Records) -> dict[str, list[str]]:
    """For every imaging report the images that may belong to it, and the other way round, by id."""
    reports = [i for i in records.items.values() if i.kind is RecordKind.IMAGING_REPORT]
    images = [i for i in records.items.values() if i.kind is RecordKind.IMAGING_STUDY]
    named = {(s.report_item, s.images_item) for s in records.studies.values()}
    about = {i.id: (scans(i), earliest(i.service_date)) for i in (*reports, *images)}
    found: dict[str, list[str]] = {i.id: [] for i in (*reports, *images)}
    for report in reports:
        for image in images:
            told = (report.id, image.id) in named or report.paired_with == image.id or image.paired_with == report.id
            if told or _near(about[report.id], about[image.id]):
                found[report.id].append(image.id)
                found[image.id].append(report.id)
    return found


def _near(a: tuple[frozenset[str], dt.date | None], b: tuple[frozenset[str], dt.date | None]) -> bool:
    if a[0] and b[0] and not a[0] & b[0]:
        return False
    return a[1] is None or b[1] is None or abs(a[1] - b[1]) <= SPAN
