"""Small made-up DICOM files and discs."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydicom.config import disable_value_validation
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.sequence import Sequence
from pydicom.uid import (
    CTImageStorage,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEGBaseline8Bit,
    MediaStorageDirectoryStorage,
)

from workbook.scan.formats.dicom.dataset import read as read_dicom
from workbook.scan.values import File, Source

SYNTAX = {
    "explicit": ExplicitVRLittleEndian,
    "implicit": ImplicitVRLittleEndian,
    "big": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
    "jpeg": JPEGBaseline8Bit,
}
BASIC_TEXT = "1.2.840.10008.5.1.4.1.1.88.11"
NO_IMAGE: dict[str, Any] = dict.fromkeys(
    (
        *("Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "SamplesPerPixel"),
        "PixelData",
    )
)
ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1"


def dataset(number: int = 1, *, study: str = "1.2.9.1", series: str = "", **fields: Any) -> Dataset:
    """An image of a study; `fields` replace or add elements by their keyword, None takes one away."""
    made = Dataset()
    given = {
        "SOPClassUID": CTImageStorage,
        "SOPInstanceUID": f"{study}.1.{number}",
        "StudyDate": "20261103",
        "Modality": "CT",
        "StudyDescription": "CT Abdomen",
        "PatientName": "Quill^Ada",
        "PatientID": "A-1",
        "PatientBirthDate": "19700102",
        "BodyPartExamined": "ABDOMEN",
        "StudyInstanceUID": study,
        "SeriesInstanceUID": series or f"{study}.1",
        "Rows": 4,
        "Columns": 4,
        "BitsAllocated": 16,
        "BitsStored": 16,
        "HighBit": 15,
        "PixelRepresentation": 0,
        "SamplesPerPixel": 1,
        "PixelData": bytes(32 * max(int(fields.get("NumberOfFrames") or 1), 1)),
        **fields,
    }
    for keyword, value in given.items():
        if value is not None:
            setattr(made, keyword, value)
    return made


def image(number: int = 1, *, syntax: str = "explicit", meta: bool = True, **fields: Any) -> bytes:
    """The bytes of an image, as `dataset` makes it."""
    return written(dataset(number, **fields), syntax=syntax, meta=meta)


def report(number: int = 1, **fields: Any) -> bytes:
    """The bytes of a report in text (SR) of the same study."""
    return image(number, **{**NO_IMAGE, "SOPClassUID": BASIC_TEXT, "Modality": "SR", **fields})


def written(made: Dataset, *, syntax: str = "explicit", meta: bool = True) -> bytes:
    """A data set as a file."""
    out = io.BytesIO()
    if syntax == "jpeg":
        from pydicom.encaps import encapsulate

        made.PixelData = encapsulate([b"\xff\xd8" + bytes(60) + b"\xff\xd9"])
        made["PixelData"].VR = "OB"
        made["PixelData"].is_undefined_length = True
    elif "PixelData" in made:
        made["PixelData"].VR = "OW"
    if meta:
        made.file_meta = FileMetaDataset()
        made.file_meta.TransferSyntaxUID = SYNTAX[syntax]
        dcmwrite(out, made, enforce_file_format=True)
    else:
        dcmwrite(out, made, implicit_vr=syntax == "implicit", little_endian=syntax != "big")
    return out.getvalue()


def directory(entries: Iterable[tuple[str, dict[str, Any]]]) -> bytes:
    """A DICOMDIR of records in order: the type of each and its elements. Links are left empty, as some programs do."""
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.MediaStorageSOPClassUID = MediaStorageDirectoryStorage
    made.file_meta.MediaStorageSOPInstanceUID = "1.2.9.9"
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = io.BytesIO()
    with disable_value_validation():  # hostile names are needed too
        made.DirectoryRecordSequence = Sequence([_record(kind, **fields) for kind, fields in entries])
        dcmwrite(out, made, enforce_file_format=True)
    return out.getvalue()


def _record(kind: str, **fields: Any) -> Dataset:
    record = Dataset()
    record.OffsetOfTheNextDirectoryRecord = 0
    record.RecordInUseFlag = 0xFFFF
    record.OffsetOfReferencedLowerLevelDirectoryEntity = 0
    record.DirectoryRecordType = kind
    for keyword, value in fields.items():
        setattr(record, keyword, value)
    return record


def disc(folder: Path, images: int = 3, *, leave_out: int = 0, **fields: Any) -> Path:
    """A disc with one study, a DICOMDIR and a viewer program; the last `leave_out` images are listed and missing."""
    study = fields.get("study", "1.2.9.1")
    top = [
        ("PATIENT", {"PatientName": fields.get("PatientName", "Quill^Ada"), "PatientID": "A-1"}),
        ("STUDY", {"StudyInstanceUID": study, "StudyDate": fields.get("StudyDate", "20261103")}),
        ("SERIES", {"SeriesInstanceUID": f"{study}.1", "Modality": fields.get("Modality", "CT")}),
    ]
    names = [f"IM{number:06d}" for number in range(1, images + 1)]
    (folder / "IMAGES").mkdir(parents=True)
    (folder / "DICOMDIR").write_bytes(
        directory([*top, *(("IMAGE", {"ReferencedFileID": ["IMAGES", name]}) for name in names)])
    )
    for number, name in enumerate(names[: images - leave_out], 1):
        (folder / "IMAGES" / name).write_bytes(image(number, **fields))
    (folder / "VIEWER.EXE").write_bytes(b"MZ\x90\0" + bytes(200))
    (folder / "AUTORUN.INF").write_bytes(b"[autorun]\r\nopen=VIEWER.EXE\r\n")
    return folder


def read(data: bytes, size: int | None = None) -> File:
    """The row of a file with these bytes."""
    source = Source("a.dcm", len(data) if size is None else size, lambda: io.BytesIO(data))
    return read_dicom(source, data[:512])
