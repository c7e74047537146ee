"""All deadlines of a case by date, and those that ended. Knows the view and every kind of clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case.partial_dates import earliest, latest
from ...case.people import PaperState
from ...case.visit import Appointment, VisitState
from ...locale import tr
from .. import treatment
from ..context import View, Visit
from ..counting import Step, skipped
from ..cut_off_rule import is_in_working_days
from ..results import Certainty, Deadline, Ended
from ..wording import closed_note, say, sentences, told_of, words_of
from . import plan_deadlines, records
from .noted import entered, noted

_LAST = dt.date.max


def deadlines(view: View) -> tuple[tuple[Deadline, ...], tuple[Ended, ...]]:
    """Open deadlines by date, undated ones last; and ended ones with the reason."""
    found = [
        *_visits(view),
        *_decision(view),
        *plan_deadlines.deadlines(view),
        *_papers(view),
        *records.deadlines(view),
    ]
    still = sorted((d for d in found if isinstance(d, Deadline)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    ended = sorted((d for d in found if isinstance(d, Ended)), key=lambda d: (d.due or _LAST, d.rule, d.about))
    return tuple(still), tuple(ended)


def _visits(view: View) -> Iterator[Deadline | Ended]:
    for item in view.case.visit.appointments.values():
        about = f"visit.appointments.{item.id}"
        day = earliest(item.start)
        visit = next((v for v in view.visits if v.appointment.id == item.id), None)
        moved = {
            VisitState.MOVED: tr("The visit was moved."),
            VisitState.MISSED: tr("The visit was missed."),
            VisitState.CANCELED: tr("The visit was canceled."),
        }
        over = moved.get(item.state, "") if item.state else ""
        if not over and day and (day < view.today or (item.state is VisitState.DONE and day <= view.today)):
            over = tr("The visit is over.")
        who = view.who_of(item)
        if passed_unbooked(item, view.today):
            over = tr("The visit with {who} was not booked, and its day has passed.").format(who=who)
        if day:
            text = tr("The visit with {who} is on {day}.")
            if item.is_unsure:
                text = tr("The visit with {who} may be on {day}.")
            text = text.format(who=who, day=say(day))
            more = tr("It is not booked yet.") if item.is_unsure else ""
            line = noted("visit", about, item.start, text, more, booked=not item.is_unsure)
            yield Ended("visit", about, day, over) if over else line
        who_with = view.case.clinicians.get(item.clinician)
        if visit is None and not over and not item.cut_off:
            over = tr("This visit is not for the second opinion.")
        yield from _cut_off(view, visit or Visit(item, day or view.today, who_with), over)
        if item.report_due:
            if any(o.clinician == item.clinician and item.clinician and o.form for o in view.case.opinions.values()):
                yield Ended("report-due", about, earliest(item.report_due), tr("The opinion is in."))
            else:
                text = entered(
                    view,
                    item.report_due,
                    tr("The written opinion of {who} is due by {day}."),
                    tr("The written opinion of {who} was due by {day}."),
                ).format(who=who, day=words_of(item.report_due))
                yield noted("report-due", about, item.report_due, text)


def passed_unbooked(item: Appointment, today: dt.date) -> bool:
    """Whether the day of a visit has passed that nobody ever booked."""
    day = earliest(item.start)
    return item.is_unsure and day is not None and day < today


def _cut_off(view: View, visit: Visit, over: str) -> Iterator[Deadline | Ended]:
    entered, ruled = view.cut_offs(visit)
    last = entered or (ruled if visit.appointment.start else None)
    if last is None:
        return
    if over:
        yield Ended("cut-off", visit.path, last, over)
        if entered and ruled and entered != ruled and visit.appointment.start:
            yield Ended("cut-off-by-rule", visit.path, ruled, over)
        return
    must, had_to = tr("Records must be at the clinic by {day}."), tr("Records had to be at the clinic by {day}.")
    lead = told_of(last, view.today, must, had_to).format(day=say(last))
    text = sentences(lead, closed_note(view.today, last))
    source = tr("The clinic's date") if entered else tr("Counted by the clinic's rule")
    lines = _lines(visit, ruled)
    counted = () if entered else lines
    yield Deadline("cut-off", visit.path, last, text, Certainty.KNOWN, source, lead=lead, counted=counted)
    if entered and ruled and entered != ruled and visit.appointment.start:
        text = tr("By the clinic's rule, records are due by {day}. Ask which date is right.").format(day=say(ruled))
        source = tr("The clinic's rule")
        yield Deadline("cut-off-by-rule", visit.path, ruled, text, Certainty.KNOWN, source, hard=False, counted=lines)


def _lines(visit: Visit, last: dt.date | None) -> tuple[Step, ...]:
    """How the clinic's rule leads from the visit to the last day for records."""
    if last is None:
        return ()
    words = tr("The clinic's rule for records.")
    if not any(x and (x.private or x.sensitive) for x in (visit.appointment, visit.clinician)):
        words = tr("The clinic's rule for records: {rule}.").format(rule=visit.cut_off_rule.strip().rstrip("."))
    if is_in_working_days(visit.cut_off_rule):
        closed = tr("Weekends and federal holidays are not counted.")
        words = sentences(words, closed, skipped(last, visit.day))
    return Step(visit.day, tr("The day of the visit.")), Step(last, words)


