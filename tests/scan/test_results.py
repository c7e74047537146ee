"""Test results: read from FHIR and C-CDA with value, unit, range and day; one row a test over time; a small plot."""

from __future__ import annotations

import base64
import datetime as dt
import json
import zlib
from typing import Any

import pytest

from tests.scan.found import told
from tests.scan.test_archives import look, rows
from workbook.case import Case, add
from workbook.documents import export
from workbook.scan import results
from workbook.scan.match.suggestions import suggestions
from workbook.scan.show import json_form, report, trend_plot
from workbook.scan.values import HealthRecord, Patient, Result

LOINC = {"system": "http://loinc.org", "code": "6875-9", "display": "Cancer Ag 15-3"}


def observation(**fields: Any) -> dict[str, Any]:
    """A FHIR result; None takes a field away."""
    given = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [LOINC]},
        "effectiveDateTime": "2026-11-01T08:00:00Z",
        "valueQuantity": {"value": 28.0, "unit": "U/mL"},
        **fields,
    }
    return {key: value for key, value in given.items() if value is not None}


def fhir(*resources: dict[str, Any]) -> HealthRecord:
    bundle = {"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}
    (row,) = rows(json.dumps(bundle).encode(), "a.json").values()
    assert row.document is not None
    return row.document


def lab(category: str) -> list[dict[str, Any]]:
    return [{"coding": [{"code": category}]}]


WANTED = Result("Cancer Ag 15-3", "28", "U/mL", "", "2026-11-01", "", "6875-9")


@pytest.mark.parametrize("category", [None, lab("laboratory"), [{"text": "Laboratory"}]])
def test_a_result_is_read_with_or_without_a_category(category: Any) -> None:
    found = fhir(observation(category=category))
    assert (found.results, found.labs) == ([WANTED], 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"category": lab("vital-signs")},
        {"category": lab("social-history")},
        {"status": "entered-in-error", "category": lab("laboratory")},
        {"code": {"text": "Mood"}},
        {"valueQuantity": None},
    ],
)
def test_what_is_no_result_is_not_one(fields: dict[str, Any]) -> None:
    assert fhir(observation(**fields)).results == []


