"""Unseen discs: folders whose list (DICOMDIR) pydicom's FileSet wrote, some not whole; and what is beside images."""

from __future__ import annotations

import random
import tempfile
import warnings
from pathlib import Path
from typing import Any

import typst
from pydicom import Dataset, dcmread
from pydicom.fileset import FileSet
from pydicom.sequence import Sequence
from pydicom.uid import generate_uid

from tests.scan.unseen import dicom_files
from tests.scan.unseen.people import Made, Who, day


def disc(chance: random.Random, who: Who) -> Made:
    """One study of one or two series, whole or with images missing in the middle."""
    modality, when = chance.choice(("CT", "MR", "PT")), day(chance)
    first = dicom_files.base(chance, who, modality, when, "CHEST")
    named = dicom_files.write_who(first, who, chance)
    first.StudyTime, first.StudyID, first.SeriesNumber = "101500", "7", 1
    series = chance.randint(1, 2)
    count = chance.randint(6, 14)
    listed = FileSet()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for s in range(series):
            for n in range(1, count + 1):
                one = Dataset()
                one.update(first)
                one.SeriesInstanceUID = generate_uid(entropy_srcs=[first.StudyInstanceUID, str(s)])
                one.SeriesNumber, one.InstanceNumber = s + 1, n
                one.SOPInstanceUID = generate_uid(entropy_srcs=[str(chance.random())])
                data = dicom_files.written(one, chance.choice(("explicit", "explicit", "implicit")))
                listed.add(dcmread(_stream(data)))
        with tempfile.TemporaryDirectory() as place:
            listed.write(place)
            files = {
                str(path.relative_to(place)): path.read_bytes() for path in Path(place).rglob("*") if path.is_file()
            }
    listed._stage["t"].cleanup()  # it warns if that is left to the end
    numbers = {path: dcmread(_stream(data)) for path, data in files.items() if path != "DICOMDIR"}
    lost = chance.choice((0, 0, 1, 2))
    gone = [path for path, one in numbers.items() if one.SeriesNumber == 1 and 2 <= one.InstanceNumber < 2 + lost]
    for path in gone:
        del files[path]
    facts: dict[str, Any] = {
        "scan.images": series * count - lost, "scan.series": series, "scan.day": when, "scan.modality": modality,
        "disc": [(series * count, series * count - lost)], "gaps": [(2, 1 + lost)] if lost else [], "kind": "dicom",
    }  # fmt: skip
    if chance.random() < 0.3:  # copied without its list
        del files["DICOMDIR"]
        facts["disc"] = []
    name = next(iter(files))
    return Made(name, files.pop(name), f"FileSet, {lost} missing, {named}", who, facts, more=files)


def _stream(data: bytes) -> Any:
    import io

    return io.BytesIO(data)


def beside(chance: random.Random, who: Who) -> Made:
    """Objects that are stored beside images: a PDF, a plan, a drawing, a tracing, marks, key images."""
    when = day(chance)
    made = dicom_files.base(chance, who, "OT", when, "")
    named = dicom_files.write_who(made, who, chance)
    dicom_files.without_image(made)
    what = chance.choice(("pdf", "struct", "plan", "ecg", "marks", "key images"))
    start = "1.2.840.10008.5.1.4.1.1."
    facts: dict[str, Any] = {"kind": "dicom", "scan.images": 0, "scan.day": when}
    if what == "pdf":
        made.SOPClassUID, made.Modality = f"{start}104.1", "DOC"
        made.MIMETypeOfEncapsulatedDocument = "application/pdf"
        data = typst.compile(f"EXAM: CT CHEST \\\nDate of exam: {when} \\\nNormal.".encode())
        made.EncapsulatedDocument = data + b"\0" * (len(data) % 2)
        facts |= {"holds": ["report"], "scan.reports": 1, "named": [("CT", "CHEST", when)]}
    elif what == "ecg":
        made.SOPClassUID, made.Modality = f"{start}9.1.1", "ECG"
        wave = Dataset()
        wave.NumberOfWaveformChannels, wave.NumberOfWaveformSamples, wave.SamplingFrequency = 1, 4, "500"
        wave.WaveformBitsAllocated, wave.WaveformSampleInterpretation, wave.WaveformData = 16, "SS", bytes(8)
        wave["WaveformData"].VR = "OW"
        made.WaveformSequence = Sequence([wave])
        facts["holds"] = ["tracing"]
    else:
        classes = {"struct": ("481.3", "RTSTRUCT", "drawing"), "plan": ("481.5", "RTPLAN", "plan"),
                   "marks": ("11.1", "PR", "marks"), "key images": ("88.59", "KO", "key images")}  # fmt: skip
        number, made.Modality, holds = classes[what]
        made.SOPClassUID = start + number
        facts["holds"] = [holds]
    return Made(
        "OBJ", dicom_files.written(made, chance.choice(("explicit", "implicit"))), f"{what}, {named}", who, facts
    )
