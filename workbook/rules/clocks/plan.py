"""One clock of an insurance plan: the letter's date beside the rule's, and the shortest of several. Knows the view.

Facts decide which clock runs, its start and its roll; a date on the person's own letter takes precedence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ...case.coverage import Denial, PriorAuth, PriorAuthState
from ...case.partial_dates import exact
from ...law import DatedFact
from ...locale import N_, tr
from ..context import View
from ..counting import Sum
from ..plan_families import DUAL, of_letter
from ..results import Certainty

NO_DENIAL = (PriorAuthState.APPROVED, PriorAuthState.EXPIRED, PriorAuthState.NOT_NEEDED)
DENIED = (PriorAuthState.DENIED, PriorAuthState.PARTLY)
DECIDED = (PriorAuthState.APPROVED, PriorAuthState.PARTLY, PriorAuthState.DENIED, PriorAuthState.EXPIRED)

UNSURE = N_(
    "We do not know yet if this is a Medicare Advantage, Medicaid or other plan. "
    "Each has its own time limit, so we count with the shortest. Ask the plan which kind it is."
)
BOTH = N_("The plan is under Medicare and Medicaid rules. Their time limits differ, so we count with the shorter.")


@dataclass(frozen=True, slots=True)
class PlanClock:
    """One clock of a plan: the letter's date, the rule's date, and what is missing if neither is known."""

    letter: dt.date | None = None
    sum: Sum | None = None
    aim: dt.date | None = None
    fact: DatedFact | None = None
    certainty: Certainty = Certainty.KNOWN
    evidence: str = ""
    waits: str = ""
    over: str = ""
    note: str = ""  # caveats, such as that the plan type is unknown
    claim: str = ""  # why the plan's claim of more time does not count
    paused: bool = False  # the plan waits for papers, and its time stops until it has them

    @property
    def start(self) -> dt.date | None:
        """The first day of the sum."""
        return self.sum.start if self.sum else None

    @property
    def ruled(self) -> dt.date | None:
        """The date by the rule."""
        return self.sum.day if self.sum else None

    @property
    def binding(self) -> dt.date | None:
        """The earlier of the letter's date and the rule's: it sets the level of an alert."""
        return min((d for d in (self.letter, self.ruled) if d), default=None)


def shortest(view: View, item: Denial | PriorAuth, clock: Callable[[str], PlanClock]) -> PlanClock:
    """The clock of the item's plan; of several possible plan types the one that ends first, with a caveat."""
    families = of_letter(view.case, item)
    found = [clock(family) for family in families or ("",)]
    ruled = [one for one in found if one.ruled]
    first = min(ruled, key=lambda one: one.ruled or dt.date.max, default=found[0])
    if len(families) < 2:
        return first
    note = tr(BOTH if families == DUAL else UNSURE) if _differ(found) and not first.over else ""
    return replace(first, certainty=Certainty.ESTIMATED, note=note)


def _differ(found: Sequence[PlanClock]) -> bool:
    return len({clock.ruled for clock in found}) > 1


def certainty(*days: str | None) -> Certainty:
    """Known if each of the dates that were entered is a whole day; a month counts as its first, an estimate."""
    return Certainty.KNOWN if all(exact(day) for day in days if day) else Certainty.ESTIMATED


def counted_from(words: str, value: str | None) -> str:
    """The evidence for a start: what it was, and that a month counts as its earliest day."""
    return words if exact(value) else tr("Counted from the earliest day this could be.")
