"""Helpers for tests of the rules: a case from plain data, and its status on a day. All people are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from workbook import law, rules
from workbook.case import Case

FACTS = law.load()
FIRST = {"id": "c-first", "name": "Dr. Solveig Marsh-Invented", "role": "first", "facility": "Lakeside Made-Up Clinic"}
SECOND = {"id": "c-second", "name": "Dr. Teodor Quill-Invented", "role": "second", "facility": "North Fable Hospital"}


def day(text: str) -> dt.date:
    """A day from its ISO form."""
    return dt.date.fromisoformat(text)


def case(**sections: Any) -> Case:
    """A case with two clinicians and these sections."""
    return Case.model_validate({"id": "invented", "clinicians": [FIRST, SECOND], **sections})


def visit(start: str = "2026-12-01T10:30", **more: Any) -> dict[str, Any]:
    """The visit section with a visit to the second clinician; `more` are fields of the appointment."""
    questions = more.pop("questions", [])
    appointment = {"id": "v1", "clinician": "c-second", "start": start, **more}
    return {"appointments": [appointment], "questions": questions}


def status(of: Case, today: str) -> rules.Status:
    """The status on the day."""
    return rules.status(of, FACTS, day(today))


def alerts(of: Case, today: str, which: str) -> list[rules.Alert]:
    """The alerts with this id on the day."""
    return [a for a in status(of, today).alerts if a.id == which]


def level(of: Case, today: str, which: str) -> str | None:
    """The highest level at which the alert fires, or None if it does not."""
    found = [a.level.value for a in alerts(of, today, which)]
    return min(found, key=["blocker", "warning", "info"].index) if found else None


def due(of: Case, today: str, rule: str) -> str | None:
    """The due date of the only open deadline with this rule: "none" if it has no date yet, None if there is none."""
    found = [d for d in status(of, today).deadlines if d.rule == rule]
    assert len(found) <= 1
    return (found[0].due.isoformat() if found[0].due else "none") if found else None


def ended(of: Case, today: str, rule: str) -> str | None:
    """Why the deadline with this rule ended, or None."""
    return next((e.why for e in status(of, today).ended if e.rule == rule), None)
