"""When a plan must decide a prior authorization, and when it needs papers from you. Knows the view.

Facts decide the time, its extension and whether the time stops while the plan waits for papers.
"""

from __future__ import annotations

import datetime as dt

from ...case.coverage import PriorAuth, PriorAuthState, Urgency
from ...case.partial_dates import earliest
from ...law import DatedFact
from ...locale import tr
from ..context import View
from ..counting import Part, Sum, last_day
from .plan import DECIDED, PlanClock, certainty, counted_from, shortest


def prior_auth(view: View, item: PriorAuth) -> PlanClock:
    """When the plan must decide; the shortest time if several plan types are possible."""
    return shortest(view, item, lambda family: _prior_auth(view, item, family))


def _prior_auth(view: View, item: PriorAuth, family: str) -> PlanClock:
    start = earliest(item.submitted_on)
    letter, longer = earliest(item.decision_due), earliest(item.extension_letter_on)
    if letter and longer and letter <= longer:
        letter = None  # a decision promised before the plan extended its time
    urgent = item.urgency is Urgency.URGENT
    on = start or view.today  # an unsent request would be sent today
    fact = view.facts.clock(f"prior_auth.{'urgent' if urgent else 'standard'}", on, family)
    over = tr("The plan has decided.") if item.state in DECIDED or item.notice_date else ""
    over = tr("It is not needed.") if item.state is PriorAuthState.NOT_NEEDED else over
    if start is None and letter is None and not over:
        return PlanClock(waits=tr("We can count the time limit once you enter the day it was sent in."), fact=fact)
    found = _sum(view, item, family, fact, start) if fact and start else None
    waits = (
        "" if fact or letter or over else tr("We do not know the rule for this plan. Ask the plan for its deadline.")
    )
    waits_for_papers = item.state is PriorAuthState.MORE_INFO and not item.info_sent_on
    return PlanClock(
        letter,
        found,
        None,
        fact,
        certainty(item.submitted_on),
        counted_from(tr("The day it was sent in"), item.submitted_on),
        waits,
        over,
        claim=_claim(fact, start, longer),
        paused=waits_for_papers and view.facts.clock("prior_auth.info", on, family) is not None,
    )


def _sum(view: View, item: PriorAuth, family: str, fact: DatedFact, start: dt.date) -> Sum:
    """The plan's time, an extension that it claimed in time, and the days it waited for papers."""
    urgent = item.urgency is Urgency.URGENT
    parts = [Part(fact)]
    more = view.facts.clock(f"prior_auth.{'urgent_' if urgent else ''}extension", start, family)
    longer = earliest(item.extension_letter_on)
    if more and longer and not _claim(fact, start, longer):
        parts = [Part(fact, roll=False), Part(more)]
    asked, sent = earliest(item.info_letter_on), earliest(item.info_sent_on)
    pauses = view.facts.clock("prior_auth.info", start, family)
    if pauses and asked and sent and start <= asked <= sent:
        parts.append(Part(days=(sent - asked).days, why=tr("The plan's time stopped while it waited for information.")))
    return Sum(start, tuple(parts))


def _claim(fact: DatedFact | None, start: dt.date | None, longer: dt.date | None) -> str:
    """Why a letter about more time does not count: it must come before the plan's first time ends."""
    first = last_day(fact, start) if fact and start else None
    if not first or not longer or longer <= first:
        return ""
    return tr("The letter about more time is dated after the plan's first time limit, so it does not count.")


def papers(view: View, item: PriorAuth) -> PlanClock | None:
    """By when the plan needs the papers that it asked for; None if it does not wait for any."""
    asked = item.state is PriorAuthState.MORE_INFO or item.info_letter_on or item.info_due
    if not asked:
        return None
    return shortest(view, item, lambda family: _papers(view, item, family))


def _papers(view: View, item: PriorAuth, family: str) -> PlanClock:
    start, letter = earliest(item.info_letter_on), earliest(item.info_due)
    over = tr("The information was sent.") if item.info_sent_on else ""
    if not over and (item.state in (*DECIDED, PriorAuthState.NOT_NEEDED) or item.notice_date):
        over = tr("The plan has decided.")
    clock = "prior_auth.urgent_info" if item.urgency is Urgency.URGENT else "prior_auth.info"
    fact = view.facts.clock(clock, start or view.today, family)  # a letter without a date would be from today
    waits = tr("The last day is in the plan's letter. Write it down here.")
    if fact and not start:
        waits = tr("We can count the time limit once you enter the date of the letter.")
    return PlanClock(
        letter,
        Sum(start, (Part(fact),)) if fact and start else None,
        None,
        fact,
        certainty(item.info_letter_on),
        counted_from(tr("The date on the letter"), item.info_letter_on),
        "" if letter or over or (fact and start) else waits,
        over,
    )
