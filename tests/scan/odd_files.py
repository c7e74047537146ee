"""Files of each format with arbitrary values in place of names and dates, not validated."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pydicom.config import disable_value_validation

from tests.scan import made, papers

YEARS = [
    "0000",
    "0001",
    "1111",
    "1752",
    "1800",
    "1879",
    "1900",
    "1972",
    "2026",
    "2999",
    "9999",
    "99999",
    "-1972",
    "١٩٧٢",
]
MONTHS = ["", "00", "02", "03", "13", "99", "-1"]
DAYS = ["", "00", "09", "29", "30", "31", "32", "45", "99"]
FORMS = [
    "{y}{m}{d}",
    "{y}-{m}-{d}",
    "{y}.{m}.{d}",
    "{m}/{d}/{y}",
    "{d}.{m}.{y}",
    "{y}-{m}-{d}T25:61:61Z",
    "{y}{m}{d}250000+9900",
]
ODD_DATES = [
    "",
    " ",
    "\0",
    "unknown",
    "0",
    "00000000",
    "99999999",
    "18000101",
    "1" * 5000,
    "9" * 30,
    "1972-02-30",
    "²⁰²⁶-01-01",
]
NAMES = [
    "Marisol Quintero-Bathory",
    "Quintero-Bathory^Marisol",
    "Okonkwo^Walter",
    "Jordan Otherperson",
    "Doe^Trauma",
    "",
]
ODD_NAMES = [
    "????",
    "??^??",
    "Ð¡¶« ÕÅ",
    "Mu駉z",
    "\u202eevil",
    "<script>x</script>",
    "{name}{0}%s",
    "=1+1",
    "^^^^",
    "=",
    "\ufffd" * 9,
    "A" * 20000,
    "^" * 500,
    "a=b=c=d=e",
    "\u0301" * 50,
    "None",
    "null",
    "山田^太郎",
    "x\ud800y",
    "\ud83d",
    "Z\u0000\u0007",
    "😀^🙂",
]
WRONG = [
    None,
    True,
    False,
    0,
    7,
    -19720309,
    1e300,
    10**40,
    [],
    {},
    [None],
    ["1972-03-09", 5],
    {"start": []},
    {"value": None},
    [[[]]],
]


def date(pick: random.Random) -> str:
    """A date as no file should contain it, or as many do."""
    if pick.random() < 0.2:
        return pick.choice(ODD_DATES)
    return pick.choice(FORMS).format(y=pick.choice(YEARS), m=pick.choice(MONTHS), d=pick.choice(DAYS))


def name(pick: random.Random) -> str:
    """A name, complete or not a name at all."""
    if pick.random() < 0.3:
        return "".join(
            chr(pick.choice([pick.randrange(0x20, 0x250), pick.randrange(0x20, 0x3000)]))
            for _ in range(pick.randrange(30))
        )
    return pick.choice(NAMES + ODD_NAMES)


def _any(pick: random.Random, text: str) -> Any:
    return pick.choice(WRONG) if pick.random() < 0.25 else text


def dicom(pick: random.Random) -> bytes:
    """An image with arbitrary dates and names, in any character set; written by hand, because no library would."""
    charset = pick.choice(["", "ISO_IR 100", "ISO_IR 192", "GB18030", "ISO_IR 144", "ISO 2022 IR 149", "NONSENSE"])
    elements = (
        (0x0002, 0x0010, b"UI", b"1.2.840.10008.1.2.1"),
        (0x0008, 0x0005, b"CS", charset.encode()),
        (0x0008, 0x0016, b"UI", b"1.2.840.10008.5.1.4.1.1.2"),
        (0x0008, 0x0018, b"UI", b"1.2.9.1.1.%d" % pick.randrange(1, 99)),
        (0x0008, 0x0020, b"DA", _raw(pick, date(pick))),
        (0x0008, 0x0030, b"TM", _raw(pick, date(pick))),
        (0x0008, 0x0060, b"CS", b"CT"),
        (0x0008, 0x1030, b"LO", _raw(pick, name(pick))),
        (0x0010, 0x0010, b"PN", _raw(pick, name(pick))),
        (0x0010, 0x0020, b"LO", b"A-1"),
        (0x0010, 0x0030, b"DA", _raw(pick, date(pick))),
        (0x0020, 0x000D, b"UI", b"1.2.9.%d" % pick.randrange(1, 4)),
        (0x0020, 0x000E, b"UI", b"1.2.9.1.1"),
    )
    data = bytes(128) + b"DICM"
    for group, element, vr, value in elements:
        value = value[:60_000] + b" " * (len(value[:60_000]) % 2)
        data += struct.pack("<HH2sH", group, element, vr, len(value)) + value
    return data + struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OW", 0, 4) + bytes(4)


def _raw(pick: random.Random, text: str) -> bytes:
    code = pick.choice(["utf-8", "latin-1", "gb18030", "utf-16", "shift-jis", "cp1251"])
    return (
        text.encode(code, "replace")
        if pick.random() < 0.9
        else bytes(pick.randrange(256) for _ in range(pick.randrange(40)))
    )


def dicomdir(pick: random.Random) -> bytes:
    """A DICOMDIR for a patient with any name."""
    with disable_value_validation():
        who = {"PatientName": _clean(name(pick)), "PatientID": "1", "PatientBirthDate": _clean(date(pick))[:60]}
        study = {"StudyInstanceUID": "1.2.9.1", "StudyDate": _clean(date(pick))[:60]}
        entries = [("PATIENT", who), ("STUDY", study), ("SERIES", {"SeriesInstanceUID": "1.2.9.1.1", "Modality": "CT"})]
        return made.directory([*entries, ("IMAGE", {"ReferencedFileID": ["A", "B"]})])


def _clean(text: str) -> str:
    return text.encode("ascii", "replace").decode()[:2000]


def fhir(pick: random.Random) -> bytes:
    """A bundle, a date or a name of any type wherever one is expected."""

    def when() -> Any:
        return _any(pick, date(pick))

    def called() -> Any:
        return _any(pick, name(pick))

    patient = {
        "resourceType": "Patient",
        "birthDate": when(),
        "name": _any(pick, "") or [{"family": called(), "given": [called()], "text": called()}],
    }

    def coded() -> Any:
        return _any(pick, "") or {"text": called(), "coding": [{"code": called(), "display": called()}]}

    resources: list[dict[str, Any]] = [
        {"resourceType": "Composition", "title": called(), "date": when(), "type": coded()},
        {"resourceType": "MedicationRequest", "status": called(), "authoredOn": when(), "medication": coded()},
        {"resourceType": "MedicationStatement", "effectivePeriod": {"start": when()}, "taken": called()},
        {"resourceType": "AllergyIntolerance", "recordedDate": when(), "onset": when(), "code": coded()},
        {"resourceType": "Condition", "onsetDateTime": when(), "recordedDate": when(), "code": coded()},
        {"resourceType": "ImagingStudy", "started": when(), "modality": [{"code": "MR"}], "status": called()},
        {"resourceType": "DiagnosticReport", "effectiveDateTime": when(), "code": {"text": "MRI brain"}},
        {"resourceType": "Encounter", "period": when(), "status": called()},
        {"resourceType": "Observation", "status": called(), "category": coded()},
    ]
    kept = [patient, *pick.sample(resources, pick.randrange(len(resources)))]
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in kept]}).encode()


def fhir_xml(pick: random.Random) -> bytes:
    called = f"<name><family value={_q(name(pick))}/><given value={_q(name(pick))}/></name>"
    inner = f"<birthDate value={_q(date(pick))}/>{called}"
    return f'<Patient xmlns="http://hl7.org/fhir">{inner}</Patient>'.encode("utf-8", "replace")


def ccda(pick: random.Random) -> bytes:
    """A health summary with arbitrary dates in its header and in each list."""

    def time(tag: str = "effectiveTime") -> str:
        return f"<{tag} value={_q(date(pick))}><low value={_q(date(pick))}/><high value={_q(date(pick))}/></{tag}>"

    called = f"<name><given>{_t(name(pick))}</given><family>{_t(name(pick))}</family></name>"
    who = f"<patient>{called}{time('birthTime')}</patient>"
    drug = f"<manufacturedMaterial><code displayName={_q(name(pick))}/></manufacturedMaterial>"
    drug = f"<manufacturedProduct>{drug}</manufacturedProduct>"
    dose = f"<substanceAdministration>{time()}<consumable>{drug}</consumable></substanceAdministration>"
    seen = f"<observation><value displayName={_q(name(pick))}/>{time()}</observation>"
    lists = (
        ("10160-0", dose),
        ("48765-2", f"<act><entryRelationship>{seen}</entryRelationship></act>"),
        ("11450-4", seen),
    )
    sections = "".join(
        f'<component><section><code code="{c}"/><entry>{e}</entry></section></component>' for c, e in lists
    )
    head = f"<title>{_t(name(pick))}</title>{time()}<recordTarget><patientRole>{who}</patientRole></recordTarget>"
    event = f"<documentationOf><serviceEvent>{time()}</serviceEvent></documentationOf>"
    body = f"<component><structuredBody>{sections}</structuredBody></component>"
    return f'<ClinicalDocument xmlns="urn:hl7-org:v3">{head}{event}{body}</ClinicalDocument>'.encode("utf-8", "replace")


def _t(text: str) -> str:
    return "".join(c for c in text if c >= " " and c not in "<>&" and not "\ud800" <= c <= "\udfff" and c < "\ufff0")


def _q(text: str) -> str:
    return quoteattr(_t(text))


def apple(pick: random.Random) -> bytes:
    me = f"<Me HKCharacteristicTypeIdentifierDateOfBirth={_q(date(pick))}/>"
    return f"<HealthData><ExportDate value={_q(date(pick))}/>{me}<Record/></HealthData>".encode("utf-8", "replace")


def claims(pick: random.Random) -> bytes:
    text = f"MYMEDICARE.GOV\nName: {name(pick)}\nDate of Birth: {date(pick)}\nMedication Name: {name(pick)}\n"
    return text.encode("utf-8", "replace")


def words(pick: random.Random) -> bytes:
    label = pick.choice(
        [
            "Patient: {} DOB: {}",
            "Patient Name\n{}\nDate of Birth\n{}",
            "{} (DOB {})",
            "Paciente: {}\nFecha de nacimiento: {}",
        ]
    )
    exam = f"EXAM: MRI brain {date(pick)}"
    return f"REPORT\n{label.format(name(pick), date(pick))}\n{exam}\n".encode("utf-8", "replace")


def pdf(pick: random.Random) -> bytes:
    text = words(pick).decode("utf-8").encode("ascii", "replace").decode().replace("\n", " ")
    text = text.replace("\\", "").replace("(", "\\(").replace(")", "\\)")[:2000]
    info = f"20 0 obj<</CreationDate(D:{_clean(date(pick))})/Author({_clean(name(pick))})>>endobj".replace("\\", "")
    return papers.pdf(text, more=info.encode())


def photo(pick: random.Random) -> bytes:
    """A JPEG whose Exif data has a date and an artist."""
    when = date(pick).encode("ascii", "replace")[:200] + b"\0"
    tiff = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x132, 2, len(when), 26) + bytes(4) + when
    exif = b"Exif\0\0" + tiff
    frame = b"\xff\xc0\0\x0b\x08\0\x04\0\x04\x01\x01\x11\0"
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + frame + b"\xff\xd9"


def archive(pick: random.Random) -> bytes:
    """A zip whose entries have impossible times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a", dicom(pick))
        packed.writestr("b", fhir(pick))
    data = bytearray(out.getvalue())
    for mark, place in ((b"PK\x03\x04", 10), (b"PK\x01\x02", 12)):
        at = data.find(mark)
        while at >= 0:
            data[at + place : at + place + 4] = bytes(pick.choice([0, 255, pick.randrange(256)]) for _ in range(4))
            at = data.find(mark, at + 4)
    return bytes(data)


MAKERS = {
    one.__name__: one
    for one in (dicom, dicomdir, fhir, fhir_xml, ccda, apple, claims, words, pdf, photo, archive)
}  # fmt: skip


def folder(root: Path, pick: random.Random, kinds: list[str]) -> Path:
    """A folder with a file of each of these formats, some with an impossible time."""
    root.mkdir(parents=True)
    for number, kind in enumerate(kinds):
        file = root / ("DICOMDIR" if kind == "dicomdir" else f"{number}-{kind}")
        file.write_bytes(MAKERS[kind](pick))
        if pick.random() < 0.3:
            os.utime(file, (pick.choice([-(10**9), 0, 10**10]),) * 2)
    return root
