"""Formats a case's dates in the current language. Knows the dates of a case; all but English comes from Babel.

Babel is imported only for languages other than English.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
from typing import TYPE_CHECKING

from ..case.partial_dates import NOT_APPLICABLE, UNKNOWN, is_day
from . import PSEUDO, language, marked, tr

if TYPE_CHECKING:
    from babel import Locale


def show_day(value: str | None, weekday: bool = False, short: bool = False) -> str:
    """A case's date as text: a day, a month, a year, a moment, an approximate date, or "not known yet".

    `weekday` puts the day of the week before a whole day; `short` shortens the month.

    >>> show_day("2026-11-22"), show_day("2026-11-22", short=True), show_day("2026-11~", short=True)
    ('November 22, 2026', 'Nov 22, 2026', 'about Nov 2026')
    >>> show_day("2026-11-22", weekday=True), show_day("soon")
    ('Sunday, November 22, 2026', 'soon')
    """
    if value == UNKNOWN:
        return tr("not known yet")
    if value == NOT_APPLICABLE:
        return tr("does not apply")
    if not value or not is_day(value) or not value[:4].isdigit():
        return value or ""
    lang = language()
    place = None if lang in ("en", PSEUDO) else _place(lang)
    if place is None:
        words = _english(value, weekday, short)
        return marked(words) if lang == PSEUDO else words
    words = _local(value.rstrip("~"), place, weekday, short)
    return tr("about {date}").format(date=words) if value.endswith("~") else words


@functools.lru_cache(maxsize=8192)
def _english(value: str, weekday: bool, short: bool) -> str:
    """The date in American English, without Babel."""
    about = "about " if value.endswith("~") else ""
    date, _, clock = value.rstrip("~").partition("T")
    parts = date.split("-")
    if len(parts) == 1:
        return about + parts[0]
    month = calendar.month_name[int(parts[1])][: 3 if short else None]
    if len(parts) == 2:
        return f"{about}{month} {parts[0]}"
    words = f"{about}{month} {int(parts[2])}, {parts[0]}"
    if weekday:
        words = f"{calendar.day_name[dt.date.fromisoformat(date).weekday()]}, {words}"
    if clock:
        hour, minute = (int(p) for p in clock.split(":"))
        words += f", {hour % 12 or 12}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
    return words


def _place(lang: str) -> Locale | None:
    """Babel's locale for a language; None for an unknown one, which then formats dates in English."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


def _local(value: str, place: Locale, weekday: bool, short: bool) -> str:
    from babel.dates import format_date, format_skeleton, format_time

    date, _, clock = value.partition("T")
    parts = [int(p) for p in date.split("-")]
    day = dt.date(*([*parts, 1, 1])[:3])
    if len(parts) == 1:
        return str(format_skeleton("y", day, locale=place))
    month = "MMM" if short else "MMMM"
    if len(parts) == 2:
        return str(format_skeleton(f"y{month}", day, locale=place))
    if weekday and short:
        words = format_skeleton("yMMMEd", day, locale=place)
    else:
        words = format_date(day, "full" if weekday else "medium" if short else "long", locale=place)
    if not clock:
        return str(words)
    time = format_time(dt.time.fromisoformat(clock), "short", locale=place)
    return tr("{date}, {time}").format(date=words, time=time)
