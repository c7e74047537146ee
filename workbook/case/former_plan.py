"""When the plan changes, notes the previous plan on what it decided or asked for. Knows the case; no disk."""

from __future__ import annotations

from typing import Any

from .case import Case
from .items import Items
from .plan import NETWORKS, PlanType

_MAY_BE = (
    *(*NETWORKS, PlanType.MEDICARE_ADVANTAGE, PlanType.MEDICAID_MCO, PlanType.MARKETPLACE, PlanType.INDIVIDUAL),
    *(PlanType.EMPLOYER_INSURED, PlanType.EMPLOYER_SELF_FUNDED, PlanType.FEHB, PlanType.DUAL),
)
"""Plan types that a card naming only a network may belong to: choosing one of them later refines the answer."""


_CORRECTED = {
    (PlanType.EMPLOYER_INSURED, PlanType.EMPLOYER_SELF_FUNDED),
    (PlanType.EMPLOYER_SELF_FUNDED, PlanType.EMPLOYER_INSURED),
    (PlanType.EMPLOYER_INSURED, PlanType.FEHB),
    (PlanType.EMPLOYER_SELF_FUNDED, PlanType.FEHB),
    (PlanType.MEDICARE_ADVANTAGE, PlanType.DUAL),
    (PlanType.MEDICAID_MCO, PlanType.DUAL),
}
"""Changes that say more exactly what the same card is."""


def with_former_plan(case: Case, before: Any) -> Case:
    """The case after its plan type changed: earlier denials, authorizations and referrals record the previous plan.

    Entries that already name a plan keep it. Unchanged where the new type only refines the old one.
    """
    if before in (None, "", case.insurance.plan.type):
        return case
    former = PlanType(before)
    now = case.insurance.plan.type
    if former in (PlanType.UNKNOWN, PlanType.NONE) or (former in NETWORKS and now in _MAY_BE):
        return case
    if (former, now) in _CORRECTED:
        return case
    insurance = case.insurance
    update = {
        name: Items(item if item.plan else item.model_copy(update={"plan": former}) for item in held.values())
        for name in ("denials", "prior_auths", "referrals")
        for held in (getattr(insurance, name),)
    }
    return case.model_copy(update={"insurance": insurance.model_copy(update=update)})
