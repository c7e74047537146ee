"""Small discs of the two stories, from made-up DICOM files that pydicom writes here."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

CLASSES = {
    "MG": "1.2.840.10008.5.1.4.1.1.1.2",
    "DX": "1.2.840.10008.5.1.4.1.1.1.1",
    "US": "1.2.840.10008.5.1.4.1.1.6.1",
}


def image(
    file: Path, *, name: str, birth: str, modality: str, day: str, part: str, study: str, number: int = 1
) -> None:
    """Writes one small image."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = pydicom.uid.UID(CLASSES[modality])
    meta.MediaStorageSOPInstanceUID = generate_uid(entropy_srcs=[study, str(number)])
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    one = FileDataset(str(file), {}, file_meta=meta, preamble=b"\0" * 128)
    one.SOPClassUID, one.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    one.PatientName, one.PatientBirthDate, one.PatientID = name, birth, "H-1"
    one.Modality, one.StudyDate, one.BodyPartExamined = modality, day, part
    one.StudyInstanceUID = generate_uid(entropy_srcs=[study])
    one.SeriesInstanceUID = generate_uid(entropy_srcs=[study, "series"])
    one.InstanceNumber, one.Rows, one.Columns = number, 4, 4
    one.BitsAllocated, one.BitsStored, one.HighBit, one.PixelRepresentation = 8, 8, 7, 0
    one.SamplesPerPixel, one.PhotometricInterpretation = 1, "MONOCHROME2"
    one.PixelData = bytes(16)
    file.parent.mkdir(parents=True, exist_ok=True)
    one.save_as(file, enforce_file_format=True)


def breast_disc(root: Path) -> Path:
    """The disc of the breast story: both mammograms, and no ultrasound of October 14."""
    who = {"name": "QUINTERO-BATHORY^MARISOL", "birth": "19720309", "modality": "MG", "part": "BREAST"}
    for day, count in (("20261014", 4), ("20261016", 2)):
        for number in range(1, count + 1):
            image(root / "DICOM" / day / f"IM{number}", **who, day=day, study=day, number=number)
    return root


def wrong_disc(root: Path) -> Path:
    """The disc of the spine story: another person with a name that looks alike, and another birth year."""
    who = {"name": "OKONKWO^WALTRINA", "birth": "19510621", "modality": "DX", "part": "LSPINE"}
    for number in (1, 2):
        image(root / "DICOM" / f"IM{number}", **who, day="20261119", study="dx", number=number)
    return root


def zipped(root: Path) -> bytes:
    """The disc as a zip, as a portal hands it over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in sorted(root.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(root).as_posix())
    return out.getvalue()
