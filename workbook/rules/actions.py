"""The plan behind "Do this next": for each alert how much depends on it, how long it takes, and whom to call.

Knows the view and the alerts' ids. Times are what such a call or paper usually takes; no law is in them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..locale import N_
from .clocks.critical_path import by_item
from .context import View
from .results import Alert, NextStep

PLAN, CLINIC, FIRST, OFFICE = "plan", "clinic", "first", "office"

_CARD = N_("the insurance card, paper and a pen")
_REQUEST = N_("the date of the request, and the birth date")
_DATES = N_("the dates in this workbook")
_LETTER = N_("the plan's letter")
_APPEAL = N_("the plan's letter, the clinician's reasons, the records")
_VISIT = N_("the date of the visit, and the plan's name")


ORDER = (
    # what cannot be undone: privacy, a treatment before any opinion, the visit itself
    ("A-11", "A-38", "A-37", "A-03", "A-39", "booked", "pack"),
    # rights and days that run out, and what the visit depends on
    (
        *(
            "goal",
            "write-down",
            "A-43",
            "A-17",
            "A-40",
            "A-45",
            "fetch",
            "A-41",
            "A-18",
            "A-42",
            "A-02",
            "A-46",
            "A-04",
        ),
        *(
            "A-06",
            "A-05",
            "send-letter",
            "A-21",
            "book",
            "choose",
            "A-20",
            "A-14",
            "A-15",
            "ask-for-records",
            "plan-soon",
        ),
        *("A-47",),
        *("A-27", "talk", "A-44", "clinic-asks", "A-48", "keep-visit", "carry-out"),
    ),
    # the rest
    (
        *("visit-note", "A-25", "slot", "A-24", "who-saw", "A-07", "A-10", "A-09", "A-12", "D-01", "A-08"),
        *("side-by-side", "A-26", "plan-type", "A-16", "A-36", "A-35", "A-29", "A-33", "A-19"),
        *("A-23", "A-22", "decide"),
    ),
)
"""Alerts by id and our own steps by name: what harms most first, then what takes others longest."""

_PLACES = {key: (tier, n) for n, (tier, key) in enumerate((t, k) for t, keys in enumerate(ORDER) for k in keys)}


def place(key: str, *, is_blocker: bool = False) -> tuple[int, int]:
    """The tier and the order of an alert or step; only a blocker is in the tier of its kind, the others after it.

    KeyError for what is not in the plan.
    """
    tier, order = _PLACES[key]
    return (tier if is_blocker else tier + 1), order


def is_planned(key: str) -> bool:
    """Whether something can be done about the alert today."""
    return key in _PLACES


_CALLS = frozenset(
    {*("A-39", "A-18", "A-25", "A-27", "A-36"), *("booked", "fetch", "slot", "talk", "visit-note", "carry-out")}
)
"""What asks somebody and names no party, as no second ask goes to the same place."""

_LETTERS = frozenset({"A-05"})
"""What asks for a letter and no longer for a call once it is a blocker."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, by its name in the plan, with the date that makes it urgent and whom to call."""

    key: str
    step: NextStep
    due: dt.date | None = None
    party: str = ""
    is_blocker: bool = False

    @property
    def is_call(self) -> bool:
        """Whether somebody has to answer it: an office, a plan, a clinic."""
        if self.key in _LETTERS and self.is_blocker:
            return False
        return bool(self.party) or self.key in _CALLS

    @property
    def id(self) -> str:
        """What names it in `Case.postponed`: the plan's name and the entry, without a dot, as a path has them."""
        return f"{self.key} {self.step.about.replace('.', '/')}".strip()


@dataclass(frozen=True, slots=True)
class Kind:
    """How an alert becomes an action: whom to call, how many minutes it takes, what to have at hand.

    `early` is how many days before its date it helps to start; None means at once.
    """

    party: str = ""
    minutes: int = 10
    at_hand: str = ""
    early: int | None = None
    for_the_visit: bool = False  # it must be done before the visit, whatever its own date
    today: bool = False  # it is for today, before what has a date of its own
    even_if_mild: bool = False
    at_home: bool = False  # it needs nobody: on a day when offices are closed, it is offered sooner than it presses
    stops_before: int = 0  # days before the visit from which it no longer helps


