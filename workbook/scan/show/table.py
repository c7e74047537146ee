"""The inventory as data frames for notebooks, with the columns that `looked` explains. Imports pandas late.

Each column has one type, also in an empty table. What a file does not say is missing; a list that is empty counts 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ...documents.tables.data_frames import days
from ...errors import NotebookMistake
from ...locale import tr
from ..phrases.no_data import counted
from ..results import number
from ..values import File, HealthRecord, Inventory, Listed, Series, Study

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ("medications", "allergies", "problems", "labs", "encounters")
_TYPES = {
    **dict.fromkeys(("size", "pages", "series", "images", "frames", "results", "files", *_COUNTS), "Int64"),
    "is_scan": "boolean",
    "value_number": "float64",
}  # all others are text

FILES = (
    *("path", "kind", "status", "why", "size", "patient", "birth", "date", "modality", "body_part", "description"),
    *("study_uid", "pages", "is_scan", *_COUNTS),
)
STUDIES = (
    *("study_uid", "name", "birth", "date", "modality", "body_part", "description", "accession", "place"),
    *("series", "images", "frames", "missing", "note"),
)
SERIES = (
    *("study_uid", "series_uid", "number", "description", "modality", "holds", "images", "frames", "missing_numbers"),
)
DOCUMENTS = (
    *("path", "kind", "title", "date", "patient", "birth", *_COUNTS, "results"),
    *("medication_names", "allergy_names", "diagnosis_names", "notes"),
)
WHOSE = ("name", "birth", "id", "place", "verdict", "why", "files", "paths")
RESULTS = ("path", "name", "value", "value_number", "unit", "range", "flag", "date", "code")

Row = dict[str, Any]


def frame(of: Inventory) -> pd.DataFrame:
    """One row a file."""
    return _made(FILES, map(_file, of.files))


def studies(of: Inventory) -> pd.DataFrame:
    """One row a study."""
    return _made(STUDIES, map(_study, of.studies))


def series(of: Inventory) -> pd.DataFrame:
    """One row a series of each study."""
    return _made(SERIES, (_series(study, one) for study in of.studies for one in study.parts))


def documents(of: Inventory) -> pd.DataFrame:
    """One row a readable record."""
    return _made(DOCUMENTS, map(_document, of.documents))


def results(of: Inventory) -> pd.DataFrame:
    """One row a test result of each record."""
    rows = (
        _of(one, ("name", "value", "unit", "range", "flag", "date", "code"))
        | {"path": document.path, "value_number": number(one.value)}
        for document in of.documents
        for one in document.results
    )
    return _made(RESULTS, rows)


def whose(of: Inventory) -> pd.DataFrame:
    """One row a name, birth date and number that is not the patient's without doubt."""
    return _made(WHOSE, (_of(one, WHOSE) | {"paths": "; ".join(one.paths)} for one in of.signs))


def _made(columns: Iterable[str], rows: Iterable[Row]) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError:
        raise NotebookMistake(
            tr("These tables only work in the workbook on a computer, because they need pandas.")
        ) from None
    found = list(rows)
    made: dict[str, pd.Series] = {}
    for name in columns:
        kind = _TYPES.get(name, "string")
        cells = [row.get(name) for row in found]
        values = [cell or None for cell in cells] if kind == "string" else cells
        made[name] = pd.Series(values, dtype="object").astype(kind)
        if name == "date":
            made["date_day"] = days(values)
    return pd.DataFrame(made, index=pd.RangeIndex(len(found)))


def _of(one: object, names: Iterable[str]) -> Row:
    return {name: getattr(one, name) for name in names}


def _file(file: File) -> Row:
    row = _of(file, ("path", "kind", "status", "why", "size", "pages", "is_scan"))
    row |= {"patient": file.patient.name, "birth": file.patient.birth}
    if file.image:
        row |= _of(file.image, ("date", "modality", "body_part", "description", "study_uid"))
    if file.document:
        row |= {"date": file.document.date, "description": file.document.title, **_counts(file.document)}
    return row


def _study(study: Study) -> Row:
    names = (name for name in STUDIES if name not in ("name", "birth"))
    return _of(study, names) | {"name": study.patient.name, "birth": study.patient.birth}


def _series(study: Study, one: Series) -> Row:
    gaps = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in one.gaps)
    names = ("number", "description", "modality", "holds", "images", "frames")
    return _of(one, names) | {"study_uid": study.study_uid, "series_uid": one.uid, "missing_numbers": gaps}


def _document(document: HealthRecord) -> Row:
    return {
        **_of(document, ("path", "kind", "title", "date")),
        "patient": document.patient.name,
        "birth": document.patient.birth,
        **_counts(document),
        "results": len(document.results),
        "medication_names": _names(document.medications),
        "allergy_names": _names(document.allergies),
        "diagnosis_names": _names(document.diagnoses),
        "notes": " ".join(document.notes),
    }


def _counts(document: HealthRecord) -> Row:
    lists = {"medications": document.medications, "allergies": document.allergies}
    return {name: len(counted(listed)) for name, listed in lists.items()} | _of(document, _COUNTS[2:])


def _names(listed: list[Listed]) -> str:
    return "; ".join(dict.fromkeys(one.name for one in counted(listed) if one.name))
