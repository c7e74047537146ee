"""Health records in FHIR, any version, JSON or XML: patient and lists. Knows readers and values.

One export mixes three versions, and many files break the standard; so nothing here checks the
version or fails on a wrong shape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ....locale import plural, tr
from ... import limits
from ...errors import too_many
from ...phrases import dates
from ...phrases.no_data import CODES, NONE, counted, is_none_code, is_withdrawn, says_none, says_nothing
from ...values import File, HealthRecord, Listed, Named, Patient, Source
from .. import attached, bounded_json
from . import health_card, imaging_studies, observations
from .values import code, coded, day, parts, some, text, words

_ORDERS = ("MedicationRequest", "MedicationOrder", "MedicationPrescription", "MedicationStatement", "MedicationUsage")
_GIVEN = ("MedicationDispense", "MedicationAdministration")  # of an order; listed if no such order exists
_CLAIMS = {"ExplanationOfBenefit", "Claim", "ClaimResponse", "Coverage"}
_AROUND = {
    "Bundle",
    "Parameters",
    "Patient",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Location",
    "OperationOutcome",
}
_COUNTED = ("Immunization", "Procedure", "Device")
_MEDICINES = {*_ORDERS, *_GIVEN, "Medication"}
_MEDICINE = (
    *("status", "medication", "medicationCodeableConcept", "medicationReference", "code", "contained"),
    *("dosageInstruction", "dosage"),
    *("taken", "wasNotTaken", "wasNotGiven", "notGiven", "doNotPerform"),
    *("authoredOn", "dateWritten", "dateAsserted", "effectivePeriod", "effectiveDateTime", "whenHandedOver"),
)
_ALLERGY = (
    *("code", "substance", "reaction", "clinicalStatus", "verificationStatus", "status"),
    *("recordedDate", "assertedDate", "onset"),
)
_CONDITION = (
    *("code", "clinicalStatus", "verificationStatus", "onsetDateTime", "onsetPeriod"),
    *("recordedDate", "dateRecorded", "assertedDate"),
)
# The fields of each resource to keep: the rest is dropped while parsing.
_KEPT = {
    "Bundle": ("entry",),
    "Parameters": ("parameter",),
    "Composition": ("title", "date", "type"),
    "Patient": ("name", "birthDate", "identifier"),
    "Medication": ("code",),
    **dict.fromkeys([*_ORDERS, *_GIVEN], _MEDICINE),
    "AllergyIntolerance": _ALLERGY,
    "Condition": _CONDITION,
    "Observation": observations.KEPT,
    "Encounter": ("status",),
    **imaging_studies.KEPT,
}
# Identifiers that disclose too much or identify too little: social security, license, passport, ...
_NOT_SHOWN = {"SS", "SB", "DL", "PPN", "TAX", "MC", "MA"}
_NOT_SHOWN_SYSTEMS = ("us-ssn", "2.16.840.1.113883.4.1", "us-medicare", "us-mbi", "hicn", "passport")


def read(source: Source) -> File:
    """The contents of a FHIR JSON file. Raises BadRecord if it is damaged, too large or nested too deep."""
    bad: list[int] = []
    title: list[str] = []

    def good() -> Iterator[Any]:
        for value in bounded_json.documents(source, keep):
            if isinstance(value, int):
                bad.extend([value] if len(bad) < 6 else [])
                continue
            for bundle in health_card.bundles(value):
                title.append(tr("SMART Health Card"))
                yield bundle
            yield value

    file = from_values(source, good())
    if file.document and title:
        file.document.title = title[0]
    if bad:
        lines = ", ".join(str(number) for number in bad[:5]) + (", …" if len(bad) > 5 else "")
        file.status = "damaged"
        file.why = tr("Some lines cannot be read (line {lines}). The other lines were read.").format(lines=lines)
    return file


def from_values(source: Source, values: Iterable[Any]) -> File:
    """The row for parsed JSON or XML; resources that are only counted are not kept in memory."""
    document = HealthRecord(source.path, "fhir")
    counts: Counter[str] = Counter()
    people: dict[Patient, None] = {}
    medicines: list[_Medicine] = []
    studies: dict[Named, None] = {}
    held, none = 0, False
    contents: list[str] = []
    worded: dict[Patient, None] = {}
    looked_into = 0
    for resource in _resources(values):
        kind = resource["resourceType"]
        counts[kind] += 1
        held += imaging_studies.attached(resource)
        for data in imaging_studies.papers(resource, limits.ATTACHED - looked_into):
            inside = attached.look(data)
            looked_into += limits.ATTACHED // 4 if inside.slow else 1
            worded |= dict.fromkeys(inside.worded)
            studies |= dict.fromkeys(inside.studies)
            contents.append(inside.what)
        studies |= dict.fromkeys(imaging_studies.named(resource))
        listed = len(medicines) + len(document.allergies) + len(document.diagnoses)
        if listed + len(studies) + len(document.results) > limits.LISTED:
            raise too_many()
        if kind == "Patient":
            if len(people) < limits.PEOPLE:
                people[_patient(resource)] = None
        elif kind in _MEDICINES:
            medicines.append(_medicine(resource))
        elif kind == "AllergyIntolerance":
            document.allergies.append(_allergy(resource))
            none = none or says_none(document.allergies[-1].name) or _is_none_known(resource)
        elif kind == "Condition":
            document.diagnoses.append(_condition(resource))
        elif kind == "Observation":
            if observations.is_result(resource):
                document.labs += 1
                document.results += observations.results(resource)
        elif kind == "Encounter":
            document.encounters += not _is_withdrawn(resource)
        elif kind == "Composition":
            document.title, document.date = text(resource.get("title")), day(resource.get("date"))
            document.code = code(resource.get("type"))
    if not counts:
        return File(source.path, "other", why=tr("Not a kind of health record we can read."))
    document.patient = next(iter(people), Patient())
    document.patients = list(people) if len(people) > 1 else []
    document.medications = _medications(medicines)
    document.problems = len(counted(document.diagnoses))
    document.studies, document.worded = list(studies), list(worded)[: limits.PEOPLE]
    if _CLAIMS & counts.keys() and not counts.keys() - _CLAIMS - _AROUND:
        count = counts["ExplanationOfBenefit"]
        document.notes.append(tr("Claims for payment: {n}. There is no medicine list in this file.").format(n=count))
    if none:
        document.notes.append(none_known())
    document.notes += [count_words(kind, counts[kind]) for kind in _COUNTED if counts[kind]]
    if held:
        document.notes.append(tr("Documents attached inside this file: {n}.").format(n=held))
        if contents:
            document.notes.append(tr("Inside: {list}.").replace("{list}", ", ".join(_counted(contents))))
    return File(source.path, "fhir", patient=document.patient, document=document)


def count_words(kind: str, n: int) -> str:
    """How many immunizations, procedures or devices are listed; `kind` is the FHIR name."""
    return {
        "Immunization": plural("1 immunization listed.", "{n} immunizations listed.", n),
        "Procedure": plural("1 procedure listed.", "{n} procedures listed.", n),
        "Device": plural("1 device or implant listed.", "{n} devices or implants listed.", n),
    }[kind]


def _counted(contents: list[str]) -> Iterator[str]:
    for what, n in Counter(contents).items():
        yield what if n == 1 else f"{n} × {what}"


def none_known() -> str:
    """The note for an entry of an allergy list that says "none": it may be old, or never asked."""
    return tr("An entry on the allergy list says that none is known. Check it with the clinic.")


def keep(value: dict[str, Any]) -> dict[str, Any]:
    """A resource without unused fields; any other object unchanged."""
    kind = value.get("resourceType")
    if not isinstance(kind, str):
        return value
    return {key: value[key] for key in ("resourceType", "id", *_KEPT.get(kind, ())) if key in value}


def _resources(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """The resources in bundles and lists, one by one; uses an explicit stack, because bundles may be nested."""
    waiting = [iter(values)]
    while waiting:
        value = next(waiting[-1], waiting)
        if value is waiting:
            waiting.pop()
        elif isinstance(value, list):
            waiting.append(iter(value))
        elif isinstance(value, dict):
            if isinstance(value.get("resourceType"), str):
                yield value
                waiting.append(_inside(value))
            elif isinstance(value.get("entry"), list):
                waiting.append(_held(entry) for entry in parts(value["entry"]))
            else:  # an app may wrap records in objects of its own
                waiting.append(iter(value.values()))


def _inside(resource: dict[str, Any]) -> Iterator[Any]:
    """What a resource holds of its own: the entries of a bundle, the results in a report, the answer of a server."""
    yield from (_held(entry) for entry in parts(resource.get("entry")))
    if resource["resourceType"] == "Parameters":
        for one in parts(resource.get("parameter")):
            yield one.get("resource")
            yield from ({"resourceType": "Parameters", "parameter": more} for more in [one.get("part")] if more)
    elif resource["resourceType"] == "DiagnosticReport":
        yield from (one for one in parts(resource.get("contained")) if one.get("resourceType") == "Observation")


def _held(entry: dict[str, Any]) -> Any:
    """The resource of an entry; a medicine with the URL by which others of its bundle reference it."""
    resource = entry.get("resource")
    if isinstance(resource, dict) and resource.get("resourceType") == "Medication":
        return {**resource, "fullUrl": entry.get("fullUrl")}
    return resource


def _patient(resource: dict[str, Any]) -> Patient:
    order = ["official", "usual", None, "temp", "nickname", "anonymous", "old", "maiden"]
    names = parts(resource.get("name"))
    name = min(names, key=lambda n: order.index(u) if (u := n.get("use")) in order else 4, default={})
    given, family = (" ".join(filter(None, map(text, some(name.get(key))))) for key in ("given", "family"))
    number, issuer = _number(parts(resource.get("identifier")))
    shown = f"{given} {family}".strip() or text(name.get("text"))
    born = dates.birth(next(iter(some(resource.get("birthDate"))), None))
    return Patient(shown, born.day, number, family, given, issuer, born.wrong)


def _number(identifiers: list[dict[str, Any]]) -> tuple[str, str]:
    """The record number and its issuer; never a social security number or the like."""
    found = []
    for one in identifiers:
        kinds, system, value = coded(one.get("type")), text(one.get("system")), text(one.get("value"))
        if value and not kinds & _NOT_SHOWN and not any(mark in system for mark in _NOT_SHOWN_SYSTEMS):
            issuer = next((t for a in parts(one.get("assigner")) if (t := text(a.get("display")))), system)
            found.append((not kinds & {"MR", "PI", "PT"}, value, issuer))
    return min(found, key=lambda f: f[0])[1:] if found else ("", "")


class _Medicine(NamedTuple):
    """What a resource says about a medicine: `called` is its own address, `targets` are its references for a name."""

    kind: str
    called: list[str]
    name: str
    targets: list[str]
    display: str
    status: str
    day: str
    dose: str = ""


def _medications(found: list[_Medicine]) -> list[Listed]:
    drugs = {address: one.name for one in found for address in one.called}
    listed = [_listed(one, drugs) for one in found if one.kind in _ORDERS]
    ordered = {entry.name for entry in listed}
    given = [_listed(one, drugs) for one in found if one.kind in _GIVEN]
    return listed + [entry for entry in given if entry.name not in ordered]


def _listed(one: _Medicine, drugs: dict[str, str]) -> Listed:
    linked = (drugs.get(t) or drugs.get("/".join(t.split("/")[-2:]), "") for t in one.targets)
    return Listed(one.name or next(filter(None, linked), "") or one.display or unnamed(), one.status, one.day, one.dose)


def _medicine(resource: dict[str, Any]) -> _Medicine:
    own = {f"#{r.get('id')}": words(r.get("code")) for r in parts(resource.get("contained"))}
    one: dict[str, Any] = next(iter(parts(resource.get("medication"))), {})  # R5 and DSTU1 keep both kinds in here
    links = [*parts(resource.get("medicationReference")), *parts(one.get("reference")), one]
    targets = [target for link in links[:4] if (target := text(link.get("reference")))]
    name = words(resource.get("medicationCodeableConcept")) or words(one.get("concept"))
    name = name or next(filter(None, (own.get(target) for target in targets)), "") or words(resource.get("code"))
    display = next(filter(None, (text(link.get("display")) for link in links)), "")
    said = ("authoredOn", "dateWritten", "effectivePeriod", "effectiveDateTime", "dateAsserted", "whenHandedOver")
    status, when = _taken(resource) or code(resource.get("status")), _day_of(resource, *said)
    kind, called, number = resource["resourceType"], list[str](), text(resource.get("id"))
    if kind == "Medication":
        called = [f"Medication/{number}", f"urn:uuid:{number}", text(resource.get("fullUrl"))]
    return _Medicine(kind, called, name, targets, display, status, when, _dose(resource))


def _dose(resource: dict[str, Any]) -> str:
    """How a medicine is taken, in the words of the file; they may be in any of the fields of the versions."""
    for key in ("dosageInstruction", "dosage"):
        for one in parts(resource.get(key)):
            if said := text(one.get("text")) or text(one.get("patientInstruction")):
                return said
    return ""


def _taken(resource: dict[str, Any]) -> str:
    """Whether a medicine is not taken, or must not be, as each version of FHIR says besides the status."""
    flags = (resource.get(name) for name in ("wasNotTaken", "wasNotGiven", "notGiven", "doNotPerform"))
    said = any(flag is True or flag == "true" for flag in flags) or code(resource.get("taken")) in ("n", "na")
    concept = (resource.get("medicationCodeableConcept"), resource.get("medication"))
    inner = [one.get("concept") for one in parts(list(concept))]
    if said:
        return "not-taken"
    return NONE if any(_is_none(one) for one in parts([*concept, *inner])) else ""


def _is_withdrawn(resource: dict[str, Any]) -> bool:
    return is_withdrawn(code(resource.get("status")))


def _is_none_known(resource: dict[str, Any]) -> bool:
    """Whether an allergy's code says that none is known; "not asked" is something else."""
    codes = coded([*parts(resource.get("code")), *parts(resource.get("substance"))])
    return any(code in CODES or code.startswith("no-known-") for code in codes)


