"""Unseen FHIR: plain JSON and XML in the shapes of DSTU2, STU3, R4 and R5, as servers and apps send it."""

from __future__ import annotations

import base64
import gzip
import json
import random
from typing import Any

from lxml import etree

from tests.scan.unseen.people import Made, Who, day

LOINC = "http://loinc.org"
TESTS = (
    ("Hemoglobin", "718-7", "g/dL"), ("Glucose", "2345-7", "mg/dL"), ("Potassium", "2823-3", "mmol/L"),
    ("Cancer Ag 15-3", "6875-9", "U/mL"), ("INR", "6301-6", ""), ("Leukocytes", "6690-2", "10*3/uL"),
    ("Creatinine", "2160-0", "mg/dL"), ("Hemoglobin A1c", "4548-4", "%"),
)  # fmt: skip
DRUGS = ("Letrozole 2.5 mg tablet", "Metformin 500 mg", "Lisinopril 10 mg", "Atorvastatin", "Insulin glargine")
CAUSES = ("Penicillin", "Peanut", "Latex", "Iodinated contrast", "Sulfa drugs")
PROBLEMS = ("Type 2 diabetes", "Breast cancer", "Hypertension", "Low back pain", "Asthma")
VERSIONS = ("DSTU2", "STU3", "R4", "R5")


def _words(chance: random.Random, said: str) -> dict[str, Any]:
    """A coded value: with text, with the display name of its code, or both."""
    way = chance.choice(("text", "display", "both"))
    made: dict[str, Any] = {}
    if way != "text":
        made["coding"] = [
            {"system": "http://snomed.info/sct", "code": str(chance.randint(10**6, 10**8)), "display": said}
        ]
    if way != "display":
        made["text"] = said
    return made


def patient(chance: random.Random, who: Who, version: str) -> dict[str, Any]:
    """The patient, with other names and people around."""
    family: Any = [who.family] if version == "DSTU2" else who.family
    official = {"use": "official", "family": family, "given": who.given.split()}
    names = chance.choice(
        (
            [official],
            [{"use": "maiden", "family": ["Formerly"] if version == "DSTU2" else "Formerly"}, official],
            [{"use": "nickname", "given": ["Kiddo"]}, official],
            [{"use": "official", "text": who.name}],
            [{**official, "prefix": ["Ms."], "suffix": ["PhD"]}],
        )
    )
    made: dict[str, Any] = {"resourceType": "Patient", "id": "p1", "name": names, "birthDate": who.birth}
    if chance.random() < 0.4:
        made["contact"] = [{"name": {"family": "Contact", "given": ["Emergency"]}}]
    if chance.random() < 0.4:
        ssn = {"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-12-3456"}
        made["identifier"] = [ssn, {"type": {"coding": [{"code": "MR"}]}, "value": "MRN-7"}]
    if chance.random() < 0.3:
        made["_birthDate"] = {"extension": [{"url": "patient-birthTime", "valueDateTime": f"{who.birth}T05:00:00Z"}]}
    return made


def _observation(chance: random.Random, version: str, when: str) -> tuple[dict[str, Any], tuple[str, str, str, str]]:
    name, code, unit = chance.choice(TESTS)
    value = round(chance.uniform(0.1, 300), chance.choice((0, 1, 2)))
    value = int(value) if value == int(value) else value
    said = str(value)
    lab = {"coding": [{"code": "laboratory", "system": "http://terminology.hl7.org/CodeSystem/observation-category"}]}
    made: dict[str, Any] = {
        "resourceType": "Observation",
        "status": chance.choice(("final", "amended", "corrected", "preliminary")),
        "category": lab if version == "DSTU2" else [lab],
        "code": {"coding": [{"system": LOINC, "code": code, "display": name}], "text": name},
        "subject": {"reference": "Patient/p1"},
    }
    made.update(
        chance.choice(
            (
                {"effectiveDateTime": when},
                {"effectiveDateTime": f"{when}T08:30:00-05:00"},
                {"effectivePeriod": {"start": f"{when}T08:00:00Z", "end": f"{when}T09:00:00Z"}},
                {"issued": f"{when}T23:59:59.000+01:00"},
            )
        )
    )
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    if not unit:
        quantity = {"value": value}
    way = chance.choice(("quantity", "quantity", "less", "string", "coded"))
    if way == "less":
        quantity["comparator"] = "<"
        said = f"<{said}"
    if way == "string":
        made["valueString"], said, unit = "Not detected", "Not detected", ""
    elif way == "coded":
        made["valueCodeableConcept"], said, unit = {"text": "Positive"}, "Positive", ""
    else:
        made["valueQuantity"] = quantity
    if chance.random() < 0.5:
        made["referenceRange"] = [{"low": {"value": 1}, "high": {"value": 9}}]
    return made, (name, said, unit, when)


