"""Reads a clinic's rule for records, such as "five business days before". Knows the calendar; no case.

A rule is what somebody noted on the phone, so it comes in words, figures and hours. What cannot be read is never
guessed: the person is asked for the day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from .business_days import DAY, working_days_before

_NUMBERS = {
    word: n
    for n, words in enumerate(
        [
            "a an one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ],
        1,
    )
    for word in words.split()
} | {"twenty": 20, "thirty": 30}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_AMOUNT = re.compile(
    rf"\b(?:({_NUMBER})\s*(?:-|–|to|or)\s*)?({_NUMBER})[\s-]*(?:full\s+)?(calendar|working|business|work|week)?[\s-]*"
    r"(hour|hr|day|week|month)s?\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
_EVE = re.compile(r"\bday\s+(?:before|prior)\b|\bthe\s+(?:day|night)\s+(?:before|prior)\b|\beve\b", re.IGNORECASE)
_WORKING_EVE = re.compile(r"\b(?:working|business|work|week)\s*day\s+(?:before|prior)\b", re.IGNORECASE)
_SAME = re.compile(r"\bsame day\b|\b(?:day|time) of the (?:visit|appointment)\b|\bat the (?:visit|appointment)\b", re.I)
_OTHER = re.compile(
    r"\bafter\b|\bfollowing\b|\bold(?:er)?\b|\brecent\b|\bthe (?:last|past)\b|\bbooking\b|\bscheduling\b|\bper\b"
    r"|\b(?:a|each|every) (?:day|week)\b(?! (?:before|prior|ahead))|\b(?:business|working|office) hours?\b",
    re.IGNORECASE,
)
"""Words of another rule: what to do afterward, how old a record may be, when an office is open."""
_WORKING = ("working", "business", "work", "week")


def day_before(start: dt.datetime | dt.date, rule: str) -> dt.date | None:
    """The last day that a rule gives for a visit; None if it cannot be read.

    Of a range the larger number counts, so that nothing comes too late. Hours count from the time of the visit, or
    from its first minute if no time is known.

    >>> day_before(dt.date(2027, 1, 19), "three business days before")  # Martin Luther King Jr. Day is skipped
    datetime.date(2027, 1, 13)
    >>> day_before(dt.datetime(2026, 12, 1, 10, 30), "72 hours"), day_before(dt.date(2026, 12, 1), "the Friday before")
    (datetime.date(2026, 11, 28), datetime.date(2026, 11, 27))
    """
    if _OTHER.search(rule):
        return None
    day = start.date() if isinstance(start, dt.datetime) else start
    amount, named = _AMOUNT.search(rule), _WEEKDAY.search(rule)
    if amount:
        return _amount(start, day, amount)
    if named:
        return _weekday(day, _WEEKDAYS.index(named[1].lower()), rule)
    if _WORKING_EVE.search(rule):
        return working_days_before(day, 1)
    if _EVE.search(rule):
        return day - DAY
    return day if _SAME.search(rule) else None


def is_in_working_days(rule: str) -> bool:
    """Whether a rule counts working days, so that weekends and holidays are passed over."""
    amount = _AMOUNT.search(rule)
    return bool(_WORKING_EVE.search(rule) or (amount and (amount[3] or "").lower() in _WORKING))


def _amount(start: dt.datetime | dt.date, day: dt.date, amount: re.Match[str]) -> dt.date:
    count = max(_number(word) for word in amount.group(1, 2) if word)
    kind, unit = (amount[3] or "").lower(), amount[4].lower()
    if unit in ("hour", "hr"):
        at = start if isinstance(start, dt.datetime) else dt.datetime.combine(start, dt.time())
        return (at - dt.timedelta(hours=count)).date()
    if unit == "month":
        return _months_before(day, count)
    if unit == "week":
        return day - dt.timedelta(weeks=count)
    return working_days_before(day, count) if kind in _WORKING else day - dt.timedelta(days=count)


def _months_before(day: dt.date, count: int) -> dt.date:
    """The same day of an earlier month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _weekday(day: dt.date, weekday: int, rule: str) -> dt.date:
    """That weekday before the visit; "the week before" means the calendar week before."""
    if re.search(r"\bweek\s+(?:before|prior)\b|\bprevious week\b|\bprior week\b", rule, re.IGNORECASE):
        return day - dt.timedelta(days=day.weekday() + 7 - weekday)
    return day - dt.timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)
