"""Formats dates, lists and names for sentences. Knows no case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..case import YesNo
from ..case.goal import HeldSlot
from ..case.partial_dates import exact
from ..case.visit import Appointment
from ..locale import plural, tr
from ..locale.dates import show_day
from .business_days import is_working_day, on_or_after_working_day, on_or_before_working_day


def say(day: dt.date) -> str:
    """A date as text with its weekday."""
    return show_day(day.isoformat(), weekday=True)


def words_of(value: str | None) -> str:
    """A date as it was noted: a full date with its weekday, a month or an approximate date unchanged."""
    day = exact(value)
    return say(day) if day else show_day(value)


def visit_day(visit: Appointment | HeldSlot, day: str) -> str:
    """The day of a visit or a treatment as it was said, for a page or a paper; what is not sure yet never looks booked.

    >>> visit_day(Appointment(id="v1", state="tentative"), "Jan 5, 2027")
    'may be Jan 5, 2027 (not booked yet)'
    """
    return tr("may be {day} (not booked yet)").format(day=day) if day and visit.is_unsure else day


def days_left(today: dt.date, day: dt.date) -> str:
    """The number of days until a date, as text.

    >>> days_left(dt.date(2026, 11, 20), dt.date(2026, 11, 23))
    '3 days left'
    """
    n = (day - today).days
    if n == 0:
        return tr("that is today")
    if n < 0:
        return plural("1 day ago", "{n} days ago", -n)
    return plural("1 day left", "{n} days left", n)


def told_of(day: dt.date | None, today: dt.date, text: str, past: str) -> str:
    """The sentence for a day to come, or the other one once that day has passed.

    >>> told_of(dt.date(2027, 1, 7), dt.date(2027, 1, 22), "It is due by {day}.", "It was due by {day}.")
    'It was due by {day}.'
    """
    return past if day and day < today else text


def aim_for(today: dt.date, day: dt.date) -> dt.date | None:
    """The last working day before a day on which offices are closed; None if it has passed."""
    aim = on_or_before_working_day(day)
    return aim if aim != day and aim >= today else None


def closed_note(today: dt.date, day: dt.date) -> str:
    """A sentence for a coming legal deadline on a day offices are closed; the rule does not move it.

    Never recommends a past date: then it says when offices reopen.
    """
    if day < today or is_working_day(day):
        return ""
    aim, is_weekend = aim_for(today, day), day.weekday() > 4
    if aim:
        note = tr("That is a weekend, so aim for {day}.") if is_weekend else tr("That is a holiday, so aim for {day}.")
        return note.format(day=say(aim))
    note = tr("That is a weekend.") if is_weekend else tr("That is a holiday.")
    again = tr("Most offices are open again on {day}.").format(day=say(on_or_after_working_day(day)))
    return sentences(note, again)


def when_open(today: dt.date, last: dt.date | None = None) -> str:
    """When to call an office: today, or the next business day; after the last day that helps, today is all there is."""
    day = on_or_after_working_day(today)
    if day == today or (last and day > last):
        return tr("today")
    return tr("on {day}").format(day=say(day))


def sentences(*parts: str) -> str:
    """Sentences joined with spaces; empty ones are skipped."""
    return " ".join(p for p in parts if p)


def listed(words: list[str]) -> str:
    """Words as a list within a sentence."""
    if len(words) < 2:
        return "".join(words)
    return tr("{items} and {last}").format(items=", ".join(words[:-1]), last=words[-1])


def is_none(text: str) -> bool:
    """Whether a written answer means "none"."""
    return text.strip().casefold().rstrip(".") in (
        "",
        "none",
        "no",
        "n/a",
        "na",
        "-",
        "none given",
        "unknown",
        "not given",
    )


def yes(value: Any) -> bool:
    """Whether a yes-or-no answer is yes."""
    return value is YesNo.YES


def capital(text: str) -> str:
    """The text with a capital first letter, for the start of a sentence."""
    return text[:1].upper() + text[1:]
