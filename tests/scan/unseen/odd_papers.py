"""Unseen papers in unusual layouts, odd tables, and FHIR and C-CDA with what many exports leave out or add."""

from __future__ import annotations

import base64
import io
import json
import random
from typing import Any

import docx
import pikepdf
import typst
from PIL import Image as Picture

from tests.scan.unseen import ccda_files, fhir_files
from tests.scan.unseen.fhir_files import LOINC, TESTS
from tests.scan.unseen.paper_files import escaped, written_date
from tests.scan.unseen.people import Made, Who, day


def layout(chance: random.Random, who: Who) -> Made:
    """A report with its header as a table, in columns, below labels, in Spanish, or with an older scan to compare."""
    when, before = day(chance), day(chance)
    birth, on = written_date(chance, who.birth), written_date(chance, when)
    way = chance.choice(("columns", "below", "split", "spanish", "re line", "pages", "word header"))
    exam = f"EXAM: CT CHEST\nExam date: {on}\nCOMPARISON: CT chest {written_date(chance, before)}\nFINDINGS: None.\n"
    named = [("CT", "CHEST", when), *([("CT", "CHEST", before)] if before != when else [])]
    heads = {
        "columns": f"Patient Name: {who.family}, {who.given}        DOB: {birth}        MRN: 00123\n",
        "below": f"PATIENT NAME\n{who.name}\nDATE OF BIRTH\n{birth}\n",
        "split": f"Last Name: {who.family}\nFirst Name: {who.given}\nDOB: {birth}\n",
        "spanish": f"Paciente: {who.name}\nFecha de nacimiento: {birth}\n",
        "re line": f"RE: {who.name}\nDOB: {birth}\n\nDear Dr. Some Doctor,\n",
    }
    text = heads.get(way, heads["columns"]) + exam
    facts: dict[str, Any] = {"named": named}
    if way == "pages":
        lines = " \\\n".join(escaped(line) for line in text.splitlines())
        data = typst.compile(f"{lines}\n#pagebreak()\nPage two\n#pagebreak()\nPage three".encode())
        facts |= {"kind": "pdf", "pages": 3}
        return Made("scan 1.pdf", data, way, who, facts, worded=True)
    if way == "word header":
        paper, out = docx.Document(), io.BytesIO()
        table = paper.add_table(rows=2, cols=2)
        for at, cell in enumerate(("Patient:", who.name, "DOB:", birth)):
            table.cell(at // 2, at % 2).text = cell
        for line in exam.splitlines():
            paper.add_paragraph(line)
        paper.save(out)
        return Made("letter.docx", out.getvalue(), way, who, facts | {"kind": "office"}, worded=True)
    return Made("letter.txt", text.encode(), way, who, facts | {"kind": "text"}, worded=True)


def table(chance: random.Random, who: Who) -> Made:
    """A table with lines above its titles, commas in numbers, its patient in columns, or notes of several lines."""
    when = day(chance)
    picked = chance.sample(TESTS, chance.randint(2, 5))
    way = chance.choice(("above", "comma", "patient", "notes", "trailing", "spaces"))
    values = [(name, f"{chance.uniform(1, 200):.1f}", unit) for name, _code, unit in picked]
    results = [(name, value, unit, when) for name, value, unit in values]
    facts: dict[str, Any] = {"kind": "table", "results": results}
    person = None
    if way == "comma":
        rows = ["Test;Result;Unit;Date", *(f"{n};{v.replace('.', ',')};{u};{when}" for n, v, u in values)]
        facts["results"] = [(n, v.replace(".", ","), u, when) for n, v, u in values]
    elif way == "patient":
        person = who
        rows = ["Patient Name,DOB,Test Name,Result,Units,Collected"]
        rows += [f'"{who.family}, {who.given}",{who.birth},{n},{v},{u},{when}' for n, v, u in values]
    elif way == "notes":
        rows = ["Test,Result,Units,Comment,Date", *(f'{n},{v},{u},"Line one\nline, two",{when}' for n, v, u in values)]
    elif way == "trailing":
        rows = ["Test,Result,Units,Date,", *(f"{n},{v},{u},{when}," for n, v, u in values)]
    elif way == "spaces":
        rows = ["Test , Result , Units , Date", *(f"{n} , {v} , {u} , {when}" for n, v, u in values)]
    else:
        rows = ["My lab results", f"Exported,{when}", "", "Test,Result,Units,Date"]
        rows += [f"{n},{v},{u},{when}" for n, v, u in values]
    return Made("results.csv", "\n".join(rows).encode() + b"\n", f"table {way}", person, facts, worded=True)


def named(chance: random.Random, who: Who) -> Made:
    """Files that are only named: pictures, scanned pages, locked and damaged PDFs, and formats that are not read."""
    way = chance.choice(("png", "tiff", "scanned", "locked", "cut", "video", "7z", "unknown"))
    out = io.BytesIO()
    if way in ("png", "tiff"):
        pages = [Picture.new("L", (60, 40), n * 20) for n in range(chance.randint(1, 4))]
        pages[0].save(
            out,
            "PNG" if way == "png" else "TIFF",
            **({} if way == "png" else {"save_all": True, "append_images": pages[1:]}),
        )
        return Made(f"a.{way}", out.getvalue(), way, None,
                    {"kind": "image", "pages": len(pages) if way == "tiff" else None})  # fmt: skip
    if way == "scanned":
        Picture.new("RGB", (600, 800), "white").save(out, "PDF")
        return Made("scan.pdf", out.getvalue(), way, None, {"kind": "pdf", "pages": 1, "is_scan": True})
    if way == "locked":
        paper = pikepdf.new()
        paper.add_blank_page()
        paper.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
        return Made("locked.pdf", out.getvalue(), way, None, {"kind": "pdf", "status": "refused"})
    if way == "cut":
        data = typst.compile(b"Hello")
        return Made("cut.pdf", data[: len(data) // 2], way, None, {"kind": "pdf", "status": "damaged"})
    data = {
        "video": b"\0\0\0\x18ftypmp42" + chance.randbytes(400),
        "7z": b"7z\xbc\xaf\x27\x1c" + chance.randbytes(400),
        "unknown": b"\x93\x01" + chance.randbytes(400),
    }[way]
    kind, status = {"video": ("video", "ok"), "7z": ("archive", "refused"), "unknown": ("other", "ok")}[way]
    return Made("file.bin", data, way, None, {"kind": kind, "status": status} if way != "7z" else {})


def fhir(chance: random.Random, who: Who) -> Made:
    """One resource alone, nested bundles, parts of a panel, missing values, an app's wrapping, a year of birth."""
    version, when = chance.choice(("STU3", "R4", "R5")), day(chance)
    person = fhir_files.patient(chance, who, version)
    way = chance.choice(("single", "nested", "panel", "absent", "wrapped", "pdf", "contained", "parameters"))
    lab = [{"coding": [{"code": "laboratory"}]}]
    code = {"coding": [{"system": LOINC, "code": "2345-7", "display": "Glucose"}]}
    glucose = {"resourceType": "Observation", "status": "final", "category": lab, "code": code,
               "effectiveDateTime": when, "valueQuantity": {"value": 99, "unit": "mg/dL"}}  # fmt: skip
    facts: dict[str, Any] = {"kind": "fhir", "results": [("Glucose", "99", "mg/dL", when)]}
    entries = [{"resource": person}, {"resource": glucose}]
    made: Any = {"resourceType": "Bundle", "entry": entries}
    if way == "single":
        made, facts = person, {"kind": "fhir"}
    elif way == "nested":
        made = {"resourceType": "Bundle", "type": "batch-response",
                "entry": [{"resource": {"resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [one]},
                           "response": {"status": "200"}} for one in entries]}  # fmt: skip
    elif way == "panel":
        parts = [{"code": {"text": name}, "valueQuantity": {"value": 7, "unit": unit}} for name, _, unit in TESTS[:3]]
        entries[1]["resource"] = {"resourceType": "Observation", "status": "final", "category": lab,
                                  "code": {"text": "Panel"}, "effectiveDateTime": when, "component": parts}  # fmt: skip
        facts["results"] = [(name, "7", unit, when) for name, _, unit in TESTS[:3]]
    elif way == "absent":
        entries.append({"resource": {**glucose, "valueQuantity": None, "dataAbsentReason": {"text": "unknown"}}})
        entries[-1]["resource"].pop("valueQuantity")
        entries.append({"resource": {**glucose, "status": "entered-in-error"}})
    elif way == "wrapped":
        made = {
            "exportedAt": when,
            "sources": [{"name": "Clinic", "records": [{"raw": one["resource"]} for one in entries]}],
        }
    elif way == "pdf":
        data = base64.b64encode(typst.compile(f"EXAM: MRI BRAIN \\\nExam date: {when}".encode())).decode()
        made["entry"].append({"resource": {"resourceType": "Binary", "contentType": "application/pdf", "data": data}})
        facts["named"] = [("MR", "HEAD", when)]
    elif way == "contained":
        entries[1]["resource"] = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "Labs"},
                                  "category": lab, "contained": [glucose], "result": [{"reference": "#x"}]}  # fmt: skip
    else:
        made = {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": made}]}
    return Made("x.json", json.dumps(made).encode(), f"{version} {way}", who, facts)


def ccda(chance: random.Random, who: Who) -> Made:
    """A document whose body is a file, a text or missing; or with sections in sections."""
    made = ccda_files.document(chance, who)
    made.odd = f"odd {made.odd}"
    return ccda_files.changed(chance, made)
