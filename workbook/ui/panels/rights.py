"""What the law says for this plan, or for records in this state, by topic. Knows the derived status; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ...case.plan import PlanType
from ...locale import N_, tr
from ..derived import Derived, derived
from ..handle import OpenCase
from . import alerts
from .base import View, draw

if TYPE_CHECKING:
    from ...law import DatedFact

TOPICS = ("plan", "records")
_FEW = 5  # as many are read in a row; more are folded by what they are about
_ABOUT = (
    (("S2-", "M-", "I-"), N_("Second opinions, and what the plan pays")),
    (("PA-",), N_("Approval before care (prior authorization)")),
    (("AP-", "AD-"), N_("If the plan says no: appeals")),
    (("L-",), N_("Where to find help")),
)
"""The starts of the ids of facts, and what they are about."""


def viewing(topic: str) -> View:
    """A view of the facts on one of the topics; nothing if none applies."""

    def view(handle: OpenCase) -> str:
        if not handle.bound:
            return ""
        from ...rules import own_law

        known = derived(handle)
        found = own_law.for_plan(known.view) if topic == "plan" else own_law.for_records(known.view)
        if not found:
            return ""
        title = _title(known, found) if topic == "plan" else tr("What your state's law says")
        return draw("rights", title=title, topic=topic, count=len(found), groups=_groups(found, known))

    return view


def _title(known: Derived, found: Sequence[DatedFact]) -> str:
    """What is listed: of a plan that is not known, nothing is said as if it were."""
    if all(fact.id.startswith("L-") for fact in found):
        return tr("Where to find help")
    if known.view.case.insurance.plan.type in (None, PlanType.UNKNOWN):
        return tr("What the law may say, by kind of plan")
    return tr("What the law says for this plan")


def _groups(found: Sequence[DatedFact], known: Derived) -> list[dict[str, Any]]:
    """The facts by what they are about; a few stay together, without a title."""
    if len(found) <= _FEW:
        return [{"title": "", "facts": [alerts.source(fact, known) for fact in found]}]
    groups = [{"title": tr(title), "facts": _sources(found, starts, known)} for starts, title in _ABOUT]
    return [group for group in groups if group["facts"]]


def _sources(found: Sequence[DatedFact], starts: tuple[str, ...], known: Derived) -> list[dict[str, str]]:
    return [alerts.source(fact, known) for fact in found if fact.id.startswith(starts)]
