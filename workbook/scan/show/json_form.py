"""Scan results as JSON for programs. Knows the values and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..phrases.no_data import counted
from ..values import Directory, File, HealthRecord, Inventory, Patient, Person, Result, Series, Sign, Study


def as_json(inventory: Inventory) -> dict[str, Any]:
    """The whole inventory as plain values; the patients come first."""
    return {name: value if isinstance(value, str) else list(value) for name, value in _parts(inventory).items()}


def written(inventory: Inventory) -> Iterator[str]:
    """The same as indented text, in pieces: of 50,000 files only one is held as text at a time."""
    between = "{"
    for name, value in _parts(inventory).items():
        yield f"{between}\n {json.dumps(name)}: "
        between = ","
        if isinstance(value, str):
            yield _text(value, 1)
            continue
        n = 0
        for n, one in enumerate(value, 1):
            yield f"{'[' if n == 1 else ','}\n  {_text(one, 2)}"
        yield "\n ]" if n else "[]"
    yield "\n}\n"


def _text(value: Any, level: int) -> str:
    """A value as JSON at a level. The text of a value has no line ends of its own: JSON escapes them."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * level)


def _parts(inventory: Inventory) -> dict[str, str | Iterator[dict[str, Any]]]:
    """The parts of the inventory by name; each list is made while it is read."""
    return {
        "stopped": inventory.stopped,
        "patients": map(_person, inventory.patients),
        "files": map(_file, inventory.files),
        "studies": map(_study, inventory.studies),
        "documents": map(_document, inventory.documents),
        "dicomdir": map(_directory, inventory.dicomdir),
        "whose": map(_sign, inventory.signs),
        "coverage": ({"item": c.item, "found": c.found, "missing": c.missing} for c in inventory.coverage),
    }


def _person(one: Person) -> dict[str, Any]:
    said = {"name": one.name, "birth": one.birth, "ids": one.ids, "verdict": one.verdict}
    return said | ({"note": one.note} if one.note else {})


def _sign(one: Sign) -> dict[str, Any]:
    return {
        "name": one.name,
        "birth": one.birth,
        "id": one.id,
        "place": one.place,
        "verdict": one.verdict,
        "why": one.why,
        "files": one.files,
        "paths": one.paths,
    }


def _file(one: File) -> dict[str, Any]:
    return {
        "path": one.path,
        "kind": one.kind,
        "status": one.status,
        "why": one.why,
        "patient": _patient(one.patient),
        "size": one.size,
        "pages": one.pages,
        "is_scan": one.is_scan,
    }


def _study(one: Study) -> dict[str, Any]:
    return {
        "study_uid": one.study_uid,
        "patient": _patient(one.patient),
        "date": one.date,
        "modality": one.modality,
        "body_part": one.body_part,
        "description": one.description,
        "accession": one.accession,
        "series": one.series,
        "images": one.images,
        "frames": one.frames,
        "missing": one.missing,
        "note": one.note,
        "place": one.place,
        "series_list": [_series(part) for part in one.parts],
        "paths": one.paths,
    }


def _directory(one: Directory) -> dict[str, Any]:
    return {
        "path": one.path,
        "references": one.references,
        "present": one.present,
        "missing": one.missing,
        "why": one.why,
    }


def _series(one: Series) -> dict[str, Any]:
    return {
        "series_uid": one.uid,
        "number": one.number,
        "description": one.description,
        "modality": one.modality,
        "holds": one.holds,
        "images": one.images,
        "frames": one.frames,
        "not_here": [list(gap) for gap in one.gaps],
    }


def _patient(patient: Patient) -> dict[str, str]:
    return {"name": patient.name, "birth": patient.birth, "id": patient.id}


def _result(result: Result) -> dict[str, str]:
    return {
        "name": result.name,
        "value": result.value,
        "unit": result.unit,
        "range": result.range,
        "date": result.date,
        "flag": result.flag,
        "code": result.code,
    }


def _document(document: HealthRecord) -> dict[str, Any]:
    return {
        "path": document.path,
        "kind": document.kind,
        "patient": _patient(document.patient),
        "date": document.date,
        "title": document.title,
        "medications": [{"name": m.name, "status": m.status, "dose": m.dose} for m in counted(document.medications)],
        "allergies": [{"name": a.name, "status": a.status} for a in counted(document.allergies)],
        "diagnoses": [{"name": d.name, "status": d.status, "date": d.date} for d in counted(document.diagnoses)],
        "problems": document.problems,
        "labs": document.labs,
        "encounters": document.encounters,
        "results": [_result(one) for one in document.results],
        "notes": document.notes,
    }
