"""A document that names another person is reported and does not count; only with another birth date the scan stops."""

from __future__ import annotations

import base64
import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.scan import made, papers
from tests.scan.found import case
from workbook.documents import export
from workbook.scan.formats.plain_text import without_tags
from workbook.scan.match import checking
from workbook.scan.phrases.labeled import patients
from workbook.scan.show import json_form, packet, report
from workbook.session import demo

OTHER = "Patient: Jordan Otherperson DOB: 02/15/1961"
NAME = "Patient: Jordan Otherperson"
COLUMNS = "Name    Jordan Otherperson    Age 45"
MINE = "Patient: Marisol Quintero-Bathory DOB: 03/09/1972"
EXAM = "MAMMOGRAM REPORT"


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        (OTHER, "1961-02-15"),
        ("Patient Name Date of Birth MRN\nJordan Otherperson 02/15/1961 9", "1961-02-15"),
        ("Patient Name\nJordan Otherperson\nDOB\n02/15/1961", "1961-02-15"),
        ("Name: Jordan Otherperson\nSex: F\nDate of Birth: Feb 15, 1961", "1961-02-15"),
        ("RE: Jordan Otherperson, DOB 02/15/61", "1961-02-15"),
        ("OTHERPERSON, JORDAN (DOB 2/15/1961) Acct 5", "1961-02-15"),
        ("patient: jordan otherperson dob 15-Feb-1961", "1961-02-15"),
        ("Paciente: Jordan Otherperson\nFecha de nacimiento: 15 de febrero de 1961", "1961-02-15"),
        ("Patient: OTHERPERSON^JORDAN   D.O.B.: 19610215", "1961-02-15"),
        ("Patient: Otherperson, Jordan   Sex: M   Age: 65", ""),
        ("Name: OTHERPERSON, JORDAN  Age/Sex: 65/F", ""),
        ("PATIENT NAME: JORDAN OTHERPERSON PATIENT ID: 123", ""),
        ("Patient  Jordan Otherperson", ""),  # a row of a table
        ("Patient\nJordan Otherperson", ""),
        ("Name    Jordan Otherperson    Age 45\nMRN 123", ""),  # columns separated by spaces, without a colon
        ("NOMBRE   Jordan Otherperson   EDAD 45", ""),
        ("Patient - Jordan Otherperson / DOB - 02/15/1961", "1961-02-15"),
        ("Patient – Jordan Otherperson\nDOB – 02/15/1961", "1961-02-15"),
        ("Patient Name (Last, First, MI): Otherperson, Jordan\nDOB: 02/15/1961", "1961-02-15"),
        ("Patient Legal Name: Jordan Otherperson", ""),
        ("RE: Patient: Jordan Otherperson", ""),
        ("Last Name: Otherperson\nFirst Name: Jordan\nDOB: 02/15/1961", "1961-02-15"),
        ("First Name: JORDAN\nMiddle Name:\nLast Name: OTHERPERSON", ""),
        ("Last Name: Otherperson  First Name: Jordan  DOB: 02/15/1961", "1961-02-15"),
        ("Last Name: Otherperson / First Name: Jordan", ""),
        ("Patient Last Name: Otherperson\nPatient First Name: Jordan", ""),
        ("Surname: Otherperson\nGiven name: Jordan", ""),
        ("Apellidos: Otherperson\nNombre: Jordan", ""),
        ("Patient:\n\nJordan Otherperson", ""),
        ("Patient Name:\n\n\nJordan Otherperson\n\nDOB:\n02/15/1961", "1961-02-15"),
        ("Patient Otherperson, Jordan", ""),
        ("Patient OTHERPERSON, JORDAN DOB 02/15/1961", "1961-02-15"),
        ("Member Name: Jordan Otherperson", ""),
        ("Beneficiary: Otherperson, Jordan", ""),
        ("Resident's Name: Jordan Otherperson", ""),
        ("Patient: Jordan Otherperson   DOB: 02/30/1961", ""),
        ("Patient: Jordan Otherperson   DOB: 02/15/11", ""),  # ambiguous century
    ],
)
def test_names_in_common_layouts(text: str, birth: str) -> None:
    (found,) = patients(f"{EXAM}\n{text}\nEXAM: MAMMOGRAM 10/14/2026")
    assert (found.name.casefold(), found.birth) == ("jordan otherperson", birth)
    assert found.worded


