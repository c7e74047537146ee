"""Moves dates by a number of days: those of fields, and those written in a text. Knows partial dates only."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import partial

from ...case.partial_dates import FIRST_YEAR, LAST_YEAR, NOT_APPLICABLE, UNKNOWN

GONE = "[date]"
OLDEST = 89  # an age above it is "90 or more"
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = rf"(?P<m>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_ES = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
_DAY, _YEAR = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?", r"(?P<y>(?:19|20)\d\d)"
_UNITS = (
    r"(?:mg|mcg|µg|ug|g|kg|ml|l|cc|iu|units?|u|cal|calories|kcal|steps|feet|ft|miles|dollars|cells|copies|ng|pg|mm|cm)"
)
_SHAPES: tuple[tuple[str, str], ...] = (
    (r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)(?:[T ]\d\d:\d\d)?(?!\d)", "iso"),
    (r"(?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)[-/.](?P<y>(?:(?:19|20)\d\d|\d\d))(?!\d)", "slash"),
    (rf"{_MONTH}\s+{_DAY},?\s+(?:of\s+)?{_YEAR}", "long"),
    (rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", "long"),
    (rf"[0-3]?\d\s+de\s+{_ES}(?:\s+(?:de|del)\s+\d{{4}})?|{_ES}\s+(?:de|del)\s+\d{{4}}", "gone"),
    (rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}", "month"),
    (rf"{_MONTH}\s+{_DAY}(?![\d:])", "yearless"),
    (rf"{_DAY}\s+(?:of\s+)?{_MONTH}(?![^\W\d_])", "yearless"),
    (
        r"(?<=\bon )[01]?\d/[0-3]?\d(?![\d/])|(?:(?<=\bby )|(?<=\buntil )|(?<=\bsince )|(?<=\bfrom ))[01]?\d/[0-3]?\d",
        "gone",
    ),
    (rf"(?<![$#\d.,-]){_YEAR}(?![\d-]|[.,]\d|\s*{_UNITS}\b)", "year"),
)
_SHAPES = tuple((rf"(?<![^\W_]){shape}(?![^\W_])" if how != "gone" else shape, how) for shape, how in _SHAPES)
_ALONE = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=\s)|(?<=(?i:\b(?:in|by|of) ))May|(?<=(?i:mid[- ]))May)\b"
)
_FOUND = [(re.compile(shape, re.IGNORECASE), how) for shape, how in _SHAPES]
_AGE = re.compile(
    r"(?<![\d.$])(?:9\d|1[0-3]\d|ninety(?:[\s-]\w+)?)(?=[\s-]*(?:years?|yrs?|y)[\s/-]*(?:old|o)\b)"
    r"|(?<=\bage )(?:9\d|1[0-3]\d)\b|(?<=\baged )(?:9\d|1[0-3]\d)\b",
    re.IGNORECASE,
)
Keep = Callable[[str], str]
"""Protects a text from what is replaced later."""


def moved(value: str, days: int) -> str:
    """The date of a field, moved; what is only a month or a year stays one, moved from its middle.

    >>> moved("2026-11-22", -1), moved("2026-11-04T14:10", 30), moved("2026-11~", -365), moved("unknown", 5)
    ('2026-11-21', '2026-12-04T14:10', '2025-11~', 'unknown')
    """
    if value in (UNKNOWN, NOT_APPLICABLE, ""):
        return value
    about = "~" if value.endswith("~") else ""
    date, _, clock = value.rstrip("~").partition("T")
    parts = [int(part) for part in date.split("-")]
    day = _days_later(dt.date(*[*parts, *((7, 1), (15,), ())[len(parts) - 1]]), days)
    return day.isoformat()[: len(date)] + (f"T{clock}" if clock else "") + about


def _days_later(day: dt.date, days: int) -> dt.date:
    first, last = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
    return dt.date.fromordinal(min(max(day.toordinal() + days, first.toordinal()), last.toordinal()))


def born(value: str, days: int, today: dt.date) -> str:
    """The year of a birth date, moved with `today`; of somebody over 89 the year that makes them 90."""
    parts = [int(part) for part in value.rstrip("~").split("-")]
    year, month, day = [*parts, 1, 1][:3]
    age = today.year - year - ((today.month, today.day) < (month, day))
    if age > OLDEST:
        return str(_days_later(today, days).year - OLDEST - 1)
    return moved(value.rstrip("~"), days)[:4]


def in_text(text: str, days: int, today: dt.date, keep: Keep) -> str:
    """The text with each date moved, or replaced if it cannot be; `keep` protects what was written in its place."""
    for shape, how in _FOUND:
        text = shape.sub(partial(_replaced, how, days, today, keep), text)
    text = _ALONE.sub(lambda _match: keep("[month]"), text)
    return _AGE.sub(lambda _match: keep("90 or more"), text)


def _replaced(how: str, days: int, today: dt.date, keep: Keep, match: re.Match[str]) -> str:
    return keep(_written(match, how, days, today))


def _written(match: re.Match[str], how: str, days: int, today: dt.date) -> str:
    if how == "gone":
        return GONE
    found = match.groupdict()
    if how == "yearless" and found["m"] == "may":  # "you may 2 times a day"
        return match[0]
    try:
        month = found.get("m") or "7"
        number = int(month) if month.isdigit() else _MONTHS[month.casefold()]
        day = int(found.get("d") or (1 if how == "year" else 15))
        year = _year(found.get("y"), number, day, today)
        then = _days_later(dt.date(year, number, day), days)
    except ValueError:
        return GONE
    month_name = calendar.month_name[then.month]
    return {
        "iso": then.isoformat(),
        "slash": f"{then.month}/{then.day}/{then.year}",
        "long": f"{month_name} {then.day}, {then.year}",
        "month": f"{month_name} {then.year}",
        "yearless": f"{month_name} {then.day}",
        "year": str(then.year),
    }[how]


def _year(text: str | None, month: int, day: int, today: dt.date) -> int:
    """The year that was written; without one, the year in which the day is nearest to today."""
    if text:
        short = int(text)
        return short if len(text) == 4 else 2000 + short if 2000 + short <= today.year + 5 else 1900 + short
    near = (dt.date(year, month, day) for year in (today.year - 1, today.year, today.year + 1))
    return min(near, key=lambda one: abs(one - today)).year
