"""Alerts of step 3 on denials, appeals, referrals and estimates. Knows the plan's clocks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ...case.coverage import Denial, DenialState, Referral, ReferralState, Urgency
from ...case.partial_dates import earliest, latest
from ...case.plan import PlanType, Told
from ...locale import N_, tr
from ..clocks import appeals, estimates
from ..clocks.plan import DENIED, PlanClock
from ..context import View
from ..plan_families import of_letter
from ..results import Alert, Level
from ..wording import days_left, say, sentences, when_open
from .coverage import given
from .register import alert

APPEAL_SOON, APPEAL_NOW = 60, 14  # days left
_CLOSE = 21  # days before the visit in which a denial decides if it takes place
_OUTSIDE_TOO = ("marketplace", "employer", "individual")  # 45 CFR 147.136(d): an urgent outside review need not wait
_ANSWERED = 30  # days that an ordinary appeal takes (AD-plan, AD-advantage): a date within them is too near for it
_REFERRAL_RULE = re.compile(r"\b(hmo|pos)\b", re.IGNORECASE)


@alert("A-17", "A-43", step="insurance")
def _appeals(view: View) -> Iterator[Alert]:
    for about, item in appeals.loose_denials(view):
        if item.state is DenialState.LOST:
            yield from _lost(view, about, item)
            continue
        clock = appeals.denial(view, item)
        if clock.over:
            continue
        rule = "A-17" + (f", {clock.fact.id}" if clock.fact else "")
        due, fast = clock.binding, _fast(view, item)
        if due is None:
            text = tr("The plan said no, and the last day to appeal is not known. Each letter gives its own deadline.")
            ask = tr("Look on the letter for its date, and for the last day to appeal.")
            yield Alert("A-17", Level.WARNING, about, sentences(text, fast), ask, rule)
            continue
        left = (due - view.today).days
        if left <= APPEAL_SOON or fast:
            level = Level.BLOCKER if left <= APPEAL_NOW or (fast and _is_close(view)) else Level.WARNING
            words, more = _appeal_words(view, item, clock, due)
            ask = _ask_now(view, item, due) if fast else tr(_APPEAL)
            yield Alert("A-17", level, about, sentences(fast, words), ask, rule, due, more=more)


_APPEAL = N_("Put the appeal together: the letter, the clinician's reasons, the records. Send it with proof.")


def _ask_now(view: View, item: Denial, due: dt.date) -> str:
    """The call that an urgent appeal starts with, about what was denied: a visit, a test, an operation, a drug."""
    what = view.field(item, "what", "").strip().rstrip(".")
    call = tr("Call the doctor's office {when}. Ask for help with an urgent appeal.")
    if what:
        call = tr("Call the doctor's office {when}. Ask for help with an urgent appeal for this: {what}.")
    cost = tr("Ask what it costs if the plan does not pay.")
    return sentences(call.format(when=when_open(view.today, due), what=what), cost)


def _fast(view: View, item: Denial) -> str:
    """What a person should know if an ordinary appeal would take too long: urgent, or a planned date is near."""
    auths = [a for a in view.case.insurance.prior_auths.values() if a.state in DENIED]
    urgent = any(a.urgency is Urgency.URGENT and (len(auths) == 1 or a.service == item.what) for a in auths)
    planned = (view.next_visit.day if view.next_visit else None, earliest(view.held_slot.on))
    near = any(day and view.today <= day <= view.today + dt.timedelta(days=_ANSWERED) for day in planned)
    if view.is_decided or not (urgent or near):
        return ""
    families = of_letter(view.case, item)
    rules = [view.facts.clock("appeal_decision.internal_1", view.today, family) for family in families]
    hours = {rule.figures["urgent"] for rule in rules if rule and "urgent" in rule.figures}
    if len(hours) != 1:
        return tr("If waiting could do harm, ask the plan for an urgent appeal.")
    words = tr("If waiting could do harm, a clinician can ask for an urgent appeal. The plan then has {n} hours.")
    both = tr("The outside review can run at the same time.") if {*families} <= {*_OUTSIDE_TOO} else ""
    return sentences(words.format(n=min(hours)), both)


def _is_close(view: View) -> bool:
    visit = view.next_visit
    return visit is not None and (visit.day - view.today).days <= _CLOSE


def _lost(view: View, about: str, item: Denial) -> Iterator[Alert]:
    clock = appeals.next_step(view, item)
    rule = "A-43" + (f", {clock.fact.id}" if clock and clock.fact else "")
    lost = tr("The plan said no to the appeal: {name}. There may be one more step.").format(name=view.name(item))
    if clock is None:
        ask = tr("Look in the letter for the next step and its deadline. Your state's insurance department can help.")
        yield Alert("A-43", Level.WARNING, about, lost, ask, rule)
        return
    due = clock.binding
    if due is None:
        words = clock.fact.words if clock.fact else ""
        ask = tr("Write down the date of the letter. The time for the next step is counted from it.")
        if not clock.fact or not clock.fact.clock:
            ask = tr("Call the plan. Ask on what date it forwarded the appeal.")
        yield Alert("A-43", Level.WARNING, about, sentences(lost, words), ask, rule)
        return
    left = (due - view.today).days
    day = tr("The last day for the next step is {day}: {left}.").format(day=say(due), left=days_left(view.today, due))
    if left < 0:
        ask = tr("Ask the plan if it will accept a good reason for being late.")
    else:
        ask = tr("Ask for the next step in writing: an outside review, or a hearing. The letter says where to send it.")
    level = Level.BLOCKER if left <= APPEAL_NOW else Level.WARNING
    words = clock.fact.words if clock.fact and not clock.note else ""
    yield Alert("A-43", level, about, sentences(lost, day, words, clock.note), ask, rule, due)


def _too_late(view: View, item: Denial) -> str:
    """What may still help once the last day has passed: Medicare lets good reasons count."""
    families = of_letter(view.case, item)
    late = view.facts.in_force("AP-late", view.today)
    if late and families and {*families} <= {*late.applies_to}:
        return late.words
    return tr("Ask if anything can still be done.")


def _appeal_words(view: View, item: Denial, clock: PlanClock, due: dt.date) -> tuple[str, str]:
    """The last day and what it means; and where it comes from, for where there is room."""
    if clock.letter and clock.ruled and clock.letter != clock.ruled:
        both = tr("The letter says {letter}. The rule says {rule}.")
        beside = both.format(letter=say(clock.letter), rule=say(clock.ruled))
    else:
        beside = clock.fact.words if clock.fact and not clock.letter and not clock.note else ""
    past = tr("After that day, the plan does not have to consider it.") if due >= view.today else _too_late(view, item)
    left = days_left(view.today, due)
    if clock.note:  # the shortest of several limits: not necessarily the actual date
        safe = tr("To be safe, send the appeal by {day}: {left}. Your own letter gives the last day.")
        return safe.format(day=say(due), left=left), sentences(beside, clock.note)
    last = tr("The last day to appeal is {day}: {left}.").format(day=say(due), left=left)
    return sentences(last, past), beside


@alert("A-18", step="insurance")
def _referral(view: View) -> Iterator[Alert]:
    if view.is_over or not needs_referral(view):
        return
    visit = view.booked
    usable = [r for r in view.case.insurance.referrals.values() if _is_given(r)]
    level = Level.BLOCKER if visit else Level.WARNING
    due = visit.day if visit else None
    ask = tr("Ask the primary care office for a referral, or to extend the old one.")
    if not usable:
        text = tr("The plan wants a referral, and there is none yet. Without it, the plan may not pay.")
        if _said_of_referral(view) is None:  # it is only usual for such a plan
            text = tr("A plan like this often wants a referral, and there is none yet. Without it, it may not pay.")
            ask = tr("Ask the plan if it wants a referral. If it does, ask the primary care office for one.")
        yield Alert("A-18", level, "insurance.referrals", text, ask, "A-18", due)
        return
    if visit is None:
        return
    done = [v.day for v in view.visits if view.is_done(v)]
    problems = [(r, _problem(view, r, visit.day, done)) for r in usable]
    if all(p for _, p in problems):
        referral, problem = problems[-1]
        yield Alert("A-18", level, f"insurance.referrals.{referral.id}", problem, ask, "A-18", due)


def needs_referral(view: View) -> bool:
    """Whether a referral is needed: the plan said so, or its rules require one and the plan did not say no."""
    said = _said_of_referral(view)
    if said is not None:
        return said
    plan = view.case.insurance.plan
    return plan.type in (PlanType.HMO, PlanType.POS) or bool(_REFERRAL_RULE.search(plan.network))


def _said_of_referral(view: View) -> bool | None:
    """Whether a referral is needed, as the plan said or as its entry shows; None if nobody said."""
    said = {a.answer for a in given(view, "referral")}
    if Told.YES in said:
        return True
    if said & {Told.NO, Told.NOT_APPLICABLE}:
        return False
    waiting = (ReferralState.NEEDED, ReferralState.REQUESTED, ReferralState.DENIED)
    return True if any(r.state in waiting for r in view.case.insurance.referrals.values()) else None


def _is_given(referral: Referral) -> bool:
    if referral.state is None:
        return bool(referral.number or referral.valid_to or referral.valid_from or referral.visits)
    return referral.state is ReferralState.APPROVED


def _problem(view: View, referral: Referral, visit: dt.date, done: list[dt.date]) -> str:
    if view.is_of_former_plan(referral):
        return tr("The referral is from the plan before. The plan of today may want its own.")
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
        used_up = tr("All {number} visits on the referral have been used. The plan may not pay for the next one.")
        return used_up.format(number=referral.visits)
    return ""


@alert("A-36", step="insurance")
def _estimates(view: View) -> Iterator[Alert]:
    for item in view.case.insurance.estimates.values():
        clock = estimates.estimate(view, item)
        due = clock.binding
        if not clock.over and due and view.today > due:
            who = view.field(item, "to", tr("the clinic"))
            yield Alert(
                "A-36",
                Level.WARNING,
                f"insurance.estimates.{item.id}",
                tr("The written estimate from {who} was due on {day}. It is late.").format(who=who, day=say(due)),
                tr("Ask {who} again in writing for the estimate. Help is at 1-800-985-3059.").format(who=who),
                f"A-36, {clock.fact.id}" if clock.fact else view.cite("A-36", view.today, "I-3"),
                due,
            )
