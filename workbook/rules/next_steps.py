""" "Do this next": at most three actions, from a plan of the whole case. Knows the view.

Each open alert and each gap in the steps is an action. What cannot be undone comes first, then what ends soonest, then
what takes others longest; asks that one call settles are one step. What helps only later waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..locale import tr
from .actions import KINDS, UNLISTED, Kind, party_of
from .context import View
from .own_steps import own_steps
from .results import Alert, Level, NextStep

MOST = 3
_PRESSING = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: its place in the plan, the first day on which it helps, and the call it belongs to."""

    step: NextStep
    tier: int
    order: int
    due: dt.date | None = None
    start: dt.date = dt.date.min
    party: str = ""


def next_steps(view: View, alerts: Sequence[Alert]) -> tuple[NextStep, ...]:
    """The three most important actions today; fewer if nothing else can be done yet."""

    def place(action: Action) -> tuple[int, dt.date, int]:
        near = action.due is not None and action.due <= view.today + _PRESSING
        return action.tier, action.due if near and action.due else dt.date.max, action.order

    actions = [*_from_alerts(view, alerts), *(Action(*own) for own in own_steps(view))]
    ready = sorted((action for action in actions if action.start <= view.today), key=place)
    return tuple(_joined(ready))[:MOST]


def _from_alerts(view: View, alerts: Iterable[Alert]) -> Iterator[Action]:
    for alert in alerts:
        kind = KINDS.get(alert.id, UNLISTED)
        if kind.never or (alert.level is Level.INFO and not kind.even_if_mild) or _comes_too_late(view, kind):
            continue
        step = NextStep(alert.next, alert.text, alert.about, alert.id, kind.minutes, tr(kind.at_hand))
        due = _due(view, alert, kind)
        start = due - dt.timedelta(days=kind.early) if due and kind.early is not None else dt.date.min
        tier = kind.tier if alert.level is Level.BLOCKER else kind.tier + 1
        yield Action(step, tier, kind.order, due, start, party_of(view, alert, kind))


def _comes_too_late(view: View, kind: Kind) -> bool:
    """Whether the visit is so near that this no longer helps."""
    visit = view.next_visit
    return visit is not None and (visit.day - view.today).days < kind.stops_before


def _due(view: View, alert: Alert, kind: Kind) -> dt.date | None:
    """The date that makes it urgent: its own, or the visit if that is earlier and it must be done before."""
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
