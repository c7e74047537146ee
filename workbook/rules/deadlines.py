"""All deadlines of a case, in order of their dates, and those that ended. Knows the view and each kind of clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..case.days import earliest, exact, latest, show
from ..case.people import PaperState
from ..case.visit import VisitState
from . import dates_plan, dates_records
from .dates_plan import PlanClock
from .values import Certainty, Deadline, Ended
from .view import View, Visit
from .words import say, weekend_note

_LAST = dt.date.max


def deadlines(view: View) -> tuple[tuple[Deadline, ...], tuple[Ended, ...]]:
    """Open deadlines by date, those without a date last; and ended ones with the reason."""
    found = [*_visits(view), *_decision(view), *_plan(view), *_papers(view), *dates_records.deadlines(view)]
    still = sorted((d for d in found if isinstance(d, Deadline)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    ended = sorted((d for d in found if isinstance(d, Ended)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    return tuple(still), tuple(ended)


def _visits(view: View) -> Iterator[Deadline | Ended]:
    for item in view.case.visit.appointments.values():
        about = f"visit.appointments.{item.id}"
        day = earliest(item.start)
        visit = next((v for v in view.visits if v.appointment.id == item.id), None)
        moved = {VisitState.MOVED: "The visit was moved.", VisitState.MISSED: "The visit was missed."}
        over = moved.get(item.state, "") if item.state else ""
        if not over and day and (day < view.today or (item.state is VisitState.DONE and day <= view.today)):
            over = "The visit is over."
        who = view.clinician(item.clinician, "the clinician") if not item.private else "the clinician"
        if day:
            text = f"The visit with {who} is on {say(day)}."
            yield Ended("visit", about, day, over) if over else _date("visit", about, item.start, text)
        if visit or over or item.cut_off:
            who_with = view.case.clinicians.get(item.clinician)
            yield from _cut_off(view, visit or Visit(item, day or view.today, who_with), over)
        if item.report_due:
            if any(o.clinician == item.clinician and item.clinician and o.form for o in view.case.opinions.values()):
                yield Ended("report-due", about, earliest(item.report_due), "The opinion is in.")
            else:
                text = f"The written opinion of {who} is due by {_words(item.report_due)}."
                yield _date("report-due", about, item.report_due, text)


def _cut_off(view: View, visit: Visit, over: str) -> Iterator[Deadline | Ended]:
    entered, ruled = view.cut_offs(visit)
    if entered is None and (ruled is None or not visit.appointment.start):
        return
    if over:
        yield Ended("cut-off", visit.path, entered or ruled, over)
        if entered and ruled and entered != ruled and visit.appointment.start:
            yield Ended("cut-off-by-rule", visit.path, ruled, over)
        return
    last = entered or ruled
    if last:
        text = f"Records must be at the clinic by {say(last)}."
        source = "The clinic's day" if entered else "Counted by the clinic's rule"
        yield Deadline("cut-off", visit.path, last, text, Certainty.KNOWN, source)
    if entered and ruled and entered != ruled and visit.appointment.start:
        text = f"By the clinic's rule, records are due by {say(ruled)}. Ask which day holds."
        yield Deadline("cut-off-by-rule", visit.path, ruled, text, Certainty.KNOWN, "The clinic's rule", hard=False)


def _decision(view: View) -> Iterator[Deadline | Ended]:
    goal, done = view.case.goal, bool(view.case.decision.what or view.case.decision.on)
    if latest(goal.decide_by):
        if done:
            yield Ended("decide-by", "goal.decide_by", latest(goal.decide_by), "It is decided.")
        else:
            yield _date(
                "decide-by", "goal.decide_by", goal.decide_by, f"The decision is due by {_words(goal.decide_by)}."
            )
    if goal.held_slot.on:
        yield _date(
            "held-slot", "goal.held_slot", goal.held_slot.on, f"A treatment is booked for {_words(goal.held_slot.on)}."
        )
    wait = goal.safe_wait
    if latest(wait.until):
        who = view.clinician(wait.said_by_clinician, "") or wait.said_by or "A clinician"
        text = f"{who} said that it can wait until {_words(wait.until)}."
        yield _date("safe-to-wait", "goal.safe_wait", wait.until, text)


def _plan(view: View) -> Iterator[Deadline | Ended]:
    insurance = view.case.insurance
    appeals = ["appeal", *(["keep-benefits"] if view.facts.clock("appeal.keep", view.family) else [])]
    for auth in insurance.prior_auths.values():
        clock = dates_plan.prior_auth(view, auth)
        about = f"insurance.prior_auths.{auth.id}"
        extra = f" {clock.fact.statement}" if clock.fact else ""
        yield from _both(clock, "prior-auth", about, f"The plan must decide by {{day}}.{extra}")
        if auth.state in dates_plan.NO_DENIAL:
            for rule in appeals:
                yield Ended(rule, about, None, f"There is nothing to appeal: {str(auth.state.words).lower()}.")
        elif auth.state in dates_plan.DENIED and insurance.denials:
            for rule in appeals:
                yield Ended(rule, about, None, "The denial has an entry of its own.")
        if auth.valid_to:
            yield _date("approval-ends", about, auth.valid_to, f"The plan's approval ends on {_words(auth.valid_to)}.")
    for about, item in dates_plan.loose_denials(view):
        keep = dates_plan.keep_benefits(view, item)
        if isinstance(keep, str):
            yield Ended("keep-benefits", about, None, keep)
        elif keep:
            text = "To keep care that is being cut, ask by {day}. If the cut starts later, that day counts."
            yield from _both(keep, "keep-benefits", about, text)
        yield from _both(dates_plan.denial(view, item), "appeal", about, "The last day to appeal is {day}.")
        decision = dates_plan.appeal_decision(view, item)
        if decision:
            extra = f" {decision.fact.statement}" if decision.fact else ""
            yield from _both(decision, "appeal-decision", about, f"The appeal should be decided by {{day}}.{extra}")
    for asked in insurance.estimates.values():
        yield from _both(
            dates_plan.estimate(view, asked),
            "estimate",
            f"insurance.estimates.{asked.id}",
            "The estimate is due by {day}.",
        )
    for referral in insurance.referrals.values():
        if referral.valid_to:
            about = f"insurance.referrals.{referral.id}"
            yield _date(
                "referral-ends", about, referral.valid_to, f"The referral is good until {_words(referral.valid_to)}."
            )


def _both(clock: PlanClock, rule: str, about: str, text: str) -> Iterator[Deadline | Ended]:
    """The letter's date as the deadline with the rule's date beside it, or the rule's date alone."""
    fact = clock.fact.id if clock.fact else ""
    beside = f"{rule}-by-rule"
    if clock.over:
        yield Ended(rule, about, clock.letter or clock.ruled, clock.over)
        if clock.letter and clock.ruled:
            yield Ended(beside, about, clock.ruled, clock.over)
        return
    if clock.letter:
        yield Deadline(
            rule,
            about,
            clock.letter,
            text.replace("{day}", say(clock.letter)),
            Certainty.KNOWN,
            "The letter",
            fact=fact,
        )
    if clock.ruled:
        name = beside if clock.letter else rule
        words = text.replace("{day}", say(clock.ruled))
        if clock.letter:
            counts = "It is earlier, so aim for it." if clock.ruled < clock.letter else "The letter's date counts."
            words = f"By the rule alone the day would be {say(clock.ruled)}. {counts}"
        elif clock.aim and clock.aim < clock.ruled:
            words += f" Aim for {say(clock.aim)}."
        else:
            words += weekend_note(clock.ruled)
        yield Deadline(
            name,
            about,
            clock.ruled,
            words,
            clock.certainty,
            clock.evidence,
            clock.start,
            fact,
            clock.aim,
            not clock.letter,
        )
    elif not clock.letter and clock.waits:
        yield Deadline(rule, about, None, clock.waits, Certainty.NOT_STARTED, fact=fact)


def _papers(view: View) -> Iterator[Deadline | Ended]:
    for paper in view.case.authorities.values():
        if not paper.expires_on:
            continue
        about = f"authorities.{paper.id}"
        if paper.state is PaperState.REVOKED or paper.revoked_on:
            yield Ended("authority-ends", about, latest(paper.expires_on), "The paper was taken back.")
        elif paper.state in (PaperState.REJECTED, PaperState.EXPIRED):
            yield Ended("authority-ends", about, latest(paper.expires_on), f"State: {paper.state.words}.")
        else:
            yield _date(
                "authority-ends", about, paper.expires_on, f"A signed paper ends on {_words(paper.expires_on)}."
            )


def _words(value: str | None) -> str:
    day = exact(value)
    return say(day) if day else show(value)


def _date(rule: str, about: str, value: str | None, text: str) -> Deadline:
    """A date that the person entered; a month or an "about" counts with its last day and says so."""
    sure = exact(value) is not None
    source = "" if sure else "Not an exact day"
    return Deadline(rule, about, latest(value), text, Certainty.KNOWN if sure else Certainty.ESTIMATED, source)
