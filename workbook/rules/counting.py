"""Computes the last day of any clock from its facts, and the sum behind it. Knows the law and the calendar.

The only place that turns a rule into a date, for requests, plans and complaints alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..law import DatedFact
from ..locale import plural, tr
from ..locale.dates import show_day
from .business_days import (
    holiday,
    holidays_on_weekdays,
    is_working_day,
    months_after,
    on_or_after_working_day,
    working_days_after,
)
from .wording import sentences


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a sum: the day reached, and how."""

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a sum adds: the time of a rule, or a number of days with its reason."""

    fact: DatedFact | None = None
    days: int = 0
    why: str = ""
    roll: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """A day counted from a first day, part by part, so that a person can check it by hand."""

    start: dt.date
    parts: tuple[Part, ...]
    first: str = ""  # what happened on the first day, if the evidence for it does not say

    @property
    def day(self) -> dt.date | None:
        """The last day; None if a rule has no figure."""
        day: dt.date | None = self.start
        for part in self.parts:
            day = _after(part, day) if day else None
        return day

    def steps(self, evidence: str) -> Iterator[Step]:
        """The sum line by line, the first with the evidence for the first day."""
        yield Step(self.start, sentences(self.first, f"{evidence.rstrip('.')}." if evidence else ""))
        day = self.start
        for part in self.parts:
            reached = _after(part, day)
            if reached is None:
                return
            yield from _steps(part, day, reached)
            day = reached


def last_day(fact: DatedFact, start: dt.date, *, roll: bool = True) -> dt.date | None:
    """The last day of a clock that started on a day; None if the fact has no number.

    Hours end on the day that they reach. `roll=False` does not move the day off weekends and holidays:
    the rule may move it, but a person should not rely on that.
    """
    return Sum(start, (Part(fact, roll=roll),)).day


def extended(fact: DatedFact, more: DatedFact, start: dt.date, first: str = "") -> Sum:
    """The sum with an extension, which starts when the original time ends."""
    return Sum(start, (Part(fact, roll=False), Part(more)), first)


def _after(part: Part, start: dt.date) -> dt.date | None:
    """The day that a part reaches."""
    if part.fact is None:
        return start + dt.timedelta(days=part.days)
    due = _counted(part.fact, start)
    return on_or_after_working_day(due) if due and _rolls(part) else due


def _rolls(part: Part) -> bool:
    return part.roll and part.fact is not None and part.fact.roll == "next_working_day"


def _counted(fact: DatedFact, start: dt.date) -> dt.date | None:
    """The day before any move off weekends and holidays."""
    n = fact.number
    if n is None:
        return None
    match fact.unit:
        case "hours":
            return start + dt.timedelta(days=-(-n // 24))
        case "days":
            return start + dt.timedelta(days=n)
        case "working_days":
            return working_days_after(start, n)
        case "months":
            return months_after(start, n)
        case "years":
            return months_after(start, 12 * n)
    return None


def _steps(part: Part, start: dt.date, reached: dt.date) -> Iterator[Step]:
    if part.fact is None:
        yield Step(reached, f"{plural('1 more day.', '{n} more days.', part.days)} {part.why}".strip())
        return
    counted = _counted(part.fact, start) or reached
    yield Step(counted, _told(part.fact, start, counted))
    if reached != counted:
        yield Step(
            reached,
            tr("{day} is {kind}, and the rule moves it to the next working day.").format(
                day=show_day(counted.isoformat()), kind=_closed(counted)
            ),
        )


def _told(fact: DatedFact, start: dt.date, reached: dt.date) -> str:
    """How the time of a rule was added, with the holidays that it passed over."""
    if fact.unit == "working_days":
        words = tr("{time} later. Weekends and federal holidays are not counted.").format(time=fact.measure)
        return sentences(words, skipped(start + dt.timedelta(days=1), reached))
    if fact.unit in ("months", "years"):
        if reached.day == start.day:
            return tr("{time} later, on the same day of the month.").format(time=fact.measure)
        return tr("{time} later. That month does not have that day, so it is the first of the next month.").format(
            time=fact.measure
        )
    if fact.unit == "hours":
        return tr("{time} later. Ask at what hour it was logged.").format(time=fact.measure)
    return tr("{time} later. Every day counts, weekends too.").format(time=fact.measure)


def skipped(first: dt.date, last: dt.date) -> str:
    """The holidays that a count in working days passes over, as a sentence; "" if there is none."""
    names = ", ".join(f"{holiday(day)} ({show_day(day.isoformat())})" for day in holidays_on_weekdays(first, last))
    return tr("Skipped: {names}.").format(names=names) if names else ""


def _closed(day: dt.date) -> str:
    """Why offices are closed on a day, as a noun."""
    if day.weekday() > 4 or is_working_day(day):
        return tr("a weekend")
    return holiday(day)
