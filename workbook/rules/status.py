"""What follows from a case on one day, all at once. Pure: (case, facts, today) -> Status."""

from __future__ import annotations

import datetime as dt

from ..case import Case
from ..law import Facts
from .alerts import compare, consistency, coverage, decisions, materials, people, records, visit, waiting
from .clocks.critical_path import critical_path
from .clocks.deadlines import deadlines
from .context import View
from .next_steps import next_steps
from .results import RANK, Alert, Status
from .same_records import gaps


def status(case: Case, facts: Facts, today: dt.date) -> Status:
    """Deadlines, alerts, same-records gaps, the critical path, and what to do next."""
    return status_of(View(case, facts, today))


def status_of(view: View) -> Status:
    """The same for a view that is at hand."""
    still, ended = deadlines(view)
    missing = gaps(view)
    found: list[Alert] = [
        *people.alerts(view),
        *waiting.alerts(view),
        *records.alerts(view),
        *materials.alerts(view),
        *coverage.alerts(view),
        *decisions.alerts(view),
        *visit.alerts(view),
        *compare.alerts(view, missing),
        *visit.on_facts(view, still),
        *consistency.alerts(view),
    ]
    found.sort(key=lambda a: (RANK[a.level], a.id, a.about))
    return Status(view.today, still, ended, tuple(found), missing, critical_path(view), next_steps(view, found))