def _decision(view: View) -> Iterator[Deadline | Ended]:
    goal, done = view.case.goal, view.is_decided
    if latest(goal.decide_by):
        if done:
            yield Ended("decide-by", "goal.decide_by", latest(goal.decide_by), tr("It has been decided."))
        else:
            yield noted(
                "decide-by",
                "goal.decide_by",
                goal.decide_by,
                entered(
                    view, goal.decide_by, tr("The decision is due by {day}."), tr("The decision was due by {day}.")
                ).format(day=words_of(goal.decide_by)),
            )
    if latest(goal.held_slot.on) and goal.held_slot.canceled_on:
        yield Ended("held-slot", "goal.held_slot", latest(goal.held_slot.on), tr("It was canceled."))
        if last := latest(goal.held_slot.cancel_by):
            yield Ended("cancel-by", "goal.held_slot.cancel_by", last, tr("It was canceled."))
    elif view.held_slot.on:
        yield noted(
            "held-slot",
            "goal.held_slot",
            view.held_slot.on,
            treatment.lead(
                view.held_slot,
                words_of(view.held_slot.on),
                entered(view, view.held_slot.on, treatment.IS, treatment.WAS),
            ),
            treatment.not_booked(view.held_slot),
            booked=not view.held_slot.is_unsure,
        )
        if latest(goal.held_slot.cancel_by) and done:
            last = latest(goal.held_slot.cancel_by)
            yield Ended("cancel-by", "goal.held_slot.cancel_by", last, tr("It has been decided."))
        elif latest(goal.held_slot.cancel_by):
            text = entered(
                view,
                goal.held_slot.cancel_by,
                tr("The treatment can be moved or canceled until {day}."),
                tr("The treatment could be moved or canceled until {day}."),
            )
            day = words_of(goal.held_slot.cancel_by)
            yield noted("cancel-by", "goal.held_slot.cancel_by", goal.held_slot.cancel_by, text.format(day=day))
    wait = goal.safe_wait
    if latest(wait.until):
        who = view.clinician(wait.said_by_clinician, "") or wait.said_by or tr("A clinician")
        text = entered(
            view,
            wait.until,
            tr("{who} said that it can wait until {day}."),
            tr("{who} said that it could wait until {day}."),
        ).format(who=who, day=words_of(wait.until))
        yield noted("safe-to-wait", "goal.safe_wait", wait.until, text)


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
            yield noted(
                "authority-ends",
                about,
                paper.expires_on,
                entered(
                    view, paper.expires_on, tr("A signed form ends on {day}."), tr("A signed form ended on {day}.")
                ).format(day=words_of(paper.expires_on)),
            )
