"""The FHIR bundles: valid, whole, the same bytes every time, nothing invented, nothing private, nothing hidden."""

from __future__ import annotations

import base64
import html
import io
import json
from typing import Any

import pypdf
import pytest

from tests.documents.everything import DEMOS
from tests.documents.fhir_bundles import DAY, DOCUMENTS, made, resources, texts
from tests.documents.full_case import full_case
from tests.documents.hostile import HUGE, TEXTS
from tests.rules import anycase
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.documents.tree.clean import clean
from workbook.errors import CannotExport

CASES = {**DEMOS, "empty": Case(id="empty0"), "full": full_case()}
UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"


def codes(resource: dict[str, Any], key: str = "code") -> list[str]:
    return [coding["code"] for coding in resource[key].get("coding", [])]


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("name", CASES)
def test_a_bundle_is_valid_and_the_same_every_time(name: str, document: str) -> None:
    made(CASES[name], document)
    assert export.make(CASES[name], document, "fhir", DAY) == export.make(CASES[name], document, "fhir", DAY)
    assert export.file_name(CASES[name], document, "fhir", DAY) == f"{document}-2026-11-28.json"


@pytest.mark.parametrize("name", CASES)
def test_what_is_handed_over_is_a_collection_of_one_patient_and_two_pdfs(name: str) -> None:
    bundle = made(CASES[name], "patient-story")
    assert bundle["type"] == "collection"
    assert len(resources(bundle, "Patient")) == 1
    papers = resources(bundle, "DocumentReference")
    assert [codes(paper, "type") for paper in papers] == [["51855-5"], ["60591-5"]]
    for paper, document in zip(papers, DOCUMENTS, strict=True):
        held = paper["content"][0]["attachment"]
        assert held["contentType"] == "application/pdf"
        assert base64.b64decode(held["data"]) == export.make(CASES[name], document, "pdf", DAY)
        assert paper["author"] == [paper["subject"]]


@pytest.mark.parametrize("name", CASES)
def test_the_summary_is_a_document_with_the_three_sections_that_ips_requires(name: str) -> None:
    bundle = made(CASES[name], "ips")
    assert bundle["type"] == "document"
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    composition = bundle["entry"][0]["resource"]
    assert codes(composition, "type") == ["60591-5"]
    sections = {codes(section)[0]: section for section in composition["section"]}
    assert {"11450-4", "48765-2", "10160-0"} <= {*sections}
    for section in sections.values():
        assert section["text"]["div"]
    for required in ("11450-4", "48765-2", "10160-0"):
        assert ("entry" in sections[required]) != ("emptyReason" in sections[required])


def test_nobody_asked_is_told_apart_from_none() -> None:
    def allergies(case: Case) -> list[list[str]]:
        return [codes(one) for one in resources(made(case, "ips"), "AllergyIntolerance")]

    asked = Case(id="aa1")
    assert allergies(asked) == [["no-allergy-info"]]
    assert allergies(put(asked, "health.has_allergies", "unknown")) == [["no-allergy-info"]]
    none = put(asked, "health.has_allergies", "no")
    assert allergies(none) == [["no-known-allergies", "716186003"]]
    assert [codes(one) for one in resources(made(none, "patient-story"), "AllergyIntolerance")] == allergies(none)
    assert resources(made(asked, "patient-story"), "AllergyIntolerance") == []
    some = put(asked, "health.has_allergies", "yes")
    assert allergies(some) == [[]]
    assert allergies(add(none, "health.allergies", {"id": "a1", "to": "Latex"})) == [[]]
    assert codes(resources(made(asked, "ips"), "Condition")[0]) == ["no-problem-info"]
    assert codes(resources(made(asked, "ips"), "MedicationStatement")[0], "medicationCodeableConcept") == [
        "no-medication-info"
    ]


def test_a_blood_thinner_without_a_name_is_not_called_no_information() -> None:
    case = put(Case(id="aa1"), "health.blood_thinner", "yes")
    bundle = made(case, "ips")
    assert resources(bundle, "MedicationStatement") == []
    assert "Blood thinner: Yes" in json.dumps(bundle)


def test_an_illness_that_was_ruled_out_is_no_condition() -> None:
    case = add(Case(id="aa1"), "health.problems", {"id": "p1", "label": "Lupus", "certainty": "ruled_out"})
    case = add(case, "health.problems", {"id": "p2", "label": "Gout", "certainty": "working", "on": "2026-03"})
    for document in DOCUMENTS:
        bundle = made(case, document)
        assert "Lupus" not in json.dumps(
            {**bundle, "entry": [e for e in bundle["entry"] if "content" not in e["resource"]]}
        )
        (gout,) = resources(bundle, "Condition")
        assert codes(gout, "verificationStatus") == ["provisional"]
        assert gout["extension"][0]["valueDateTime"] == "2026-03"
        assert "onsetDateTime" not in gout


