"""The year that a question to the plan is about: that of the visit or treatment ahead. Knows the case; no clock.

A yearly deductible starts again in January, so in December "this year" is wrong for a visit in the new year.
"""

from __future__ import annotations

import datetime as dt

from ..case import Case, YesNo
from ..case.clinicians import ClinicianRole
from ..case.partial_dates import earliest
from ..case.visit import VisitState
from ..locale import tr

SLOT = "{year}"
_OVER = (VisitState.MISSED, VisitState.MOVED, VisitState.DONE)
_OURS = (None, ClinicianRole.SECOND, ClinicianRole.THIRD)


def care_year(case: Case, today: dt.date) -> int:
    """The year of the next visit, else of the booked treatment, else the noted plan year, else the current one."""
    visits = (
        earliest(visit.start)
        for visit in case.visit.appointments.values()
        if visit.state not in _OVER and ((who := case.clinicians.get(visit.clinician)) is None or who.role in _OURS)
    )
    slot = case.goal.held_slot
    canceled = slot.canceled_on or case.decision.cancels is YesNo.YES
    treatment = None if canceled else earliest(slot.on)
    for day in (min((day for day in visits if day and day >= today), default=None), treatment):
        if day and day >= today:
            return day.year
    return case.insurance.plan.year or today.year


def filled(text: str, year: int | None) -> str:
    """The text with the year in it; without one, for paper that is filled in by hand, in words.

    >>> filled("What will it cost in {year}?", 2027), filled("What will it cost in {year}?", None)
    ('What will it cost in 2027?', 'What will it cost in the year of the visit?')
    """
    return text.replace(SLOT, str(year) if year else tr("the year of the visit"))
