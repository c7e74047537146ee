"""What follows from a case on one day, all at once. Pure: (case, facts, today) -> Status."""

from __future__ import annotations

import datetime as dt

from ..case import Case
from ..facts import Facts
from . import (
    alerts_compare,
    alerts_coverage,
    alerts_decisions,
    alerts_materials,
    alerts_people,
    alerts_records,
    alerts_visit,
    alerts_waiting,
    doubts,
)
from .critical_path import critical_path
from .deadlines import deadlines
from .next_steps import next_steps
from .same_records import gaps
from .values import RANK, Alert, Status
from .view import View


def status(case: Case, facts: Facts, today: dt.date) -> Status:
    """Deadlines, alerts, same-records gaps, the critical path, and what to do next."""
    return status_of(View(case, facts, today))


def status_of(view: View) -> Status:
    """The same for a view that is at hand."""
    still, ended = deadlines(view)
    missing = gaps(view)
    found: list[Alert] = [
        *alerts_people.alerts(view),
        *alerts_waiting.alerts(view),
        *alerts_records.alerts(view),
        *alerts_materials.alerts(view),
        *alerts_coverage.alerts(view),
        *alerts_decisions.alerts(view),
        *alerts_visit.alerts(view),
        *alerts_compare.alerts(view, missing),
        *alerts_visit.on_facts(view, still),
        *doubts.alerts(view),
    ]
    found.sort(key=lambda a: (RANK[a.level], a.id, a.about))
    return Status(view.today, still, ended, tuple(found), missing, critical_path(view), next_steps(view, found))
