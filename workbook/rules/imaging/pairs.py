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
    by_day: dict[dt.date | None, list[str]] = {}
    for image in images:
        by_day.setdefault(about[image.id][1], []).append(image.id)
    order = {image.id: n for n, image in enumerate(images)}
    chosen: dict[str, set[str]] = {}
    for report_id, image_id in named:
        if image_id in order:
            chosen.setdefault(report_id, set()).add(image_id)
    found: dict[str, list[str]] = {key: [] for key in about}
    for report in reports:
        kinds, day = about[report.id]
        near = [key for key in _at(by_day, day) if _fits(kinds, about[key][0])]
        mine = {*near, *chosen.get(report.id, ())}
        for image_id in sorted(mine, key=order.__getitem__):
            found[report.id].append(image_id)
            found[image_id].append(report.id)
    return found


def _at(by_day: dict[dt.date | None, list[str]], day: dt.date | None) -> list[str]:
    """The images that may be of that day: within a few days of it, or without a day."""
    if day is None:
        return [key for keys in by_day.values() for key in keys]
    days = [None, *(day + dt.timedelta(days=n) for n in range(-SPAN.days, SPAN.days + 1))]
    return [key for one in days for key in by_day.get(one, ())]


def _fits(a: frozenset[str], b: frozenset[str]) -> bool:
    return not a or not b or not a.isdisjoint(b)
