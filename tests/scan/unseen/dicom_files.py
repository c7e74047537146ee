"""Unseen DICOM: written by pydicom and by DCMTK's programs, in legal forms that vendors really use."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import Any

from pydicom import Dataset, dcmwrite
from pydicom.dataset import FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    generate_uid,
)

from tests.scan.unseen.people import Made, Who, day

CLASSES = {
    "CT": "1.2.840.10008.5.1.4.1.1.2", "MR": "1.2.840.10008.5.1.4.1.1.4", "MG": "1.2.840.10008.5.1.4.1.1.1.2",
    "US": "1.2.840.10008.5.1.4.1.1.6.1", "DX": "1.2.840.10008.5.1.4.1.1.1.1", "PT": "1.2.840.10008.5.1.4.1.1.128",
    "XA": "1.2.840.10008.5.1.4.1.1.12.1", "NM": "1.2.840.10008.5.1.4.1.1.20", "OT": "1.2.840.10008.5.1.4.1.1.7",
    "CR": "1.2.840.10008.5.1.4.1.1.1", "SM": "1.2.840.10008.5.1.4.1.1.77.1.6",
}  # fmt: skip
PARTS = ("CHEST", "BREAST", "ABDOMEN", "HEAD", "KNEE", "LSPINE", "PELVIS", "")
MAKERS = ((0x0019, "GEMS_ACQU_01"), (0x0051, "SIEMENS MR HEADER"), (0x2005, "Philips MR Imaging DD 001"))
SYNTAXES = {
    "explicit": ExplicitVRLittleEndian,
    "implicit": ImplicitVRLittleEndian,
    "big": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
}


def write_who(made: Dataset, who: Who, chance: random.Random) -> str:
    """Writes name, birth date and character set; returns what is odd about it."""
    made.PatientID = f"{chance.randint(1, 99999):06d}"
    made.PatientBirthDate = chance.choice((who.birth.replace("-", ""), who.birth.replace("-", "") + " "))
    latin = f"{who.family}^{who.given}"
    form = chance.choice(("plain", "upper", "title", "empty parts", "native"))
    if form == "native" and who.native:
        family, given = who.native.split("^")
        two_bytes = who.charset.startswith("ISO 2022")
        made.SpecificCharacterSet = ["", who.charset] if two_bytes else who.charset
        ideographs = who.charset in ("GB18030", "ISO 2022 IR 87", "ISO 2022 IR 149")
        made.PatientName = f"{latin}={family}^{given}" if ideographs else f"{family}^{given}"
        return f"name in {who.charset}"
    made.SpecificCharacterSet = who.charset if not who.native and who.charset else "ISO_IR 192"
    latin = {"upper": latin.upper(), "title": f"{latin}^^Mrs", "empty parts": f"{latin}^^^"}.get(form, latin)
    made.PatientName = latin
    return f"{form} name in {made.SpecificCharacterSet}"


def base(chance: random.Random, who: Who, modality: str, when: str, part: str) -> Dataset:
    made = Dataset()
    study = generate_uid(entropy_srcs=[str(chance.random())])
    made.SOPClassUID, made.SOPInstanceUID = CLASSES[modality], generate_uid(entropy_srcs=[study, "1"])
    made.StudyDate, made.Modality = when.replace("-", ""), modality
    made.StudyInstanceUID, made.SeriesInstanceUID = study, generate_uid(entropy_srcs=[study, "s"])
    made.AccessionNumber = f"ACC{chance.randint(1, 9999)}"
    made.StudyDescription = f"{modality} {part or 'STUDY'}"
    if part:
        made.BodyPartExamined = part
    made.InstanceNumber = 1
    made.Rows = made.Columns = 8
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = 16, 12, 11, 0
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.PixelData = bytes(128)
    made["PixelData"].VR = "OW"
    return made


def _odd(made: Dataset, chance: random.Random) -> str:
    """Adds something legal that readers stumble over."""
    way = chance.choice(("nothing", "private", "nested", "long text", "icon", "group length", "padding"))
    if way == "private":
        group, creator = chance.choice(MAKERS)
        block = made.private_block(group, creator, create=True)
        block.add_new(0x01, "OB", bytes(chance.randint(2, 4000) // 2 * 2))
        inner = Dataset()
        inner.PatientName = "Nobody^Inner"
        block.add_new(0x02, "SQ", Sequence([inner]))
        block.add_new(0x03, "UN", b"\xfe\xff\x00\xe0\x00\x00\x00\x00")
    elif way == "nested":
        deep = Dataset()
        deep.PatientName, deep.PatientBirthDate, deep.StudyDate = "Nobody^Inner", "19010101", "19990101"
        middle = Dataset()
        middle.ReferencedImageSequence = Sequence([deep, Dataset()])
        made.ReferencedStudySequence = Sequence([middle])
        made["ReferencedStudySequence"].is_undefined_length = chance.random() < 0.5
        made.RequestAttributesSequence = Sequence([])
    elif way == "long text":
        made.ImageComments = "comment " * chance.randint(10, 1200)
        made.PatientComments = "x" * 10000
    elif way == "icon":
        icon = Dataset()
        icon.Rows = icon.Columns = 4
        icon.SamplesPerPixel, icon.PhotometricInterpretation = 1, "MONOCHROME2"
        icon.BitsAllocated, icon.BitsStored, icon.HighBit, icon.PixelRepresentation = 8, 8, 7, 0
        icon.PixelData = bytes(16)
        icon["PixelData"].VR = "OB"
        made.IconImageSequence = Sequence([icon])
    elif way == "group length":
        made.add_new(0x00080000, "UL", 400)
        made.add_new(0x00100000, "UL", 90)
    elif way == "padding":
        made.DataSetTrailingPadding = bytes(64)
    return way


def without_image(made: Dataset) -> None:
    """Takes out what only images have."""
    for name in ("Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "PixelData"):
        delattr(made, name)
    del made.SamplesPerPixel, made.PhotometricInterpretation


def written(made: Dataset, syntax: str, *, meta: bool = True) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if meta:
            made.file_meta = FileMetaDataset()
            made.file_meta.TransferSyntaxUID = SYNTAXES[syntax]
            dcmwrite(out, made, enforce_file_format=True)
        else:
            dcmwrite(out, made, implicit_vr=syntax == "implicit", little_endian=syntax != "big")
    return out.getvalue()


def image(chance: random.Random, who: Who) -> Made:
    """One image in one of the encodings."""
    modality, part, when = chance.choice(list(CLASSES)), chance.choice(PARTS), day(chance)
    made = base(chance, who, modality, when, part)
    named = write_who(made, who, chance)
    facts: dict[str, Any] = {
        "kind": "dicom", "scan.modality": modality, "scan.part": part, "scan.images": 1,
        "scan.accession": made.AccessionNumber,
    }  # fmt: skip
    facts["scan.day"] = when
    if chance.random() < 0.15:  # allowed to be empty; other dates tell
        made.StudyDate = ""
        setattr(made, chance.choice(("SeriesDate", "AcquisitionDate", "ContentDate")), when.replace("-", ""))
    if modality in ("US", "XA", "NM") and chance.random() < 0.6:
        frames = chance.randint(2, 90)
        made.NumberOfFrames = frames
        made.PixelData = bytes(128 * frames)
        facts["scan.frames"] = frames
    way = _odd(made, chance)
    syntax = chance.choice(list(SYNTAXES))
    meta = syntax == "deflated" or chance.random() < 0.9
    data = written(made, syntax, meta=meta)
    return Made("IM0001", data, f"{syntax}{'' if meta else ' without meta'}, {way}, {named}", who, facts)


def by_dcmtk(chance: random.Random, who: Who) -> Made:
    """One image that DCMTK wrote again: other lengths of sequences, another encoding, or compressed."""
    made = image(chance, who)
    if not shutil.which("dcmconv") or "without meta" in made.odd:
        return made
    ways = (
        ["dcmconv", "+ti"], ["dcmconv", "+tb"], ["dcmconv", "+te", "-e"], ["dcmconv", "+te", "+e"],
        ["dcmconv", "+g=", "+p", "512", "64"], ["dcmconv", "+td"], ["dcmcrle"], ["dcmcjpls"],
    )  # fmt: skip
    way = chance.choice(ways)
    with tempfile.TemporaryDirectory() as place:
        first, then = Path(place) / "a", Path(place) / "b"
        first.write_bytes(made.data)
        done = subprocess.run([*way, str(first), str(then)], capture_output=True, check=False)
        if done.returncode == 0 and then.exists():
            made.data, made.odd = then.read_bytes(), f"{' '.join(way)}, {made.odd}"
    return made


def text_report(chance: random.Random, who: Who) -> Made:
    """A structured report (SR) whose text names its scan."""
    when = day(chance)
    made = base(chance, who, "CT", when, "CHEST")
    named = write_who(made, who, chance)
    without_image(made)
    made.SOPClassUID, made.Modality = "1.2.840.10008.5.1.4.1.1.88.11", "SR"
    item = Dataset()
    item.RelationshipType, item.ValueType = "CONTAINS", "TEXT"
    item.TextValue = f"EXAM: CT CHEST\r\nDate of exam: {when[5:7]}/{when[8:]}/{when[:4]}\r\nNo nodules."
    made.ValueType, made.ContinuityOfContent, made.ContentSequence = "CONTAINER", "SEPARATE", Sequence([item])
    facts = {"kind": "dicom", "scan.images": 0, "scan.day": when, "named": [("CT", "CHEST", when)], "scan.reports": 1}
    return Made("SR1", written(made, chance.choice(("explicit", "implicit"))), f"SR, {named}", who, facts)
