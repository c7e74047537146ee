"""The inventory as a data frame for notebooks. Knows pandas, imported only here."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..phrases.no_data import counted
from ..values import File, Inventory

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "path",
    "kind",
    "status",
    "why",
    "size",
    "patient",
    "birth",
    "date",
    "modality",
    "body_part",
    "description",
    "study_uid",
    "pages",
    "is_scan",
    "medications",
    "allergies",
    "problems",
    "labs",
    "encounters",
)


def frame(of: Inventory | str | Path) -> pd.DataFrame:
    """One row a file of an inventory, or of a folder, disc or zip that is scanned now, in order.

    `path` below the folder (a member of an archive is `archive.zip!/member`), `kind` by content, `status` (ok,
    damaged, refused, duplicate, skipped) with `why`, `size` in bytes, `patient` and `birth` as the file says;
    `date` (ISO text), `modality`, `body_part`, `description` and `study_uid` of a scan, or the date and title of a
    document; `pages` and `is_scan` of a PDF; how many medications, allergies, problems, labs and encounters a
    document lists. What a file does not say is empty or missing, never zero.
    """
    import pandas as pd

    made = pd.DataFrame([_row(file) for file in _found(of).files], columns=list(COLUMNS))
    counts = ("size", "pages", "medications", "allergies", "problems", "labs", "encounters")
    return made.astype({**dict.fromkeys(counts, "Int64"), "is_scan": "boolean"})


def studies(of: Inventory | str | Path) -> pd.DataFrame:
    """One row a study: patient, date, modality, number of series and images, and what is missing."""
    import pandas as pd

    columns = ["study_uid", "name", "birth", "date", "modality", "body_part", "description", "accession"]
    columns += ["series", "images", "missing"]
    rows = [{**asdict(s), "name": s.patient.name, "birth": s.patient.birth} for s in _found(of).studies]
    return pd.DataFrame(rows, columns=columns)


def _found(of: Inventory | str | Path) -> Inventory:
    if isinstance(of, Inventory):
        return of
    from ..match.checking import look

    return look(of)


def _row(file: File) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(file, name) for name in ("path", "kind", "status", "why", "size", "pages")}
    row |= {"is_scan": file.is_scan, "patient": file.patient.name, "birth": file.patient.birth}
    row |= dict.fromkeys(("date", "modality", "body_part", "description", "study_uid"), "")
    if image := file.image:
        row |= {name: getattr(image, name) for name in ("date", "modality", "body_part", "description", "study_uid")}
    if document := file.document:
        row |= {"date": document.date, "description": document.title}
        row |= {"medications": len(counted(document.medications)), "allergies": len(counted(document.allergies))}
        row |= {name: getattr(document, name) for name in ("problems", "labs", "encounters")}
    return row
