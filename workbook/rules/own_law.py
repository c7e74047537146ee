"""The facts that apply to this plan and this state, for a person to read. Knows the view."""

from __future__ import annotations

from collections.abc import Iterator

from ..case.plan import PlanType
from ..law import DatedFact
from .context import View
from .plan_families import of_kind
from .us_states import states_in

_PLAN = ("S2-", "M-", "I-", "PA-", "AP-", "AD-")  # second opinions first, then what decides and how to appeal
_RECORDS = ("H-",)
_UNDER_STATE_LAW = (
    *(None, PlanType.UNKNOWN, PlanType.MARKETPLACE, PlanType.EMPLOYER_INSURED, PlanType.INDIVIDUAL),
    *(PlanType.HMO, PlanType.PPO, PlanType.EPO, PlanType.POS),
)
"""The plans that a state's law on second opinions can bind, or that may turn out to be one of them."""
_HELP = ("L-2", "L-1")


def for_plan(view: View) -> tuple[DatedFact, ...]:
    """What applies to a plan of this kind and to second opinions in this state; then where to find help."""
    states = states_in(view.case.person.state)
    kind = view.case.insurance.plan.type
    groups = {*of_kind(kind), *(states if kind in _UNDER_STATE_LAW else ())}
    found = [fact for fact in _applying(view, groups) if fact.id.startswith(_PLAN)]
    found.sort(key=lambda fact: next(n for n, start in enumerate(_PLAN) if fact.id.startswith(start)))
    scope = ("S2-scope",) if any(fact.id.startswith("S2-") for fact in found) else ()
    return (*found, *_named(view, *scope, *_HELP))


def for_records(view: View) -> tuple[DatedFact, ...]:
    """What applies to copies of records in this state; empty if its law is no faster, or we do not know it."""
    states = states_in(view.case.person.state)
    return tuple(fact for fact in _applying(view, {*states}) if fact.id.startswith(_RECORDS))


def _applying(view: View, groups: set[str]) -> Iterator[DatedFact]:
    for fact in view.facts.values():
        if groups & {*fact.applies_to} and _is_in_force(view, fact):
            yield fact


def _is_in_force(view: View, fact: DatedFact) -> bool:
    return (fact.valid_from is None or fact.valid_from <= view.today) and (
        fact.valid_to is None or view.today <= fact.valid_to
    )


def _named(view: View, *keys: str) -> tuple[DatedFact, ...]:
    found = (view.facts.in_force(key, view.today) for key in keys)
    return tuple(fact for fact in found if fact)
