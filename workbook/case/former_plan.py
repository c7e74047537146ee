"""What a change of plan leaves with its letters: each keeps the plan it came from. Knows the case; no disk."""

from __future__ import annotations

from typing import Any

from .case import Case
from .items import Items
from .plan import NETWORKS, PlanType

_MAY_BE = (
    *(*NETWORKS, PlanType.MEDICARE_ADVANTAGE, PlanType.MEDICAID_MCO, PlanType.MARKETPLACE, PlanType.INDIVIDUAL),
    *(PlanType.EMPLOYER_INSURED, PlanType.EMPLOYER_SELF_FUNDED),
)
"""What a card that names only a network may stand for: to choose one of these after it is to know better."""


def with_former_plan(case: Case, before: Any) -> Case:
    """The case after its kind of plan was changed: denials and authorizations noted until then name the plan before.

    Those that name a plan already keep it. The same case where the new kind only says better what the old one was.
    """
    if before in (None, "", case.insurance.plan.type):
        return case
    former = PlanType(before)
    if former in (PlanType.UNKNOWN, PlanType.NONE) or (former in NETWORKS and case.insurance.plan.type in _MAY_BE):
        return case
    insurance = case.insurance
    update = {
        name: Items(item if item.plan else item.model_copy(update={"plan": former}) for item in held.values())
        for name, held in (("denials", insurance.denials), ("prior_auths", insurance.prior_auths))
    }
    return case.model_copy(update={"insurance": insurance.model_copy(update=update)})
