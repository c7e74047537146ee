"""Made-up cases for all tests. All people are invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from workbook.case import Case, add, put
from workbook.session import Session
from workbook.store.sqlite import SQLiteStore

NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)

WALTER = {
    "nickname": "Knee",
    "person.name": "Walter Example-Finch",
    "goal.own_words": "I want to know whether the knee must be replaced now.",
    "goal.decide_by": "2026-12-07",
    "visit.note_taker": "My sister",
    "own.ride": "My neighbor",
    "steps.1-goal": True,
}
CLINICIANS: list[dict[str, Any]] = [
    {"id": "c-first", "name": "Dr. Solveig Marsh-Invented", "role": "first", "facility": "Lakeside Made-Up Clinic"},
    {"id": "c-second", "name": "Dr. Teodor Quill-Invented", "role": "second", "facility": "North Fable Hospital"},
]
RECORDS: list[dict[str, Any]] = [
    {"id": "r-mri", "kind": "imaging_study", "title": "MRI of the left knee", "needed_for": ["c-second"]},
    {"id": "r-report", "kind": "imaging_report", "title": "Report of the MRI", "paired_with": "r-mri"},
]


def case(case_id: str = "knee", **values: Any) -> Case:
    """A case with something in every step; more values by path, with `__` for a dot."""
    made = Case(id=case_id, synthetic=True)
    for item in CLINICIANS:
        made = add(made, "clinicians", item)
    for item in RECORDS:
        made = add(made, "records.items", item)
    made = add(made, "opinions", {"id": "o-first", "clinician": "c-first", "diagnosis": "Worn cartilage"})
    made = add(made, "insurance.calls", {"id": "call1", "rep": "Jo"})
    made = put(made, "viewed.r-mri.c-second.how", "images")
    given = {**WALTER, **{path.replace("__", "."): value for path, value in values.items()}}
    for path, value in given.items():
        made = put(made, path, value)
    return made


def large_case(records: int = 200, case_id: str = "large") -> Case:
    """A case with many records, as after a long illness."""
    made = case(case_id)
    for number in range(records):
        title = f"Invented test number {number}, with a long enough name"
        made = add(made, "records.items", {"id": f"r{number:04}", "title": title, "facility": "Lakeside"})
    return made


class Clock:
    """A clock that a test advances."""

    def __init__(self, now: dt.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += dt.timedelta(**amount)


def store(home: Path, clock: Clock | None = None, *, patience: float = 10.0) -> SQLiteStore:
    """A store in this home that uses the test's clock."""
    return SQLiteStore(home, now=clock or Clock(), patience=patience)


def session(home: Path, *, who: str = "self", of: Case | None = None, clock: Clock | None = None) -> Session:
    """A session of the case; the case is stored first if it is missing."""
    place, made = store(home, clock), of or case()
    if made.id not in {s.id for s in place.cases()}:
        place.create(made)
    return Session(place, made.id, who)
