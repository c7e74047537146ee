"""The marks of the time line picture: deadlines, visits, the booked treatment, the safe-to-wait day. Data only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..locale import tr
from .results import Deadline, Status

KINDS = {
    "visit": "visit",
    "held-slot": "treatment",
    "safe-to-wait": "safe",
    "decide-by": "decision",
    "cut-off": "cut-off",
}
_QUIET = ("authority-ends", "complaint")  # they matter, and would crowd the picture


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on the time line; `kind` is visit, treatment, safe, decision, cut-off, deadline or today."""

    on: dt.date
    kind: str
    words: str
    about: str
    sure: bool = True


def short(mark: Mark) -> str:
    """Two or three words for a mark."""
    named = {
        "today": tr("Today"),
        "visit": tr("Visit"),
        "treatment": tr("Treatment"),
        "safe": tr("Can wait until"),
        "decision": tr("Decide by"),
        "cut-off": tr("Records in"),
    }
    if mark.kind in named:
        return named[mark.kind]
    if mark.about.startswith("records.requests."):
        return tr("Records due")
    if mark.about.startswith("records.materials."):
        return tr("Slides back")
    return tr("Plan’s last day") if mark.about.startswith("insurance.") else tr("Last day")


def marks(status: Status) -> tuple[Mark, ...]:
    """The marks of a status by day, today among them."""
    found = [_mark(d) for d in status.deadlines if d.due and d.hard and d.rule not in _QUIET]
    today = Mark(status.today, "today", tr("Today"), "")
    return tuple(sorted([m for m in found if m] + [today], key=lambda m: (m.on, m.kind != "today", m.kind)))


def _mark(deadline: Deadline) -> Mark | None:
    if deadline.due is None:
        return None
    kind = KINDS.get(deadline.rule, "deadline")
    return Mark(deadline.due, kind, deadline.text, deadline.about, deadline.certainty.value == "known")
