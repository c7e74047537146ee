"""How a scan is called in a sentence, the same everywhere: `MRI, head, October 14, 2026`. Knows the values."""

from __future__ import annotations

from collections.abc import Iterable

from ...locale import tr
from ...locale.dates import show_day
from ...rules.imaging import body_parts, modalities
from .. import named_scans
from ..phrases import reports
from ..values import Named, Study
from . import record_lines


def scan_words(kinds: Iterable[str], day: str = "", part: str = "") -> str:
    """A scan of these modalities: `ultrasound, breast, October 14, 2026`; `part` is a label."""
    return _joined(" / ".join(modalities.label(kind) for kind in sorted(kinds)), part, day)


def of_study(study: Study, *, day: bool = True) -> str:
    """A scan on a disc, with its day or without. One of which only a report is here is called as its description is."""
    when = study.date if day else ""
    if study.reports and not study.images:
        kinds, part = modalities.scans_of(study.description), reports.part_of(study.description)
        if kinds:
            return scan_words(kinds, when, body_parts.label(part))
        return ", ".join(x for x in (study.description or tr("scan"), show_day(when)) if x)
    part = body_parts.label(study.body_part)
    if kinds := record_lines.kinds_of(study):
        return scan_words(kinds, when, part)
    if not (codes := named_scans.modalities(study)) and (kinds := modalities.scans_of(study.description)):
        return scan_words(kinds, when, part)
    return _joined(modalities.labels(codes), part, when)


def of_named(named: Named, *, day: bool = True) -> str:
    """A scan that a document names."""
    kinds = modalities.scans_of(named.modality)
    part, when = body_parts.label(named.body_part), named.date if day else ""
    return scan_words(kinds, when, part) if kinds else _joined(modalities.labels([named.modality]), part, when)


def upper(words: str) -> str:
    """The same with a capital letter, as a line begins."""
    return words[:1].upper() + words[1:]


def _joined(kind: str, part: str, day: str) -> str:
    return ", ".join(x for x in (kind or tr("scan"), part.casefold(), show_day(day)) if x)