def unnamed() -> str:
    return tr("(no name in the file)")


def _allergy(resource: dict[str, Any]) -> Listed:
    caused = [words(r.get("substance")) for r in parts(resource.get("reaction"))]
    name = (
        words(resource.get("code")) or words(resource.get("substance")) or next(filter(None, caused), "") or unnamed()
    )
    entry = Listed(name, _state(resource), _day_of(resource, "recordedDate", "assertedDate", "onset"))
    return _stated(entry, resource.get("code"), resource.get("substance"))


def _condition(resource: dict[str, Any]) -> Listed:
    said = ("onsetDateTime", "onsetPeriod", "recordedDate", "dateRecorded", "assertedDate")
    entry = Listed(words(resource.get("code")) or unnamed(), _state(resource), _day_of(resource, *said))
    return _stated(entry, resource.get("code"))


def _state(resource: dict[str, Any]) -> str:
    """The status in the file: verification, unless it is negated or nothing else is given."""
    doubt = code(resource.get("verificationStatus")) or code(resource.get("status"))
    said = code(resource.get("clinicalStatus")) or code(resource.get("status"))
    return doubt if is_withdrawn(doubt) or not said else said


def _day_of(resource: dict[str, Any], *names: str) -> str:
    return next((found for name in names if (found := day(resource.get(name)))), "")


def _stated(entry: Listed, *concepts: Any) -> Listed:
    """The entry, with the meaning of its code if that is a negation."""
    if any(_is_none(concept) for concept in parts(list(concepts))) and not is_withdrawn(entry.status):
        entry.status = NONE
    return entry


def _is_none(concept: dict[str, Any]) -> bool:
    """Whether a coded value says that there is nothing, and no other code of it names something."""
    codes = parts(concept.get("coding")) or [concept]
    none = [one for one in codes if is_none_code(one.get("code"), one.get("system"))]
    said = [text(one.get("display")) for one in codes if one not in none] + [text(concept.get("text"))]
    named = [name for name in said if name and not says_nothing(name)]
    if none:
        return not any(name not in [text(one.get("display")) for one in none] for name in named)
    absent = any("data-absent-reason" in text(e.get("url")) for e in parts(concept.get("extension")))
    return absent and not words(concept)