def test_what_the_first_clinician_concluded_is_withheld_and_not_unknown() -> None:
    case = put(CASES["demo-breast"], "records.show_first_conclusion", "no")
    bundle = made(case, "ips")
    assert resources(bundle, "Condition") == []
    problems = next(s for s in resources(bundle, "Composition")[0]["section"] if codes(s) == ["11450-4"])
    assert codes(problems, "emptyReason") == ["withheld"]


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_coded_that_nobody_coded(name: str) -> None:
    """No diagnosis, medicine, allergy or test has a code, except that there is none."""
    case = CASES[name]
    for document in DOCUMENTS:
        for kind in ("Condition", "MedicationRequest", "MedicationStatement", "AllergyIntolerance", "Observation"):
            for one in resources(made(case, document), kind):
                concept = one.get("code") or one.get("medicationCodeableConcept") or {}
                assert all(c["system"] == UNKNOWN for c in concept.get("coding", ())), concept


def test_a_code_that_was_typed_is_a_note() -> None:
    case = add(Case(id="aa1"), "health.problems", {"id": "p1", "label": "Gout", "code": "M10.9"})
    (gout,) = resources(made(case, "ips"), "Condition")
    assert gout["code"] == {"text": "Gout"}
    assert gout["note"] == [{"text": "Code: M10.9"}]


@pytest.mark.parametrize(
    ("value", "unit", "key", "said"),
    [
        ("13.5", "g/dL", "valueQuantity", {"value": 13.5, "unit": "g/dL"}),
        ("13.50", "g/dL", "valueString", "13.50 g/dL"),
        ("<5", "ng/mL", "valueString", "<5 ng/mL"),
        ("negative", "", "valueString", "negative"),
        ("7", "", "valueString", "7"),
    ],
)
def test_a_result_is_what_was_copied(value: str, unit: str, key: str, said: object) -> None:
    case = add(Case(id="aa1"), "health.results", {"id": "t1", "name": "Test", "value": value, "unit": unit})
    for document in DOCUMENTS:
        assert resources(made(case, document), "Observation")[0][key] == said


def test_a_date_that_is_only_about_right_is_not_made_exact() -> None:
    case = put(Case(id="aa1"), "person.birth_date", "1950~")
    case = add(case, "health.medications", {"id": "m1", "name": "Aspirin", "since": "2020~"})
    for document in DOCUMENTS:
        bundle = made(case, document)
        assert "birthDate" not in resources(bundle, "Patient")[0]
        assert "2020" not in json.dumps(resources(bundle, "MedicationStatement"))
        assert "2020" not in json.dumps(resources(bundle, "MedicationRequest"))


@pytest.mark.parametrize("name", CASES)
def test_every_text_in_a_bundle_is_on_its_page(name: str) -> None:
    """A reader of the paper sees all that a computer gets."""
    case = CASES[name]
    page = pypdf.PdfReader(io.BytesIO(export.make(case, "ips", "pdf", DAY)))
    seen = _plain("".join(one.extract_text() for one in page.pages))
    for document in DOCUMENTS:
        for text in texts(made(case, document)):
            assert _plain(html.unescape(text)) in seen, text


def _plain(text: str) -> str:
    """Letters and digits only: a PDF breaks lines where it likes, and a row has its name before its facts."""
    return "".join(sign for sign in clean(text) if sign.isalnum()).casefold()


@pytest.mark.parametrize("seed", range(12))
def test_a_random_case_is_valid_and_keeps_what_is_private(seed: int) -> None:
    case = anycase.make(seed)
    for document in DOCUMENTS:
        try:
            bundle = made(case, document)
        except CannotExport as refused:
            assert "PDF" in str(refused)  # noqa: PT017
            continue
        assert anycase.SECRET not in json.dumps(bundle, ensure_ascii=False)


@pytest.mark.parametrize("name", [name for name in TEXTS if name not in HUGE])
def test_hostile_text_stays_text(name: str) -> None:
    text = TEXTS[name]
    case = Case(id="aa1")
    for path, entry in (
        ("health.problems", {"id": "p1", "label": text, "given_by": text, "code": text}),
        ("health.medications", {"id": "m1", "name": text, "dose": text, "reason": text}),
        ("health.allergies", {"id": "a1", "to": text, "reaction": text}),
        ("health.results", {"id": "t1", "name": text, "value": text, "unit": text}),
        ("goal.worries", {"id": "w1", "text": text}),
        ("goal.values", {"id": "v1", "text": text}),
    ):
        case = add(case, path, entry)
    case = put(put(case, "goal.own_words", text), "person.name", text)
    bundle = made(case, "ips")
    assert "\u202e" not in json.dumps(bundle, ensure_ascii=False)
    assert "<script" not in "".join(s["text"]["div"] for s in bundle["entry"][0]["resource"]["section"])
