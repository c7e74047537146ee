"""Which dates are still to come and which have happened, by the question's path. Knows nothing of a case."""

from __future__ import annotations

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
)
"""Dates in the future; all others tell what has happened."""

_EITHER = (".valid_from", ".until", ".service_date", ".since", "records.studies.on")


def meant(path: str) -> str:
    """Whether the date at this path is "coming" or "past"; "" if it can be either."""
    return "coming" if path.endswith(COMING) else "" if path.endswith(_EITHER) else "past"
