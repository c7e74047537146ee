"""The facts of a case as rows for a page and as FHIR R4 resources, from the same answers. Knows the case.

What was ruled out is no condition. A row and its resource say the same, so a page can show all that a bundle has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...case import Case
from ...case.health import ABSENT, Certainty, Medication, MedicationState
from ...locale import tr
from ..wording import day, joined, words
from .elements import Resource, absent, concept, date, note, number, term

_SURE = {
    Certainty.SUSPECTED: "unconfirmed",
    Certainty.WORKING: "provisional",
    Certainty.CONFIRMED: "confirmed",
    Certainty.UNCLEAR: "unconfirmed",
}
_REQUEST = {
    MedicationState.TAKING: ("active", "plan"),
    MedicationState.AS_NEEDED: ("active", "plan"),
    MedicationState.STOPPED: ("stopped", "plan"),
    MedicationState.PROPOSED: ("draft", "proposal"),
    None: ("unknown", "plan"),
}
_STATEMENT = {
    MedicationState.TAKING: "active",
    MedicationState.AS_NEEDED: "active",
    MedicationState.STOPPED: "stopped",
    MedicationState.PROPOSED: "intended",
    None: "unknown",
}
_ASSERTED = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate"


class Fact(NamedTuple):
    """One entry: its path, its name and what else a page says of it, and the resource that says the same."""

    path: str
    name: str
    told: str
    resource: Resource


def conditions(case: Case, patient: Resource) -> list[Fact]:
    """The diagnoses that were given, without those that were ruled out."""
    return [
        Fact(
            f"health.problems.{p.id}",
            p.label,
            joined([words(p.certainty).lower(), p.given_by, day(p.on), p.certainty_note, _code(p.code)]),
            {
                "resourceType": "Condition",
                "extension": [{"url": _ASSERTED, "valueDateTime": date(p.on)}] if date(p.on) else [],
                "verificationStatus": term("condition-ver-status", _SURE[p.certainty]) if p.certainty else {},
                "category": [term("condition-category", "problem-list-item")],
                "code": concept(p.label),
                "subject": patient,
                "asserter": {"display": p.given_by},
                "note": note(p.certainty_note, _code(p.code)),
            },
        )
        for p in case.health.problems.values()
        if p.label.strip() and p.certainty not in ABSENT
    ]


def _code(typed: str) -> str:
    """A code as a note: nobody said from which list it is."""
    return tr("Code: {code}").format(code=typed) if typed else ""


def medication_requests(case: Case, patient: Resource) -> list[Fact]:
    """The medicines, as US Core has them: reported, so nobody takes one for a prescription."""
    return [
        Fact(
            path,
            name,
            told,
            {
                "resourceType": "MedicationRequest",
                "status": _REQUEST[m.state][0],
                "intent": _REQUEST[m.state][1],
                "reportedBoolean": True,
                "medicationCodeableConcept": concept(name),
                "subject": patient,
                "requester": {"display": m.prescriber},
                "reasonCode": [concept(m.reason)] if m.reason else [],
                "dosageInstruction": _dosage(m, request=True),
            },
        )
        for path, name, told, m in _medicines(case)
    ]


def medication_statements(case: Case, patient: Resource) -> list[Fact]:
    """The medicines, as the International Patient Summary has them: statements."""
    return [
        Fact(
            path,
            name,
            told,
            {
                "resourceType": "MedicationStatement",
                "status": _STATEMENT[m.state],
                "medicationCodeableConcept": concept(name),
                "subject": patient,
                **(
                    {"effectivePeriod": {"start": date(m.since)}} if date(m.since) else {"_effectiveDateTime": absent()}
                ),
                "reasonCode": [concept(m.reason)] if m.reason else [],
                "dosage": _dosage(m),
            },
        )
        for path, name, told, m in _medicines(case)
    ]


def _medicines(case: Case) -> Iterator[tuple[str, str, str, Medication]]:
    for m in case.health.medications.values():
        if m.name.strip():
            since = tr("since {day}").format(day=day(m.since)) if m.since else ""
            told = joined([m.dose, m.reason, since, m.prescriber, words(m.state).lower()])
            yield f"health.medications.{m.id}", m.name, told, m


def _dosage(medicine: Medication, *, request: bool = False) -> list[Resource]:
    start = date(medicine.since) if request else ""
    found: Resource = {
        "text": medicine.dose,
        **({"timing": {"repeat": {"boundsPeriod": {"start": start}}}} if start else {}),
        **({"asNeededBoolean": True} if medicine.state is MedicationState.AS_NEEDED else {}),
    }
    return [found] if medicine.dose.strip() or len(found) > 1 else []


def allergies(case: Case, patient: Resource) -> list[Fact]:
    """The allergies that are named, or of which only the reaction is known."""
    return [
        Fact(
            f"health.allergies.{a.id}",
            a.to or tr("Not named"),
            a.reaction,
            allergy(
                concept(a.to) if a.to.strip() else {**absent(), "text": tr("Not named")},
                patient,
                reaction=[{"manifestation": [concept(a.reaction)]}] if a.reaction.strip() else [],
            ),
        )
        for a in case.health.allergies.values()
        if a.to.strip() or a.reaction.strip()
    ]


def allergy(code: Resource, patient: Resource, **more: object) -> Resource:
    """An AllergyIntolerance; FHIR wants its clinical status (rule ait-1)."""
    active = term("allergyintolerance-clinical", "active")
    return {"resourceType": "AllergyIntolerance", "clinicalStatus": active, "code": code, "patient": patient, **more}


def observations(case: Case, patient: Resource) -> list[Fact]:
    """The test results that were copied from reports. Their status is unknown: nobody was asked for it."""
    return [
        Fact(
            f"health.results.{r.id}",
            r.name or tr("A test"),
            joined([joined([r.value, r.unit], " "), _normal(r.range), day(r.on), r.where]),
            {
                "resourceType": "Observation",
                "status": "unknown",
                "code": concept(r.name) if r.name.strip() else {**absent(), "text": tr("A test")},
                "subject": patient,
                **({"effectiveDateTime": date(r.on)} if date(r.on) else {"_effectiveDateTime": absent()}),
                "performer": [{"display": r.where}] if r.where.strip() else [],
                **_value(r.value, r.unit),
                "referenceRange": [{"text": r.range}] if r.range.strip() else [],
            },
        )
        for r in case.health.results.values()
        if r.name.strip() or r.value.strip()
    ]


def _normal(range_: str) -> str:
    return tr("normal {range}").format(range=range_) if range_ else ""


def _value(value: str, unit: str) -> Resource:
    found = number(value.strip())
    if found is not None and unit.strip():
        return {"valueQuantity": {"value": found, "unit": unit}}
    told = joined([value, unit], " ").strip()
    return {"valueString": told} if told else {"dataAbsentReason": term("data-absent-reason", "unknown")}


def goals(case: Case, patient: Resource) -> list[Fact]:
    """What matters to the person, as goals that nobody has agreed to yet."""
    return [
        Fact(
            f"goal.values.{v.id}",
            v.text,
            "",
            {
                "resourceType": "Goal",
                "lifecycleStatus": "proposed",
                "description": concept(v.text),
                "subject": patient,
                "expressedBy": patient,
            },
        )
        for v in case.goal.values.values()
        if v.text.strip()
    ]


def devices(case: Case, patient: Resource) -> list[Fact]:
    """What is in the body, one line each; their kind is text."""
    return [
        Fact(
            f"health.implants_what.{n}", line, "", {"resourceType": "Device", "type": concept(line), "patient": patient}
        )
        for n, line in enumerate(_lines(case.health.implants_what))
    ]


def _lines(text: str) -> Iterable[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
