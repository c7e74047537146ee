"""Alerts: what needs attention and what to do, one module a subject. Knows the case, the law and the clocks.

The modules imported here are loaded with the package; each registers its alerts.
"""

from . import (
    authorizations,
    booked,
    compare,
    consistency,
    coverage,
    decisions,
    discs,
    exporting,
    materials,
    people,
    records,
    visit,
    waiting,
)
from .register import RULES, STEP_OF, found

__all__ = [
    "RULES",
    "STEP_OF",
    "authorizations",
    "booked",
    "compare",
    "consistency",
    "coverage",
    "decisions",
    "discs",
    "exporting",
    "found",
    "materials",
    "people",
    "records",
    "visit",
    "waiting",
]
