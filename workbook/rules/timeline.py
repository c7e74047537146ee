"""Milestones for the time line picture: deadlines, visits, scheduled treatment, safe-to-wait day. Data only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..locale import tr
from .every_date import Dated
from .results import STATE_RULE, Deadline, Status

KINDS = {
    "visit": "visit",
    "held-slot": "treatment",
    "safe-to-wait": "safe",
    "decide-by": "decision",
    "cut-off": "cut-off",
}
_QUIET = ("authority-ends", "complaint")  # they matter, but would crowd the picture


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day on the time line; `kind` is visit, treatment, safe, decision, cut-off, deadline or today."""

    on: dt.date
    kind: str
    words: str
    about: str
    sure: bool = True
    rule: str = ""
    booked: bool = True
    label: str = ""  # what `short` says, for a date that no rule counts
    is_quiet: bool = False  # listed, and left out of a picture


def short(milestone: Milestone) -> str:
    """A milestone in two or three words."""
    if milestone.label:
        return milestone.label
    named = {
        "today": tr("Today"),
        "visit": tr("Visit"),
        "treatment": tr("Treatment"),
        "safe": tr("Can wait until"),
        "decision": tr("Decide by"),
        "cut-off": tr("Records in"),
    }
    if not milestone.booked:
        return tr("Treatment, not booked yet") if milestone.kind == "treatment" else tr("Visit, not booked yet")
    if milestone.kind in named:
        return named[milestone.kind]
    if milestone.rule == STATE_RULE:
        return tr("Records due, by state law")
    if milestone.about.startswith("records.requests."):
        return tr("Records due")
    if milestone.about.startswith("records.materials."):
        return tr("Slides back")
    if milestone.rule in ("appeal", "next-appeal"):
        return tr("Last day to appeal")
    return tr("Plan’s last day") if milestone.about.startswith("insurance.") else tr("Last day")


def milestones(status: Status) -> tuple[Milestone, ...]:
    """The milestones of a status by day, including today."""
    found = [milestone(d) for d in status.deadlines if d.due and d.is_shown_first and d.rule not in _QUIET]
    return _in_order([m for m in found if m], status.today)


def milestones_of(dates: Iterable[Dated], today: dt.date) -> tuple[Milestone, ...]:
    """The milestones of all dates of a case, for the person's own pages; what would crowd the picture is quiet."""
    return _in_order([_dated(one) for one in dates if one.line is None or one.line.is_shown_first], today)


def _in_order(found: Iterable[Milestone], today: dt.date) -> tuple[Milestone, ...]:
    now = Milestone(today, "today", tr("Today"), "")
    return tuple(sorted([*found, now], key=lambda m: (m.on, m.kind != "today", m.kind)))


def _dated(one: Dated) -> Milestone:
    made = milestone(one.line) if one.line else None
    if made:
        return replace(made, is_quiet=one.rule in _QUIET)
    kind, sure = "visit" if one.rule == "visit" else "deadline", one.certainty.value == "known"
    return Milestone(one.on, kind, one.text, one.about, sure, one.rule, label=one.label)


def milestone(deadline: Deadline) -> Milestone | None:
    """A date as a milestone; None while its day is not known."""
    if deadline.due is None:
        return None
    kind = KINDS.get(deadline.rule, "deadline")
    sure = deadline.certainty.value == "known"
    return Milestone(deadline.due, kind, deadline.text, deadline.about, sure, deadline.rule, deadline.booked)
