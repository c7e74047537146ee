"""What a question to the plan is about: the year, the visit and the clinician ahead. Knows the case; no clock.

A yearly deductible starts again in January, so in December "this year" is wrong for a visit in the new year. A
treatment in January says little about the visit, which comes before it. And nobody at a plan can say whether "this
clinician" is in the network.
"""

from __future__ import annotations

import datetime as dt

from ..case import Case, YesNo
from ..case.clinicians import Clinician, ClinicianRole
from ..case.partial_dates import earliest, latest
from ..case.visit import Appointment
from ..locale import tr

YEAR, CLINICIAN = "{year}", "{clinician}"
SOON = dt.timedelta(days=90)  # a visit that is not booked yet is not expected later than this
_OURS = (None, ClinicianRole.SECOND, ClinicianRole.THIRD)


def visit_ahead(case: Case, today: dt.date) -> Appointment | None:
    """The next visit for another opinion that is noted; None if there is none."""
    found = (
        (day, visit)
        for visit in case.visit.appointments.values()
        if visit.is_to_come
        and ((who := case.clinicians.get(visit.clinician)) is None or who.role in _OURS)
        and (day := earliest(visit.start))
        and day >= today
    )
    return min(found, key=lambda pair: pair[0], default=(None, None))[1]


def care_year(case: Case, today: dt.date) -> str:
    """The year of the visit for the opinion, which is what the plan is called about; never that of the treatment.

    Without a visit it is this year, and the next one too ("2026 and 2027") if the last day for a visit is in it.
    """
    visit = visit_ahead(case, today)
    if visit and (day := earliest(visit.start)):
        return str(day.year)
    last = _last_day(case, today)
    if last is None:
        return str(case.insurance.plan.year or today.year)
    return tr(" and ").join(map(str, sorted({today.year, min(last, today + SOON).year})))


def _last_day(case: Case, today: dt.date) -> dt.date | None:
    """The last day on which an opinion still helps: before the decision, and the treatment; None if no day is known."""
    goal, slot = case.goal, case.goal.held_slot
    canceled = slot.canceled_on or case.decision.cancels is YesNo.YES
    days = (latest(goal.decide_by), *(() if canceled else (latest(slot.cancel_by), latest(slot.on))))
    return min((day for day in days if day and day >= today), default=None)


def clinician_ahead(case: Case, today: dt.date) -> Clinician | None:
    """The clinician that the plan is asked about: of the next visit, else who gives the second opinion.

    Somebody without a role counts if there is nobody else it could be.
    """
    visit = visit_ahead(case, today)
    found = case.clinicians.get(visit.clinician) if visit else None
    for role in (ClinicianRole.SECOND, ClinicianRole.THIRD):
        found = found or next((who for who in case.clinicians.values() if who.role is role), None)
    unclear = [who for who in case.clinicians.values() if who.role is None]
    return found or (unclear[0] if len(unclear) == 1 else None)


def filled(text: str, year: str | None, clinician: str = "") -> str:
    """The text with the year and the clinician in it; without them, for paper filled in by hand, in words.

    >>> filled("What will it cost in {year}?", "2027"), filled("What will it cost in {year}?", None)
    ('What will it cost in 2027?', 'What will it cost in the year of the visit?')
    >>> filled("Is {clinician} in it?", None), filled("Is {clinician} in it?", None, "Dr. Ames")
    ('Is this clinician in it?', 'Is Dr. Ames in it?')
    """
    return text.replace(YEAR, year or tr("the year of the visit")).replace(CLINICIAN, clinician or tr("this clinician"))
