"""How we know whose it is: each name, birth date and number that files give, where, and what follows from it.

Knows the values, and the person of a case if there is one. Only what is not the patient's without doubt is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...locale import tr
from ..register import BY_NAME
from ..values import File, Inventory, Patient, Place, Sign
from .identity import NO_NAME, Judged, doubt, judge

if TYPE_CHECKING:
    from ...case import Case

PATHS = 3  # files that a row names
ROWS = 200


def signs(found: Inventory, case: Case | None = None) -> list[Sign]:
    """With a case what names another person, then what leaves it open. Without one what is doubtful or of several.

    Files that name nobody are one row, if there is a case to compare with.
    """
    rows: dict[tuple[Patient, Place], Sign] = {}
    nobody = Sign(verdict="cannot tell", why=tr(NO_NAME))
    for file in found.files:
        named = list(dict.fromkeys(_named(file)))
        for patient, place in named:
            _add(rows.setdefault((patient, place), _sign(patient, place)), file.path)
        if not named and _is_somebodys(file):
            _add(nobody, file.path)
    for directory in found.dicomdir:
        for patient in dict.fromkeys(study.patient for study in directory.studies):
            if patient.name or patient.birth or patient.id:
                _add(rows.setdefault((patient, "list"), _sign(patient, "list")), directory.path)
    if case is None:
        return _doubtful(rows)
    for (patient, _), row in rows.items():
        judged: Judged = judge(patient, case.person)
        row.verdict, row.why = judged.verdict, judged.note
    kept = _merged(row for row in rows.values() if row.verdict != "same")
    met = {row.name for row in kept if row.verdict == "other"}
    for one in found.patients:  # met before its file had its turn
        if one.verdict == "other" and one.name not in met:
            kept.append(Sign(one.name, one.birth, next(iter(one.ids), ""), verdict="other", why=one.note))
    kept += [nobody] if nobody.files else []
    return sorted(kept, key=lambda row: row.verdict != "other")[:ROWS]


def _doubtful(rows: dict[tuple[Patient, Place], Sign]) -> list[Sign]:
    for (patient, _), row in rows.items():
        row.why = doubt(patient)
    several = len({(row.name.casefold(), row.birth) for row in rows.values()}) > 1
    return _merged(row for row in rows.values() if several or row.why)[:ROWS]


def _merged(rows: Iterable[Sign]) -> list[Sign]:
    """The rows without those that look the same: files may split one name in several ways."""
    found: dict[tuple[str, str, str, Place, str | None, str], Sign] = {}
    for row in rows:
        one = found.setdefault((row.name, row.birth, row.id, row.place, row.verdict, row.why), row)
        if one is not row:
            one.files += row.files
            one.paths = [*one.paths, *row.paths][:PATHS]
    return list(found.values())


def _sign(patient: Patient, place: Place) -> Sign:
    return Sign(patient.name, patient.birth, patient.id, "text" if patient.worded else place)


def _add(row: Sign, path: str) -> None:
    row.files += 1
    if len(row.paths) < PATHS:
        row.paths.append(path)


def _named(file: File) -> Iterator[tuple[Patient, Place]]:
    """The patients that a file names."""
    if file.status == "duplicate":
        return
    ones: list[Patient] = [file.patient]
    if document := file.document:
        ones += [document.patient, *document.patients, *document.worded]
    if file.image:
        ones += file.image.worded
    yield from ((one, "field") for one in ones if one.name or one.birth or one.id)


def _is_somebodys(file: File) -> bool:
    """Whether the file should name a patient: it is a scan or a record that was read."""
    return file.status == "ok" and BY_NAME[file.kind].name != "image" and bool(file.image or file.document)
