"""When a clinic must give a written estimate to a person who pays on their own. Knows the view."""

from __future__ import annotations

import datetime as dt

from ...case import YesNo
from ...case.coverage import EstimateState, GoodFaithEstimate
from ...case.partial_dates import earliest
from ...case.plan import PlanType
from ...law import DatedFact
from ...locale import tr
from ..business_days import working_days_until
from ..context import View
from ..counting import Part, Sum
from .plan import PlanClock, certainty, counted_from


def estimate(view: View, item: GoodFaithEstimate) -> PlanClock:
    """When the estimate is due."""
    over = ""
    if item.received_on or item.state in (EstimateState.RECEIVED, EstimateState.DISPUTED):
        over = tr("It arrived.")
    elif item.self_pay is YesNo.NO and view.case.insurance.plan.type is not PlanType.NONE:
        over = tr("The rule is for people who pay on their own.")
    letter, asked, visit = earliest(item.due), earliest(item.asked_on), earliest(item.scheduled_for)
    if asked is None:
        waits = "" if letter else tr("We can count the time limit once you enter the day you asked.")
        return PlanClock(letter=letter, waits=waits, over=over, evidence=tr("The clinic"))
    near = view.facts.clock("estimate.near", asked)
    fact = near if near and visit and _is_near(near, asked, visit) else view.facts.clock("estimate.far", asked)
    return PlanClock(
        letter,
        Sum(asked, (Part(fact),)) if fact else None,
        None,
        fact,
        certainty(item.asked_on),
        counted_from(tr("The day you asked"), item.asked_on),
        over=over,
    )


def _is_near(rule: DatedFact, asked: dt.date, visit: dt.date) -> bool:
    """Whether the visit is close enough for the rule on short notice."""
    least, most = int(rule.figures.get("least", 0)), int(rule.figures.get("most", 0))
    return least <= working_days_until(asked, visit, most + 1) <= most
