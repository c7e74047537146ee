"""The International Patient Summary: a page and a FHIR R4 document of the same sections. Knows the case.

Shaped after the IPS guide (hl7.org/fhir/uv/ips): Composition 60591-5 with problems, allergies and medicines always
there. "Nobody asked" and "none" are told apart with the guide's absent-or-unknown codes (version 1.1.0; version 2.0.0
accepts them and prefers SNOMED CT or an empty section with a reason, so "no known allergies" has both codes).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ...case import Case, YesNo
from ...locale import language, tr
from ..catalog import Wanted
from ..context import as_read, framed
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, lines
from . import health
from .elements import LOINC, Resource, absent, concept, entry, instant, narrative, term, urn, written
from .health import Fact
from .patient import author, patient, reference, rows

_ABSENT_OR_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
_SNOMED_NONE = ("http://snomed.info/sct", "716186003", "No known allergy")
_COMPOSITION = "composition"


class Section(NamedTuple):
    """One section: its facts, and sentences for what has no entry of its own. `reason` says why it has none."""

    title: str
    code: str
    facts: list[Fact]
    told: list[str]
    reason: str = ""


def page(case: Case, wanted: Wanted) -> dict[str, Any]:
    """The summary to read: it shows everything that the bundle has."""
    seen = as_read(case, wanted)
    blocks: list[B.Block] = [B.heading(2, tr("Patient")), B.details(rows(seen))]
    for section in sections(seen, reference(seen)):
        blocks.append(B.heading(2, section.title))
        if section.facts:
            blocks.append(B.listing([_row(fact) for fact in section.facts]))
        blocks += [B.para(told) for told in section.told]
    return framed(seen, wanted, tr("Patient summary"), blocks, size=10.5)


def _row(fact: Fact) -> list[B.Run]:
    return [B.text(fact.name, b=True), *([B.text(f": {fact.told}")] if fact.told else [])]


def bundle(case: Case, wanted: Wanted) -> bytes:
    """The summary as a FHIR document, in JSON."""
    seen = as_read(case, wanted)
    who = reference(seen)
    found = sections(seen, who)
    made: list[Resource] = []
    for section in found:
        for fact in section.facts:
            made += _entries(seen, fact, who)
    address = urn(case.id, _COMPOSITION)
    composition = {
        "resourceType": "Composition",
        "status": "final",
        "type": concept("", (LOINC, "60591-5", "Patient summary Document")),
        "subject": who,
        "date": instant(wanted.today),
        "author": author(seen),
        "title": tr("Patient summary"),
        "section": [_section(seen, section) for section in found],
    }
    return written(
        {
            "resourceType": "Bundle",
            "language": language(),
            "identifier": {"system": "urn:ietf:rfc:3986", "value": urn(case.id, f"ips/{wanted.today}")},
            "type": "document",
            "timestamp": instant(wanted.today),
            "entry": [entry(address, composition), entry(who["reference"], patient(seen)), *made],
        }
    )


def _section(case: Case, section: Section) -> Resource:
    told = [*(joined([fact.name, fact.told], ": ") for fact in section.facts), *section.told]
    return {
        "title": section.title,
        "code": {"coding": [{"system": LOINC, "code": section.code}]},
        "text": narrative(told),
        "entry": [{"reference": urn(case.id, _place(fact))} for fact in section.facts],
        "emptyReason": term("list-empty-reason", section.reason) if section.reason and not section.facts else {},
    }


def _place(fact: Fact) -> str:
    """What a section points at: for a device, the statement that it is in use."""
    return f"{fact.path}.use" if fact.resource["resourceType"] == "Device" else fact.path


def _entries(case: Case, fact: Fact, who: Resource) -> list[Resource]:
    made = [entry(urn(case.id, fact.path), fact.resource)]
    if fact.resource["resourceType"] == "Device":
        use = {
            "resourceType": "DeviceUseStatement",
            "status": "active",
            "subject": who,
            "_timingDateTime": absent(),
            "device": {"reference": made[0]["fullUrl"]},
        }
        made.insert(0, entry(urn(case.id, _place(fact)), use))
    return made


def sections(case: Case, who: Resource) -> list[Section]:
    """The sections in the order of the guide; the three that it requires are always there."""
    found = [
        _problems(case, who),
        _allergies(case, who),
        _medicines(case, who),
        Section(tr("Test results"), "30954-2", health.observations(case, who), []),
        _devices(case, who),
        Section(tr("Other illnesses and surgeries"), "11348-0", [], _history(case)),
        Section(tr("Pregnancy"), "10162-6", [], _pregnancy(case)),
        Section(tr("What matters to the patient"), "81338-6", health.goals(case, who), _story(case)),
    ]
    return [section for section in found if section.facts or section.told]


def _unknown(path: str, code: str, words: str, resource: Resource) -> Fact:
    """An entry that says that nothing is known, or that there is nothing."""
    coded = concept(words, (_ABSENT_OR_UNKNOWN, code, words))
    key = "medicationCodeableConcept" if resource["resourceType"] == "MedicationStatement" else "code"
    return Fact(path, words, "", {**resource, key: coded})


def _problems(case: Case, who: Resource) -> Section:
    title, code = tr("Diagnoses"), "11450-4"
    found = health.conditions(case, who)
    if found:
        return Section(title, code, found, [])
    if case.records.show_first_conclusion is YesNo.NO:
        told = tr("What the first clinician concluded is left out, at the patient's request. Ask to see it afterward.")
        return Section(title, code, [], [told], "withheld")
    none = _unknown(
        "health.problems",
        "no-problem-info",
        "No information about problems",
        {"resourceType": "Condition", "subject": who},
    )
    return Section(title, code, [none], [])


def nothing_known(case: Case, who: Resource) -> list[Fact]:
    """That there are no allergies, if somebody said so."""
    if case.health.has_allergies is not YesNo.NO or health.allergies(case, who):
        return []
    words = "No known allergies"
    coded = concept(words, (_ABSENT_OR_UNKNOWN, "no-known-allergies", words), _SNOMED_NONE)
    return [Fact("health.allergies", words, "", health.allergy(coded, who))]


def _allergies(case: Case, who: Resource) -> Section:
    title, code = tr("Allergies"), "48765-2"
    found = health.allergies(case, who) or nothing_known(case, who)
    if not found and case.health.has_allergies is YesNo.YES:
        named = tr("Not named")
        found = [Fact("health.allergies", named, "", health.allergy({**absent(), "text": named}, who))]
    if not found:
        blank = health.allergy({}, who)
        found = [_unknown("health.allergies", "no-allergy-info", "No information about allergies", blank)]
    return Section(title, code, found, [])


def _medicines(case: Case, who: Resource) -> Section:
    asked = case.health
    found = health.medication_statements(case, who)
    thinner = _told(asked.blood_thinner, asked.blood_thinner_name)
    told = [tr("Blood thinner: {answer}").format(answer=thinner)] if thinner else []
    reason = ""
    if not found and asked.blood_thinner is YesNo.YES:
        reason = "unavailable"  # it says above that there is a medicine, so "no information" would be wrong
    elif not found:
        resource = {
            "resourceType": "MedicationStatement",
            "status": "unknown",
            "subject": who,
            "_effectiveDateTime": absent(),
        }
        found = [_unknown("health.medications", "no-medication-info", "No information about medications", resource)]
    return Section(tr("Medicines"), "10160-0", found, told, reason)


def _devices(case: Case, who: Resource) -> Section:
    asked = case.health
    found = health.devices(case, who) if asked.implants is not YesNo.NO else []
    said = "" if found else _told(asked.implants, asked.implants_what)
    told = [tr("Implants, devices: {answer}").format(answer=said)] if said else []
    reason = "nilknown" if asked.implants is YesNo.NO else "unavailable"
    return Section(tr("Implants and devices"), "46264-8", found, told, reason)


def _history(case: Case) -> list[str]:
    kidney = _told(case.health.kidney, case.health.kidney_note)
    kept = [line.strip() for line in case.health.history.splitlines() if line.strip()]
    return [*kept, *([tr("Kidney problem: {answer}").format(answer=kidney)] if kidney else [])]


def _pregnancy(case: Case) -> list[str]:
    said = _told(case.health.pregnancy, "")
    return [tr("Pregnancy possible: {answer}").format(answer=said)] if said else []


def _story(case: Case) -> list[str]:
    worries = [worry.text for worry in case.goal.worries.values() if worry.text.strip()]
    return [
        *([f"“{lines(case.goal.own_words)}”"] if case.goal.own_words.strip() else []),
        *(tr("Worry: {text}").format(text=worry) for worry in worries),
    ]


def _told(answer: YesNo | None, detail: str) -> str:
    """An answer with its detail; "" if nobody was asked."""
    said = {YesNo.YES: tr("Yes"), YesNo.NO: tr("No"), YesNo.UNKNOWN: tr("Not known")}
    return joined([said[answer] if answer else "", lines(detail)], ": ")
