"""The patient as a FHIR R4 resource, and the same for a page. Knows the case; the address only if it was chosen."""

from __future__ import annotations

from ...case import Case, YesNo, helper_of
from ...locale import tr
from ..wording import day, joined, lines, words
from .elements import Resource, absent, date, urn


def reference(case: Case) -> Resource:
    """What the other resources of a bundle say about whom they are about."""
    return {"reference": urn(case.id, "person"), "display": case.person.name or case.person.preferred_name}


def patient(case: Case) -> Resource:
    """The Patient. A name is not split into parts; nobody was asked for the gender, which FHIR calls "unknown"."""
    person = case.person
    born = date(person.birth_date)
    return {
        "resourceType": "Patient",
        "name": [
            # the family name is not known apart from the rest
            {"text": person.name, "_family": absent("unsupported")} if person.name.strip() else absent(),
            *([{"use": "nickname", "text": person.preferred_name}] if person.preferred_name.strip() else []),
        ],
        "telecom": [
            {"system": system, "value": value}
            for system, value in (("phone", person.phone), ("email", person.email))
            if value.strip()
        ],
        "gender": "unknown",
        **({"birthDate": born} if born else {"_birthDate": absent()}),
        "address": [{"text": person.address}] if person.address.strip() else [],
        "communication": [{"language": {"text": person.language}, "preferred": True}]
        if person.language.strip()
        else [],
    }


def rows(case: Case) -> list[tuple[str, str]]:
    """What a page says about the patient, so that all of the resource is visible."""
    person = case.person
    needed = tr("interpreter needed") if person.interpreter is YesNo.YES else ""
    told = [
        (tr("Name"), person.name or tr("Name not given")),
        (tr("Likes to be called"), person.preferred_name),
        (tr("Born"), day(person.birth_date) or tr("Not given")),
        (tr("Phone"), person.phone),
        (tr("Email"), person.email),
        (tr("Address"), lines(person.address)),
        (tr("Language"), joined([person.language, needed])),
    ]
    return [(name, value) for name, value in told if value]


def author(case: Case) -> list[Resource]:
    """The patient, and by name the helper who writes for them."""
    helper = helper_of(case)
    who = joined([helper.name, helper.credential or words(helper.role).lower()]) if helper and helper.name else ""
    return [reference(case), *([{"display": who}] if who else [])]
