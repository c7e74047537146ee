"""Pairs imaging reports with images. Knows record items; compares modality and date."""

from __future__ import annotations

import datetime as dt

from ...case.partial_dates import earliest
from ...case.records import RecordItem, RecordKind, Records
from .modalities import scans_of

SPAN = dt.timedelta(days=3)  # a report may be dated some days after its scan


def scans(item: RecordItem) -> frozenset[str]:
    """The modalities that a record is about."""
    return scans_of(item.modality) or scans_of(item.title)


def partners(records: Records) -> dict[str, list[str]]:
    """For every imaging report the images that may belong to it, and vice versa, by id."""
    reports = [i for i in records.items.values() if i.kind is RecordKind.IMAGING_REPORT]
    images = [i for i in records.items.values() if i.kind is RecordKind.IMAGING_STUDY]
    named = {(s.report_item, s.images_item) for s in records.studies.values() if s.report_item and s.images_item}
    named |= {(r.id, r.paired_with) for r in reports if r.paired_with}
    named |= {(i.paired_with, i.id) for i in images if i.paired_with}
    about = {i.id: (scans(i), earliest(i.service_date)) for i in (*reports, *images)}
    found: dict[str, list[str]] = {key: [] for key in about}
    for report in reports:
        mine = about[report.id]
        for image in images:
            if _near(mine, about[image.id]) or (report.id, image.id) in named:
                found[report.id].append(image.id)
                found[image.id].append(report.id)
    return found


def _near(a: tuple[frozenset[str], dt.date | None], b: tuple[frozenset[str], dt.date | None]) -> bool:
    if a[1] is not None and b[1] is not None and not -SPAN <= a[1] - b[1] <= SPAN:
        return False
    return not a[0] or not b[0] or not a[0].isdisjoint(b[0])
