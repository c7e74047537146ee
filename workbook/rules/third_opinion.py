"""The third-opinion card: whether to show it, what to do first, and what Medicare pays. Knows the view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..case.opinions import AgreementClass
from ..law import DatedFact
from ..locale import tr
from .alerts.compare import have_seen_the_same, wants_third
from .context import View
from .results import NOT_THERE, Alert, Gap


@dataclass(frozen=True, slots=True)
class ThirdOpinion:
    """`is_open` shows the card; `before` says what comes first; `medicare` has the facts that apply to the plan."""

    is_open: bool
    before: tuple[str, ...]
    medicare: tuple[DatedFact, ...]


def third_opinion(view: View, gaps: Sequence[Gap], alerts: Sequence[Alert]) -> ThirdOpinion:
    """The third-opinion card of the compare page."""
    before = []
    if any(g.how != NOT_THERE for g in gaps):
        before.append(tr("First, make sure both see the same records."))
    elif not have_seen_the_same(view):
        before.append(tr("First, write down which records each of them has seen."))
    if any(a.id == "A-27" for a in alerts):
        before.append(tr("First, wait for the result that is still open."))
    compare = view.case.compare
    differ = AgreementClass.DIFFERENT in (compare.diagnosis_class, compare.treatment_class)
    keys = ("M-1", "M-2", "M-3", "M-6-2026") if view.family == "medicare" and differ else ()
    found = (view.facts.in_force(key, view.today) for key in keys)  # no visit yet: use today
    medicare = tuple(fact for fact in found if fact)
    return ThirdOpinion(wants_third(view) and not before, tuple(before), medicare)