def _medicine(chance: random.Random, version: str, name: str) -> list[dict[str, Any]]:
    kind = {"DSTU2": "MedicationOrder", "R5": chance.choice(("MedicationRequest", "MedicationUsage"))}.get(
        version, chance.choice(("MedicationRequest", "MedicationStatement"))
    )
    made: dict[str, Any] = {"resourceType": kind, "status": "active", "subject": {"reference": "Patient/p1"}}
    if version == "R5":
        made["medication"] = {"concept": _words(chance, name)}
        if chance.random() < 0.4:
            made["medication"] = {"reference": {"reference": "Medication/m9", "display": name}}
        return [made]
    way = chance.choice(("concept", "reference", "contained", "display"))
    if way == "concept":
        made["medicationCodeableConcept"] = _words(chance, name)
        return [made]
    if way == "contained":
        made["contained"] = [{"resourceType": "Medication", "id": "m", "code": _words(chance, name)}]
        made["medicationReference"] = {"reference": "#m"}
        return [made]
    if way == "display":
        made["medicationReference"] = {"reference": "Medication/elsewhere", "display": name}
        return [made]
    number = f"m{chance.randint(1, 999)}"
    made["medicationReference"] = {"reference": f"Medication/{number}"}
    drug = {"resourceType": "Medication", "id": number, "code": _words(chance, name)}
    return chance.sample([made, drug], 2)


