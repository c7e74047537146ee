"""The bundle that a patient hands over at a visit: the story, and the facts beside it. Knows the case.

Follows "Patient-Shared Health Documents via SMART Health Links" (ktc-spec.github.io, version 0.10.2, draft for July
2026): a FHIR R4 `collection` with one Patient, `urn:uuid` addresses, PDFs inside, and no `meta.profile`. The story PDF
has LOINC 51855-5; the PDF that shows every other resource has 60591-5.
"""

from __future__ import annotations

import base64
from typing import Any

from ...case import Case
from ...locale import tr
from ..catalog import Wanted
from ..context import as_read
from .elements import LOINC, Resource, concept, entry, instant, urn, written
from .health import Fact, allergies, conditions, goals, medication_requests, observations
from .patient import patient, reference
from .summary import nothing_known

STORY = ("51855-5", "Patient Note")
SUMMARY = ("60591-5", "Patient summary Document")
_PATIENT_ASSERTED = ("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "PATAST")
_SHARED = ("https://cms.gov/fhir/CodeSystem/patient-shared-category", "patient-shared", "Patient Shared")


def bundle(case: Case, wanted: Wanted) -> bytes:
    """The bundle as JSON; CannotExport if its PDFs cannot show what was typed."""
    seen = as_read(case, wanted)
    who = reference(case)
    facts: list[Fact] = [
        *conditions(seen, who),
        *medication_requests(seen, who),
        *allergies(seen, who),
        *nothing_known(seen, who),
        *observations(seen, who),
        *goals(seen, who),
    ]
    papers = [
        _paper(case, wanted, who, "patient-story", STORY, tr("Patient story")),
        _paper(case, wanted, who, "ips", SUMMARY, tr("Patient summary")),
    ]
    return written(
        {
            "resourceType": "Bundle",
            "type": "collection",
            "timestamp": instant(wanted.today),
            "entry": [
                entry(who["reference"], patient(seen)),
                *(entry(urn(case.id, fact.path), fact.resource) for fact in facts),
                *papers,
            ],
        }
    )


def _paper(case: Case, wanted: Wanted, who: Resource, document: str, code: tuple[str, str], title: str) -> Resource:
    """One of our PDFs as a DocumentReference with the file inside."""
    from .. import export

    options: dict[str, Any] = {"include": wanted.include, "paper": wanted.paper, "second": wanted.second}
    data = export.make(case, document, "pdf", wanted.today, **options)
    system, shared, display = _SHARED
    return entry(
        urn(case.id, f"documents.{document}"),
        {
            "resourceType": "DocumentReference",
            "meta": {"security": [{"system": _PATIENT_ASSERTED[0], "code": _PATIENT_ASSERTED[1]}]},
            "status": "current",
            "type": concept(code[1], (LOINC, *code)),
            "category": [concept("", (system, shared, display))],
            "subject": who,
            "date": instant(wanted.today),
            "author": [who],
            "content": [
                {
                    "attachment": {
                        "contentType": "application/pdf",
                        "data": base64.b64encode(data).decode("ascii"),
                        "title": title,
                    }
                }
            ],
        },
    )
