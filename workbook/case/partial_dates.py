"""Partial dates: a day, a month, a year, or an approximate one. Knows nothing of ours.

A date is text: `2026-11-22`, `2026-11` or `2026`; a trailing `~` means "about" (as in EDTF, ISO 8601-2).
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"
FIRST_YEAR, LAST_YEAR = 1880, 2150

_SHAPE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?(~?)")
WHICH_YEAR = "Check the year. It has four digits, such as 2026."
WHICH_DAY = "Enter the year, or the month and year, or the full date, such as March 9, 2026."
_TIME = "Check the time. Write it like 9:30 AM or 2:30 PM."
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2})?)?")


def _plain_digits(text: str) -> str:
    """The text with digits of any script as ASCII digits."""
    text = text.strip()
    return text if text.isascii() else "".join(str(unicodedata.decimal(c, c)) for c in text)


def _wrong(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("day", sentence)


def check_day(value: Any) -> str:
    """The date in canonical form; ValueError, with a message that says what to enter, if there is no such date.

    >>> check_day("2026-3-9"), check_day("2026-11"), check_day("2021-03~")
    ('2026-03-09', '2026-11', '2021-03~')
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    return _checked(str(value))


@functools.lru_cache(maxsize=4096)  # the same days are read again and again, whenever a case is
def _checked(text: str) -> str:
    text = _plain_digits(text)
    match = _SHAPE.fullmatch(text)
    if not match and re.fullmatch(r"-\d{1,2}(-\d{1,2})?(T.*)?~?", text):
        raise _wrong("Enter the year as well.")
    if not match and re.fullmatch(r"\d{1,3}([-~].*)?", text):
        raise _wrong(WHICH_YEAR)
    if not match:
        raise _wrong(WHICH_DAY)
    year, month, day, about = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise _wrong(WHICH_YEAR)
    if month and not 1 <= int(month) <= 12:
        raise _wrong("Check the month. It is a number from 1 to 12.")
    if day and not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        raise _wrong("Check the day. That month does not have this day.")
    return "-".join([year, *(p.zfill(2) for p in (month, day) if p)]) + about


def check_maybe_day(value: Any) -> str:
    """A date, or "unknown", or "not_applicable"."""
    return str(value) if value in (UNKNOWN, NOT_APPLICABLE) else check_day(value)


def check_moment(value: Any) -> str:
    """A date with an optional local time: `2026-11-04T14:10`.

    >>> check_moment("2026-11-04 9:05")
    '2026-11-04T09:05'
    """
    text = _plain_digits(str(value))
    match = _MOMENT.fullmatch(text)
    if not match:
        if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
            raise _wrong(_TIME)
        if re.match(r"[\d-]*T\d", text):
            raise _wrong("Enter the day as well: month, day and year.")
        return check_day(value)
    day, hour, minute = match.groups()
    day = check_day(day)
    if hour is None:
        return day
    if int(hour) > 23 or int(minute) > 59:
        raise _wrong(_TIME)
    return f"{day}T{int(hour):02d}:{minute}"


Day = Annotated[str, BeforeValidator(check_day)]
MaybeDay = Annotated[str, BeforeValidator(check_maybe_day)]
Moment = Annotated[str, BeforeValidator(check_moment)]


def is_day(value: str | None) -> bool:
    """Whether the value is a date, at least a year."""
    return bool(value) and value not in (UNKNOWN, NOT_APPLICABLE)


@functools.lru_cache(maxsize=8192)
def exact(value: str | None) -> dt.date | None:
    """The calendar day if the value is a complete, certain date; a moment gives its day."""
    if value and not value.endswith("~") and len(value) >= 10 and is_day(value):
        return dt.date.fromisoformat(value[:10])
    return None


@functools.lru_cache(maxsize=8192)  # a status asks for the same few dates hundreds of times
def earliest(value: str | None) -> dt.date | None:
    """The first calendar day that the value can mean; None for unknown."""
    if not value or not is_day(value):
        return None
    parts = [int(p) for p in value.rstrip("~")[:10].split("-")]
    return dt.date(*([*parts, 1, 1])[:3])


@functools.lru_cache(maxsize=8192)
def latest(value: str | None) -> dt.date | None:
    """The last calendar day that the value can mean; None for unknown."""
    if not value or not is_day(value):
        return None
    parts = [int(p) for p in value.rstrip("~")[:10].split("-")]
    year, month = ([*parts, 12])[:2]
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