def _kinds() -> dict[str, Kind]:
    return {
        "A-11": Kind(OFFICE, 15, at_hand=N_("the disc, and who made it")),
        "A-38": Kind(FIRST, at_hand=_DATES),
        "A-37": Kind(FIRST, at_hand=_DATES),
        "A-03": Kind(FIRST, at_hand=_DATES),
        "A-39": Kind(at_hand=N_("the date and place of the treatment")),
        "A-43": Kind(minutes=60, at_hand=_LETTER),
        "A-17": Kind(
            minutes=60, at_hand=N_("the plan's letter, the clinician's reasons, the records"), for_the_visit=True
        ),
        "A-40": Kind(at_hand=_LETTER, for_the_visit=True),
        "A-45": Kind(CLINIC, at_hand=N_("the list of records that are missing")),
        "A-41": Kind(CLINIC, at_hand=_CARD, for_the_visit=True),
        "A-18": Kind(at_hand=_VISIT, for_the_visit=True),
        "A-42": Kind(CLINIC, at_hand=_VISIT, for_the_visit=True),
        "A-46": Kind(PLAN, 30, _CARD, stops_before=1, for_the_visit=True),
        "A-05": Kind(OFFICE, at_hand=_REQUEST),
        "A-04": Kind(OFFICE, at_hand=_REQUEST, today=True),
        "A-21": Kind(CLINIC, at_hand=N_("where the patient will be that day"), for_the_visit=True),
        "A-02": Kind(FIRST, at_hand=_DATES, stops_before=4),
        "A-20": Kind(minutes=15, at_hand=N_("the form, and a pen"), for_the_visit=True),
        "A-47": Kind(minutes=15, at_hand=N_("the written report")),
        "A-48": Kind(minutes=15, at_hand=N_("the form, and a pen")),
        "A-27": Kind(at_hand=N_("the name of the test")),
        "A-44": Kind(minutes=20, at_hand=N_("the refusal letter")),
        "A-24": Kind(minutes=15, at_hand=N_("the list of records")),
        "A-07": Kind(OFFICE, at_hand=_REQUEST),
        "A-10": Kind(OFFICE, at_hand=N_("the report, with the date of the scan")),
        "A-09": Kind(OFFICE, at_hand=N_("the report, with the date of the scan")),
        "A-12": Kind(minutes=15, at_hand=N_("the pathology report")),
        "D-01": Kind(minutes=2, at_hand=N_("the letter or note with the date")),
        "A-08": Kind(minutes=10),
        "A-06": Kind(OFFICE, at_hand=_REQUEST),
        "A-25": Kind(at_hand=N_("the date of the visit")),
        "A-26": Kind(minutes=15),
        "A-16": Kind(PLAN, 20, _CARD),
        "A-14": Kind(PLAN, 30, _CARD, stops_before=2, even_if_mild=True),
        "A-15": Kind(PLAN, 30, _CARD, stops_before=2, even_if_mild=True),
        "A-36": Kind(at_hand=N_("the date you asked")),
        "A-35": Kind(CLINIC, at_hand=N_("the date of the scan")),
        "A-29": Kind(minutes=20),
        "A-33": Kind(minutes=15, even_if_mild=True),
        "A-19": Kind(PLAN, 30, _CARD, early=45, stops_before=2),
        "A-23": Kind(minutes=15, at_hand=N_("the medicine bottles"), early=7, at_home=True),
        "A-22": Kind(minutes=15, early=7, at_home=True),
    }


KINDS = _kinds()
UNLISTED = Kind()


def party_of(view: View, alert: Alert, kind: Kind) -> str:
    """Whom one would call about it, so that one call is one step; "" if it is no call."""
    return _office(view, alert.about) if kind.party == OFFICE else kind.party


def _office(view: View, about: str) -> str:
    """The office behind a request, record, disc or scan, as a key; entries without an office share one."""
    records = view.case.records
    place, _, key = about.rpartition(".")
    if place == "records.requests" and key in records.requests:
        name = records.requests[key].to
    elif place == "records.items" and key in records.items:
        name = _holder(view, key)
    elif place == "records.media" and key in records.media:
        name = records.media[key].sender
    elif place == "records.studies" and key in records.studies:
        study = records.studies[key]
        name = _holder(view, study.images_item) or study.facility
    else:
        name = ""
    return f"{OFFICE} {' '.join(name.casefold().split())}"


def _holder(view: View, key: str) -> str:
    """The office that was asked for a record, or that has it."""
    if key not in view.case.records.items:
        return ""
    asked = [clock.request.to for clock in view.once(by_item).get(key, ())]
    return next(filter(None, asked), view.case.records.items[key].facility)
