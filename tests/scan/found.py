"""Hand-made inventories, and folders of small files, for tests of the steps after reading."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from workbook.case import Case
from workbook.scan import sources
from workbook.scan.show import visits
from workbook.scan.values import File, Image, Inventory, Kind, Patient, Person, Source, Study

MARISOL = Patient("Marisol Quintero-Bathory", "1972-03-09", "H1", "Quintero-Bathory", "Marisol")
MG = Study("1.2.3", MARISOL, "2026-10-14", "MG", "BREAST", "Diagnostic", series=2, images=8, paths=["DICOM/I1"])


def case(**more: Any) -> Case:
    """A case of the breast story that needs a mammogram and an ultrasound of one day."""
    items = [
        {"id": "a4", "kind": "imaging_study", "title": "Mammogram", "service_date": "2026-10-14", "modality": "MG"},
        {"id": "a5", "kind": "imaging_study", "title": "Left breast ultrasound", "service_date": "2026-10-14"},
    ]
    person = {"name": "Marisol Quintero-Bathory", "birth_date": "1972-03-09"}
    return Case.model_validate({"person": person, "records": {"items": items}, **more})


def inventory(*studies: Study, **more: Any) -> Inventory:
    """An inventory with these studies, all of the same person."""
    return Inventory(studies=list(studies), patients=[Person(MARISOL.name, MARISOL.birth, ["H1"])], **more)


def folder(root: Path, files: dict[str, bytes], kinds: dict[str, Kind] | None = None) -> Inventory:
    """Writes the files and lists them as a scan would, with the given kinds."""
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    rows = []
    for one in sources.walk(root):
        assert isinstance(one, Source)
        kind = (kinds or {}).get(one.path, "dicom")
        image = Image("1.2.3", modality="MG", date="2026-10-14", patient=MARISOL, is_picture=True)
        image = image if kind == "dicom" else None
        rows.append(File(one.path, kind, size=one.size, image=image, source=one))
    return inventory(replace(MG), files=rows)


def told(found: Inventory) -> list[str]:
    """The lines of all days, newest first."""
    return [entry.line for visit in visits.visits(found) for entry in visit.entries]
