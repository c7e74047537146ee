""" "Do this next": at most three actions, from the alerts and from what the steps lack. Knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ..locale import tr
from .context import View
from .results import RANK, Alert, Level, NextStep

MOST = 3
_NEVER = ("A-01", "A-31", "A-34")  # nothing to do today
_PRESSING = dt.timedelta(days=14)
# Without a date: people's privacy first, then what takes others longest.
_ORDER = (
    *(
        "A-11",
        "A-39",
        "A-03",
        "A-37",
        "A-38",
        "A-17",
        "A-05",
        "A-18",
        "A-21",
        "A-02",
        "A-24",
        "A-04",
        "A-07",
        "A-10",
        "A-09",
        "A-12",
        "A-20",
    ),
    *("A-08", "A-06", "A-25", "A-26", "A-27", "A-14", "A-16", "A-15", "A-36", "A-35", "A-29", "A-19", "A-22", "A-23"),
)
# One action answers several alerts: the first match represents its group.
_GROUPS = (("A-04", "A-07", "A-09", "A-10"), ("A-14", "A-15", "A-19"), ("A-24", "A-26"))


def next_steps(view: View, alerts: Sequence[Alert]) -> tuple[NextStep, ...]:
    """The three most important actions today."""
    ranked = sorted(
        (a for a in alerts if a.id not in _NEVER and a.level is not Level.INFO),
        key=lambda a: (RANK[a.level], _pressing(view, a), _ORDER.index(a.id) if a.id in _ORDER else len(_ORDER)),
    )
    steps: list[NextStep] = []
    taken: set[str] = set()
    for alert in ranked:
        group = next((g[0] for g in _GROUPS if alert.id in g), alert.id)
        if group not in taken:
            taken.add(group)
            steps.append(NextStep(alert.next, alert.text, alert.about, alert.id))
    for step in _map(view):
        if not any(s.about == step.about for s in steps):
            steps.append(step)
    return tuple(steps[:MOST])


def _pressing(view: View, alert: Alert) -> dt.date:
    """The date that makes it urgent, if it is near; distant dates do not rank."""
    near = alert.due is not None and alert.due <= view.today + _PRESSING
    return alert.due if near and alert.due else dt.date.max


def _map(view: View) -> Iterator[NextStep]:
    """What the steps lack, in order; nothing here blocks anyone. A step marked done is skipped."""
    case, done = view.case, view.case.steps
    if not done.get("1-goal") and not (case.goal.kinds or case.goal.own_words):
        yield NextStep(
            tr("Say what the second opinion should do."), tr("Everything else builds on it."), "goal.kinds", "map"
        )
    if not done.get("2-clinician") and view.second is None:
        why = tr("The clinic sets the day and says which records it needs.")
        yield NextStep(tr("Choose a clinician for the second opinion."), why, "clinicians", "map")
    if not done.get("3-insurance") and case.insurance.plan.type is None:
        why = tr("The kind of plan decides which rules apply.")
        yield NextStep(tr("Note what kind of insurance it is."), why, "insurance.plan.type", "map")
    if not done.get("4-records") and not case.records.requests and not case.records.items:
        why = tr("Records often take weeks.")
        yield NextStep(tr("Ask for the records."), why, "records.items", "map")
    if not done.get("5-visit") and view.next_visit is None and len(view.seen_by_two) < 2:
        yield NextStep(
            tr("Book the visit, and note its day."), tr("All other dates depend on it."), "visit.appointments", "map"
        )
    if not done.get("6-compare") and len(view.seen_by_two) > 1 and case.compare.treatment_class is None:
        yield NextStep(tr("Put the two opinions side by side."), tr("Then you see what to ask."), "compare", "map")
