"""The plan behind "Do this next": for each alert how much depends on it, how long it takes, and whom to call.

Knows the view and the alerts' ids. Times are what such a call or paper usually takes; no law is in them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..locale import N_
from .clocks.critical_path import by_item
from .context import View
from .results import Alert

PLAN, CLINIC, FIRST, OFFICE = "plan", "clinic", "first", "office"

_CARD = N_("the insurance card, paper and a pen")
_REQUEST = N_("the date of your request, and the patient's birth date")
_DATES = N_("the dates in this workbook")
_LETTER = N_("the plan's letter")
_VISIT = N_("the day of the visit, and the plan's name")


@dataclass(frozen=True, slots=True)
class Kind:
    """How an alert becomes an action.

    `tier` is 0 for what cannot be undone, 1 for what stops the visit or a right, 2 for the rest. Within a tier, what
    ends within two weeks comes first, then the lower `order`. `early` is how many days before its date it helps to
    start; None means at once.
    """

    tier: int
    order: int
    party: str = ""
    minutes: int = 10
    at_hand: str = ""
    early: int | None = None
    for_the_visit: bool = False  # it must be done before the visit, whatever its own date
    even_if_mild: bool = False
    never: bool = False
    stops_before: int = 0  # days before the visit from which it no longer helps


def _kinds() -> dict[str, Kind]:
    return {
        "A-01": Kind(2, 99, never=True),
        "A-31": Kind(2, 99, never=True),
        "A-32": Kind(2, 99, never=True),
        "A-34": Kind(2, 99, never=True),
        # what cannot be undone: privacy, a treatment before any opinion
        "A-11": Kind(0, 1, OFFICE, 15, at_hand=N_("the disc, and who made it")),
        "A-38": Kind(0, 2, FIRST, at_hand=_DATES),
        "A-37": Kind(0, 3, FIRST, at_hand=_DATES),
        "A-03": Kind(0, 4, FIRST, at_hand=_DATES),
        "A-39": Kind(0, 5, at_hand=N_("the day and place of the booked treatment")),
        # rights and decisions that run out
        "A-43": Kind(1, 6, minutes=60, at_hand=_LETTER),
        "A-17": Kind(
            1, 7, minutes=60, at_hand=N_("the plan's letter, the clinician's reasons, the records"), for_the_visit=True
        ),
        "A-40": Kind(1, 8, at_hand=_LETTER, for_the_visit=True),
        "A-45": Kind(1, 9, CLINIC, at_hand=N_("the list of records that are missing")),
        "A-41": Kind(1, 10, CLINIC, at_hand=_CARD, for_the_visit=True),
        "A-18": Kind(1, 11, at_hand=_VISIT, for_the_visit=True),
        "A-42": Kind(1, 12, CLINIC, at_hand=_VISIT, for_the_visit=True),
        "A-46": Kind(1, 13, PLAN, 30, _CARD, stops_before=2, for_the_visit=True),
        "A-05": Kind(1, 14, OFFICE, at_hand=_REQUEST),
        "A-04": Kind(1, 15, OFFICE, at_hand=_REQUEST),
        "A-21": Kind(1, 16, CLINIC, at_hand=N_("where the patient will be that day"), for_the_visit=True),
        "A-02": Kind(1, 17, FIRST, at_hand=_DATES, stops_before=4),
        "A-20": Kind(1, 44, minutes=15, at_hand=N_("the form, and a pen"), for_the_visit=True),
        "A-47": Kind(1, 19, minutes=15, at_hand=N_("the written report")),
        "A-48": Kind(1, 43, minutes=15, at_hand=N_("the form, and a pen")),
        "A-27": Kind(1, 20, at_hand=N_("the name of the test")),
        "A-44": Kind(1, 21, minutes=20, at_hand=N_("the letter that refuses")),
        # the rest
        "A-24": Kind(2, 22, minutes=15, at_hand=N_("the list of records")),
        "A-07": Kind(2, 23, OFFICE, at_hand=_REQUEST),
        "A-10": Kind(2, 24, OFFICE, at_hand=N_("the report, with the day of the scan")),
        "A-09": Kind(2, 25, OFFICE, at_hand=N_("the report, with the day of the scan")),
        "A-12": Kind(2, 26, minutes=15, at_hand=N_("the pathology report")),
        "D-01": Kind(2, 27, minutes=2, at_hand=N_("the letter or note with the date")),
        "A-08": Kind(2, 28, minutes=10),
        "A-06": Kind(2, 29, OFFICE, at_hand=_REQUEST),
        "A-25": Kind(2, 30, at_hand=N_("the day of the visit")),
        "A-26": Kind(2, 31, minutes=15),
        "A-16": Kind(2, 32, PLAN, 20, _CARD),
        "A-14": Kind(2, 33, PLAN, 30, _CARD, stops_before=2),
        "A-15": Kind(2, 34, PLAN, 30, _CARD, stops_before=2),
        "A-36": Kind(2, 35, at_hand=N_("the day you asked")),
        "A-35": Kind(2, 36, CLINIC, at_hand=N_("the day of the scan")),
        "A-29": Kind(2, 37, minutes=20),
        "A-33": Kind(2, 38, minutes=15, even_if_mild=True),
        "A-19": Kind(2, 39, PLAN, 30, _CARD, early=45, stops_before=2),
        "A-23": Kind(2, 40, minutes=15, at_hand=N_("the medicine bottles"), early=14),
        "A-22": Kind(2, 41, minutes=15, early=14),
    }


KINDS = _kinds()
UNLISTED = Kind(2, 98)


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
