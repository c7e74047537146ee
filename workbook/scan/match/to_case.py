"""A look at a disc as an entry of the case, so that its alerts follow (A-10, A-11). Knows the case and its changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ...case import new_id
from ...case.change import Change
from ...case.materials import MediaKind, MediaResult
from ...case.records import RecordItem, RecordKind
from ...locale import tr
from ...rules.imaging.modalities import dicom_codes, scans_of
from ...rules.imaging.pairs import scans
from ..phrases.names import words
from ..values import Coverage, Inventory
from . import labels, record_lines
from .checking import is_someone_else, judgement, several
from .coverage import IN_HAND, checklist, unfound

if TYPE_CHECKING:
    from ...case import Case


def change(found: Inventory, case: Case, today: dt.date, *, kind: str = "", sender: str = "") -> Change:
    """The change that keeps this look: what was on it, what was looked for and is not, whose name it shows."""
    missing = missing_lines(found, case, sender)
    value = {
        "id": new_id(),
        "kind": kind if kind in {k.value for k in MediaKind} else None,
        "sender": sender,
        "checked_on": today.isoformat(),
        "result": result(found, case, missing).value,
        "found": "" if is_someone_else(found) else "\n".join(found_lines(found)),
        "missing": "\n".join(missing),
        "shown": next((p.name for p in found.patients if p.verdict == "other"), ""),
    }
    return Change("add", "records.media", value)


def result(found: Inventory, case: Case, missing: list[str]) -> MediaResult:
    """The answer to "What did you find?"."""
    verdicts = {p.verdict for p in found.patients}
    if "other" in verdicts:
        if len(verdicts) > 1:
            return MediaResult.SEVERAL
        why = {judgement(p, case).why for p in found.patients}
        return MediaResult.DIFFERS if why == {"birth"} else MediaResult.OTHER
    if several(found):
        return MediaResult.SEVERAL
    if not any(record_lines.holds_images(s) for s in found.studies):
        return _without_images(found, missing)
    return MediaResult.MISSING if missing else MediaResult.OK


def _without_images(found: Inventory, missing: list[str]) -> MediaResult:
    whole = [f for f in found.files if f.status in ("ok", "duplicate") and f.kind not in ("archive", "dicomdir")]
    if not whole and not any(f.kind == "program" for f in found.files):
        return MediaResult.UNREADABLE
    if any(f.kind == "program" for f in found.files):
        return MediaResult.VIEWER
    return MediaResult.NO_DICOM if missing or not found.documents else MediaResult.OK


def found_lines(found: Inventory) -> list[str]:
    """The scans, a line each."""
    return [labels.study_line(s) for s in sorted(found.studies, key=lambda s: s.date) if record_lines.holds_images(s)]


def missing_lines(found: Inventory, case: Case, sender: str = "") -> list[str]:
    """What should be there and is not: scans of the checklist that are not in hand, and what a scan itself lacks.

    A record of another office than the sender's is not expected on this disc.
    """
    if is_someone_else(found):
        return []
    rows = {row.item: row for row in found.coverage}
    items = [i for i in checklist(case) if i.kind is RecordKind.IMAGING_STUDY and i.state not in IN_HAND]
    wanted = [i for i in items if i.id in rows and not _elsewhere(i, sender)]
    lines = [line for i in wanted if (line := _lacks(i, rows[i.id], found))]
    expected = [s for s in case.records.studies.values() if s.id in rows and not rows[s.id].found]
    lines += [labels.line(dicom_codes(scans_of(s.modality)) or [s.modality], s.on or "", s.body_part) for s in expected]
    lines += [labels.line([named.modality], named.date, named.body_part) for _path, named in unfound(found, case)]
    gaps = [f"{labels.study_line(s)}. {s.missing}" for s in found.studies if s.missing]
    return [*_once(lines), *gaps]


def _once(lines: list[str]) -> list[str]:
    """Each scan once: a line that says less of the same scan and day than another one is left out."""
    told = list(dict.fromkeys(lines))
    pieces = [frozenset(line.casefold().split(", ")) for line in told]
    return [line for line, mine in zip(told, pieces, strict=True) if not any(mine < other for other in pieces)]


def _elsewhere(item: RecordItem, sender: str) -> bool:
    """Whether a record is surely another office's: people write one office's name in many ways."""
    a, b = set(words(sender)), set(words(item.facility))
    return bool(a and b) and not a & b


def _lacks(item: RecordItem, row: Coverage, found: Inventory) -> str:
    """The line of a record of images that are not here, or of those of its kinds that are not; or nothing."""
    left = scans(item)
    if row.found:
        mine = [s for s in found.studies if set(s.paths) & set(row.found)]
        left -= frozenset().union(*map(record_lines.kinds_of, mine))
        return labels.line(dicom_codes(left), item.service_date or "") if left and row.missing else ""
    if left and item.service_date:
        return labels.line(dicom_codes(left), item.service_date)
    return ", ".join(x for x in (item.title or tr("Images"), item.service_date or "") if x)
