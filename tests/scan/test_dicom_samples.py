"""On every sample our parser agrees with pydicom and dcmdump."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pydicom
import pytest

from tests import samples
from workbook.scan import limits, sources
from workbook.scan.errors import BadRecord
from workbook.scan.formats import sniff
from workbook.scan.formats.dicom import dataset, header
from workbook.scan.formats.dicom.text import date
from workbook.scan.values import File, Source

FIELDS = {
    "StudyInstanceUID": "study_uid",
    "SeriesInstanceUID": "series_uid",
    "SOPInstanceUID": "sop_uid",
    "SOPClassUID": "sop_class",
    "Modality": "modality",
    "BodyPartExamined": "body_part",
    "StudyDescription": "description",
    "SeriesDescription": "series_description",
    "AccessionNumber": "accession",
}
# pydicom reads the bytes of this file as one private element; it begins with a stray byte, so it is damaged.
UNREADABLE = {"no_meta.dcm"}


def _files() -> list[Path]:
    """All DICOM samples, and those shipped with pydicom itself: other vendors, all character sets."""
    shipped = sorted((Path(pydicom.__file__).parent / "data").rglob("*.dcm"))
    ours = [samples.place(row["path"]) for row in samples.rows() if row["kind"] == "dicom"]
    there = [path for path in ours if path.exists()]
    return [path for path in (*there, *shipped) if path.name not in UNREADABLE]


def _row(path: Path) -> File | None:
    source = sources.one(path)
    assert isinstance(source, Source)
    head = sources.head(source, limits.HEAD)
    return dataset.read(source, head) if sniff.kind(head) == "dicom" else None


def _status(path: Path) -> str:
    try:
        row = _row(path)
    except BadRecord as bad:
        return bad.status
    return row.status if row else ""


def _said(value: Any) -> str:
    text = "\\".join(value) if isinstance(value, pydicom.multival.MultiValue) else str(value or "")
    return " ".join(re.sub(r"\x1b[ -/]*[0-~]", "", text).replace("\0", "").split())


def test_there_are_samples_to_read() -> None:
    assert len(_files()) > 90


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name)
def test_our_parser_agrees_with_pydicom(path: Path) -> None:
    row = _row(path)
    if row is None:
        assert path.name.startswith("DICOMDIR") or path.parent.name == "dicomdirtests"
        return
    assert row.image
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pydicom.dcmread(path, force=True, stop_before_pixels=True)
        theirs.SOPClassUID = theirs.get("SOPClassUID") or theirs.file_meta.get("MediaStorageSOPClassUID", "")
        for keyword, field in FIELDS.items():
            assert getattr(row.image, field) == _said(theirs.get(keyword)), keyword
        days = ("StudyDate", "AcquisitionDate", "SeriesDate", "ContentDate")  # the first that is given
        assert row.image.date == next(filter(None, (date(_said(theirs.get(one)).encode()) for one in days)), "")
        names = [name for name in _said(theirs.get("PatientName")).split("=") if name.strip("^ ")]
        family = names[0].split("^")[0].strip() if names else ""
    assert row.patient.family == family
    assert row.patient.id == _said(theirs.get("PatientID"))


def test_pydicom_is_needed_for_few_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = dataset._by_pydicom
    monkeypatch.setattr(dataset, "_by_pydicom", lambda head, size: asked.append(size) or real(head, size))
    read = [row for path in _files() if (row := _row(path))]
    assert len(set(asked)) <= len(read) * 0.1


@pytest.mark.parametrize(("path", "facts"), samples.facts("dicom"))
def test_our_parser_agrees_with_dcmdump(path: str, facts: dict[str, Any]) -> None:
    if "dcmdump_error" in facts:
        assert _status(samples.at(path)) == "damaged"
        return
    row = _row(samples.at(path))
    assert row
    assert row.image
    ours = {
        "PatientID": row.patient.id,
        # An impossible birth date is treated as missing, and remembered as wrong.
        "PatientBirthDate": "11111111" if row.patient.birth_wrong else row.patient.birth.replace("-", ""),
        "Study": row.image.study_uid,
        "Series": row.image.series_uid,
        "SOP": row.image.sop_uid,
        "StudyDate": row.image.date.replace("-", ""),
        "Modality": row.image.modality,
        "StudyDescription": row.image.description,
        "BodyPartExamined": row.image.body_part,
    }
    assert {key: value for key, value in ours.items() if key in facts} == {
        key: " ".join(facts[key].split()) for key in ours if key in facts
    }
    if "PatientName" in facts:
        parts = [part.strip() for part in facts["PatientName"].split("=")[0].split("^")]
        assert (row.patient.family, row.patient.given) == (parts[0], " ".join(filter(None, parts[1:3])))


def test_the_end_of_a_header_agrees_with_pydicom() -> None:
    for path in (path for path in _files() if sniff.kind(path.read_bytes()[:8192]) == "dicom"):
        data = path.read_bytes()
        try:
            meta, place = header.meta(data, len(data))
            found = header.walk(data, place, len(data), header.form_of(meta[header.SYNTAX]))
        except (header.Odd, header.Short, KeyError):
            continue
        theirs = dataset._by_pydicom(data, len(data))
        assert (found.pixels, found.length) == (theirs.pixels, theirs.length), path.name