@pytest.mark.parametrize(
    "family", ["Bed", "Page", "Self", "Exam", "Ward", "Room", "Case", "See", "He", "To", "Class", "Bed-Ash"]
)
@pytest.mark.parametrize("label", ["Patient: Anna {}\nDOB: ", "Patient: {}, Anna  DOB: ", "Name: Anna {} DOB "])
def test_a_name_that_is_also_a_common_word(label: str, family: str) -> None:
    (found,) = patients(f"{EXAM}\n{label.format(family)}02/15/1961\nEXAM: MAMMOGRAM")
    assert (found.name, found.birth) == (f"Anna {family}", "1961-02-15")


@pytest.mark.parametrize(
    "line", ["Patient{}x", "Name{}(", "Last Name{}/", "{}Patient - ", "Patient A" + "a" * 380 + "{}"]
)
def test_a_long_document_of_spaces_is_fast(line: str) -> None:
    start = time.perf_counter()
    assert patients(f"{line.format(' ' * 380)}\n" * 3000) == []
    assert time.perf_counter() - start < 5


def test_a_plan_member_is_not_the_patient() -> None:
    (found,) = patients("Member Name: Ulises Quintero\nPatient: Jordan Otherperson")
    assert found.name == "Jordan Otherperson"


@pytest.mark.parametrize(
    "text",
    [
        "Patient: presents with pain in the Left Breast",
        "Referring Physician Name: Ada Quill\nDOB: 02/15/1961",
        "Emergency contact\nName: Ulises Quintero\nDOB: 01/01/1970",
        "Her mother Ana Ruiz, born 1940-01-01",
        "Subscriber Name: Ulises Quintero DOB 01/01/1970",
        "Emergency contact\nLast Name: Quintero\nFirst Name: Ulises",
        "Guarantor Last Name: Quintero\nGuarantor First Name: Ulises",
        "Patient: Jordan Male\nDOB: 02/15/1961",
        "Patient: Jordan MRN 123\nDOB: 02/15/1961",
        "Patient: Please See Page\nDOB: 02/15/1961",
        "Patient Education, Instructions",
        "Patient:\n\nDate of Birth:\n\nMRN:",
        "Last Name: ______\nFirst Name: ______",
        "Patient-reported outcome, Left Breast",
        "History: Patient - Status Post Lumpectomy\nDOB: 02/15/1961",
        "Member Services: Call Us Now",
        "Name: Metoprolol Tartrate\nDose: 25 mg",
        "Patient Name: ____________  DOB: ________",
        "PATIENT EDUCATION: How To Rest",
        "The patient was seen by Dr. Ada Quill.",
        "x" * 100_000 + ":" * 1000 + "DOB " * 1000,
    ],
)
def test_text_that_is_not_a_patients_name(text: str) -> None:
    assert patients(text) == []


@pytest.mark.parametrize("name", ["summary", "comparison"])
def test_the_workbooks_own_documents_name_only_their_patient(name: str) -> None:
    for one in demo.cases():
        page_of = export.make(one, name, "html", dt.date(2026, 11, 22)).decode()
        assert {(p.name, p.birth) for p in patients(without_tags(page_of))} == {
            (one.person.name, one.person.birth_date)
        }


def fhir(data: bytes, kind: str) -> bytes:
    form = {"contentType": kind, "data": base64.b64encode(data).decode()}
    me = {"resourceType": "Patient", "name": [{"family": "Quintero-Bathory", "given": ["Marisol"]}]}
    paper = {"resourceType": "DocumentReference", "content": [{"attachment": form}]}
    entries = [{"resource": {**me, "birthDate": "1972-03-09"}}, {"resource": paper}]
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


def summary(data: bytes, kind: str) -> bytes:
    coded = base64.b64encode(data).decode()
    body = (
        f'<component><nonXMLBody><text mediaType="{kind}" representation="B64">{coded}</text></nonXMLBody></component>'
    )
    return f'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Mammogram report</title>{body}</ClinicalDocument>'.encode()


def page(text: str) -> bytes:
    return f"<!doctype html><html><body><p>{EXAM}</p><p>{text}</p></body></html>".encode()


