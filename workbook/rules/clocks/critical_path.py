"""Which record arrives last, and the slack before the clinic's cut-off. Knows the view and request clocks."""

from __future__ import annotations

import datetime as dt

from ...case.partial_dates import is_day, latest
from ...case.records import RecordItem
from ..context import View
from ..results import CriticalPath
from .requests import RequestClock, clocks


def critical_path(view: View) -> CriticalPath:
    """The required open record that arrives last; one without any date counts as latest."""
    running = by_item(view)
    expected = [(item, _ahead(view, arrival(item, running.get(item.id, [])))) for item in view.open_items]
    if not expected:
        return CriticalPath(cut_off=view.cut_off)
    item, day = max(expected, key=lambda pair: pair[1] or dt.date.max)
    return CriticalPath(f"records.items.{item.id}", day, view.cut_off)


def _ahead(view: View, day: dt.date | None) -> dt.date | None:
    """The day if it is still to come: a promise that has passed says nothing about the arrival."""
    return day if day and day >= view.today else None


def by_item(view: View) -> dict[str, list[RequestClock]]:
    """The open requests for each record."""
    found: dict[str, list[RequestClock]] = {}
    for clock in clocks(view):
        if not clock.over:
            for key in clock.request.items:
                found.setdefault(key, []).append(clock)
    return found


def arrival(item: RecordItem, open_requests: list[RequestClock]) -> dt.date | None:
    """When the record should arrive: the promised date, else the earliest legal due date, else None."""
    if is_day(item.expected_on):
        return latest(item.expected_on)
    promised = [c.promised for c in open_requests if c.promised]
    legal = [c.binding for c in open_requests if c.binding and not c.promised]
    return min([*promised, *legal], default=None)
