"""Clocks of insurance plans: prior authorization, appeals, referrals, written estimates. Knows the view.

Facts decide which clock runs, its start and its roll; a date on the person's own letter takes precedence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...case import YesNo
from ...case.coverage import (
    AppealLevel,
    Denial,
    DenialState,
    EstimateState,
    GoodFaithEstimate,
    PriorAuth,
    PriorAuthState,
    Urgency,
)
from ...case.partial_dates import earliest
from ...case.plan import PlanType
from ...law import DatedFact
from ...locale import N_, tr
from ..business_days import working_days_until
from ..context import View
from ..plan_families import of_letter
from ..results import Certainty
from ..wording import say, sentences
from .counting import extended_day, last_day

NO_DENIAL = (PriorAuthState.APPROVED, PriorAuthState.EXPIRED, PriorAuthState.NOT_NEEDED)
DENIED = (PriorAuthState.DENIED, PriorAuthState.PARTLY)
_FILED = (DenialState.FILED, DenialState.WON, DenialState.LOST, DenialState.EXTERNAL, DenialState.CLOSED)
_KEEPS = re.compile(r"medicaid|438\.4[02]", re.IGNORECASE)  # words that identify a letter from a Medicaid plan
DECIDED = (PriorAuthState.APPROVED, PriorAuthState.PARTLY, PriorAuthState.DENIED, PriorAuthState.EXPIRED)


@dataclass(frozen=True, slots=True)
class PlanClock:
    """One clock of a plan: the letter's date, the rule's date, and what is missing if neither is known."""

    letter: dt.date | None = None
    ruled: dt.date | None = None
    start: dt.date | None = None
    aim: dt.date | None = None
    fact: DatedFact | None = None
    certainty: Certainty = Certainty.KNOWN
    evidence: str = ""
    waits: str = ""
    over: str = ""
    note: str = ""  # caveats, such as that the plan type is unknown

    @property
    def binding(self) -> dt.date | None:
        """The earlier of the letter's date and the rule's: it sets the level of an alert."""
        return min((d for d in (self.letter, self.ruled) if d), default=None)


def prior_auth(view: View, item: PriorAuth) -> PlanClock:
    """When the plan must decide; the shortest time if several plan types are possible."""
    families = of_letter(view.case, item)
    return _shortest([_prior_auth(view, item, family) for family in families or ("",)], families)


def _prior_auth(view: View, item: PriorAuth, family: str) -> PlanClock:
    start = earliest(item.submitted_on)
    letter, extended = earliest(item.decision_due), earliest(item.extension_letter_on)
    if letter and extended and letter <= extended:
        letter = None  # a decision promised before the plan extended its time
    urgent = item.urgency is Urgency.URGENT
    on = start or view.today  # an unsent request would be sent today
    fact = view.facts.clock(f"prior_auth.{'urgent' if urgent else 'standard'}", on, family)
    more = view.facts.clock(f"prior_auth.{'urgent_' if urgent else ''}extension", on, family)
    ruled = last_day(fact, start) if fact and start else None
    if fact and start and more and extended:
        ruled = extended_day(fact, more, start) or ruled
    over = tr("The plan has decided.") if item.state in DECIDED or item.notice_date else ""
    over = tr("It is not needed.") if item.state is PriorAuthState.NOT_NEEDED else over
    if start is None and letter is None and not over:
        return PlanClock(waits=tr("The time limit starts when you know the day it was sent in."), fact=fact)
    waits = "" if fact or letter or over else tr("We do not know a rule for this plan. Ask the plan for its deadline.")
    return PlanClock(letter, ruled, start, None, fact, Certainty.KNOWN, tr("The day it was sent in"), waits, over)


UNSURE = N_(
    "We do not know yet if this is a Medicare Advantage, Medicaid or other plan. "
    "Each has its own time limit, so we count with the shortest. Ask the plan which kind it is."
)


def _shortest(found: Sequence[PlanClock], families: Sequence[str]) -> PlanClock:
    """The clock that ends first, with a caveat if other plan types have another date."""
    ruled = [clock for clock in found if clock.ruled]
    first = min(ruled, key=lambda clock: clock.ruled or dt.date.max, default=found[0])
    if len(families) < 2:
        return first
    note = tr(UNSURE) if len({clock.ruled for clock in found}) > 1 and not first.over else ""
    return replace(first, certainty=Certainty.ESTIMATED, note=note)


def denial(view: View, item: Denial) -> PlanClock:
    """The last day to appeal; the shortest time if several plan types are possible."""
    families = of_letter(view.case, item)
    clock = _shortest([_denial(view, item, family) for family in families or ("",)], families)
    if not clock.note or "medicaid" not in families:
        return clock
    notice = _letter_dates(view, item)[0]
    fact = view.facts.clock("appeal.keep", notice, "medicaid") if notice else None
    keep = last_day(fact, notice) if fact and notice else None
    if keep is None or keep < view.today:
        return clock
    also = tr("If it is Medicaid and it cuts care you already get, ask by {day} to keep that care.")
    return replace(clock, note=sentences(clock.note, also.format(day=say(keep))))


def _denial(view: View, item: Denial, family: str) -> PlanClock:
    closed = item.state in (DenialState.FILED, DenialState.WON, DenialState.CLOSED, DenialState.EXTERNAL)
    over = (
        (tr("The appeal was sent.") if item.filed_on or item.state is DenialState.FILED else tr("It is closed."))
        if (closed or item.filed_on)
        else ""
    )
    letter = earliest(item.letter_deadline)
    notice, got = _letter_dates(view, item)

    def starts(fact: DatedFact) -> dt.date:
        """The day that a version counts from; a letter without dates would arrive today."""
        return _appeal_starts(fact, notice, got) or view.today

    fact = view.facts.clock_from(f"appeal.{item.level or AppealLevel.FIRST}", starts, family)
    if fact is None:
        waits = "" if letter else tr("The last day to appeal is printed on the letter. Write it down here.")
        return PlanClock(letter=letter, start=got or notice, waits=waits, over=over, evidence=tr("The letter"))
    start, aim = _appeal_starts(fact, notice, got), None
    if fact.presumed_after:
        aim = last_day(fact, notice) if notice else None
    elif fact.roll != "none" and start:
        aim = last_day(fact, start, roll=False)
    if start is None:
        waits = tr("The time limit starts when you know the date of the letter.")
        return PlanClock(letter=letter, fact=fact, waits="" if letter else waits, over=over, evidence=tr("The letter"))
    evidence = tr("The day the letter arrived") if start == got else tr("The date on the letter")
    return PlanClock(letter, last_day(fact, start), start, aim, fact, Certainty.KNOWN, evidence, "", over)


def _appeal_starts(fact: DatedFact, notice: dt.date | None, got: dt.date | None) -> dt.date | None:
    """The day from which this version of the rule counts the time to appeal."""
    if fact.start == "notice_date":
        return notice
    if fact.presumed_after:  # a later actual receipt needs proof, so the presumed day counts
        return notice + dt.timedelta(days=fact.presumed_after) if notice else got
    return got or notice


def keep_benefits(view: View, item: Denial) -> PlanClock | str | None:
    """Medicaid plans: the last day to keep benefits that are being cut, or why it no longer applies."""
    families = of_letter(view.case, item)
    notice, _ = _letter_dates(view, item)
    on = notice or view.today  # an undated letter would be from today
    fact = view.facts.clock("appeal.keep", on, families[0]) if len(families) == 1 else None
    if fact is None:
        told = f"{item.letter_rule} {item.reason} {view.case.insurance.plan.name}"
        if notice and _KEEPS.search(told):
            return tr("The kind of plan was changed, and this rule is not for it. Look at the letter.")
        return None
    if item.level not in (None, AppealLevel.FIRST):
        return tr("The appeal is at another step.")
    over = tr("The appeal was sent.") if item.filed_on else denial(view, item).over
    if notice is None:
        return PlanClock(fact=fact, waits=tr("The time limit starts when you know the date of the letter."), over=over)
    return PlanClock(
        ruled=last_day(fact, notice), start=notice, fact=fact, evidence=tr("The date on the letter"), over=over
    )


def appeal_decision(view: View, item: Denial) -> PlanClock | None:
    """When the plan must decide an appeal that was sent; None if none was sent."""
    if item.state not in _FILED and earliest(item.filed_on) is None:
        return None
    families = of_letter(view.case, item)
    return _shortest([_appeal_decision(view, item, family) for family in families or ("",)], families)


def _appeal_decision(view: View, item: Denial, family: str) -> PlanClock:
    filed = earliest(item.filed_on)
    over = "" if item.state in (None, DenialState.OPEN, DenialState.FILED, DenialState.EXTERNAL) else tr("It is over.")
    letter = earliest(item.decision_due)
    level = AppealLevel.EXTERNAL if item.state is DenialState.EXTERNAL else item.level or AppealLevel.FIRST
    on = filed or view.today  # an undated appeal counts as sent today
    fact = view.facts.clock(f"appeal_decision.{level}", on, family)
    if filed is None:
        waits = "" if letter else tr("The time limit starts when you know the day the appeal was sent.")
        return PlanClock(letter=letter, fact=fact, waits=waits, over=over, evidence=tr("The plan"))
    ruled = last_day(fact, filed) if fact else None
    waits = "" if ruled or letter else tr("We do not know a rule for this plan. Ask the plan for its deadline.")
    return PlanClock(letter, ruled, filed, None, fact, Certainty.ESTIMATED, tr("The day it was sent"), waits, over)


def _letter_dates(view: View, item: Denial) -> tuple[dt.date | None, dt.date | None]:
    """The date on the denial letter and of its receipt, from the one denied authorization if needed."""
    notice, got = item.notice_date, item.received_on
    denied = [p for p in view.case.insurance.prior_auths.values() if p.state in DENIED]
    if not notice and not got and len(denied) == 1:
        notice, got = denied[0].notice_date, denied[0].received_on
    return earliest(notice), earliest(got)


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


def estimate(view: View, item: GoodFaithEstimate) -> PlanClock:
    """When a clinic must give a written estimate."""
    over = ""
    if item.received_on or item.state in (EstimateState.RECEIVED, EstimateState.DISPUTED):
        over = tr("It arrived.")
    elif item.self_pay is YesNo.NO and view.case.insurance.plan.type is not PlanType.NONE:
        over = tr("The rule is for people who pay on their own.")
    letter, asked, visit = earliest(item.due), earliest(item.asked_on), earliest(item.scheduled_for)
    if asked is None:
        waits = "" if letter else tr("The time limit starts when you know the day you asked.")
        return PlanClock(letter=letter, waits=waits, over=over, evidence=tr("The clinic"))
    near = view.facts.clock("estimate.near", asked)
    fact = near if near and visit and _is_near(near, asked, visit) else view.facts.clock("estimate.far", asked)
    return PlanClock(
        letter, last_day(fact, asked) if fact else None, asked, None, fact, evidence=tr("The day you asked"), over=over
    )


def _is_near(rule: DatedFact, asked: dt.date, visit: dt.date) -> bool:
    """Whether the visit is close enough for the rule on short notice."""
    least, most = int(rule.figures.get("least", 0)), int(rule.figures.get("most", 0))
    return least <= working_days_until(asked, visit, most + 1) <= most