def inside_dicom(text: str) -> bytes:
    pdf = papers.pdf(text)
    fields: dict[str, Any] = {**made.NO_IMAGE, "SOPClassUID": "1.2.840.10008.5.1.4.1.1.104.1", "Modality": "DOC"}
    who = {"PatientName": "Quintero-Bathory^Marisol", "PatientBirthDate": "19720309"}
    who |= {"StudyDescription": "Mammogram", "BodyPartExamined": "BREAST"}
    return made.image(EncapsulatedDocument=pdf + b"\n" * (len(pdf) % 2), **who, **fields)


WAYS = {
    "pdf": lambda text: papers.pdf(text),
    "text": lambda text: f"{EXAM}\n{text}\n".encode(),
    "html": page,
    "fhir-text": lambda text: fhir(text.encode(), "text/plain"),
    "fhir-html": lambda text: fhir(page(text), "text/html"),
    "fhir-pdf": lambda text: fhir(papers.pdf(text), "application/pdf"),
    "ccda-pdf": lambda text: summary(papers.pdf(text), "application/pdf"),
    "ccda-text": lambda text: summary(text.encode(), "text/plain"),
    "dicom-pdf": inside_dicom,
}


@pytest.fixture(params=list(WAYS))
def way(request: pytest.FixtureRequest) -> Any:
    return WAYS[request.param]


def looked(tmp_path: Path, data: bytes) -> Any:
    (tmp_path / "disc").mkdir()
    (tmp_path / "disc" / "Mammogram report").write_bytes(data)
    return checking.look(tmp_path / "disc", REPORT)


REPORT = case(
    records={"items": [{"id": "r1", "kind": "imaging_report", "title": "Mammogram report"}]},
)


def words(found: Any) -> str:
    return "\n".join(line for title, lines in report.sections(found, REPORT) for line in (title, *lines))


def test_another_name_with_another_birth_date_stops(way: Any, tmp_path: Path) -> None:
    found = looked(tmp_path, way(OTHER))
    assert found.stopped
    assert words(found).startswith("It names another person.")
    assert "Jordan Otherperson, born February 15, 1961. This is someone else." in words(found)


def test_another_name_alone_is_reported_and_answers_nothing(way: Any, tmp_path: Path) -> None:
    found = looked(tmp_path, way(NAME))
    assert not found.stopped
    told = words(found)
    assert "Documents that name someone else" in told
    assert "Mammogram report names Jordan Otherperson. Open it and check whose it is." in told
    assert [row.found for row in found.coverage if row.item == "r1"] == [[]]
    notes = [p.get("note", "") for p in json_form.as_json(found)["patients"] if p["name"] == "Jordan Otherperson"]
    assert notes == ["A document here names another person, or another birth date. Open it and check whose it is."]
    assert not checking.several(found), "a name in words alone does not forbid a packet"
    packet.make(found, tmp_path / "p.zip", tmp_path / "disc")


def test_a_report_with_the_name_in_columns_answers_nothing(tmp_path: Path) -> None:
    found = looked(tmp_path, f"{EXAM}\n{COLUMNS}\nMRN 123\n".encode())
    assert "Mammogram report names Jordan Otherperson." in words(found)
    assert [row.found for row in found.coverage if row.item == "r1"] == [[]]


@pytest.mark.parametrize("text", [MINE, "Patient: QUINTERO-BATHORY, MARISOL"])
def test_the_patients_own_document_counts(way: Any, text: str, tmp_path: Path) -> None:
    found = looked(tmp_path, way(text))
    assert "someone else" not in words(found)
    if not way(text).startswith(b"{"):  # documents inside a resource are not parsed as reports yet
        assert [row.found for row in found.coverage if row.item == "r1"] == [["Mammogram report"]]
    assert {p.verdict for p in found.patients} == {"same"}


@pytest.mark.parametrize("text", ["Patient: Mar?sol Qu??tero DOB: 02/15/1961", f"{NAME} DOB: 03/09/1972"])
def test_an_unknown_patient_does_not_stop_the_scan(way: Any, text: str, tmp_path: Path) -> None:
    found = looked(tmp_path, way(text))
    assert not found.stopped
    assert "cannot tell" in {p.verdict for p in found.patients}