def _lists(chance: random.Random, version: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Medicines, allergies and diagnoses, with withdrawn ones among them that do not count."""
    found: list[dict[str, Any]] = []
    drugs = chance.sample(DRUGS, chance.randint(0, 4))
    for name in drugs:
        found += _medicine(chance, version, name)
    causes = chance.sample(CAUSES, chance.randint(0, 3))
    for name in causes:
        code = {"substance": _words(chance, name)} if version == "DSTU2" else {"code": _words(chance, name)}
        status = {"status": "active"} if version == "DSTU2" else {"clinicalStatus": {"coding": [{"code": "active"}]}}
        found.append({"resourceType": "AllergyIntolerance", **code, **(status if version != "STU3" else {})})
    ills = chance.sample(PROBLEMS, chance.randint(0, 4))
    for name in ills:
        status = (
            "active" if version in ("DSTU2", "STU3") else {"coding": [{"code": chance.choice(("active", "resolved"))}]}
        )
        found.append({"resourceType": "Condition", "code": _words(chance, name), "clinicalStatus": status})
    if chance.random() < 0.4:
        wrong = "entered-in-error" if version in ("DSTU2", "STU3") else {"coding": [{"code": "entered-in-error"}]}
        found.append({"resourceType": "Condition", "code": {"text": "Never had it"}, "verificationStatus": wrong})
        found.append({"resourceType": "MedicationRequest", "status": "entered-in-error",
                      "medicationCodeableConcept": {"text": "Never took it"}})  # fmt: skip
    return found, {"medicines": drugs, "allergies": causes, "diagnoses": ills}


def _around(chance: random.Random) -> list[dict[str, Any]]:
    """Other people and things of a record: none of them is the patient."""
    ones = [
        {"resourceType": "Practitioner", "name": [{"family": "Doctor", "given": ["Some"]}]},
        {"resourceType": "RelatedPerson", "name": [{"family": "Relative", "given": ["Some"]}], "birthDate": "1950"},
        {"resourceType": "Organization", "name": "Some Clinic"},
        {"resourceType": "Observation", "status": "final", "category": [{"coding": [{"code": "vital-signs"}]}],
         "code": {"text": "Body weight", "coding": [{"system": LOINC, "code": "29463-7"}]},
         "valueQuantity": {"value": 70, "unit": "kg"}},
        {"resourceType": "OperationOutcome", "issue": [{"severity": "information"}]},
    ]  # fmt: skip
    return chance.sample(ones, chance.randint(0, len(ones)))


def _imaging(chance: random.Random, version: str, when: str) -> tuple[dict[str, Any], tuple[str, str, str]]:
    code, word, part = chance.choice(
        (("MR", "MRI brain", "HEAD"), ("CT", "CT chest", "CHEST"), ("US", "US breast", "BREAST"))
    )
    coding = {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": code}
    made: dict[str, Any] = {"resourceType": "ImagingStudy", "started": f"{when}T10:00:00Z", "description": word}
    if version == "DSTU2":
        made["modalityList"] = [coding]
    elif version == "R5":
        made["modality"] = [{"coding": [coding]}]
    else:
        made["series"] = [{"modality": coding, "numberOfInstances": 3}]
    made["status"] = "available"
    return made, (code, part, when)


def bundle(chance: random.Random, who: Who) -> Made:
    """A record of one patient as a bundle, a list, lines (bulk data) or XML."""
    version, when = chance.choice(VERSIONS), day(chance)
    listed, facts = _lists(chance, version)
    resources = [patient(chance, who, version), *listed, *_around(chance)]
    results = []
    for _ in range(chance.randint(0, 5)):
        observation, result = _observation(chance, version, when)
        if result not in results:
            resources.append(observation)
            results.append(result)
    facts |= {"kind": "fhir", "results": results}
    if chance.random() < 0.4:
        study, named = _imaging(chance, version, when)
        resources.append(study)
        facts["named"] = [named]
    if chance.random() < 0.4:
        resources.insert(0, {"resourceType": "Composition", "title": "Patient Summary", "status": "final",
                             "date": f"{when}T09:00:00Z",
                             "type": {"coding": [{"system": LOINC, "code": "60591-5"}]}})  # fmt: skip
        facts |= {"title": "Patient Summary", "day": when}
    elif chance.random() < 0.5:
        chance.shuffle(resources)
    way = chance.choice(("bundle", "bundle", "lines", "list", "xml", "bom", "gzip", "last"))
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": one} for n, one in enumerate(resources)]
    if way == "lines":
        data = "\n".join(json.dumps(one) for one in resources).encode()
    elif way == "list":
        data = json.dumps(resources, ensure_ascii=False).encode()
    elif way == "xml":
        data = _xml({"resourceType": "Bundle", "type": "collection", "entry": entries})
    elif way == "last":  # the type after everything else
        late = [{"resource": dict(reversed(one.items()))} for one in resources]
        data = json.dumps({"entry": late, "type": "collection", "resourceType": "Bundle"}, indent=2).encode()
    else:
        data = json.dumps({"resourceType": "Bundle", "type": "document", "entry": entries}, ensure_ascii=False).encode()
        data = b"\xef\xbb\xbf" + data if way == "bom" else gzip.compress(data) if way == "gzip" else data
    return Made(f"export.{'xml' if way == 'xml' else 'json'}", data, f"{version} {way}", who, facts)


def _xml(resource: dict[str, Any]) -> bytes:
    space = "http://hl7.org/fhir"

    def fill(place: Any, value: dict[str, Any]) -> None:
        for key, inner in value.items():
            for one in inner if isinstance(inner, list) else [inner]:
                if key == "resourceType" or key.startswith("_"):
                    continue
                child = etree.SubElement(place, f"{{{space}}}{key}")
                if isinstance(one, dict):
                    holder = (
                        etree.SubElement(child, f"{{{space}}}{one['resourceType']}") if "resourceType" in one else child
                    )
                    fill(holder, one)
                else:
                    child.set("value", str(one).lower() if isinstance(one, bool) else str(one))

    root = etree.Element(f"{{{space}}}{resource['resourceType']}", nsmap={None: space})
    fill(root, resource)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def attached(chance: random.Random, who: Who) -> Made:
    """A document reference, or a report, with a text in it."""
    version, when = chance.choice(VERSIONS[2:]), day(chance)
    text = f"EXAM: MRI BRAIN\nDate of exam: {when}\nNormal."
    data = base64.b64encode(text.encode()).decode()
    if chance.random() < 0.5:
        held = {"resourceType": "DocumentReference", "status": "current",
                "content": [{"attachment": {"contentType": "text/plain", "data": data}}]}  # fmt: skip
    else:
        held = {"resourceType": "DiagnosticReport", "status": "final", "code": {"text": "Report"},
                "presentedForm": [{"contentType": "text/plain; charset=utf-8", "data": data}]}  # fmt: skip
    entries = [{"resource": patient(chance, who, version)}, {"resource": held}]
    made = json.dumps({"resourceType": "Bundle", "entry": entries}).encode()
    facts = {"kind": "fhir", "named": [("MR", "HEAD", when)]}
    return Made("doc.json", made, f"{version} {held['resourceType']}", who, facts)
