"""What a change of plan leaves with its letters: each keeps the plan it came from. Knows the case; no disk."""

from __future__ import annotations

from typing import Any

from .case import Case
from .items import Items
from .plan import PlanType

_OPEN = (None, PlanType.UNKNOWN, PlanType.NONE, PlanType.HMO, PlanType.PPO, PlanType.EPO, PlanType.POS)
"""Kinds that say too little: to choose another after one of these is to know better, not to change plans."""


def with_former_plan(case: Case, before: Any) -> Case:
    """The case after its kind of plan was changed: denials and authorizations noted until then name the plan before.

    Those that name a plan already keep it. The same case where the kind before says too little to be kept.
    """
    if before in (None, "", case.insurance.plan.type):
        return case
    former = PlanType(before)
    if former in _OPEN:
        return case
    insurance = case.insurance
    update = {
        name: Items(item if item.plan else item.model_copy(update={"plan": former}) for item in held.values())
        for name, held in (("denials", insurance.denials), ("prior_auths", insurance.prior_auths))
    }
    return case.model_copy(update={"insurance": insurance.model_copy(update=update)})
