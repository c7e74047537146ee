"""Working-day and month arithmetic of the rules. Knows the calendar and federal holidays; nothing of ours."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import functools
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

DAY = dt.timedelta(days=1)


@functools.cache
def _federal(year: int) -> Mapping[dt.date, str]:
    """The federal holidays of a year as observed, with their names."""
    import holidays  # only rules in working days need it

    with _one_country(holidays):
        return dict(holidays.US(years=[year]))


@contextlib.contextmanager
def _one_country(holidays: ModuleType) -> Iterator[None]:
    """Lets the library load the country that is asked for without all others: 9 MB in each page's kernel."""
    name = f"{holidays.__name__}.countries"
    if name in sys.modules:
        yield
        return
    package = ModuleType(name)
    package.__path__ = [f"{folder}/countries" for folder in holidays.__path__]
    sys.modules[name] = package
    try:
        yield
    finally:  # whoever imports the package later gets all of it
        if sys.modules.get(name) is package:
            del sys.modules[name]
        vars(holidays).pop("countries", None)


def holiday(day: dt.date) -> str:
    """The name of the federal holiday observed on a day; "" if there is none.

    >>> holiday(dt.date(2026, 11, 26))
    'Thanksgiving Day'
    """
    return _federal(day.year).get(day, "")


def is_working_day(day: dt.date) -> bool:
    """Whether the day is neither a weekend nor an observed federal holiday."""
    return day.weekday() < 5 and day not in _federal(day.year)


def working_days_before(day: dt.date, n: int) -> dt.date:
    """The n-th working day before a day; the closest one is 1.

    >>> working_days_before(dt.date(2026, 12, 1), 5)  # Thanksgiving is skipped
    datetime.date(2026, 11, 23)
    """
    for _ in range(n):
        day -= DAY
        while not is_working_day(day):
            day -= DAY
    return day


def working_days_after(day: dt.date, n: int) -> dt.date:
    """The n-th working day after a day.

    >>> working_days_after(dt.date(2026, 12, 31), 1)  # New Year's Day, then a weekend
    datetime.date(2027, 1, 4)
    """
    for _ in range(n):
        day += DAY
        while not is_working_day(day):
            day += DAY
    return day


def working_days_until(start: dt.date, end: dt.date, most: int) -> int:
    """The number of working days after the start, up to and including the end; at most `most`."""
    found, day = 0, start
    while day < end and found < most:
        day += DAY
        found += is_working_day(day)
    return found


def holidays_on_weekdays(start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
    """The federal holidays from Monday to Friday between two days, both included, that a count passes over."""
    years = range(start.year, end.year + 1)
    return tuple(sorted(day for year in years for day in _federal(year) if start <= day <= end and day.weekday() < 5))


def months_after(day: dt.date, n: int) -> dt.date:
    """The same day of the month n months later; if there is none, the first day of the next month.

    >>> months_after(dt.date(2026, 10, 31), 4)
    datetime.date(2027, 3, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    month += 1
    if day.day <= calendar.monthrange(year, month)[1]:
        return dt.date(year, month, day.day)
    return dt.date(year + month // 12, month % 12 + 1, 1)


def on_or_after_working_day(day: dt.date) -> dt.date:
    """The day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += DAY
    return day


def on_or_before_working_day(day: dt.date) -> dt.date:
    """The day itself if it is a working day, else the last one before it.

    >>> on_or_before_working_day(dt.date(2026, 12, 26))  # a Saturday after Christmas Day
    datetime.date(2026, 12, 24)
    """
    while not is_working_day(day):
        day -= DAY
    return day
