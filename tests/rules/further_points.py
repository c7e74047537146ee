"""Twelve more days of other made-up cases, for "Do this next". Knows the model; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.rules.lifetime import FIRST, SECOND, Point
from workbook.case import Case

_GOAL = {"kinds": ["understand_options"], "safe_wait": {"until": "2027-02-28", "said_by": "Dr. Ames-Invented"}}
_MEDICARE = {"plan": {"type": "medigap", "supplement": "Plan G"}}
_TOLD = {"answer": "yes", "form": "written"}
_REFUSED = {"answer": "no", "form": "written"}
_ASKED = {
    "id": "k1",
    "when": "2026-12-01",
    "reference": "R-7",
    "answers": dict.fromkeys(("assignment", "deductible", "cost_share", "medigap", "repeat_tests"), _TOLD),
}
_DONE = {"plan": {"type": "medigap", "supplement": "Plan G"}, "calls": [_ASKED]}
_ITEMS = [
    {"id": "r1", "kind": "visit_note", "title": "Visit notes", "need": "required", "facility": "Lake Clinic"},
    {"id": "r2", "kind": "imaging_study", "title": "MRI images", "need": "required", "facility": "Fable Imaging"},
]
_ALL = [item | {"state": "received", "received_on": "2026-12-10"} for item in _ITEMS]
_ASK = {"route": "access_self", "state": "sent", "evidence": "letter"}


def _visit(start: str = "2027-01-12T09:00", **more: Any) -> dict[str, Any]:
    return {"appointments": [{"id": "v1", "clinician": "c-second", "state": "booked", "start": start, **more}]}


def _opinion(key: str, who: str, on: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "clinician": who, "on": on, "diagnosis": "Stenosis", "recommended": "Therapy", **more}


_WRITTEN = {"form": "written", "written_on": "2026-12-20"}
_BOTH = [_opinion("o1", "c-first", "2026-10-01", **_WRITTEN), _opinion("o2", "c-second", "2026-12-15", **_WRITTEN)]
_SAW = {r: {who: {"how": "images"} for who in ("c-first", "c-second")} for r in ("r1", "r2")}
_TITLES: dict[str, tuple[str, dict[str, Any]]] = {
    "a daughter starts: the plan is known, nothing else is": (
        "2026-12-01",
        {"mode": "caregiver", "goal": _GOAL, "clinicians": [FIRST], "insurance": _MEDICARE},
    ),
    "she called Medicare, and it would not talk to her": (
        "2026-12-02",
        {
            "mode": "caregiver",
            "goal": _GOAL,
            "insurance": {
                **_MEDICARE,
                "calls": [{"id": "k1", "when": "2026-12-02", "outcome": "refused_no_authority"}],
            },
            "visit": _visit(),
            "records": {"items": _ALL},
        },
    ),
    "the disc that came holds another person's scan": (
        "2026-12-05",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit(),
            "records": {
                "items": [_ALL[0], _ITEMS[1] | {"state": "problem"}],
                "media": [
                    {
                        "id": "m1",
                        "kind": "disc",
                        "sender": "Fable Imaging",
                        "received_on": "2026-12-04",
                        "checked_on": "2026-12-04",
                        "result": "other_patient",
                    }
                ],
            },
        },
    ),
    "an office wants more time, on the phone": (
        "2026-12-20",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit(cut_off="2027-01-05"),
            "records": {
                "items": [_ALL[0], _ITEMS[1] | {"state": "requested"}],
                "requests": [
                    {
                        "id": "q1",
                        "to": "Fable Imaging",
                        "items": ["r2"],
                        "received_by_holder_on": "2026-11-25",
                        "extension": {"announced_by": "phone", "new_date": "2027-01-20"},
                        **_ASK,
                    }
                ],
            },
        },
    ),
    "the cut-off was yesterday and the images are not here": (
        "2027-01-06",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit(cut_off="2027-01-05"),
            "records": {"items": [_ALL[0], _ITEMS[1] | {"state": "requested"}]},
            "health": {"medications_confirmed_on": "2027-01-04"},
        },
    ),
    "an office refused in writing": (
        "2026-12-12",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit(),
            "records": {
                "items": [_ALL[0], _ITEMS[1] | {"state": "refused"}],
                "requests": [
                    {
                        "id": "q1",
                        "to": "Fable Imaging",
                        "items": ["r2"],
                        "received_by_holder_on": "2026-11-25",
                        "denial": {"on": "2026-12-10", "reviewable": "yes"},
                        **_ASK,
                    }
                ],
            },
        },
    ),
    "the visit was two days ago, and nothing is written down": (
        "2026-12-17",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit("2026-12-15", state="done"),
            "records": {"items": _ALL},
            "opinions": [_BOTH[0]],
        },
    ),
    "both agree; a gene test is still open": (
        "2026-12-22",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit("2026-12-15", state="done"),
            "records": {
                "items": [
                    *_ALL,
                    {"id": "r3", "kind": "genetics", "title": "Genetic test", "state": "pending_result"}
                    | {"can_change_plan": {"said_by": "Dr. Brandt-Invented", "on": "2026-12-15"}},
                ]
            },
            "opinions": _BOTH,
            "viewed": _SAW,
            "compare": {"diagnosis_class": "same", "treatment_class": "same"},
        },
    ),
    "both agree, and everything is in": (
        "2026-12-22",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit("2026-12-15", state="done"),
            "records": {"items": _ALL},
            "opinions": _BOTH,
            "viewed": _SAW,
            "compare": {"diagnosis_class": "same", "treatment_class": "same"},
        },
    ),
    "the appeal was lost, with nine days left for the outside review": (
        "2027-01-05",
        {
            "goal": _GOAL,
            "insurance": {
                "plan": {"type": "marketplace"},
                "calls": [
                    {
                        **_ASKED,
                        "answers": dict.fromkeys(("referral", "prior_auth", "network", "cost_share"), _REFUSED)
                        | {"repeat_tests": _TOLD},
                    }
                ],
                "networks": [
                    {"id": "n1", "body": "facility", "state": "in"},
                    {"id": "n2", "body": "imaging", "state": "in"},
                ],
                "denials": [
                    {"id": "d1", "what": "MRI", "state": "lost", "filed_on": "2026-08-20", "decided_on": "2026-09-14"}
                ],
            },
            "visit": _visit("2027-02-10"),
            "records": {"items": _ALL},
        },
    ),
    "surgery in twelve days, and no second visit is booked": (
        "2026-12-04",
        {
            "goal": {
                "kinds": ["is_surgery_needed"],
                "held_slot": {"what": "Surgery", "on": "2026-12-16", "where": "Lake Clinic"},
            },
            "insurance": _MEDICARE,
        },
    ),
    "decided, both offices know, nothing is booked": (
        "2026-12-30",
        {
            "goal": _GOAL,
            "insurance": _DONE,
            "visit": _visit("2026-12-15", state="done"),
            "records": {"items": _ALL},
            "opinions": _BOTH,
            "decision": {
                "what": "Therapy",
                "on": "2026-12-28",
                "told": [
                    {"id": f"t{n}", "clinician": who, "on": "2026-12-29"}
                    for n, who in enumerate(("c-first", "c-second"))
                ],
            },
        },
    ),
}


def points() -> Iterator[Point]:
    """The points, each a case of its own."""
    for title, (today, sections) in _TITLES.items():
        base = {"id": "further", "synthetic": True, "clinicians": [FIRST, SECOND]}
        yield Point(title, today, Case.model_validate({**base, **sections}))
