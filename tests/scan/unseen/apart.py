"""What other programs find in records of any origin, compared with ours: `python -m tests.scan.unseen.apart FOLDER`.

DICOM is read by pydicom, FHIR by plain `json`, C-CDA by lxml: each in the fewest lines that find the fact.
"""

from __future__ import annotations

import json
import random
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydicom
from lxml import etree

from tests.scan.unseen.people import plain
from workbook.scan import inventory
from workbook.scan.phrases.no_data import counted
from workbook.scan.values import Inventory

V3 = {"h": "urn:hl7-org:v3"}
ORDERS = ("MedicationRequest", "MedicationOrder", "MedicationStatement", "MedicationPrescription", "MedicationUsage")
BAD = {"entered-in-error", "refuted"}


def by_pydicom(path: Path) -> Iterator[tuple[str, Any]]:
    """Name, birth date, day, modality, frames and numbers of an image."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one = pydicom.dcmread(path, stop_before_pixels=True, force=True)
        yield "name", plain(str(one.get("PatientName", "")).split("=")[0].replace("^", " "))
        yield "birth", _iso(str(one.get("PatientBirthDate", "") or ""))
        dates = (str(one.get(k, "") or "") for k in ("StudyDate", "AcquisitionDate", "SeriesDate", "ContentDate"))
        yield "day", next((iso for d in dates if (iso := _iso(d))), "")
        for name, keyword in (
            ("modality", "Modality"),
            ("accession", "AccessionNumber"),
            ("study", "StudyInstanceUID"),
        ):
            yield name, " ".join(str(one.get(keyword, "") or "").split())
        yield "frames", int(one.get("NumberOfFrames", 1) or 1)


def _iso(text: str) -> str:
    text = text.replace(".", "").strip()
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdecimal() else ""


def by_json(data: Any) -> Iterator[tuple[str, Any]]:
    """Counts and results of a FHIR bundle."""
    ones = [e.get("resource") or {} for e in data.get("entry", [])] if data.get("resourceType") == "Bundle" else [data]
    of: dict[str, list[Any]] = {}
    for one in ones:
        of.setdefault(one.get("resourceType"), []).append(one)
    people = of.get("Patient", [])
    if len(people) == 1:
        yield "birth", people[0].get("birthDate", "")
        name = next((n for n in people[0].get("name", []) if n.get("use") == "official"), None)
        if name and name.get("family"):
            family = name["family"] if isinstance(name["family"], str) else " ".join(name["family"])
            yield "name", plain(" ".join(name.get("given", [])) + " " + family)
    orders = [one for kind in ORDERS for one in of.get(kind, []) if one.get("status") not in BAD]
    yield "medicines", len(orders)
    yield "diagnoses", sum(not _codes(one) & BAD for one in of.get("Condition", []))
    yield "allergies", sum(not _codes(one) & BAD for one in of.get("AllergyIntolerance", []))
    labs = [one for one in of.get("Observation", []) if "laboratory" in json.dumps(one.get("category", ""))]
    yield "values", Counter(
        (str(q["value"]).removesuffix(".0"), q.get("unit", ""))
        for one in labs for part in (one, *one.get("component", []))
        if (q := part.get("valueQuantity")) and "value" in q
    )  # fmt: skip


def _codes(one: dict[str, Any]) -> set[str]:
    text = json.dumps([one.get("verificationStatus"), one.get("status")])
    return {bad for bad in BAD if bad in text}


def by_lxml(path: Path) -> Iterator[tuple[str, Any]]:
    """Patient, title, day, sections and values of a C-CDA document."""
    root = etree.parse(str(path)).getroot()
    person = root.find("h:recordTarget/h:patientRole/h:patient", V3)
    if person is not None:
        time = person.find("h:birthTime", V3)
        yield "birth", _iso((time.get("value") or "")[:8]) if time is not None else ""
        families = [one for one in person.findall("h:name/h:family", V3) if one.text]
        if len(person.findall("h:name", V3)) == 1 and len(families) == 1:
            given = person.findtext("h:name/h:given", "", V3)
            yield "name", plain(f"{given} {families[0].text}")
    if (title := root.find("h:title", V3)) is not None:
        yield "title", " ".join("".join(title.itertext()).split())
    when = root.find("h:effectiveTime", V3)
    yield "day", _iso((when.get("value") or "")[:8]) if when is not None else ""
    values: Counter[tuple[str, str]] = Counter()
    for section in root.iterfind(".//h:section", V3):
        code = section.find("h:code", V3)
        if code is not None and code.get("code") == "30954-2":
            for value in section.iterfind("h:entry/h:organizer/h:component/h:observation/h:value", V3):
                if value.get("value"):
                    unit = value.get("unit", "")
                    values[value.get("value"), "" if unit == "1" else unit] += 1
    yield "values", values


def ours(found: Inventory) -> dict[str, Any]:
    """The same facts as our reader gives them."""
    file = found.files[0]
    if file.image:
        image = file.image
        return {"name": plain(image.patient.name), "birth": image.patient.birth, "day": image.date,
                "modality": image.modality, "accession": image.accession, "study": image.study_uid,
                "frames": image.frames}  # fmt: skip
    document = file.document
    if document is None:
        return {}
    return {
        "name": plain(document.patient.name), "birth": document.patient.birth, "title": document.title,
        "day": document.date, "medicines": len(counted(document.medications)), "diagnoses": document.problems,
        "allergies": len(counted(document.allergies)),
        "values": Counter((r.value, r.unit) for r in document.results if r.value[:1] in "0123456789-.<>"),
    }  # fmt: skip


def theirs(path: Path) -> dict[str, Any]:
    """The facts by the other program; none if it cannot read the file."""
    head = path.read_bytes()[:8192]
    try:
        if head[128:132] == b"DICM" and not path.name.startswith("DICOMDIR"):
            return dict(by_pydicom(path))
        if b"ClinicalDocument" in head and b"urn:hl7-org:v3" in head and b"stylesheet " not in head[:300]:
            return dict(by_lxml(path))
        if head.lstrip().startswith(b"{") and b"resourceType" in head:
            return dict(by_json(json.loads(path.read_bytes())))
    except Exception as error:  # noqa: BLE001 - a file that the other program does not read cannot be compared
        print(f"{path.name}: not compared: {type(error).__name__}")
    return {}


def main(folder: Path, most: int, seed: int) -> None:
    """Compares so many files, picked by chance."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() not in (".md", ".py"))
    random.Random(seed).shuffle(files)
    right, wrong, compared = 0, 0, 0
    for path in files:
        if compared == most:
            break
        facts = theirs(path)
        if not facts:
            continue
        compared += 1
        mine = ours(inventory.take(path))
        for name, fact in facts.items():
            got = mine.get(name)
            same = got == fact or (name == "name" and got and fact <= got)
            right, wrong = right + bool(same), wrong + (not same)
            if not same:
                if name == "values":
                    fact, got = dict(fact - (got or Counter())), dict((got or Counter()) - fact)
                print(f"{path.relative_to(folder)}: {name} is {got!r}, the other program says {fact!r}"[:400])
    print(f"{compared} files: {right} of {right + wrong} facts alike ({right / max(right + wrong, 1):.2%})")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 200, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    )
