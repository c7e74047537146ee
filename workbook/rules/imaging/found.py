"""Scans on a disc or missing from it: entries to compare, and display text. Knows the media of a case.

Checking the files creates entries. A person types lines, which are parsed for what they name. Generated text is in
the reader's language and is never parsed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ...case.materials import FoundScan, Media
from ...case.partial_dates import earliest, exact
from ...locale import plural, tr
from ...locale.dates import show_day
from . import body_parts, modalities

_DAY = re.compile(r"\b(\d{4})-?(\d{2})-?(\d{2})\b")


def on_disc(medium: Media) -> list[FoundScan]:
    """The contents of a disc: scans that were found, and lines that were typed."""
    return [*medium.scans, *typed(medium.found)]


def not_on_disc(medium: Media) -> list[FoundScan]:
    """The scans missing from a disc, found and typed."""
    return [*medium.scans_missing, *typed(medium.missing)]


def typed(text: str) -> list[FoundScan]:
    """The scans that typed lines name, one for each date of a line.

    >>> [(scan.modality, scan.on) for scan in typed("MG 2026-10-14 (8 images)\\nMRI of the knee")]
    [('MG', '2026-10-14'), ('MR', '')]
    """
    return [
        FoundScan(modality="/".join(modalities.dicom_codes(modalities.scans_of(line))), on=day, description=line)
        for line in text.split("\n")
        if line.strip()
        for day in ["-".join(found.groups()) for found in _DAY.finditer(line)] or [""]
    ]


def kinds_of(scan: FoundScan) -> frozenset[str]:
    """The modalities of an entry: by its codes, else by its words."""
    return modalities.scans_of(scan.modality or scan.description)


def day_of(scan: FoundScan) -> dt.date | None:
    """The exact date of an entry, if it has one."""
    return exact(scan.on)


def is_it(scan: FoundScan, kinds: frozenset[str], on: str | None) -> bool:
    """Whether an entry can be a scan of these modalities: within one day, if the date is known."""
    if kinds and not kinds & kinds_of(scan):
        return False
    wanted, day = earliest(on), day_of(scan)
    return wanted is None or (day is not None and abs((day - wanted).days) <= 1)


def is_numbered(scan: FoundScan, accession: str, study_uid: str = "") -> bool:
    """Whether an entry has the number of a scan: its accession number or its study UID."""
    mine, theirs = (re.sub(r"\W", "", number).casefold() for number in (scan.accession, accession))
    return bool(mine and mine == theirs) or bool(study_uid and study_uid == scan.study_uid)


def line(scan: FoundScan) -> str:
    """An entry as text: modality with code, body part, date, number of images, and what is missing.

    >>> line(FoundScan(modality="MR", body_part="LSPINE", on="2026-10-14", images=3))
    'MRI (MR), lower back (lumbar spine), October 14, 2026: 3 images'
    >>> line(FoundScan(description="Images of the hip", on="2026-10"))
    'Images of the hip, October 2026'
    """
    codes = scan.modality.split("/") if scan.modality else []
    words = modalities.labels(codes)
    named = f"{words} ({scan.modality})" if words != scan.modality else words or scan.description
    told = ", ".join(x for x in (named, body_parts.label(scan.body_part), show_day(scan.on)) if x)
    told = told[:1].upper() + told[1:] or tr("Scan")
    if scan.images:
        told += ": " + plural("1 image", "{n} images", scan.images)
    return f"{told}. {scan.lacks}" if scan.lacks else told


def lines(scans: tuple[FoundScan, ...] | list[FoundScan], more: str = "") -> Iterator[str]:
    """Entries as text, and the typed lines."""
    yield from map(line, scans)
    yield from (words for words in more.split("\n") if words.strip())
