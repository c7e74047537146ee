"""Clocks of appeals: the last day to appeal, keeping care meanwhile, the answer, and the next step. Knows the view."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from ...case.coverage import AppealLevel, Denial, DenialState
from ...case.partial_dates import earliest
from ...law import DatedFact
from ...locale import tr
from ..context import View
from ..counting import Part, Sum, last_day
from ..plan_families import of_letter
from ..results import Certainty
from ..wording import say, sentences
from .plan import DENIED, PlanClock, certainty, counted_from, shortest

_FILED = (DenialState.FILED, DenialState.WON, DenialState.LOST, DenialState.EXTERNAL, DenialState.CLOSED)
_KEEPS = re.compile(r"medicaid|438\.4[02]|431\.23", re.IGNORECASE)  # words that identify a letter from Medicaid
_MEDICAID = ("medicaid", "state_medicaid")
_NEXT = {
    **{
        (family, level): AppealLevel.EXTERNAL
        for family in ("marketplace", "employer", "individual", "fehb")
        for level in (AppealLevel.FIRST, AppealLevel.SECOND)
    },
    ("medicare", AppealLevel.FIRST): AppealLevel.SECOND,
    ("medicare", AppealLevel.SECOND): AppealLevel.HEARING,
    ("advantage", AppealLevel.FIRST): AppealLevel.EXTERNAL,
    ("advantage", AppealLevel.EXTERNAL): AppealLevel.HEARING,
    **{(family, AppealLevel.HEARING): AppealLevel.COUNCIL for family in ("medicare", "advantage")},
    ("medicaid", AppealLevel.FIRST): AppealLevel.HEARING,
}
"""The step after a lost appeal, by plan family; for Medicare Advantage, the plan sends the first one on itself."""


def denial(view: View, item: Denial) -> PlanClock:
    """The last day to appeal; the shortest time if several plan types are possible."""
    clock = shortest(view, item, lambda family: _denial(view, item, family))
    families = of_letter(view.case, item)
    if not clock.note or "medicaid" not in families:
        return clock
    notice = _letter_dates(view, item)[0]
    fact = view.facts.clock("appeal.keep", earliest(notice) or view.today, "medicaid") if notice else None
    keep = last_day(fact, earliest(notice) or view.today) if fact and notice else None
    if keep is None or keep < view.today:
        return clock
    also = tr("If this is Medicaid and it is cutting care you already get, ask by {day} to keep that care.")
    return replace(clock, note=sentences(clock.note, also.format(day=say(keep))))


def _denial(view: View, item: Denial, family: str) -> PlanClock:
    notice, got = _letter_dates(view, item)
    level = item.level or AppealLevel.FIRST
    return _window(view, level, family, notice, got, letter=earliest(item.letter_deadline), over=_over(item))


def _over(item: Denial) -> str:
    """Why the time to appeal no longer runs; "" while it does."""
    if item.state is DenialState.LOST:
        return tr("The appeal was answered.")
    if item.filed_on or item.state is DenialState.FILED:
        return tr("The appeal was sent.")
    closed = item.state in (DenialState.WON, DenialState.CLOSED, DenialState.EXTERNAL)
    return tr("It is closed.") if closed else ""


def _window(
    view: View,
    level: AppealLevel,
    family: str,
    notice: str | None,
    got: str | None,
    letter: dt.date | None = None,
    over: str = "",
) -> PlanClock:
    """The time to take one step of an appeal, from the dates on and of the letter that allows it."""
    dated, came = earliest(notice), earliest(got)

    def starts(fact: DatedFact) -> dt.date:
        """The day that a version counts from; a letter without dates would arrive today."""
        return _starts(fact, dated, came) or view.today

    fact = view.facts.clock_from(f"appeal.{level}", starts, family)
    if fact is None:
        waits = "" if letter else tr("The last day to appeal is printed on the letter. Write it down here.")
        return PlanClock(letter=letter, waits=waits, over=over, evidence=tr("The letter"))
    start = _starts(fact, dated, came)
    if start is None:
        waits = tr("We can count the time limit once you enter the date of the letter.")
        return PlanClock(letter=letter, fact=fact, waits="" if letter else waits, over=over, evidence=tr("The letter"))
    return PlanClock(
        letter,
        _sum(fact, dated, start, came),
        _aim(fact, dated, start),
        fact,
        certainty(got if start == came else notice),
        counted_from(tr("The day the letter arrived"), got)
        if start == came
        else counted_from(tr("The date on the letter"), notice),
        "",
        over,
    )


def _sum(fact: DatedFact, dated: dt.date | None, start: dt.date, came: dt.date | None) -> Sum:
    if dated and fact.presumed_after and start != came and start == dated + dt.timedelta(days=fact.presumed_after):
        mail = Part(days=fact.presumed_after, why=tr("The rule allows this time for the mail."))
        return Sum(dated, (mail, Part(fact)))
    return Sum(start, (Part(fact),))


def _aim(fact: DatedFact, dated: dt.date | None, start: dt.date) -> dt.date | None:
    """The safe day: without the days for the mail, and before any move off a weekend or holiday."""
    if fact.presumed_after:
        return last_day(fact, min(dated, start)) if dated else None
    return last_day(fact, start, roll=False) if fact.roll != "none" else None


def _starts(fact: DatedFact, dated: dt.date | None, came: dt.date | None) -> dt.date | None:
    """The day from which this version of the rule counts the time to appeal."""
    if fact.start == "notice_date":
        return dated
    if not fact.presumed_after:
        return came or dated
    if dated is None:
        return came
    presumed = dated + dt.timedelta(days=fact.presumed_after)
    # An earlier receipt is evidence against the presumed day; a later one needs proof, so the presumed day counts.
    return min(presumed, came) if came else presumed


def keep_benefits(view: View, item: Denial) -> PlanClock | str | None:
    """Medicaid: the last day to keep benefits that are being cut, or why it no longer applies."""
    families = of_letter(view.case, item)
    notice = _letter_dates(view, item)[0]
    dated = earliest(notice)
    on = dated or view.today  # an undated letter would be from today
    fact = view.facts.clock("appeal.keep", on, families[0]) if len(families) == 1 else None
    if fact is None:
        told = f"{item.letter_rule} {item.reason} {view.case.insurance.plan.name}"
        if dated and _KEEPS.search(told) and not {*families} & {*_MEDICAID}:
            return tr("The kind of plan was changed, and this rule is not for the new kind. Look at the letter.")
        return None
    if item.level not in (None, AppealLevel.FIRST):
        return tr("The appeal is at another step.")
    over = tr("The appeal was sent.") if item.filed_on else denial(view, item).over
    if dated is None:
        return PlanClock(
            fact=fact, waits=tr("We can count the time limit once you enter the date of the letter."), over=over
        )
    return PlanClock(
        sum=Sum(dated, (Part(fact),)),
        fact=fact,
        certainty=certainty(notice),
        evidence=counted_from(tr("The date on the letter"), notice),
        over=over,
    )


def appeal_decision(view: View, item: Denial) -> PlanClock | None:
    """When the plan must decide an appeal that was sent; None if none was sent."""
    if item.state not in _FILED and earliest(item.filed_on) is None:
        return None
    return shortest(view, item, lambda family: _appeal_decision(view, item, family))


def _appeal_decision(view: View, item: Denial, family: str) -> PlanClock:
    filed = earliest(item.filed_on)
    over = "" if item.state in (None, DenialState.OPEN, DenialState.FILED, DenialState.EXTERNAL) else tr("It is over.")
    letter = earliest(item.decision_due)
    level = AppealLevel.EXTERNAL if item.state is DenialState.EXTERNAL else item.level or AppealLevel.FIRST
    on = filed or view.today  # an undated appeal counts as sent today
    fact = view.facts.clock(f"appeal_decision.{level}", on, family)
    if filed is None:
        waits = "" if letter else tr("We can count the time limit once you enter the day the appeal was sent.")
        return PlanClock(letter=letter, fact=fact, waits=waits, over=over, evidence=tr("The plan"))
    waits = "" if fact or letter else tr("We do not know the rule for this plan. Ask the plan for its deadline.")
    return PlanClock(
        letter,
        Sum(filed, (Part(fact),)) if fact else None,
        None,
        fact,
        Certainty.ESTIMATED,
        tr("The day it was sent"),
        waits,
        over,
    )


def next_step(view: View, item: Denial) -> PlanClock | None:
    """After a lost appeal: the last day for the next step; None if none was lost or none is known.

    For Medicare Advantage, the plan itself sends a lost first appeal to an outside reviewer: a clock without a day.
    """
    if item.state is not DenialState.LOST:
        return None
    families = of_letter(view.case, item)
    level = item.level or AppealLevel.FIRST
    if not any((family, level) in _NEXT for family in families):
        return None
    return shortest(view, item, lambda family: _next_step(view, item, family, level))


def _next_step(view: View, item: Denial, family: str, level: AppealLevel) -> PlanClock:
    following = _NEXT.get((family, level))
    if following is None:
        return PlanClock()
    if family == "advantage" and following is AppealLevel.EXTERNAL:
        fact = view.facts.in_force("AP-advantage-forward", earliest(item.decided_on) or view.today)
        return PlanClock(fact=fact, waits=tr("The plan must forward the appeal to an outside reviewer on its own."))
    return _window(view, following, family, item.decided_on, None)


def _letter_dates(view: View, item: Denial) -> tuple[str | None, str | None]:
    """The date on the denial letter and of its receipt, from the one denied authorization if needed."""
    notice, got = item.notice_date, item.received_on
    denied = [p for p in view.case.insurance.prior_auths.values() if p.state in DENIED]
    if not notice and not got and len(denied) == 1:
        notice, got = denied[0].notice_date, denied[0].received_on
    return notice, got


def loose_denials(view: View) -> Iterator[tuple[str, Denial]]:
    """Denials that can be appealed, with their paths, including denied authorizations without a denial entry."""
    denials = view.case.insurance.denials
    for item in denials.values():
        yield f"insurance.denials.{item.id}", item
    if not denials:
        for auth in view.case.insurance.prior_auths.values():
            if auth.state in DENIED:
                made = Denial(
                    id=auth.id,
                    what=auth.service,
                    notice_date=auth.notice_date,
                    received_on=auth.received_on,
                    plan=auth.plan,
                    private=auth.private,
                    sensitive=auth.sensitive,
                )
                yield f"insurance.prior_auths.{auth.id}", made
