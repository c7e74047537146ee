"""Entries that mean "none", or were retracted, are neither counted nor suggested; true ones stay."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.scan import papers
from tests.scan.found import case, inventory
from workbook.scan.formats import dispatch
from workbook.scan.match import record_lines
from workbook.scan.match.suggestions import suggestions
from workbook.scan.phrases.no_data import is_withdrawn, says_nothing
from workbook.scan.show import document_lines, json_form
from workbook.scan.values import HealthRecord, Listed

IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
SNOMED = "http://snomed.info/sct"
NOTHING = [
    *(
        "No known allergies",
        "NO KNOWN DRUG ALLERGIES",
        "NKDA",
        "N.K.D.A.",
        "nka",
        "None",
        "None known",
        "none reported",
    ),
    *("No information", "No information about medications", "Not on file", "Allergies not on file", "Unknown", "N/A"),
    *("Sensitivity to No known allergies", "Allergy status unknown", "No current medications", "no meds", "Nil known"),
    *(
        "No current facility-administered medications",
        "Patient denies any known drug allergies",
        "Not recorded",
        "????",
    ),
    *("No known problems", "No active problems", "No current problems or disability", "Drug treatment unknown", "--"),
    *("No known allergy to eggs", "Not allergic to penicillin", "No known latex allergy", "Latex allergy: none known"),
    *("Sin alergias conocidas", "Ninguna", "Ningún medicamento", "Niega alergias", "No se conocen alergias"),
    *("Sin información", "Desconocido", "No toma medicamentos", "No hay datos disponibles", "Sin problemas activos"),
]
NOTHING += ["Patient reports no known allergies", "no known contact allergies", "Free of known allergies", "NKEA"]
NOTHING += ["Patient unable to provide", "not applicable", "No vitamins", "doesn't take any medicine", "Food: none"]
SOMETHING = [
    *(
        "No-Doz",
        "NoDoz allergy",
        "Nuts",
        "Noni juice",
        "None Such syrup",
        "Latex",
        "Food allergy",
        "Nadolol",
        "Sinemet",
    ),
    *(
        "Unknown mushroom",
        "Allergy to unknown drug",
        "Latex, reaction unknown",
        "Allergic to latex, no reaction recorded",
    ),
    *(
        "Illness, unspecified",
        "Allergy, unspecified",
        "HIV negative",
        "Disease of unknown cause",
        "Nitroglycerin 0.4 mg",
    ),
    *(
        "Penicillin (no known reaction)",
        "Not Your Mother's shampoo",
        "Without Wax",
        "1049630",
        "ペニシリン",
        "Zero Cal",
    ),
]
SOMETHING += ["No latex", "No contrast", "No contrast, allergic", "Reaction unknown - latex", "Gluten free"]
SOMETHING += ["Seasonal allergies, no current medication", "Reaction to unknown medication"]


@pytest.mark.parametrize("name", NOTHING)
def test_a_name_that_means_none_is_not_listed(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", SOMETHING)
def test_a_name_of_something_is_kept(name: str) -> None:
    assert not says_nothing(name)


@pytest.mark.parametrize(
    "state",
    [
        "enteredinerror",
        "Entered in error.",
        "entered_in_error",
        "notDone",
        "not-done",
        "disproved",
        "voided",
        "Refuted!",
    ],
)
def test_a_retracting_status_in_any_spelling(state: str) -> None:
    assert is_withdrawn(state)
    assert not any(map(is_withdrawn, ("", "active", "completed", "unconfirmed")))


def json_of(*resources: dict[str, Any]) -> HealthRecord:
    data = json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]}).encode()
    return document(data)


def document(data: bytes) -> HealthRecord:
    found = dispatch.read(papers.source(data, "a"), "fhir", data[:8192]).document
    assert found is not None
    return found


def told(found: HealthRecord) -> str:
    """The line of a document, after checking that nothing of it is suggested or answers the checklist."""
    assert list(suggestions(inventory(documents=[found]), case())) == []
    assert not record_lines.paper_kinds(found)
    made = json_form._document(found)
    assert (made["medications"], made["allergies"], made["problems"]) == ([], [], 0)
    assert (made["labs"], made["encounters"]) == (0, 0)
    return document_lines.line(found)


def coded(code: str, system: str = IPS, **more: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, **more}]}


def concept(verification: str) -> dict[str, Any]:
    return {"coding": [{"code": verification}]}


ALLERGY, ORDER, CONDITION = "AllergyIntolerance", "MedicationRequest", "Condition"
TAKEN_BACK: list[dict[str, Any]] = [
    *({"resourceType": ALLERGY, "code": coded(c)} for c in ("no-known-allergies", "no-allergy-info")),
    {"resourceType": ALLERGY, "code": coded("716186003", SNOMED)},
    {"resourceType": ALLERGY, "code": coded("716186003", SNOMED, display="Keine bekannten Allergien")},
    {"resourceType": ALLERGY, "code": coded("unknown", "http://terminology.hl7.org/CodeSystem/data-absent-reason")},
    {"resourceType": ALLERGY, "code": coded("NASK", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor")},
    {
        "resourceType": ALLERGY,
        "code": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason"}]},
    },
    {"resourceType": ALLERGY, "code": {"text": "Egg"}, "verificationStatus": concept("refuted")},
    {"resourceType": ALLERGY, "code": {"text": "Egg"}, "verificationStatus": "entered-in-error"},
    {"resourceType": ALLERGY, "substance": {"text": "Egg"}, "status": "refuted"},
    {"resourceType": ALLERGY, "code": {"text": "Egg"}, "verificationStatus": {"text": "Entered in Error"}},
    {
        "resourceType": ALLERGY,
        "code": {"text": "Egg"},
        "verificationStatus": concept("refuted"),
        "clinicalStatus": "active",
    },
    {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": coded("no-medication-info"),
    },
    {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": coded("787481004", SNOMED),
    },
    {"resourceType": "MedicationStatement", "status": "not-taken", "medicationCodeableConcept": {"text": "Warfarin"}},
    {"resourceType": "MedicationStatement", "taken": "n", "medicationCodeableConcept": {"text": "Warfarin"}},
    {"resourceType": "MedicationStatement", "wasNotTaken": True, "medicationCodeableConcept": {"text": "Warfarin"}},
    {"resourceType": ORDER, "status": "entered-in-error", "medicationCodeableConcept": {"text": "Warfarin"}},
    {"resourceType": ORDER, "status": "cancelled", "medicationCodeableConcept": {"text": "Warfarin"}},
    {
        "resourceType": ORDER,
        "status": "active",
        "doNotPerform": True,
        "medicationCodeableConcept": {"text": "Warfarin"},
    },
    {"resourceType": ORDER, "status": "active", "medication": {"concept": coded("no-known-medications")}},
    {"resourceType": "MedicationDispense", "status": "declined", "medicationCodeableConcept": {"text": "Warfarin"}},
    {"resourceType": CONDITION, "code": coded("no-problem-info")},
    {"resourceType": CONDITION, "code": coded("160245001", SNOMED)},
    {"resourceType": CONDITION, "code": {"text": "Lupus"}, "verificationStatus": concept("refuted")},
    {"resourceType": CONDITION, "code": {"text": "Lupus"}, "verificationStatus": concept("entered-in-error")},
    {"resourceType": "Encounter", "status": "cancelled"},
    {"resourceType": "Observation", "status": "entered-in-error", "category": coded("laboratory")},
]


@pytest.mark.parametrize("resource", TAKEN_BACK, ids=lambda r: "-".join(map(str, r.values()))[:60])
def test_fhir_in_both_forms(resource: dict[str, Any]) -> None:
    assert "listed" not in told(json_of(resource))
    assert "listed" not in told(document(xml_of(resource)))


def xml_of(resource: dict[str, Any]) -> bytes:
    def inner(value: Any) -> str:
        return "".join(element(key, one) for key, one in value.items() if key != "resourceType")

    def element(key: str, value: Any) -> str:
        if isinstance(value, list):
            return "".join(element(key, one) for one in value)
        if isinstance(value, dict):
            return f"<{key}>{inner(value)}</{key}>"
        return f'<{key} value="{str(value).lower() if isinstance(value, bool) else value}"/>'

    kind = resource["resourceType"]
    return f'<?xml version="1.0"?><{kind} xmlns="http://hl7.org/fhir">{inner(resource)}</{kind}>'.encode()


@pytest.mark.parametrize("name", ["Aspirin", "No-Doz", "Latex"])
@pytest.mark.parametrize("status", ["", "active", "resolved", "inactive", "confirmed"])
def test_valid_entries_are_counted_and_suggested(name: str, status: str) -> None:
    allergy = {"resourceType": ALLERGY, "code": {"text": name}, "clinicalStatus": status}
    # A "none" code next to the name of something: the name counts.
    both = {"resourceType": ALLERGY, "code": {**coded("716186003", SNOMED), "text": name}}
    assert "1 allergy listed" in document_lines.line(json_of(allergy))
    assert "1 allergy listed" in document_lines.line(json_of(both))


def section(code: str, *entries: str) -> bytes:
    held = "".join(f"<entry>{entry}</entry>" for entry in entries)
    inner = f'<component><section><code code="{code}"/>{held}</section></component>'
    body = f"<component><structuredBody>{inner}</structuredBody></component>"
    return f'<ClinicalDocument xmlns="urn:hl7-org:v3">{body}</ClinicalDocument>'.encode()


def act(observation: str, attributes: str = "", inside: str = "") -> str:
    return f"<act {attributes}>{inside}<entryRelationship>{observation}</entryRelationship></act>"


def cause(name: str) -> str:
    code = f'<code displayName="{name}"/>' if name else '<code nullFlavor="NI"/>'
    return f"<participant><participantRole><playingEntity>{code}</playingEntity></participantRole></participant>"


def dose(name: str, attributes: str = "", status: str = "active") -> str:
    code = f"<code displayName='{name}'/>" if name else "<code nullFlavor='NI'/>"
    material = f"<manufacturedProduct><manufacturedMaterial>{code}</manufacturedMaterial></manufacturedProduct>"
    inner = f"<statusCode code='{status}'/><consumable>{material}</consumable>"
    return f"<substanceAdministration {attributes}>{inner}</substanceAdministration>"


ALLERGIES, MEDICINES, PROBLEMS = "48765-2", "10160-0", "11450-4"


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        (ALLERGIES, act(f'<observation negationInd="true"><value displayName="Allergy"/>{cause("")}</observation>')),
        (ALLERGIES, act(f'<observation negationInd="true"><value displayName="Allergy"/>{cause("Egg")}</observation>')),
        (ALLERGIES, act('<observation><value code="716186003" displayName="Keine Allergien"/></observation>')),
        (
            ALLERGIES,
            act(f'<observation><value displayName="Drug allergy"/>{cause("No known drug allergies")}</observation>'),
        ),
        (ALLERGIES, act(f"<observation>{cause('Egg')}</observation>", 'negationInd="true"')),
        (ALLERGIES, act(f"<observation>{cause('Egg')}</observation>", inside='<statusCode code="nullified"/>')),
        (ALLERGIES, act("<observation nullFlavor='NI'><value nullFlavor='NI'/></observation>", "nullFlavor='NI'")),
        (ALLERGIES, '<act nullFlavor="NI"/>'),
        (MEDICINES, dose("", "negationInd='true'")),
        (MEDICINES, dose("Warfarin", "negationInd='true'")),
        (MEDICINES, dose("Warfarin", status="nullified")),
        (MEDICINES, dose("Warfarin", status="cancelled")),
        (MEDICINES, dose("", "nullFlavor='NI'")),
        (MEDICINES, dose("No known medications")),
        (MEDICINES, dose("Sin medicamentos")),
        (PROBLEMS, act('<observation negationInd="true"><value displayName="Problem"/></observation>')),
        (PROBLEMS, act('<observation><value displayName="No known problems"/></observation>')),
        (PROBLEMS, act('<observation><value code="160245001" displayName="Keine"/></observation>')),
        (PROBLEMS, act('<observation nullFlavor="UNK"/>', "nullFlavor='UNK'")),
        (PROBLEMS, act('<observation><statusCode code="nullified"/><value displayName="Lupus"/></observation>')),
    ],
)
def test_health_summaries(kind: str, entry: str) -> None:
    found = document(section(kind, entry))
    assert "listed" not in told(found)


def test_a_summary_counts_valid_entries_next_to_retracted_ones() -> None:
    no, yes = act(f"<observation>{cause('NKDA')}</observation>"), act(f"<observation>{cause('No-Doz')}</observation>")
    found = document(section(ALLERGIES, no, yes))
    assert "1 allergy listed" in document_lines.line(found)
    assert [s.name for s in suggestions(inventory(documents=[found]), case())] == ["No-Doz"]
    shown = act('<observation><value nullFlavor="NA"/><text>Low back pain</text></observation>')
    found = document(section(PROBLEMS, shown, act('<observation negationInd="true"/>')))
    assert "1 diagnosis listed" in document_lines.line(found)


def test_a_download_of_claims() -> None:
    text = (
        b"MYMEDICARE.GOV\nName: Ada Quill\nAllergy Name: No known allergies\nAllergy Name: Latex\nMedication Name: None"
    )
    found = dispatch.read(papers.source(text), "blue-button-text", text).document
    assert found is not None
    assert "1 allergy listed" in document_lines.line(found)
    assert "medicine listed" not in document_lines.line(found)
    assert "There is no medicine list in this file." in found.notes


def test_a_scan_that_was_cancelled_or_entered_in_error_is_not_looked_for() -> None:
    study = {"resourceType": "ImagingStudy", "started": "2026-10-14", "modality": [{"code": "MR"}]}
    radiology = {"resourceType": "DiagnosticReport", "code": {"text": "MRI brain"}, "effectiveDateTime": "2026-10-14"}
    assert len(json_of(study, radiology).studies) == 2
    assert json_of({**study, "status": "entered-in-error"}, {**radiology, "status": "cancelled"}).studies == []


def test_no_information_is_not_reported_as_none_known() -> None:
    notes = json_of({"resourceType": ALLERGY, "code": coded("no-allergy-info", display="No information")}).notes
    assert notes == []
    assert "none is known" in json_of({"resourceType": ALLERGY, "code": coded("no-known-allergies")}).notes[0]


def test_a_table_counts_the_same() -> None:
    import pandas as pd

    from workbook.scan.show import table
    from workbook.scan.values import File, Inventory

    found = HealthRecord("a", "fhir", allergies=[Listed("NKDA"), Listed("Egg", "refuted"), Listed("Latex")])
    made = table.frame(Inventory(files=[File("a", "fhir", document=found)]))
    assert isinstance(made, pd.DataFrame)
    assert list(made["allergies"]) == [1]
