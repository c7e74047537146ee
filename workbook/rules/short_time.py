"""When an office may take longer over records than is left before the visit, and the ways around it. Knows the view."""

from __future__ import annotations

import datetime as dt

from ..case.partial_dates import earliest
from ..case.records import Route
from ..law import DatedFact
from ..locale import tr
from .clocks.routes import ROUTES
from .context import View
from .wording import say

_WEEKS = 30  # days, if no rule is known


def way_out(view: View) -> str:
    """What brings records in time although an office may take longer; "" if there is time."""
    if _last_day(view) is None:
        return ""
    who = view.next_visit.clinician if view.next_visit else view.second
    clinic = view.clinician(who.id, tr("the second clinic")) if who else tr("the second clinic")
    return tr("Time is short: pick the records up, take a link, or have {clinic} ask for them.").format(clinic=clinic)


def short_of_time(view: View) -> str:
    """The time that an office may take beside the day they are needed; "" if there is time."""
    last, limit = _last_day(view), _limit(view)
    if last is None:
        return ""
    takes = limit.measure if limit else tr("weeks")
    return tr("An office may take {time}. The records are needed by {day}.").format(time=takes, day=say(last))


def _last_day(view: View) -> dt.date | None:
    """The first day that records are needed for, if an office may take longer; None if there is time."""
    days = [view.cut_off, view.next_visit.day if view.next_visit else None, earliest(view.held_slot.on)]
    limit = _limit(view)
    end = view.today + dt.timedelta(days=int(limit.number) if limit and limit.number else _WEEKS)
    return min((day for day in days if day and view.today <= day < end), default=None)


def _limit(view: View) -> DatedFact | None:
    """The rule on how long an office may take over a copy that the patient asks for, if it counts in days."""
    fact = view.facts.clock(ROUTES[Route.ACCESS_SELF].clock, view.today)
    return fact if fact and fact.number and fact.unit == "days" else None
