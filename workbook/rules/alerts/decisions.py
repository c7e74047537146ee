"""Alerts of step 3 on decisions of the plan: authorizations, appeals, referrals, estimates. Knows the plan's clocks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ...case.coverage import Referral, ReferralState
from ...case.partial_dates import earliest, latest
from ...case.plan import PlanType, Told
from ...locale import N_, tr
from ..clocks import plan
from ..clocks.plan import PlanClock
from ..context import View
from ..results import Alert, Level
from ..wording import days_left, say, sentences
from .coverage import given
from .register import alert

APPEAL_SOON, APPEAL_NOW = 60, 14  # days left
_REFERRAL_RULE = re.compile(r"\b(hmo|pos)\b", re.IGNORECASE)


@alert("A-16", step="insurance")
def _decisions(view: View) -> Iterator[Alert]:
    for auth in view.case.insurance.prior_auths.values():
        clock = plan.prior_auth(view, auth)
        due = None if clock.over else clock.binding
        if due and view.today > due:
            late = (
                tr("The plan may have had to decide by {day}: {name}. No decision is noted.")
                if clock.note
                else tr("The plan should have decided by {day}: {name}. No decision is noted.")
            )
            yield Alert(
                "A-16",
                Level.WARNING,
                f"insurance.prior_auths.{auth.id}",
                sentences(late.format(day=say(due), name=view.name(auth)), clock.note),
                tr("Call the plan and ask for the status. If there is still no decision, ask how to complain."),
                "A-16" + (f", {clock.fact.id}" if clock.fact else ""),
                due,
            )


@alert("A-17", step="insurance")
def _appeals(view: View) -> Iterator[Alert]:
    for about, item in plan.loose_denials(view):
        clock = plan.denial(view, item)
        if clock.over:
            continue
        rule = "A-17" + (f", {clock.fact.id}" if clock.fact else "")
        due = clock.binding
        if due is None:
            text = tr("The plan said no, and the last day to appeal is not known. Each letter has its own last day.")
            yield Alert("A-17", Level.WARNING, about, text, tr("Find the date and the last day on the letter."), rule)
            continue
        left = (due - view.today).days
        if left <= APPEAL_SOON:
            level = Level.BLOCKER if left <= APPEAL_NOW else Level.WARNING
            yield Alert("A-17", level, about, _appeal_words(view, clock, due), tr(_APPEAL), rule, due)


_APPEAL = N_("Put the appeal together: the letter, the clinician's reasons, the records. Send it with proof.")


def _appeal_words(view: View, clock: PlanClock, due: dt.date) -> str:
    if clock.letter and clock.ruled and clock.letter != clock.ruled:
        both = tr("The letter says {letter}. The rule says {rule}.")
        beside = both.format(letter=say(clock.letter), rule=say(clock.ruled))
    else:
        beside = clock.fact.words if clock.fact and not clock.letter and not clock.note else ""
    past = (
        tr("After that day, the plan does not have to consider it.")
        if due >= view.today
        else tr("Ask if anything can still be done.")
    )
    left = days_left(view.today, due)
    if clock.note:  # the shortest of several limits: not necessarily the actual date
        safe = tr("To be safe, send the appeal by {day}: {left}. Your own letter gives the last day.")
        return sentences(safe.format(day=say(due), left=left), beside, clock.note)
    last = tr("The last day to appeal is {day}: {left}.").format(day=say(due), left=left)
    return sentences(last, beside, past)


@alert("A-18", step="insurance")
def _referral(view: View) -> Iterator[Alert]:
    if not needs_referral(view):
        return
    visit = view.booked
    usable = [r for r in view.case.insurance.referrals.values() if _is_given(r)]
    level = Level.BLOCKER if visit else Level.WARNING
    due = visit.day if visit else None
    ask = tr("Ask the primary care office for a referral, or to extend it.")
    if not usable:
        text = tr("The plan wants a referral, and there is none yet. Without it the plan may not pay.")
        yield Alert("A-18", level, "insurance.referrals", text, ask, "A-18", due)
        return
    if visit is None:
        return
    done = [v.day for v in view.visits if view.is_done(v)]
    problems = [(r, _problem(r, visit.day, done)) for r in usable]
    if all(p for _, p in problems):
        referral, problem = problems[-1]
        yield Alert("A-18", level, f"insurance.referrals.{referral.id}", problem, ask, "A-18", due)


def needs_referral(view: View) -> bool:
    """Whether a referral is needed: the plan said so, or its rules require one and the plan did not say no."""
    said = {a.answer for a in given(view, "referral")}
    if Told.YES in said:
        return True
    if said & {Told.NO, Told.NOT_APPLICABLE}:
        return False
    waiting = (ReferralState.NEEDED, ReferralState.REQUESTED)
    if any(r.state in waiting for r in view.case.insurance.referrals.values()):
        return True
    plan = view.case.insurance.plan
    return plan.type in (PlanType.HMO, PlanType.POS) or bool(_REFERRAL_RULE.search(plan.network))


def _is_given(referral: Referral) -> bool:
    if referral.state is None:
        return bool(referral.number or referral.valid_to or referral.valid_from or referral.visits)
    return referral.state is ReferralState.APPROVED


def _problem(referral: Referral, visit: dt.date, done: list[dt.date]) -> str:
    start, end = earliest(referral.valid_from), latest(referral.valid_to)
    if end and end < visit:
        return tr("The referral ends on {end}, before the visit on {visit}. The plan may not pay.").format(
            end=say(end), visit=say(visit)
        )
    if start and start > visit:
        return tr("The referral starts on {start}, after the visit on {visit}. The plan may not pay.").format(
            start=say(start), visit=say(visit)
        )
    used = max(referral.used or 0, sum(start is None or d >= start for d in done))
    if referral.visits is not None and used >= referral.visits:
        if referral.visits < 2:
            return tr("The referral has no visits left. The plan may not pay for the next one.")
        used_up = tr("All {number} visits of the referral are used. The plan may not pay for the next one.")
        return used_up.format(number=referral.visits)
    return ""


@alert("A-36", step="insurance")
def _estimates(view: View) -> Iterator[Alert]:
    for item in view.case.insurance.estimates.values():
        clock = plan.estimate(view, item)
        due = clock.binding
        if not clock.over and due and view.today > due:
            who = view.field(item, "to", tr("the clinic"))
            yield Alert(
                "A-36",
                Level.WARNING,
                f"insurance.estimates.{item.id}",
                tr("The written estimate from {who} was due on {day}. It is late.").format(who=who, day=say(due)),
                tr("Ask for it again in writing. Help is at 1-800-985-3059."),
                f"A-36, {clock.fact.id}" if clock.fact else view.cite("A-36", view.today, "I-3"),
                due,
            )
