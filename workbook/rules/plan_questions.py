"""Questions for the next call to the plan: those still open, and those that this plan and visit add.

Knows the view. The keys are those of `case.plan.CallAnswers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..case.clinicians import ClinicianKind
from ..case.plan import CallAnswers, CoverageCall, PlanType, Told
from ..case.records import RecordKind
from ..case.visit import VisitMode
from . import plan_calls
from .alerts.coverage import given, open_questions, unknown_networks
from .context import View
from .wording import is_none

_CLOSED = {PlanType.HMO, PlanType.EPO, PlanType.POS, PlanType.MEDICARE_ADVANTAGE, PlanType.MEDICAID_MCO}
_COUNTED = {PlanType.HMO, PlanType.POS, PlanType.MEDICARE_ADVANTAGE, PlanType.MEDICAID_MCO}
_TISSUE = {RecordKind.SLIDES, RecordKind.BLOCK, RecordKind.SLIDE_SCAN}


@dataclass(frozen=True, slots=True)
class ToAsk:
    """The next call: the main questions still open, further ones, and those to get in writing.

    `before` is the last call with answers, preferably one with a reference number; None if there is none.
    """

    main: tuple[str, ...]
    more: tuple[str, ...]
    in_writing: tuple[str, ...]
    before: CoverageCall | None


def to_ask(view: View) -> ToAsk:
    """What the next call should ask, in order."""
    open_, spoken = open_questions(view)
    asked = plan_calls.keys(plan_calls.questions(view.case))
    every = plan_calls.main_keys(view.case)
    main = tuple(k for k in every if k in open_)
    extras = (k for k in _extras(view) if k in asked and k not in every and not given(view, k))
    more = dict.fromkeys([*(k for k in open_ if k not in every), *extras])
    answered = [c for c in view.case.insurance.calls.values() if _answers(c)]
    answered.sort(key=lambda c: c.when or "")
    numbered = [c for c in answered if not is_none(c.reference)]
    before = numbered or answered
    return ToAsk(main, tuple(more), tuple(spoken), before[-1] if before else None)


def _answers(call: CoverageCall) -> list[str]:
    return [k for k in CallAnswers.model_fields if getattr(call.answers, k).answer]


def _extras(view: View) -> Iterator[str]:
    """Questions that only some plans, visits and records need."""
    plan, visit = view.case.insurance.plan.type, view.next_visit
    if not any(a.answer is Told.YES for a in given(view, "network")):
        yield "outside_network"
    yield from (f"{body.value}_network" for body in unknown_networks(view))
    if plan in _CLOSED or any(a.answer is Told.NO for a in given(view, "network")):
        yield "gap_exception"
    if plan in _COUNTED:
        yield "visit_count"
    online = (VisitMode.VIDEO, VisitMode.PHONE)
    if (visit and visit.appointment.mode in online) or (view.second and view.second.kind is ClinicianKind.VIRTUAL):
        yield "virtual_covered"
    if any(item.kind in _TISSUE for item in view.case.records.items.values()):
        yield "slide_review_cost"
