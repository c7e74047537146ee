"""Everything derived from a case on one day. Pure: (case, facts, today) -> Status."""

from __future__ import annotations

import datetime as dt

from ..case import Case
from ..law import Facts
from ..locale import one_language
from . import alerts
from .clocks.critical_path import critical_path
from .clocks.deadlines import deadlines
from .context import View
from .next_steps import planned
from .results import Status
from .same_records import gaps


def status(case: Case, facts: Facts, today: dt.date) -> Status:
    """Deadlines, alerts, same-records gaps, the critical path, and next steps, with those that were put off."""
    return status_of(View(case, facts, today))


def status_of(view: View) -> Status:
    """The same for an existing view."""
    with one_language():
        still, ended = view.once(deadlines)
        found = tuple(alerts.found(view))
        now, later = planned(view, found)
        return Status(view.today, still, ended, found, view.once(gaps), critical_path(view), now, later)
