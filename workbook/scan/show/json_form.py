"""Scan results as JSON for programs. Knows the values and nothing else."""

from __future__ import annotations

from typing import Any

from ..phrases.no_data import counted
from ..values import HealthRecord, Inventory, Patient, Result, Series


def as_json(inventory: Inventory) -> dict[str, Any]:
    """The whole inventory as plain values; the patients come first."""
    return {
        "stopped": inventory.stopped,
        "patients": [
            {
                "name": p.name,
                "birth": p.birth,
                "ids": p.ids,
                "verdict": p.verdict,
                **({"note": p.note} if p.note else {}),
            }
            for p in inventory.patients
        ],
        "files": [
            {
                "path": f.path,
                "kind": f.kind,
                "status": f.status,
                "why": f.why,
                "patient": _patient(f.patient),
                "size": f.size,
                "pages": f.pages,
                "is_scan": f.is_scan,
            }
            for f in inventory.files
        ],
        "studies": [
            {
                "study_uid": s.study_uid,
                "patient": _patient(s.patient),
                "date": s.date,
                "modality": s.modality,
                "body_part": s.body_part,
                "description": s.description,
                "accession": s.accession,
                "series": s.series,
                "images": s.images,
                "frames": s.frames,
                "missing": s.missing,
                "note": s.note,
                "place": s.place,
                "series_list": [_series(one) for one in s.parts],
                "paths": s.paths,
            }
            for s in inventory.studies
        ],
        "documents": [_document(d) for d in inventory.documents],
        "dicomdir": [
            {"path": d.path, "references": d.references, "present": d.present, "missing": d.missing, "why": d.why}
            for d in inventory.dicomdir
        ],
        "coverage": [{"item": c.item, "found": c.found, "missing": c.missing} for c in inventory.coverage],
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
