""" "Do this next": at most three actions, from a plan of the whole case. Knows the view.

Each open alert and each gap in the steps is an action. What cannot be undone comes first, then what ends soonest, then
what takes others longest; asks that one call settles are one step. What helps only later waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..locale import tr
from .actions import KINDS, UNLISTED, Action, Kind, is_planned, party_of, place
from .business_days import working_days_until
from .context import View
from .own_steps import own_steps
from .results import Alert, Level, NextStep

MOST = 3
_PRESSING = dt.timedelta(days=14)
_LAST_DAYS = 2  # working days


def next_steps(view: View, alerts: Sequence[Alert]) -> tuple[NextStep, ...]:
    """The three most important actions today; fewer if nothing else can be done yet."""

    def order(action: Action) -> tuple[int, dt.date, int]:
        (tier, n), due = place(action.key, is_blocker=action.is_blocker), action.due
        return tier, due if due and due <= view.today + _PRESSING else dt.date.max, n

    return tuple(_joined(sorted([*_from_alerts(view, alerts), *own_steps(view)], key=order)))[:MOST]


def _from_alerts(view: View, alerts: Iterable[Alert]) -> Iterator[Action]:
    for alert in alerts:
        kind = KINDS.get(alert.id, UNLISTED)
        if not is_planned(alert.id) or (alert.level is Level.INFO and not kind.even_if_mild):
            continue
        due = _due(view, alert, kind)
        if _comes_too_late(view, kind) or _is_too_early(view, kind, due):
            continue
        step = NextStep(alert.next, alert.text, alert.about, alert.id, kind.minutes, tr(kind.at_hand))
        first = alert.level is Level.BLOCKER or (kind.today and _is_last_call(view))
        yield Action(alert.id, step, due, party_of(view, alert, kind), first)


def _is_last_call(view: View) -> bool:
    """Whether offices are open on at most two more days before the clinic's last day for records."""
    return view.cut_off is not None and working_days_until(view.today, view.cut_off, _LAST_DAYS + 1) <= _LAST_DAYS


def _is_too_early(view: View, kind: Kind, due: dt.date | None) -> bool:
    """Whether it helps only closer to its date."""
    return due is not None and kind.early is not None and due - dt.timedelta(days=kind.early) > view.today


def _comes_too_late(view: View, kind: Kind) -> bool:
    """Whether the visit is so near that this no longer helps."""
    visit = view.next_visit
    return visit is not None and (visit.day - view.today).days < kind.stops_before


def _due(view: View, alert: Alert, kind: Kind) -> dt.date | None:
    """The date that makes it urgent: its own, or the visit if that is earlier and it must be done before."""
    if kind.today:
        return view.today
    days = [alert.due, view.next_visit.day if kind.for_the_visit and view.next_visit else None]
    return min((day for day in days if day), default=None)


def _joined(actions: Iterable[Action]) -> Iterator[NextStep]:
    """One step a call, its further asks in `also`; what concerns an entry that has a step is not repeated."""
    found: dict[str, NextStep] = {}
    for action in actions:
        step, key = action.step, action.party or f"{action.step.rule} {action.step.about}"
        if key not in found:
            if step.rule != "map" or all(step.about != other.about for other in found.values()):
                found[key] = step
        elif action.party and step.do not in (found[key].do, *found[key].also):
            found[key] = replace(found[key], also=(*found[key].also, step.do))
    yield from found.values()
