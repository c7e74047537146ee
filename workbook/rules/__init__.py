"""Derives everything from a case: clocks, alerts, gaps, next steps. Pure functions of (case, facts, today).

Knows the case and the dated facts; no disk, no widgets, no clock: `today` is an argument.
"""

from .alerts.exporting import export_alerts
from .as_of import as_known
from .clocks.requests import RequestClock, clocks
from .clocks.routes import ROUTES, RouteRule
from .context import View
from .every_date import Dated, every_date, next_of
from .missing import Completeness, Lack, completeness, missing
from .on_the_way import Far, Stage, Track, receiver, tracks
from .questions import Fit, fit
from .results import Alert, Certainty, CriticalPath, Deadline, Ended, Gap, Level, NextStep, Status
from .same_records import Row, matrix
from .status import status, status_of
from .third_opinion import ThirdOpinion, third_opinion
from .timeline import Milestone, milestones, milestones_of

__all__ = [
    "ROUTES",
    "Alert",
    "Certainty",
    "Completeness",
    "CriticalPath",
    "Dated",
    "Deadline",
    "Ended",
    "Far",
    "Fit",
    "Gap",
    "Lack",
    "Level",
    "Milestone",
    "NextStep",
    "RequestClock",
    "RouteRule",
    "Row",
    "Stage",
    "Status",
    "ThirdOpinion",
    "Track",
    "View",
    "as_known",
    "clocks",
    "completeness",
    "every_date",
    "export_alerts",
    "fit",
    "matrix",
    "milestones",
    "milestones_of",
    "missing",
    "next_of",
    "receiver",
    "status",
    "status_of",
    "third_opinion",
    "tracks",
]
