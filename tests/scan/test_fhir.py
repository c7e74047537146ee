"""Contents of FHIR files, any version: the samples' facts as found by jq, and small files of our own."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests import samples
from tests.scan import papers
from workbook.scan.formats import dispatch
from workbook.scan.values import HealthRecord, Named, Patient


def read(*resources: Any) -> HealthRecord:
    data = json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]}).encode()
    found = dispatch.read(papers.source(data), "fhir", data[:8192]).document
    assert found is not None
    return found


@pytest.mark.parametrize(("path", "facts"), samples.facts("fhir-json"))
def test_a_sample_agrees_with_jq(path: str, facts: dict[str, Any]) -> None:
    source = papers.sample(path)
    file = dispatch.read(source, "fhir", b"{")
    found = file.document
    assert found is not None
    assert (file.status, file.why) == ("ok", "")
    people = [{"name": p.name, "birthDate": p.birth} for p in found.patients or [found.patient]]
    assert sorted(people, key=str) == sorted(facts["patients"], key=str)
    assert sorted(m.name for m in found.medications if m.status == "active") == sorted(facts["medications_active"])
    assert len(found.medications) == facts["medications_all"]
    assert sorted(a.name for a in found.allergies) == sorted(facts["allergies"])
    assert {*facts["conditions_active"]} <= {d.name for d in found.diagnoses}
    counts = (found.problems, found.labs, found.encounters)
    assert counts == (facts["conditions"], facts["lab_observations"], facts["encounters"])


@pytest.mark.parametrize(("path", "facts"), samples.facts("fhir-xml"))
def test_fhir_xml_is_read_like_json(path: str, facts: dict[str, Any]) -> None:
    source = papers.sample(path)
    found = dispatch.read(source, "fhir", b"<").document
    assert found is not None
    assert len(found.medications) == facts["counts"]["MedicationOrder"], "a dispensed order is not a second medicine"
    assert all(m.name and m.status == "active" for m in found.medications)
    assert found.problems == facts["counts"]["Condition"]
    assert (found.patient.family, found.patient.birth) == ("Ross", "2007-05-26")


@pytest.mark.parametrize(
    "medicine",
    [
        {"medicationCodeableConcept": {"coding": [{"display": "Metoprolol"}]}},
        {"medicationReference": {"reference": "#m"}, "contained": [{"id": "m", "code": {"text": "Metoprolol"}}]},
        {"medicationReference": {"reference": "https://a.example/fhir/Medication/9"}},
        {"medicationReference": {"display": "Metoprolol"}},
        {"medication": {"concept": {"text": "Metoprolol"}}},
        {"medication": {"reference": {"reference": "Medication/9"}}},
    ],
)
@pytest.mark.parametrize(
    "kind", ["MedicationRequest", "MedicationOrder", "MedicationPrescription", "MedicationDispense"]
)
def test_a_medicines_name_is_found_in_every_place(kind: str, medicine: dict[str, Any]) -> None:
    named = {"resourceType": "Medication", "id": "9", "code": {"text": "Metoprolol"}}
    found = read({"resourceType": kind, "status": "on-hold", **medicine}, named)
    assert [(m.name, m.status) for m in found.medications] == [("Metoprolol", "on-hold")]


def test_an_allergy_list_saying_none_is_reported_and_not_proof_of_none() -> None:
    found = read({"resourceType": "AllergyIntolerance", "code": {"text": "No known drug allergies"}})
    assert [a.name for a in found.allergies] == ["No known drug allergies"]
    assert any("says that none is known" in note for note in found.notes)
    assert read({"resourceType": "AllergyIntolerance", "code": {"text": "Latex"}}).notes == []


def test_claims_alone_are_reported_to_have_no_medicine_list() -> None:
    claim = {"resourceType": "ExplanationOfBenefit"}
    assert read(claim, claim).notes == ["Claims for payment: 2. There is no medicine list in this file."]
    assert read(claim, {"resourceType": "Condition"}).notes == []


def test_a_social_security_number_is_never_taken_for_the_record_number() -> None:
    ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-12-3456"}
    typed = {"type": {"coding": [{"code": "SS"}]}, "value": "999-12-3456"}
    own = {"type": {"coding": [{"code": "MR"}]}, "value": "H7", "assigner": {"display": "Harrow Ridge"}}
    name = [{"use": "old", "family": "Old"}, {"use": "official", "family": "Quintero", "given": ["Marisol", "A"]}]
    found = read({"resourceType": "Patient", "name": name, "identifier": [ssn, typed, own], "birthDate": "1972-03-09"})
    assert found.patient == Patient("Marisol A Quintero", "1972-03-09", "H7", "Quintero", "Marisol A", "Harrow Ridge")
    assert read({"resourceType": "Patient", "identifier": [ssn, typed]}).patient.id == ""


def test_studies_come_from_imaging_studies_and_reports_of_imaging() -> None:
    study = {"resourceType": "ImagingStudy", "started": "2026-10-14T09:00:00Z", "description": "Left breast"}
    series = {"series": [{"modality": {"code": "SR"}}, {"modality": {"code": "US"}}]}
    report = {
        "resourceType": "DiagnosticReport",
        "code": {"text": "MRI lumbar spine"},
        "effectiveDateTime": "2026-11-02",
    }
    lab = {**report, "category": {"coding": [{"code": "LAB"}]}, "code": {"text": "X-ray chest"}}
    expected = [Named("US", "BREAST", "2026-10-14"), Named("MR", "LSPINE", "2026-11-02")]
    assert read({**study, **series}, report, lab).studies == expected


def test_an_attached_report_is_searched_and_reported() -> None:
    page = base64.b64encode(b"<div>MRI lumbar spine <b>11/02/2026</b></div>").decode()
    form = {"contentType": "text/html", "data": page}
    found = read({"resourceType": "DiagnosticReport", "presentedForm": [form]})
    assert found.studies == [Named("MR", "LSPINE", "2026-11-02")]
    assert found.notes == ["Documents attached inside this file: 1.", "Inside: a file that was not opened."]


@pytest.mark.parametrize(
    "target", ["urn:uuid:1b4", "Medication/1b4", "https://a.example/fhir/Medication/1b4", "urn:uuid:9"]
)
def test_a_separate_medication_resource_provides_the_name(target: str) -> None:
    drug = {"resourceType": "Medication", "id": "1b4", "code": {"text": "Tamoxifen 20 mg"}}
    order = {"resourceType": "MedicationRequest", "status": "active", "medicationReference": {"reference": target}}
    entries = [{"fullUrl": "urn:uuid:9", "resource": drug}, {"resource": order}]
    data = json.dumps({"resourceType": "Bundle", "entry": entries}, indent=1).encode()
    for text in (data, b" ".join(data.split())):
        found = dispatch.read(papers.source(text), "fhir", text[:8192]).document
        assert found is not None
        assert [(m.name, m.status) for m in found.medications] == [("Tamoxifen 20 mg", "active")]
