"""All deadlines of a case by date, and those that ended. Knows the view and every kind of clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case.partial_dates import earliest, exact, latest
from ...case.people import PaperState
from ...case.visit import VisitState
from ...locale import tr
from ..business_days import on_or_before_working_day
from ..context import View, Visit
from ..plan_families import of_letter
from ..results import Certainty, Deadline, Ended
from ..wording import aim_for, closed_note, say, sentences, words_of
from . import plan, records
from .plan import PlanClock

_LAST = dt.date.max


def deadlines(view: View) -> tuple[tuple[Deadline, ...], tuple[Ended, ...]]:
    """Open deadlines by date, undated ones last; and ended ones with the reason."""
    found = [*_visits(view), *_decision(view), *_plan(view), *_papers(view), *records.deadlines(view)]
    still = sorted((d for d in found if isinstance(d, Deadline)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    ended = sorted((d for d in found if isinstance(d, Ended)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    return tuple(still), tuple(ended)


def _visits(view: View) -> Iterator[Deadline | Ended]:
    for item in view.case.visit.appointments.values():
        about = f"visit.appointments.{item.id}"
        day = earliest(item.start)
        visit = next((v for v in view.visits if v.appointment.id == item.id), None)
        moved = {VisitState.MOVED: tr("The visit was moved."), VisitState.MISSED: tr("The visit was missed.")}
        over = moved.get(item.state, "") if item.state else ""
        if not over and day and (day < view.today or (item.state is VisitState.DONE and day <= view.today)):
            over = tr("The visit is over.")
        who = tr("the clinician") if item.private else view.clinician(item.clinician)
        if day:
            text = tr("The visit with {who} is on {day}.").format(who=who, day=say(day))
            yield Ended("visit", about, day, over) if over else _date("visit", about, item.start, text)
        who_with = view.case.clinicians.get(item.clinician)
        if visit is None and not over and not item.cut_off:
            over = tr("This visit is not for the second opinion.")
        yield from _cut_off(view, visit or Visit(item, day or view.today, who_with), over)
        if item.report_due:
            if any(o.clinician == item.clinician and item.clinician and o.form for o in view.case.opinions.values()):
                yield Ended("report-due", about, earliest(item.report_due), tr("The opinion is in."))
            else:
                text = tr("The written opinion of {who} is due by {day}.").format(
                    who=who, day=words_of(item.report_due)
                )
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
        text = tr("Records must be at the clinic by {day}.").format(day=say(last))
        text = sentences(text, closed_note(view.today, last))
        source = tr("The clinic's day") if entered else tr("Counted by the clinic's rule")
        yield Deadline("cut-off", visit.path, last, text, Certainty.KNOWN, source)
    if entered and ruled and entered != ruled and visit.appointment.start:
        text = tr("By the clinic's rule, records are due by {day}. Ask which day applies.").format(day=say(ruled))
        yield Deadline("cut-off-by-rule", visit.path, ruled, text, Certainty.KNOWN, tr("The clinic's rule"), hard=False)


def _decision(view: View) -> Iterator[Deadline | Ended]:
    goal, done = view.case.goal, view.is_decided
    if latest(goal.decide_by):
        if done:
            yield Ended("decide-by", "goal.decide_by", latest(goal.decide_by), tr("It has been decided."))
        else:
            yield _date(
                "decide-by",
                "goal.decide_by",
                goal.decide_by,
                tr("The decision is due by {day}.").format(day=words_of(goal.decide_by)),
            )
    if latest(goal.held_slot.on) and goal.held_slot.canceled_on:
        yield Ended("held-slot", "goal.held_slot", latest(goal.held_slot.on), tr("It was canceled."))
    elif view.held_slot.on:
        yield _date(
            "held-slot",
            "goal.held_slot",
            view.held_slot.on,
            tr("A treatment is booked for {day}.").format(day=words_of(view.held_slot.on)),
        )
    wait = goal.safe_wait
    if latest(wait.until):
        who = view.clinician(wait.said_by_clinician, "") or wait.said_by or tr("A clinician")
        text = tr("{who} said that it can wait until {day}.").format(who=who, day=words_of(wait.until))
        yield _date("safe-to-wait", "goal.safe_wait", wait.until, text)


def _plan(view: View) -> Iterator[Deadline | Ended]:
    insurance = view.case.insurance
    for auth in insurance.prior_auths.values():
        keeps = of_letter(view.case, auth) == ("medicaid",)
        appeals = ["appeal", *(["keep-benefits"] if keeps else [])]
        clock = plan.prior_auth(view, auth)
        about = f"insurance.prior_auths.{auth.id}"
        rule_words = clock.fact.words if clock.fact else ""
        yield from _both(view, clock, "prior-auth", about, tr("The plan must decide by {day}."), rule_words)
        if auth.state in plan.NO_DENIAL:
            for rule in appeals:
                words = tr(auth.state.words).lower() if auth.state else ""
                yield Ended(rule, about, None, tr("There is nothing to appeal: {state}.").format(state=words))
        elif auth.state not in plan.DENIED and (auth.notice_date or auth.received_on):
            for rule in appeals:  # a letter arrived, so an appeal may have been running before the entry was corrected
                yield Ended(rule, about, None, tr("The letter is not noted as a denial."))
        elif auth.state in plan.DENIED and insurance.denials:
            for rule in appeals:
                yield Ended(rule, about, None, tr("The denial has its own entry."))
        if auth.valid_to:
            yield _date(
                "approval-ends",
                about,
                auth.valid_to,
                tr("The plan's approval ends on {day}.").format(day=words_of(auth.valid_to)),
            )
    for about, item in plan.loose_denials(view):
        keep = plan.keep_benefits(view, item)
        if isinstance(keep, str):
            yield Ended("keep-benefits", about, None, keep)
        elif keep:
            is_past = keep.ruled is not None and keep.ruled < view.today
            text = tr("To keep care that is being cut, ask by {day}. If the cut starts later, that day counts.")
            if is_past:
                text = tr("The last day to ask to keep care that is being cut was {day}, or the day the cut starts.")
            yield from _both(view, keep, "keep-benefits", about, text, is_ours=True)
        clock = plan.denial(view, item)
        last = tr("To be safe, appeal by {day}.") if clock.note else tr("The last day to appeal is {day}.")
        yield from _both(view, clock, "appeal", about, last, is_ours=True)
        decision = plan.appeal_decision(view, item)
        if decision:
            rule_words = decision.fact.words if decision.fact else ""
            yield from _both(
                view, decision, "appeal-decision", about, tr("The appeal should be decided by {day}."), rule_words
            )
        elif item.decision_due:
            why = tr("The appeal is not noted as sent.")
            yield Ended("appeal-decision", about, earliest(item.decision_due), why)
    for asked in insurance.estimates.values():
        yield from _both(
            view,
            plan.estimate(view, asked),
            "estimate",
            f"insurance.estimates.{asked.id}",
            tr("The estimate is due by {day}."),
        )
    for referral in insurance.referrals.values():
        if referral.valid_to:
            about = f"insurance.referrals.{referral.id}"
            yield _date(
                "referral-ends",
                about,
                referral.valid_to,
                tr("The referral is good until {day}.").format(day=words_of(referral.valid_to)),
            )


def _both(
    view: View, clock: PlanClock, rule: str, about: str, text: str, rule_words: str = "", *, is_ours: bool = False
) -> Iterator[Deadline | Ended]:
    """The letter's date as the deadline next to the rule's date, or the rule's date alone.

    `is_ours` means that the person must act by then, not the plan: only the person can aim for a day.
    """
    today = view.today
    rule_words = "" if clock.note else rule_words  # the rule of one plan type would say too much
    aim = on_or_before_working_day(clock.aim) if clock.aim else aim_for(today, clock.ruled) if clock.ruled else None
    aim = aim if is_ours and aim and today <= aim else None  # never recommend a past date
    fact = clock.fact.id if clock.fact else ""
    beside = f"{rule}-by-rule"
    if clock.over:
        yield Ended(rule, about, clock.letter or clock.ruled, clock.over)
        if clock.letter and clock.ruled:
            yield Ended(beside, about, clock.ruled, clock.over)
        return
    if clock.letter:
        note = closed_note(today, clock.letter) if is_ours else ""
        yield Deadline(
            rule,
            about,
            clock.letter,
            sentences(text.format(day=say(clock.letter)), rule_words, note, clock.note if not clock.ruled else ""),
            Certainty.KNOWN,
            tr("The letter"),
            fact=fact,
        )
    if clock.ruled:
        name = beside if clock.letter else rule
        if clock.letter:
            if clock.ruled >= clock.letter:
                counts = tr("The letter's date counts.")
            elif clock.ruled < today:
                counts = tr("That day has passed, so do not wait for the letter's date.")
            else:
                counts = tr("It is earlier, so aim for it.")
            by_rule = tr("By the rule alone the day would be {day}.").format(day=say(clock.ruled))
            words = sentences(by_rule, counts, clock.note)
        elif clock.aim and clock.aim < clock.ruled and aim:
            words = sentences(
                text.format(day=say(clock.ruled)), rule_words, tr("Aim for {day}.").format(day=say(aim)), clock.note
            )
        else:
            note = closed_note(today, clock.ruled) if is_ours else ""
            words = sentences(text.format(day=say(clock.ruled)), rule_words, note, clock.note)
        yield Deadline(
            name,
            about,
            clock.ruled,
            words,
            clock.certainty,
            clock.evidence,
            clock.start,
            fact,
            aim,
            not clock.letter,
        )
    elif clock.letter and clock.start:
        yield Ended(beside, about, None, tr("We do not know a rule for this kind of plan."))
    elif not clock.letter and clock.waits:
        yield Deadline(rule, about, None, clock.waits, Certainty.NOT_STARTED, fact=fact)


def _papers(view: View) -> Iterator[Deadline | Ended]:
    for paper in view.case.authorities.values():
        if not paper.expires_on:
            continue
        about = f"authorities.{paper.id}"
        if paper.state is PaperState.REVOKED or paper.revoked_on:
            yield Ended("authority-ends", about, latest(paper.expires_on), tr("The form was revoked."))
        elif paper.state in (PaperState.REJECTED, PaperState.EXPIRED):
            why = tr("State: {state}.").format(state=tr(paper.state.words))
            yield Ended("authority-ends", about, latest(paper.expires_on), why)
        else:
            yield _date(
                "authority-ends",
                about,
                paper.expires_on,
                tr("A signed form ends on {day}.").format(day=words_of(paper.expires_on)),
            )


def _date(rule: str, about: str, value: str | None, text: str) -> Deadline:
    """A date that the person entered; a month or an approximate date counts as its last day and says so."""
    sure = exact(value) is not None
    source = "" if sure else tr("Not an exact day")
    return Deadline(rule, about, latest(value), text, Certainty.KNOWN if sure else Certainty.ESTIMATED, source)
