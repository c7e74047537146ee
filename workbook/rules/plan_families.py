"""Plan families of a plan: by its type, by the rule a letter cites, or several for an ambiguous card.

A card that says HMO, PPO, EPO or POS names a network. Medicare Advantage, Medicaid and other plans all use these, and
time limits differ. Knows the case.
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
    PlanType.DUAL: "advantage",
    PlanType.MEDICAID_FFS: "state_medicaid",
    PlanType.MEDICAID_MCO: "medicaid",
    PlanType.MARKETPLACE: "marketplace",
    PlanType.EMPLOYER_INSURED: "employer",
    PlanType.EMPLOYER_SELF_FUNDED: "employer",
    PlanType.FEHB: "fehb",
    PlanType.INDIVIDUAL: "individual",
    PlanType.HMO: "individual",
    PlanType.PPO: "individual",
    PlanType.EPO: "individual",
    PlanType.POS: "individual",
    PlanType.TRICARE: "tricare",
    PlanType.VA: "va",
}
"""The families of each plan type; for TRICARE and VA we know no clock."""

MEDICARE_PHONE = "1-800-633-4227"
"""1-800-MEDICARE, the number of Original Medicare for everybody (fact M-4)."""

NETWORKED = (
    PlanType.MEDICARE_ADVANTAGE,
    PlanType.DUAL,
    PlanType.MEDICAID_MCO,
    PlanType.MARKETPLACE,
    PlanType.EMPLOYER_INSURED,
    PlanType.EMPLOYER_SELF_FUNDED,
    PlanType.FEHB,
    PlanType.INDIVIDUAL,
    PlanType.HMO,
    PlanType.PPO,
    PlanType.EPO,
    PlanType.POS,
)
"""The plan types that have a network of clinicians."""

TYPES = {
    **{family: tuple(kind for kind in FAMILIES if FAMILIES[kind] == family) for family in FAMILIES.values()},
    "networked": NETWORKED,
}
"""The plan types of each family by name, and of all plans that have a network."""

DUAL = ("advantage", "medicaid")
"""The families of a plan that joins Medicare and Medicaid."""

_NETWORK_MAY_BE = ("individual", "advantage", "medicaid")
_ANY = (*_NETWORK_MAY_BE, "medicare", "state_medicaid")
_NAMED = (
    (re.compile(r"\b422\.\d|\bpart 422\b|medicare advantage|\bpart c\b", re.IGNORECASE), ("advantage",)),
    (re.compile(r"\b438\.\d|\bpart 438\b", re.IGNORECASE), ("medicaid",)),
    (re.compile(r"\b431\.2|\bpart 431\b", re.IGNORECASE), ("state_medicaid",)),
    (re.compile(r"\b405\.9|\bpart 405\b|original medicare", re.IGNORECASE), ("medicare",)),
    (re.compile(r"\b2560\.503|\berisa\b", re.IGNORECASE), ("employer",)),
    (re.compile(r"\b147\.136", re.IGNORECASE), ("marketplace",)),
    (re.compile(r"\b890\.10\d|\bpart 890\b|\bfehb\b|\bopm\b", re.IGNORECASE), ("fehb",)),
    (re.compile(r"medicaid", re.IGNORECASE), ("medicaid", "state_medicaid")),
)
"""What a rule cited in a letter implies about the plan; the parts are of 5, 29, 42 and 45 CFR."""


def of_kind(kind: PlanType | None) -> tuple[str, ...]:
    """The families that a plan of this type may follow; empty if we know no rule for it."""
    if kind in NETWORKS:
        return _NETWORK_MAY_BE
    if kind is PlanType.UNKNOWN:
        return _ANY
    if kind is PlanType.DUAL:
        return DUAL
    family = FAMILIES.get(kind) if kind else None
    return (family,) if family else ()


def of_letter(case: Case, item: Denial | PriorAuth) -> tuple[str, ...]:
    """The families of the plan behind a denial or an authorization.

    The rule cited in the letter comes first, then the plan recorded with it, then the current plan: a denial keeps
    the rules of the plan that denied.
    """
    named = getattr(item, "letter_rule", "")
    found = next((families for pattern, families in _NAMED if pattern.search(named)), ())
    kind = item.plan or case.insurance.plan.type
    if kind is None and isinstance(item, Denial):
        kind = PlanType.UNKNOWN  # a denial implies a plan
    return found or of_kind(kind)
