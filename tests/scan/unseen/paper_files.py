"""Unseen papers: reports as text, PDF (Typst), Word (python-docx), RTF, pages; tables; a health card; zips."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import random
import zipfile
import zlib
from typing import Any

import docx
import typst

from tests.scan.unseen.fhir_files import TESTS, patient
from tests.scan.unseen.people import Made, Who, day

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SCANS = (
    ("MR", "MRI BRAIN WITHOUT CONTRAST", "HEAD"), ("CT", "CT CHEST WITH CONTRAST", "CHEST"),
    ("MG", "DIAGNOSTIC MAMMOGRAM BILATERAL", "BREAST"), ("US", "ULTRASOUND LEFT BREAST", "BREAST"),
    ("DX", "X-RAY LUMBAR SPINE 2 VIEWS", "LSPINE"), ("MR", "MRI LUMBAR SPINE", "LSPINE"),
    ("CT", "CT ABDOMEN AND PELVIS", ""), ("PT", "PET/CT WHOLE BODY", "WHOLEBODY"),
)  # fmt: skip


def escaped(line: str) -> str:
    """A line as Typst prints it letter by letter."""
    return "".join(c if c.isalnum() or c == " " or ord(c) > 127 else f"\\{c}" for c in line)


def written_date(chance: random.Random, when: str) -> str:
    year, month, number = when.split("-")
    return chance.choice(
        (f"{month}/{number}/{year}", when, f"{MONTHS[int(month) - 1]} {int(number)}, {year}",
         f"{int(number)} {MONTHS[int(month) - 1][:3]} {year}", f"{int(month)}/{int(number)}/{year}")
    )  # fmt: skip


def _report(chance: random.Random, who: Who) -> tuple[str, dict[str, Any]]:
    """The words of a report, as hospitals lay it out."""
    code, said, part = chance.choice(SCANS)
    when = day(chance)
    first = chance.choice((f"{who.family}, {who.given}", f"{who.family.upper()}, {who.given.upper()}", who.name))
    label = chance.choice(("Patient", "Patient Name", "PATIENT", "Pt Name"))
    birth = f"{chance.choice(('DOB', 'Date of Birth', 'Birth Date', 'D.O.B.'))}: {written_date(chance, who.birth)}"
    gap = chance.choice(("\n", "    ", "   MRN: 00123   "))
    heading = chance.choice(("EXAM", "EXAMINATION", "Procedure", "Study"))
    on = chance.choice(("Date of exam", "Exam date", "Study date", "Date of service"))
    text = (
        f"{chance.choice(('HARROW RIDGE IMAGING', 'St. Elsewhere Hospital, Radiology'))}\n"
        f"{label}: {first}{gap}{birth}\n"
        f"Referring physician: Dr. Some Doctor\n"
        f"{heading}: {said}\n{on}: {written_date(chance, when)}\n"
        f"CLINICAL HISTORY: pain.\nFINDINGS: Nothing acute. Follow-up in 6 months is suggested.\n"
        f"IMPRESSION: Normal.\nElectronically signed by Some Doctor, MD on {written_date(chance, when)}\n"
    )
    return text, {"named": [(code, part, when)]}


def report(chance: random.Random, who: Who) -> Made:
    """A report in one of the forms in which it is handed out."""
    text, facts = _report(chance, who)
    way = chance.choice(("txt", "txt16", "cp1252", "pdf", "docx", "docx table", "rtf", "html"))
    if way == "pdf":
        lines = " \\\n".join(map(escaped, text.splitlines()))
        data = typst.compile(lines.encode())
        facts |= {"kind": "pdf", "pages": 1}
    elif way.startswith("docx"):
        out, paper = io.BytesIO(), docx.Document()
        if way == "docx":
            for line in text.splitlines():
                paper.add_paragraph(line)
        else:
            table = paper.add_table(rows=0, cols=1)
            for line in text.splitlines():
                table.add_row().cells[0].text = line
        paper.save(out)
        data = out.getvalue()
        facts["kind"] = "office"
    elif way == "rtf":
        coded = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text).replace("\n", "\\par\n")
        data = ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 " + coded + "}").encode("ascii")
        facts["kind"] = "office"
    elif way == "html":
        rows = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in text.splitlines())
        data = (
            f"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body>{rows}</body></html>".encode()
        )
        facts["kind"] = "text"
    else:
        code = {"txt": "utf-8", "txt16": "utf-16", "cp1252": "cp1252"}[way]
        if way == "cp1252" and not _fits(text):
            code = "utf-8"
        data = text.replace("\n", chance.choice(("\n", "\r\n"))).encode(code)
        facts["kind"] = "text"
    return Made(f"report.{way.split()[0][:4]}", data, way, who, facts, worded=True)


def _fits(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def table(chance: random.Random, who: Who) -> Made:
    """Lab results as a table of a portal or a spreadsheet."""
    sign = chance.choice((",", ";", "\t", "|"))
    code = chance.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
    heads = chance.choice(
        (
            ("Test", "Result", "Units", "Reference Range", "Date"),
            ("Test Name", "Value", "Unit", "Range", "Collected"),
            ("Component", "Your Value", "Unit", "Standard Range", "Collection Date"),
            ("LOINC", "Observation", "Result Value", "Result Units", "Flag", "Result Date"),
        )
    )
    out = io.StringIO()
    rows = csv.writer(out, delimiter=sign, lineterminator=chance.choice(("\n", "\r\n")),
                      quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)))  # fmt: skip
    rows.writerow(heads)
    found = []
    when = day(chance)
    form = chance.choice((when, f"{when[5:7]}/{when[8:]}/{when[:4]}", f"{when}T08:15:00"))
    for name, loinc, unit in chance.sample(TESTS, chance.randint(2, 6)):
        value = str(round(chance.uniform(0.1, 300), 1))
        cells = (loinc, name, value, unit, "", form) if heads[0] == "LOINC" else (name, value, unit, "1-9", form)
        rows.writerow(cells)
        found.append((name, value, unit, when))
    data = out.getvalue().encode(code)
    return Made(f"labs.{'tsv' if sign == chr(9) else 'csv'}", data, f"{sign!r} {code}", None,
                {"kind": "table", "results": found})  # fmt: skip


def card(chance: random.Random, who: Who) -> Made:
    """A SMART Health Card; the signature is none, which the reader does not check."""
    shots = [{"resource": {"resourceType": "Immunization", "status": "completed"}} for _ in range(chance.randint(1, 3))]
    bundle = {"resourceType": "Bundle", "type": "collection",
              "entry": [{"resource": patient(chance, who, "R4")}, *shots]}  # fmt: skip
    body = json.dumps({"iss": "https://x.example", "vc": {"credentialSubject": {"fhirBundle": bundle}}}).encode()
    deflate = zlib.compressobj(wbits=-15)
    token = base64.urlsafe_b64encode(deflate.compress(body) + deflate.flush()).rstrip(b"=").decode()
    data = json.dumps({"verifiableCredential": [f"eyJ6aXAiOiJERUYifQ.{token}.c2ln"]}).encode()
    return Made("vaccine.smart-health-card", data, "card", who, {"kind": "fhir", "title": "SMART Health Card"})


def wrapped(chance: random.Random, inner: Made) -> Made:
    """The same in an archive that is read."""
    way = chance.choice(("zip", "zip in a folder", "gzip", "zip in zip"))
    if way == "gzip":
        if inner.data[:2] == b"\x1f\x8b" or inner.more:
            return inner
        return Made(
            f"{inner.name}.gz", gzip.compress(inner.data), f"gzip, {inner.odd}", inner.person, inner.facts, inner.worded
        )
    name = f"My Records/{inner.name}" if way == "zip in a folder" else inner.name
    data = _zip(chance, {name: inner.data} | {name[: -len(inner.name)] + more: one for more, one in inner.more.items()})
    data = _zip(chance, {"inner.zip": data}) if way == "zip in zip" else data
    return Made("download.zip", data, f"{way}, {inner.odd}", inner.person, inner.facts, inner.worded)


def _zip(chance: random.Random, files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return out.getvalue()
