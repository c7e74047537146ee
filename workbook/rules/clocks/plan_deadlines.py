"""Deadlines of the insurance plan: decisions, papers, appeals, estimates, referrals. Knows the view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...case.coverage import Denial, DenialState, PriorAuth
from ...case.partial_dates import earliest
from ...locale import N_, tr
from ..business_days import on_or_before_working_day
from ..context import View
from ..plan_families import of_kind, of_letter
from ..results import Certainty, Deadline, Ended
from ..wording import aim_for, closed_note, say, sentences, told_of, words_of
from . import appeals, authorizations, estimates
from .noted import entered, noted
from .plan import DENIED, NO_DENIAL, PlanClock

_NO_NEXT = {
    DenialState.WON: N_("The appeal was won."),
    DenialState.EXTERNAL: N_("It is with an outside reviewer."),
    DenialState.CLOSED: N_("The appeal is closed."),
}
"""Why an appeal that somebody may have marked as lost has no next step."""
_MEDICAID = (("medicaid",), ("state_medicaid",))


def deadlines(view: View) -> Iterator[Deadline | Ended]:
    """Every deadline of the plan, and ended ones with the reason."""
    insurance = view.case.insurance
    for auth in insurance.prior_auths.values():
        yield from _of_its_plan(view, auth, _authorization(view, auth))
    for about, item in appeals.loose_denials(view):
        yield from _of_its_plan(view, item, _appeal(view, about, item))
    for asked in insurance.estimates.values():
        about = f"insurance.estimates.{asked.id}"
        text = tr("The estimate is due by {day}."), tr("The estimate was due by {day}.")
        yield from _both(view, estimates.estimate(view, asked), "estimate", about, text)
    for referral in insurance.referrals.values():
        if referral.valid_to:
            about = f"insurance.referrals.{referral.id}"
            said = entered(
                view,
                referral.valid_to,
                tr("The referral is good until {day}."),
                tr("The referral was good until {day}."),
            ).format(day=words_of(referral.valid_to))
            yield noted("referral-ends", about, referral.valid_to, said)


def _of_its_plan(view: View, item: PriorAuth | Denial, found: Iterable[Deadline | Ended]) -> Iterator[Deadline | Ended]:
    """The deadlines; if another plan is entered by now, they say for which plan they are counted."""
    note = ""
    if item.plan and view.is_of_former_plan(item) and of_letter(view.case, item) == of_kind(item.plan):
        note = tr("This is counted for {plan}, the plan at that time.").format(plan=tr(item.plan.words))
    for one in found:
        if note and isinstance(one, Deadline) and one.sum:
            yield replace(one, text=sentences(one.text, note), lead=one.brief)
        else:
            yield one


def _authorization(view: View, auth: PriorAuth) -> Iterator[Deadline | Ended]:
    appeal_rules = ["appeal", *(["keep-benefits"] if of_letter(view.case, auth) in _MEDICAID else [])]
    clock, about = authorizations.prior_auth(view, auth), f"insurance.prior_auths.{auth.id}"
    if clock.paused and not clock.letter and not clock.over:
        waits = tr("The plan is waiting for information. Its time continues once it has the information.")
        fact = clock.fact.id if clock.fact else ""
        yield Deadline("prior-auth", about, None, waits, Certainty.NOT_STARTED, fact=fact)
    else:
        rule_words = clock.fact.words if clock.fact else ""
        decide = tr("The plan must decide by {day}."), tr("The plan had to decide by {day}.")
        yield from _both(view, clock, "prior-auth", about, decide, rule_words)
    needed = authorizations.papers(view, auth)
    if needed:
        text = tr("The plan needs the information by {day}."), tr("The plan needed the information by {day}.")
        yield from _both(view, needed, "plan-papers", about, text, is_ours=True)
    if auth.state in NO_DENIAL:
        for rule in appeal_rules:
            words = tr(auth.state.words).lower() if auth.state else ""
            yield Ended(rule, about, None, tr("There is nothing to appeal: {state}.").format(state=words))
    elif auth.state not in DENIED and (auth.notice_date or auth.received_on):
        for rule in appeal_rules:  # a letter arrived: an appeal may have been running before the entry was corrected
            yield Ended(rule, about, None, tr("The letter is not marked as a denial."))
    elif auth.state in DENIED and view.case.insurance.denials:
        for rule in appeal_rules:
            yield Ended(rule, about, None, tr("The denial has its own entry."))
    if auth.valid_to:
        said = entered(
            view,
            auth.valid_to,
            tr("The plan's approval ends on {day}."),
            tr("The plan's approval ended on {day}."),
        ).format(day=words_of(auth.valid_to))
        yield noted("approval-ends", about, auth.valid_to, said)


def _appeal(view: View, about: str, item: Denial) -> Iterator[Deadline | Ended]:
    keep = appeals.keep_benefits(view, item)
    if isinstance(keep, str):
        yield Ended("keep-benefits", about, None, keep)
    elif keep:
        is_past = keep.ruled is not None and keep.ruled < view.today
        text = tr("To keep care that is being cut, ask by {day}.")
        later = tr("If the cut starts later, that day counts.")
        if is_past:
            text = tr("The last day to ask to keep care that is being cut was {day}, or the day the cut starts.")
            later = ""
        yield from _both(view, keep, "keep-benefits", about, (text, text), later, is_ours=True)
    clock = appeals.denial(view, item)
    was = tr("The last day to appeal was {day}.")
    last = (tr("The last day to appeal is {day}."), was)
    if clock.note:
        last = (tr("To be safe, appeal by {day}."), tr("To be safe, count {day} as the last day to appeal."))
    yield from _both(view, clock, "appeal", about, last, is_ours=True)
    decision = appeals.appeal_decision(view, item)
    if decision:
        rule_words = decision.fact.words if decision.fact else ""
        said = tr("The appeal should be decided by {day}."), tr("The appeal should have been decided by {day}.")
        yield from _both(view, decision, "appeal-decision", about, said, rule_words)
    elif item.decision_due:
        yield Ended("appeal-decision", about, earliest(item.decision_due), tr("The appeal is not marked as sent."))
    following = appeals.next_step(view, item)
    if following:
        said = tr("The last day for the next step is {day}."), tr("The last day for the next step was {day}.")
        yield from _both(view, following, "next-appeal", about, said, is_ours=True)
    elif item.state in _NO_NEXT:
        yield Ended("next-appeal", about, None, tr(_NO_NEXT[item.state]))


def _both(
    view: View,
    clock: PlanClock,
    rule: str,
    about: str,
    said: tuple[str, str],
    rule_words: str = "",
    *,
    is_ours: bool = False,
) -> Iterator[Deadline | Ended]:
    """The letter's date as the deadline next to the rule's date, or the rule's date alone.

    `said` are the sentences for a day to come and for one that has passed.
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
    text = told_of(clock.letter or clock.ruled, today, *said)
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
            lead=text.format(day=say(clock.letter)),
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
            by_rule = tr("By the rule alone, the date would be {day}.").format(day=say(clock.ruled))
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
            clock.aim if aim and clock.fact and clock.fact.roll != "none" else aim,
            not clock.letter,
            clock.sum,
            lead="" if clock.letter else text.format(day=say(clock.ruled)),
        )
    elif clock.letter and clock.fact is None:
        yield Ended(beside, about, None, tr("We do not know the rule for this kind of plan."))
    elif not clock.letter and clock.waits:
        yield Deadline(rule, about, None, clock.waits, Certainty.NOT_STARTED, fact=fact)
