"""Which families of rules a plan follows: by its kind, by the rule a letter names, or each that a card may stand for.

A card that says HMO, PPO, EPO or POS names a network. Medicare Advantage, Medicaid and other plans all use these, and
their time limits differ. Knows the case.
"""

from __future__ import annotations

import re

from ..case import Case
from ..case.coverage import Denial, PriorAuth
from ..case.plan import NETWORKS, PlanType

FAMILIES = {
    PlanType.ORIGINAL_MEDICARE: "medicare",
    PlanType.MEDIGAP: "medicare",
    PlanType.MEDICARE_ADVANTAGE: "advantage",
    PlanType.MEDICAID_FFS: "state_medicaid",
    PlanType.MEDICAID_MCO: "medicaid",
    PlanType.MARKETPLACE: "marketplace",
    PlanType.EMPLOYER_INSURED: "employer",
    PlanType.EMPLOYER_SELF_FUNDED: "employer",
    PlanType.INDIVIDUAL: "individual",
    PlanType.HMO: "individual",
    PlanType.PPO: "individual",
    PlanType.EPO: "individual",
    PlanType.POS: "individual",
}
"""Which rules a plan follows; TRICARE and VA follow rules that we do not know."""

_NETWORK_MAY_BE = ("individual", "advantage", "medicaid")
_ANY = (*_NETWORK_MAY_BE, "medicare", "state_medicaid")
_NAMED = (
    (re.compile(r"\b422\.\d|\bpart 422\b|medicare advantage|\bpart c\b", re.IGNORECASE), ("advantage",)),
    (re.compile(r"\b438\.\d|\bpart 438\b", re.IGNORECASE), ("medicaid",)),
    (re.compile(r"\b431\.2|\bpart 431\b", re.IGNORECASE), ("state_medicaid",)),
    (re.compile(r"\b405\.9|\bpart 405\b|original medicare", re.IGNORECASE), ("medicare",)),
    (re.compile(r"\b2560\.503|\berisa\b", re.IGNORECASE), ("employer",)),
    (re.compile(r"\b147\.136", re.IGNORECASE), ("marketplace",)),
    (re.compile(r"medicaid", re.IGNORECASE), ("medicaid", "state_medicaid")),
)
"""What the rule that a letter names says of the plan behind it; the parts are of 42, 29 and 45 CFR."""


def of_kind(kind: PlanType | None) -> tuple[str, ...]:
    """The families that a plan of this kind may follow; empty where we know no rule for it."""
    if kind in NETWORKS:
        return _NETWORK_MAY_BE
    if kind is PlanType.UNKNOWN:
        return _ANY
    family = FAMILIES.get(kind) if kind else None
    return (family,) if family else ()


def of_letter(case: Case, item: Denial | PriorAuth) -> tuple[str, ...]:
    """The families that the plan behind a denial or an authorization may follow.

    What the letter itself names comes first, then the plan it was noted with, then the plan of today: a denial keeps
    the rules of the plan that denied.
    """
    named = getattr(item, "letter_rule", "")
    found = next((families for pattern, families in _NAMED if pattern.search(named)), ())
    kind = item.plan or case.insurance.plan.type
    if kind is None and isinstance(item, Denial):
        kind = PlanType.UNKNOWN  # a denial came from some plan
    return found or of_kind(kind)
