"""The one day that a letter asks for: a working day ahead, before the answer is needed. Knows the view's dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..case.partial_dates import exact
from ..locale import tr
from ..locale.dates import show_day
from ..rules import View
from ..rules.business_days import on_or_before_working_day, working_days_after

REPLY_DAYS = 7  # a polite time to reply: our custom, not a rule
WISH_DAYS = 14  # the same for a copy on a route without a time limit
CLINICIAN_DAYS = 3  # the fewest working days that a clinician gets; our choice, not a rule


@dataclass(frozen=True, slots=True)
class AskDay:
    """The day to ask for; or, if no day fits, the day on which the answer is needed."""

    day: dt.date | None = None
    needed: dt.date | None = None

    @property
    def words(self) -> str:
        """The end of a sentence such as "Please send the records ..."."""
        if self.day or not self.needed:
            return self.alone
        day = day_in_words(self.needed, weekday=True)
        return tr("as soon as you can. They are needed by {day}").format(day=day)

    @property
    def alone(self) -> str:
        """The same without the day on which the records are needed."""
        return tr("by {day}").format(day=day_in_words(self.day, weekday=True)) if self.day else tr("as soon as you can")


def ask_day(
    today: dt.date,
    needed: dt.date | None = None,
    *limits: dt.date | None,
    days: int = REPLY_DAYS,
    least: int = 1,
    soon: bool = False,
) -> AskDay:
    """A working day at least `least` working days ahead, and not after the day the answer is needed.

    `limits` are time limits of the reader; one that is over, or too near to keep, moves nothing. Without any of
    these it is so many `days` ahead; with `soon` never later than that.
    """
    first = working_days_after(today, least)
    if needed and on_or_before_working_day(needed) < first:
        return AskDay(needed=needed)
    ends = [day for day in (needed, *limits) if day and day > today]
    if soon or not ends:
        ends.append(today + dt.timedelta(days=days))
    return AskDay(max(first, on_or_before_working_day(min(ends))))


def needed_day(view: View) -> dt.date | None:
    """The clinic's last day for records, else the day before the visit, and in any case before a treatment.

    None if none of these is ahead. A treatment whose day is not known yet sets no day.
    """
    visit, treatment = view.next_visit, exact(view.held_slot.on)
    needed = view.cut_off or (_before(visit.day) if visit else None)
    ahead = [day for day in (needed, _before(treatment)) if day and day > view.today]
    return min(ahead, default=None)


def _before(day: dt.date | None) -> dt.date | None:
    return day - dt.timedelta(days=1) if day else None


def is_needed(view: View) -> bool:
    """Whether a day by which the copy is needed is ahead."""
    return needed_day(view) is not None


def day_in_words(day: dt.date | None, weekday: bool = False) -> str:
    """A date as text; "" if there is none."""
    return show_day(day.isoformat(), weekday=weekday) if day else ""
