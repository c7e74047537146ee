""" "Do this next": at most three actions, from a plan of the whole case. Knows the view.

Each open alert and each gap in the steps is an action. What cannot be undone comes first, then what ends soonest, then
what takes others longest; asks that one call settles are one step. What helps only later waits. A question that was
skipped goes behind what was not, and a step that was put off comes back on its day. On a day when offices are closed,
what needs nobody comes before a call, unless that is about what cannot be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..case.partial_dates import exact
from ..case.skips import is_part_of
from ..locale import tr
from .actions import KINDS, PLAN, UNLISTED, Action, Kind, is_planned, party_of, place
from .business_days import holiday, is_working_day, working_days_after, working_days_until
from .context import View
from .own_steps import own_steps
from .results import Alert, Level, NextStep

MOST = 3
_PRESSING = dt.timedelta(days=14)
_LAST_DAYS = 2  # working days
_FIRST = 1  # the last tier of what stops everything else: a blocker, or what cannot be undone


def next_steps(view: View, alerts: Sequence[Alert]) -> tuple[NextStep, ...]:
    """The three most important actions today; fewer if nothing else can be done yet."""
    return planned(view, alerts)[0]


def planned(view: View, alerts: Sequence[Alert]) -> tuple[tuple[NextStep, ...], tuple[NextStep, ...]]:
    """The most important actions today, and those that a person put off to a later day."""

    def order(action: Action) -> tuple[bool, bool, int, dt.date, int]:
        (tier, n), due = place(action.key, is_blocker=action.is_blocker), action.due
        soon = due if due and due <= view.today + _PRESSING else dt.date.max
        return tier > _FIRST and _waits(view, action), _is_skipped(view, action), tier, soon, n

    actions = sorted([*_from_alerts(view, alerts), *own_steps(view)], key=order)
    waiting = {a.id for a in actions if _waits(view, a) and place(a.key, is_blocker=a.is_blocker)[0] > _FIRST}
    now: list[NextStep] = []
    calls: list[NextStep] = []
    later: list[NextStep] = []
    for step in _joined(view, actions):
        back = _comes_back(view, step)
        if back:
            later.append(replace(step, until=back))
        else:
            (calls if step.keys[0] in waiting else now).append(step)
    first = now[: MOST - 1] if calls else now  # the first call of the next business day is never pushed out
    return tuple([*first, *calls][:MOST]), tuple(later)


def _waits(view: View, action: Action) -> bool:
    """Whether it is a call, and nobody answers today."""
    if not action.is_call or is_working_day(view.today):
        return False
    return action.party != PLAN or view.family != "medicare" or bool(holiday(view.today))  # fact M-4-hours


def _is_skipped(view: View, action: Action) -> bool:
    """Whether it asks for an answer that a person went past, and nothing is blocked by that."""
    return not action.is_blocker and any(is_part_of(action.step.about, path) for path in view.case.skipped)


def _comes_back(view: View, step: NextStep) -> dt.date | None:
    """The day to which all of a step was put off; None if it is for today."""
    days = [exact(view.case.postponed.get(key)) for key in step.keys]
    back = min((day for day in days if day), default=None)
    return back if back and all(days) and back > view.today else None


def _can_wait_until(view: View, action: Action) -> dt.date | None:
    """The next business day, if it is not too late then; a call on a day when offices are closed has to wait."""
    day = working_days_after(view.today, 1)
    if _waits(view, action):
        return day
    can_be_undone = place(action.key, is_blocker=action.is_blocker)[0] > 0
    return day if can_be_undone and (action.due is None or action.due >= day) else None


def _from_alerts(view: View, alerts: Iterable[Alert]) -> Iterator[Action]:
    for alert in alerts:
        kind = KINDS.get(alert.id, UNLISTED)
        is_free = kind.at_home and not is_working_day(view.today)
        if not is_planned(alert.id) or (alert.level is Level.INFO and not (kind.even_if_mild or is_free)):
            continue
        due = _due(view, alert, kind)
        if _comes_too_late(view, kind) or (_is_too_early(view, kind, due) and not is_free):
            continue
        is_late = alert.due is not None and alert.due < view.today
        step = NextStep(alert.next, alert.text, alert.about, alert.id, kind.minutes, tr(kind.at_hand), late=is_late)
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


def _joined(view: View, actions: Iterable[Action]) -> Iterator[NextStep]:
    """One step a call, its further asks in `also`; what concerns an entry that has a step is not repeated."""
    found: dict[str, NextStep] = {}
    for action in actions:
        step, key = action.step, action.party or f"{action.step.rule} {action.step.about}"
        if key not in found:
            if step.rule != "map" or all(step.about != other.about for other in found.values()):
                found[key] = replace(step, until=_can_wait_until(view, action), keys=(action.id,))
            continue
        before = found[key]
        asks = action.party and step.do not in (before.do, *before.also)
        also = (*before.also, step.do) if asks else before.also
        is_late = before.late or step.late
        found[key] = replace(before, also=also, late=is_late, keys=(*before.keys, action.id))
    yield from found.values()