@pytest.mark.parametrize(
    ("fields", "value", "unit"),
    [
        ({"valueQuantity": {"value": 0.5, "comparator": "<", "code": "mg/L"}}, "<0.5", "mg/L"),
        ({"valueQuantity": {"value": "7.10"}}, "7.10", ""),
        ({"valueQuantity": None, "valueString": "Negative"}, "Negative", ""),
        ({"valueQuantity": None, "valueCodeableConcept": {"text": "Detected"}}, "Detected", ""),
        ({"valueQuantity": None, "valueInteger": 4}, "4", ""),
        ({"valueQuantity": None, "valueBoolean": False}, "no", ""),
        (
            {"valueQuantity": None, "valueRange": {"low": {"value": 2}, "high": {"value": 5, "unit": "/HPF"}}},
            "2–5",
            "/HPF",
        ),
        ({"valueQuantity": None, "valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 64}}}, "1:64", ""),
    ],
)
def test_each_kind_of_value_is_text(fields: dict[str, Any], value: str, unit: str) -> None:
    (one,) = fhir(observation(category=lab("laboratory"), **fields)).results
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize(
    "odd", [[], 7, "x", {"value": True}, {"value": None}, [{"value": {}}], {"value": float("inf")}]
)
def test_odd_values_are_no_results(odd: Any) -> None:
    assert fhir(observation(category=lab("laboratory"), valueQuantity=odd)).results == []


def test_ranges_flags_and_panels() -> None:
    panel = observation(
        valueQuantity=None,
        category=lab("laboratory"),
        component=[
            {"code": {"text": "WBC"}, "valueQuantity": {"value": 12, "unit": "K/uL"},
             "referenceRange": [{"low": {"value": 3.4}, "high": {"value": 10.8}}],
             "interpretation": [{"coding": [{"code": "H", "display": "High"}]}]},
            {"code": {"text": "HGB"}, "valueQuantity": {"value": 14}, "referenceRange": [{"text": "13 to 17"}]},
        ],
    )  # fmt: skip
    assert fhir(panel).results == [
        Result("WBC", "12", "K/uL", "3.4–10.8", "2026-11-01", "High"),
        Result("HGB", "14", "", "13 to 17", "2026-11-01"),
    ]


CDA = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component>
<structuredBody><component><section><code code="30954-2"/><text><content ID="n1">Potassium</content></text>
<entry><organizer><effectiveTime value="20261101"/><component><observation>{}</observation></component></organizer>
</entry></section></component></structuredBody></component></ClinicalDocument>"""
RANGE = (
    '<referenceRange><observationRange><value><low value="0"/><high value="25"/></value></observationRange>'
    "</referenceRange>"
)
PRINTED = '<code nullFlavor="UNK"><originalText><reference value="#n1"/></originalText></code>'
CODE = '<code code="6875-9" codeSystem="2.16.840.1.113883.6.1" displayName="CA 15-3"/>'


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (
            f'{CODE}<effectiveTime value="20261030"/><value xsi:type="PQ" value="28" unit="U/mL"/>',
            Result("CA 15-3", "28", "U/mL", "", "2026-10-30", "", "6875-9"),
        ),
        (
            f'{CODE}<value xsi:type="PQ" value="28" unit="1"/><interpretationCode code="H"/>{RANGE}',
            Result("CA 15-3", "28", "", "0–25", "2026-11-01", "H", "6875-9"),
        ),
        (
            f'{PRINTED}<value xsi:type="ST">4.1 mmol/L</value>',
            Result("Potassium", "4.1 mmol/L", "", "", "2026-11-01"),
        ),
        (
            f'{CODE}<value xsi:type="IVL_PQ"><high value="5" unit="U/mL"/></value>',
            Result("CA 15-3", "≤ 5", "U/mL", "", "2026-11-01", "", "6875-9"),
        ),
        (f'{CODE}<value nullFlavor="NI"/>', None),
    ],
)
def test_results_of_a_summary_are_read(inside: str, wanted: Result | None) -> None:
    (row,) = rows(CDA.format(inside).encode(), "a.xml").values()
    assert row.document is not None
    assert row.document.results == ([wanted] if wanted else [])
    assert row.document.labs == 1


def record(*found: Result) -> HealthRecord:
    return HealthRecord("a", "fhir", results=list(found))


def test_one_row_a_test_over_time_and_each_result_once() -> None:
    older = Result("CA 15-3", "20", "U/mL", "", "2026-05-01", "", "6875-9")
    by_name = Result("cancer ag 15-3", "31", "U/mL", "", "2026-12-01")
    other_unit = Result("Cancer Ag 15-3", "28", "kU/L", "", "2026-11-01", "", "6875-9")
    made = results.trends([record(WANTED, older), record(WANTED, by_name, other_unit)])
    assert [(t.unit, [r.value for r, _ in t.results]) for t in made] == [("U/mL", ["20", "28", "31"]), ("kU/L", ["28"])]
    assert report.result_line(made[0]) == "Cancer Ag 15-3: 31 U/mL, December 1, 2026, 2 earlier results"


def test_the_plot_says_its_ends_and_needs_two_days() -> None:
    (trend,) = results.trends(
        [record(Result("<b>", "20", "U", "", "2026-05-01"), Result("<b>", "31", "U", "", "2026-11-01"))]
    )
    drawn = trend_plot.plot(trend)
    assert 'aria-label="From 20 on May 1, 2026 to 31 on November 1, 2026"' in drawn
    assert "<b>" not in drawn
    (alone,) = results.trends([record(WANTED)])
    assert trend_plot.plot(alone) == ""
    (words,) = results.trends(
        [record(Result("x", "Neg", "", "", "2026-05-01"), Result("x", "Pos", "", "", "2026-11-01"))]
    )
    assert trend_plot.plot(words) == ""


def test_results_are_in_the_text_and_the_json() -> None:
    found = look(json.dumps(observation()).encode(), "a.json")
    assert dict(report.sections(found))["Test results"] == ["Cancer Ag 15-3: 28 U/mL, November 1, 2026"]
    assert json_form.as_json(found)["documents"][0]["results"][0]["value"] == "28"


def card(bundle: Any) -> str:
    """A SMART Health Card around a bundle, unsigned."""
    packing = zlib.compressobj(wbits=-15)
    text = json.dumps({"vc": {"credentialSubject": {"fhirBundle": bundle}}}).encode()
    return f"e30.{base64.urlsafe_b64encode(packing.compress(text) + packing.flush()).decode().rstrip('=')}.c2ln"


PERSON = {"resourceType": "Patient", "name": [{"given": ["Ada"], "family": "Quill"}], "birthDate": "1970-01-02"}
SHOT = {"resourceType": "Immunization", "status": "completed"}
BUNDLE = {"resourceType": "Bundle", "entry": [{"resource": PERSON}, {"resource": SHOT}]}


def test_a_health_card_is_read_as_a_file_and_as_a_code() -> None:
    token = card(BUNDLE)
    digits = "".join(f"{ord(sign) - 45:02d}" for sign in token)
    for data in (json.dumps({"verifiableCredential": [token]}), f"My card: shc:/{digits} \n"):
        found = look(data.encode(), "card")
        assert [person.name for person in found.patients] == ["Ada Quill"]
        assert told(found) == ["SMART Health Card (card): 1 immunization listed"]


@pytest.mark.parametrize("token", ["a.b.c", "", 7, None, card(7), card([]), "e30." + "A" * 400 + ".x", card("[" * 900)])
def test_a_broken_card_is_no_record(token: Any) -> None:
    found = look(json.dumps({"verifiableCredential": [token]}).encode(), "card")
    assert found.documents == []
    assert found.stopped == ""


def test_a_link_to_records_says_what_to_do() -> None:
    (line,) = told(look(b"My record: shlink:/eyJ1cmwiOiJodHRwczovL2V4YW1wbGUifQ\n", "share.txt"))
    assert "It has a link to records (SMART Health Link)." in line


def test_records_that_an_app_wraps_are_found() -> None:
    data = {
        "name": "backup",
        "collections": [{"docs": [{"raw": {"resource": PERSON}}, {"raw": {"resource": observation()}}]}],
    }
    found = look(json.dumps(data).encode(), "backup.json")
    assert [person.name for person in found.patients] == ["Ada Quill"]
    assert found.documents[0].results == [WANTED]


def test_the_newest_of_each_test_is_offered_and_once_only() -> None:
    found = look(json.dumps({"resourceType": "Bundle", "entry": [
        {"resource": observation(effectiveDateTime=day, valueQuantity={"value": value, "unit": "U/mL"})}
        for day, value in (("2026-05-01", 20), ("2026-11-01", 28))
    ]}).encode(), "a.json")  # fmt: skip
    (offered,) = [one for one in suggestions(found, Case()) if one.kind == "results"]
    assert offered.name == "Cancer Ag 15-3: 28 U/mL"
    case = add(Case(), offered.change.path, offered.change.value)
    (kept,) = case.health.results.values()
    assert (kept.name, kept.value, kept.unit, kept.on) == ("Cancer Ag 15-3", "28", "U/mL", "2026-11-01")
    assert [one for one in suggestions(found, case) if one.kind == "results"] == []
    page = export.make(case, "summary", "html", dt.date(2026, 11, 22)).decode()
    for there in ("Cancer Ag 15-3", "28 U/mL", "Nov 1, 2026"):
        assert there in page


def test_results_of_two_people_are_never_one_line() -> None:
    one, other = (HealthRecord(p, "fhir", Patient(p), results=[WANTED]) for p in ("Ada Quill", "Bo Quill"))
    assert results.trends([one, other]) == []
    assert len(results.trends([one, record(WANTED)])) == 1
