"""Parses dates in files and drops impossible ones. Knows date formats, and the range of years in a case.

A file may say February 30, the year 1800 or a number of twenty digits. Such a date is dropped while parsing, so
that later code never sees it. An impossible birth date is remembered as wrong: it is no evidence
for or against a person. A placeholder that a machine writes for a missing birth date is treated as missing.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from itertools import takewhile
from typing import Any, NamedTuple

from ...case.partial_dates import FIRST_YEAR, LAST_YEAR

# Computer epochs, written if no birth date was given.
NOBODYS = frozenset(
    (
        *("0001-01-01", "1600-12-31", "1601-01-01", "1753-01-01", "1800-01-01", "1840-12-31", "1858-11-17"),
        *("1899-12-30", "1899-12-31", "1900-01-01", "1901-01-01", "9999-01-01", "9999-12-31"),
    )
)
_MADE = 2026  # the year this was written: a computer whose clock was reset must not drop every birth date
_LAST = r"(?=$|[\sTZ+.,;)-])"  # a time of day may follow, but not another number
_WRITTEN = (
    re.compile(rf"(?P<y>\d{{4}})(?P<sep>[-./])(?P<m>\d{{1,2}})(?:(?P=sep)(?P<d>\d{{1,2}}))?{_LAST}"),
    re.compile(rf"(?P<y>\d{{4}})(?:(?P<m>\d\d)(?:(?P<d>\d\d)(?:\d{{2}}){{0,3}})?)?{_LAST}"),
    re.compile(rf"(?P<m>\d{{1,2}})(?P<sep>[-./])(?P<d>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}){_LAST}"),
)


class Born(NamedTuple):
    """A birth date as far as known; `wrong` if an impossible one is written."""

    day: str = ""
    wrong: bool = False


def day_of(year: str, month: str | None = "", day: str | None = "") -> str:
    """The date as far as given; "" if impossible. A month or day of zeros is missing.

    >>> day_of("2026", "11", "22"), day_of("2026", "00", "00"), day_of("2026", "02", "30"), day_of("0001", "01", "01")
    ('2026-11-22', '2026', '', '')
    """
    known = [int(part) for part in takewhile(lambda part: bool(part) and int(part), (year, month or "", day or ""))]
    if not known or not FIRST_YEAR <= known[0] <= LAST_YEAR:
        return ""
    if len(known) > 1 and known[1] > 12:
        return ""
    if len(known) > 2 and known[2] > calendar.monthrange(known[0], known[1])[1]:
        return ""
    return "-".join(f"{part:02d}" for part in known)


@functools.lru_cache(maxsize=4096)
def _born(text: str) -> Born:
    if not any(c.isdecimal() and int(c) for c in text):
        return Born()
    found = next((match for form in _WRITTEN if (match := form.match(text))), None)
    if found is None:
        return Born(wrong=True)
    year, month, day = found["y"], found["m"], found["d"]
    if found.re is _WRITTEN[2] and int(month) > 12:
        month, day = day, month
    if "-".join((year, month or "", day or "")) in NOBODYS:
        return Born()
    known = day_of(year, month, day)
    return Born(known) if known and int(known[:4]) <= _latest() else Born(wrong=True)


def birth(value: Any) -> Born:
    """A birth date in any common format: from 1880 to the end of next year, because clocks differ.

    >>> birth("19720309").day, birth("1972-02-30"), birth("18000101")
    ('1972-03-09', Born(day='', wrong=True), Born(day='', wrong=False))
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**12 else "9" * 13
    return _born(value.strip()[:40]) if isinstance(value, str) else Born()


@functools.lru_cache(maxsize=4096)
def event(text: str) -> str:
    """The day of a visit or a test in any common format, in American order; "" if there is none.

    >>> event("11/1/2026 8:05 AM"), event("2026-11"), event("soon")
    ('2026-11-01', '2026-11', '')
    """
    found = next((match for form in _WRITTEN if (match := form.match(text.strip()[:40]))), None)
    if found is None:
        return ""
    year, month, day = found["y"], found["m"], found["d"]
    if found.re is _WRITTEN[2] and int(month) > 12:
        month, day = day, month
    return day_of(year, month, day)


def _latest() -> int:
    return max(dt.datetime.now().astimezone().year, _MADE) + 1
