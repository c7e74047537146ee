"""One made-up case through its life, point by point, for "Do this next". Knows the model; judges nothing.

Each point is a day and what is known on it, added to what was known before.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from workbook.case import Case

FIRST = {"id": "c-first", "name": "Dr. Ames-Invented", "role": "first", "facility": "Lake Clinic"}
SECOND = {"id": "c-second", "name": "Dr. Brandt-Invented", "role": "second", "facility": "Fable Hospital"}
SPOKEN = {"answer": "yes", "form": "verbal"}


class Point(NamedTuple):
    """One day of the case."""

    title: str
    today: str
    case: Case


_START: dict[str, Any] = {"id": "lifetime", "synthetic": True, "mode": "self"}
_CALL = {
    "id": "k1",
    "when": "2026-09-14",
    "reference": "R-1",
    "answers": {
        "referral": {"answer": "no", "form": "verbal"},
        "prior_auth": {"answer": "yes", "form": "verbal"},
        "network": {"answer": "no", "form": "verbal"},
        "cost_share": SPOKEN,
        "repeat_tests": SPOKEN,
    },
}
_RECORDS = [
    {"id": "r1", "kind": "visit_note", "title": "Visit notes", "need": "required", "state": "requested"},
    {"id": "r2", "kind": "imaging_report", "title": "MRI report", "need": "required", "state": "requested"},
    {"id": "r3", "kind": "imaging_study", "title": "MRI images", "need": "required", "state": "requested"},
]
_REQUEST = {
    "id": "q1",
    "to": "Lake Clinic records",
    "route": "access_self",
    "state": "sent",
    "items": ["r1", "r2", "r3"],
    "sent_on": "2026-09-10",
    "received_by_holder_on": "2026-09-10",
    "evidence": "letter",
}
_VISIT = {"id": "v1", "clinician": "c-second", "state": "booked", "start": "2026-10-20T10:00", "cut_off": "2026-10-13"}
_SAW = {"r1", "r2", "r3"}
_OPINIONS = [
    {"id": "o1", "clinician": "c-first", "on": "2026-08-28", "form": "written", "written_on": "2026-08-28"}
    | {"diagnosis": "Stenosis", "recommended": "Surgery"},
    {"id": "o2", "clinician": "c-second", "on": "2026-10-20", "form": "draft"}
    | {"diagnosis": "Stenosis", "recommended": "No surgery, therapy first"},
]
_CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("just diagnosed, opens the workbook", "2026-09-01", {}),
    (
        "goal and surgery day entered, no second clinician",
        "2026-09-01",
        {
            "clinicians": [FIRST],
            "goal": {
                "kinds": ["is_surgery_needed"],
                "decide_by": "2026-11-09",
                "stakes": "high",
                "reversible": "no",
                "held_slot": {"what": "Spine surgery", "on": "2026-11-16", "where": "Lake Clinic"},
            },
        },
    ),
    ("second clinician chosen, not yet called", "2026-09-02", {"clinicians": [FIRST, SECOND]}),
    ("plan noted", "2026-09-03", {"insurance": {"plan": {"type": "employer_insured"}}}),
    ("visit booked for October 20", "2026-09-08", {"visit": {"appointments": [_VISIT]}}),
    ("records asked for", "2026-09-10", {"records": {"items": _RECORDS, "requests": [_REQUEST]}}),
    ("called: prior authorization needed, clinician out of network", "2026-09-14", {"insurance": {"calls": [_CALL]}}),
    (
        "prior authorization sent in",
        "2026-09-17",
        {
            "insurance": {
                "prior_auths": [
                    {"id": "p1", "service": "Second opinion visit", "state": "submitted", "submitted_on": "2026-09-17"}
                ]
            }
        },
    ),
    (
        "the plan wants more information",
        "2026-09-21",
        {
            "insurance": {
                "prior_auths": [
                    {
                        "id": "p1",
                        "service": "Second opinion visit",
                        "state": "more_info",
                        "submitted_on": "2026-09-17",
                        "info_letter_on": "2026-09-21",
                    }
                ]
            }
        },
    ),
    (
        "denied; the visit is in two weeks",
        "2026-10-05",
        {
            "insurance": {
                "prior_auths": [
                    {
                        "id": "p1",
                        "service": "Second opinion visit",
                        "state": "denied",
                        "submitted_on": "2026-09-17",
                        "notice_date": "2026-10-02",
                        "received_on": "2026-10-05",
                    }
                ]
            }
        },
    ),
    (
        "report and notes came, no images; four days to the cut-off",
        "2026-10-09",
        {
            "records": {
                "items": [
                    _RECORDS[0] | {"state": "received", "received_on": "2026-10-08"},
                    _RECORDS[1] | {"state": "received", "received_on": "2026-10-08"},
                    _RECORDS[2],
                ],
                "requests": [_REQUEST | {"state": "partly", "partly_received_on": "2026-10-08"}],
            }
        },
    ),
    (
        "the day before the visit, all here",
        "2026-10-19",
        {
            "records": {
                "items": [r | {"state": "received", "received_on": "2026-10-12"} for r in _RECORDS],
                "requests": [_REQUEST | {"state": "fulfilled", "fulfilled_on": "2026-10-12"}],
            },
            "insurance": {
                "denials": [
                    {
                        "id": "d1",
                        "what": "Second opinion visit",
                        "state": "won",
                        "notice_date": "2026-10-02",
                        "filed_on": "2026-10-07",
                    }
                ]
            },
            "health": {"medications_confirmed_on": "2026-10-16"},
            "visit": {
                "questions": [{"id": f"w{n}", "text": f"Question {n}?", "top": True, "minutes": 3} for n in (1, 2, 3)]
            },
        },
    ),
    (
        "the day after: the second says no surgery; surgery is booked for November 16",
        "2026-10-21",
        {
            "visit": {"appointments": [_VISIT | {"state": "done"}]},
            "opinions": _OPINIONS,
        },
    ),
    (
        "both saw the same, opposite advice; decide by November 9",
        "2026-10-30",
        {
            "opinions": [_OPINIONS[0], _OPINIONS[1] | {"form": "written", "written_on": "2026-10-27"}],
            "viewed": {r: {who: {"how": "images"} for who in ("c-first", "c-second")} for r in sorted(_SAW)},
            "compare": {"diagnosis_class": "same", "treatment_class": "different"},
        },
    ),
    (
        "decided for therapy; the surgery slot is nine days away",
        "2026-11-07",
        {"decision": {"what": "Therapy first", "on": "2026-11-07"}},
    ),
)


def points() -> Iterator[Point]:
    """The points in order."""
    known = copy.deepcopy(_START)
    for title, today, change in _CHANGES:
        _add(known, change)
        yield Point(title, today, Case.model_validate(copy.deepcopy(known)))


def _add(known: dict[str, Any], change: dict[str, Any]) -> None:
    for key, value in change.items():
        if isinstance(value, dict) and isinstance(known.get(key), dict):
            _add(known[key], value)
        else:
            known[key] = copy.deepcopy(value)
