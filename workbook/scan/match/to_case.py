"""Converts a scan of a disc to a case entry that triggers alerts (A-10, A-11). Knows the case and its changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ...case import new_id
from ...case.change import Change
from ...case.materials import FoundScan, MediaKind, MediaResult
from ...case.records import RecordItem, RecordKind
from ...locale import tr
from ...rules.imaging import body_parts
from ...rules.imaging.modalities import dicom_codes, scans_of
from ...rules.imaging.pairs import scans
from .. import named_scans
from ..phrases.names import words
from ..values import Coverage, Inventory
from . import record_lines
from .checking import is_someone_else, judgement, several
from .coverage import checklist, unfound
from .found_scans import found_scan

if TYPE_CHECKING:
    from ...case import Case


def change(found: Inventory, case: Case, today: dt.date, *, kind: str = "", sender: str = "") -> Change:
    """The change that stores this scan: its contents, what is missing, whose name it shows."""
    missing = missing_scans(found, case, sender)
    answer = result(found, case, missing)
    entries = [] if is_someone_else(found) else found_scans(found)
    if answer is MediaResult.SEVERAL:
        entries, missing = [scan.nameless() for scan in entries], [scan.nameless() for scan in missing]
    value = {
        "id": new_id(),
        "kind": kind if kind in {k.value for k in MediaKind} else None,
        "sender": sender,
        "checked_on": today.isoformat(),
        "result": answer.value,
        "scans": [scan.model_dump() for scan in entries],
        "scans_missing": [scan.model_dump() for scan in missing],
        "shown": next((p.name for p in found.patients if p.verdict == "other"), ""),
    }
    return Change("add", "records.media", value)


def result(found: Inventory, case: Case, missing: list[FoundScan]) -> MediaResult:
    """The answer to "What did you find?"."""
    verdicts = {p.verdict for p in found.patients}
    if "other" in verdicts:
        if len(verdicts) > 1:
            return MediaResult.SEVERAL
        why = {judgement(p, case).why for p in found.patients}
        return MediaResult.DIFFERS if why == {"birth"} else MediaResult.OTHER
    if several(found):
        return MediaResult.SEVERAL
    if not any(named_scans.holds_images(s) for s in found.studies):
        return _without_images(found, missing)
    return MediaResult.MISSING if missing else MediaResult.OK


def _without_images(found: Inventory, missing: list[FoundScan]) -> MediaResult:
    whole = [f for f in found.files if f.status in ("ok", "duplicate") and f.kind not in ("archive", "dicomdir")]
    if not whole and not any(f.kind == "program" for f in found.files):
        return MediaResult.UNREADABLE
    if any(f.kind == "program" for f in found.files):
        return MediaResult.VIEWER
    return MediaResult.NO_DICOM if missing or not found.documents else MediaResult.OK


def found_scans(found: Inventory) -> list[FoundScan]:
    """The scans found, by date."""
    return [found_scan(s) for s in sorted(found.studies, key=lambda s: s.date) if named_scans.holds_images(s)]


def missing_scans(found: Inventory, case: Case, sender: str = "") -> list[FoundScan]:
    """Missing scans: checklist images that are not in hand, and missing pieces of a scan.

    A record of another office than the sender's is not expected on this disc.
    """
    if is_someone_else(found):
        return []
    rows = {row.item: row for row in found.coverage}
    items = [i for i in checklist(case) if i.kind is RecordKind.IMAGING_STUDY and not i.is_here]
    wanted = [i for i in items if i.id in rows and not _elsewhere(i, sender)]
    scans = [scan for i in wanted if (scan := _lacks(i, rows[i.id], found))]
    for study in case.records.studies.values():
        if study.id in rows and not rows[study.id].found:
            modality = "/".join(dicom_codes(scans_of(study.modality))) or study.modality
            scans.append(FoundScan(modality=modality, on=study.on or "", body_part=study.body_part))
    for _path, named in unfound(found, case):
        scans.append(FoundScan(modality=named.modality, on=named.date, body_part=named.body_part))
    return [*_once(scans), *(found_scan(s, s.missing) for s in found.studies if s.missing)]


def _once(scans: list[FoundScan]) -> list[FoundScan]:
    """Removes duplicates: an entry with less detail than another one of the same scan and date."""
    told = list(dict.fromkeys(scans))
    said = [_said(scan) for scan in told]
    return [scan for scan, mine in zip(told, said, strict=True) if not any(mine < other for other in said)]


def _said(scan: FoundScan) -> frozenset[str]:
    """The details of an entry in display form; "lower back" and LSPINE are one part."""
    said = (scan.modality, scan.on, body_parts.label(scan.body_part), scan.description)
    return frozenset(x.casefold() for x in said if x)


def _elsewhere(item: RecordItem, sender: str) -> bool:
    """Whether a record is certainly another office's: people write an office's name in many ways."""
    a, b = set(words(sender)), set(words(item.facility))
    return bool(a and b) and not a & b


def _lacks(item: RecordItem, row: Coverage, found: Inventory) -> FoundScan | None:
    """The entry for missing images of a record, or for its missing modalities; None if complete."""
    left, on = scans(item), item.service_date or ""
    if row.found:
        mine = [s for s in found.studies if set(s.paths) & set(row.found)]
        left -= frozenset().union(*map(record_lines.kinds_of, mine))
        return FoundScan(modality="/".join(dicom_codes(left)), on=on) if left and row.missing else None
    if left and on:
        return FoundScan(modality="/".join(dicom_codes(left)), on=on)
    return FoundScan(description=item.title or tr("Images"), on=on)
