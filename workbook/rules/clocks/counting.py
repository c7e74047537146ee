"""Computes the last day of any clock from its fact: value, unit and roll. Knows the law and the calendar.

The only place that turns a rule into a date, for requests, plans and complaints alike.
"""

from __future__ import annotations

import datetime as dt

from ...law import DatedFact
from ..business_days import months_after, on_or_after_working_day, working_days_after


def last_day(fact: DatedFact, start: dt.date, *, roll: bool = True) -> dt.date | None:
    """The last day of a clock that started on a day; None if the fact has no number.

    Hours end on the day that they reach. `roll=False` does not move the day off weekends and holidays:
    the rule may move it, but a person should not rely on that.
    """
    n = fact.number
    if n is None:
        return None
    match fact.unit:
        case "hours":
            due = start + dt.timedelta(days=-(-n // 24))
        case "days":
            due = start + dt.timedelta(days=n)
        case "working_days":
            due = working_days_after(start, n)
        case "months":
            due = months_after(start, n)
        case "years":
            due = months_after(start, 12 * n)
        case _:
            return None
    return on_or_after_working_day(due) if roll and fact.roll == "next_working_day" else due


def extended_day(fact: DatedFact, more: DatedFact, start: dt.date) -> dt.date | None:
    """The last day after an extension, which starts when the original time ends."""
    due = last_day(fact, start, roll=False)
    return last_day(more, due) if due else None
