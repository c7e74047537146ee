"""Which dates are still to come and which have happened, by the question's path, and examples that fit them.

Knows nothing of a case.
"""

from __future__ import annotations

import datetime as dt

from ...case.partial_dates import WHICH_DAY, WHICH_YEAR
from ...locale import tr
from ...locale.dates import show_day

COMING = (
    "goal.decide_by",
    "held_slot.on",
    "held_slot.cancel_by",
    "safe_wait.until",
    ".start",
    ".cut_off",
    ".report_due",
    ".due",
    ".info_due",
    ".expected_on",
    ".decision_due",
    ".letter_deadline",
    ".valid_to",
    ".expires_on",
    ".return_by",
    ".first_date",
    ".new_date",
    ".scheduled_for",
    ".permission_until",
)
"""Dates in the future; all others tell what has happened."""

_EITHER = (".valid_from", ".until", ".service_date", ".since", "records.studies.on")


def meant(path: str) -> str:
    """Whether the date at this path is "coming" or "past"; "" if it can be either."""
    return "coming" if path.endswith(COMING) else "" if path.endswith(_EITHER) else "past"


def fitting(problem: str, path: str, today: dt.date) -> str:
    """The message about a date, with an example that can be an answer to the question at this path.

    >>> fitting(WHICH_YEAR, "person.birth_date", dt.date(2026, 11, 30))
    'Check the year. It has four digits, such as 1955.'
    >>> fitting(WHICH_DAY, "goal.decide_by", dt.date(2026, 11, 30))
    'Enter the month, or the full date, such as March 9, 2027.'
    """
    born, coming = path.endswith("birth_date"), meant(path) == "coming"
    is_over = today >= dt.date(today.year, 3, 9)
    around = today.year + 1 if coming and is_over else today.year - 1 if not coming and not is_over else today.year
    year = 1955 if born else around
    if problem == WHICH_YEAR:
        return tr("Check the year. It has four digits, such as {year}.").format(year=year)
    if problem != WHICH_DAY:
        return problem
    said = (
        tr("Enter the month, or the full date, such as {day}.")
        if coming
        else tr("Enter the year, or the full date, such as {day}.")
        if born
        else tr("Enter the year, or the month and year, or the full date, such as {day}.")
    )
    return said.format(day=show_day(f"{year}-03-09"))
