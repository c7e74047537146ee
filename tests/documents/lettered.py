"""A made-up case with a record request, and the text of its letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.documents import paper as printed
from workbook.case import Case, add, put

TODAY = dt.date(2026, 11, 25)
OFFICE = "Harrow Ridge medical records"
RECORDS: list[dict[str, Any]] = [
    {"id": "r1", "kind": "visit_note", "title": "Consult note", "service_date": "2026-10-27"},
    {"id": "r2", "kind": "imaging_study", "title": "Lumbar spine", "modality": "MR", "accession": "MR-44"},
    {"id": "r3", "kind": "slides", "title": "Core biopsy slides", "accession": "S26-04417"},
    {"id": "r4", "kind": "lab", "title": "Secret lab", "private": True},
    {"id": "r5", "kind": "imaging_study", "title": "Screening mammogram", "modality": "MG"},
]
HELPERS = {"caregiver": {"relationship": "daughter"}, "advocate": {"credential": "BCPA"}}


def case(mode: str = "self", route: str | None = "access_self", **request: Any) -> Case:
    """A case with one request of that route; the helper has no authorization."""
    made = Case(id="letter", synthetic=True)
    for path, value in (
        ("mode", mode),
        ("person.name", "Walter Example-Finch"),
        ("person.birth_date", "1953-06-21"),
        ("person.phone", "(614) 555-0127"),
        ("person.address", "1 Made-Up Lane\nColumbus, OH 43004"),
    ):
        made = put(made, path, value)
    if mode in HELPERS:
        helper = {"id": "helper", "name": "Ngozi Fable", "role": mode, "phone": "(919) 555-0133", **HELPERS[mode]}
        made = add(made, "parties", helper)
    second = {"id": "second", "name": "Dr. Amara Quill-Invented", "role": "second", "facility": "North Fable Hospital"}
    made = add(made, "clinicians", second)
    for item in RECORDS:
        made = add(made, "records.items", item)
    asked = {"id": "q", "to": OFFICE, "items": [r["id"] for r in RECORDS], "route": route}
    return add(made, "records.requests", {**asked, **request})


def paper(made: Case, kind: str = "hipaa_authorization", **more: Any) -> Case:
    """The case with a signed authorization for the helper."""
    signed = {"id": "p", "party": "helper", "kind": kind, "holder": "Harrow Ridge", "signed_on": "2026-10-28"}
    return add(made, "authorities", {**signed, **more})


def words(made: Case, letter: str = "records-request", about: str = "q", today: dt.date = TODAY, **wanted: Any) -> str:
    """The text of the printed letter, with single spaces, in reading order."""
    return printed.text(made, letter, today, about=about, **wanted)


def notes(made: Case, letter: str = "records-request", about: str = "q", today: dt.date = TODAY, **wanted: Any) -> str:
    """What the sender should check before sending the letter."""
    return printed.notes(made, letter, today, about=about, **wanted)
