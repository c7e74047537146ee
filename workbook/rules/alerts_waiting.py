"""Alerts on the days of waiting: how long it can wait, and whether a second view comes in time. Knows the view.

The workbook never says that it can wait or cannot. It holds the days that people named beside each other, and asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..case.days import exact, is_day, latest
from ..case.visit import VisitMode
from ..locale import tr
from .count import working_days_before
from .values import Alert, Level
from .view import View, Visit
from .words import days_left, say, sentences

SLOT_MARGIN = 5  # working days between the second visit and a booked treatment (MODEL A-03)
NEAR = 14  # days in which a planned day presses
SLOT_SOON = 30  # days to a booked treatment in which a missing visit is an alert


def alerts(view: View) -> Iterator[Alert]:
    """A-02, A-03, A-37, A-38."""
    yield from _waiting(view)
    yield from _too_late(view)
    yield from _past_the_wait(view)
    yield from _before_any_visit(view)


def _waiting(view: View) -> Iterator[Alert]:
    goal, decided = view.case.goal, view.is_decided
    planned = view.next_visit is not None or (not view.visits and is_day(goal.decide_by))
    if not planned or decided or is_day(goal.safe_wait.until) or goal.safe_wait.words.strip():
        return
    who = _first(view)
    if view.next_visit:
        fact = tr("No clinician has said how long it can wait. Only a clinician can say if there is time until {day}.")
        ask = tr('Ask {who}: "Is it all right to wait until {day}? What should make us call?"')
        day = say(view.next_visit.day)
    else:
        fact = tr("No clinician has said how long it can wait. Only a clinician can say if there is time.")
        ask, day = tr('Ask {who}: "Is it all right to wait? What should make us call?"'), ""
    yield Alert(
        "A-02",
        Level.WARNING,
        "goal.safe_wait",
        fact.format(day=day),
        ask.format(who=who, day=day),
        "A-02",
        view.next_visit.day if view.next_visit else None,
    )


def _too_late(view: View) -> Iterator[Alert]:
    visit = view.next_visit
    if visit is None:
        return
    goal, day, on_paper = view.case.goal, answer_day(visit), is_on_paper(visit)
    decide, slot = latest(goal.decide_by), exact(goal.held_slot.on)
    last = working_days_before(slot, SLOT_MARGIN) if slot else None
    comes = tr("The written opinion comes on {day}.") if on_paper else tr("The visit is on {day}.")
    if slot and day >= slot:
        text = sentences(
            comes.format(day=say(day)), tr("The treatment is booked before that, for {day}.").format(day=say(slot))
        )
    elif decide and day > decide:
        text = (
            tr("The written opinion comes on {day}, after the day to decide, {decide}. It would come too late to help.")
            if on_paper
            else tr("The visit is on {day}, after the day to decide, {decide}. It would come too late to help.")
        ).format(day=say(day), decide=say(decide))
    elif last and day > last and slot:
        then = tr("The treatment is booked for {day}, so little time is left to change it.")
        text = sentences(comes.format(day=say(day)), then.format(day=say(slot)))
    else:
        return
    ask = tr("Ask {who} if the booked date can be moved. Ask {clinic} for an earlier visit.")
    yield Alert(
        "A-03", Level.BLOCKER, visit.path, text, ask.format(who=_first(view), clinic=view.clinic()), "A-03", day
    )


def is_on_paper(visit: Visit) -> bool:
    """Whether the clinician looks at the records only, so that a written opinion comes instead of a visit."""
    return visit.appointment.mode is VisitMode.RECORD_REVIEW


def answer_day(visit: Visit) -> dt.date:
    """The day on which the opinion comes: that of the visit, or of the written opinion."""
    return (latest(visit.appointment.report_due) if is_on_paper(visit) else None) or visit.day


def _first(view: View) -> str:
    return view.clinician(view.first.id, tr("the first clinician")) if view.first else tr("the first clinician")


def _past_the_wait(view: View) -> Iterator[Alert]:
    """A-37: what is planned comes after the day until which a clinician said it can wait. The workbook only asks."""
    wait, visit = view.case.goal.safe_wait, view.next_visit
    until, slot = latest(wait.until), exact(view.case.goal.held_slot.on)
    if until is None or view.is_decided:
        return
    who = view.clinician(wait.said_by_clinician, "") or wait.said_by.strip()
    said = tr("{who} said that it can wait until {day}.").format(who=who or tr("A clinician"), day=say(until))
    level, about, later = Level.BLOCKER, "goal.safe_wait", None
    if visit and answer_day(visit) > until:
        later, about = answer_day(visit), visit.path
        comes = tr("The written opinion comes after that, on {day}.")
        then = (comes if is_on_paper(visit) else tr("The visit is after that, on {day}.")).format(day=say(later))
    elif slot and slot > until and slot >= view.today:
        later, about = slot, "goal.held_slot"
        then = tr("The treatment is booked after that, for {day}.").format(day=say(slot))
    elif visit is None and len(view.seen_by_two) < 2 and (until - view.today).days <= NEAR:
        then = tr("No visit for a second opinion is booked before that.")
        level = Level.BLOCKER if until < view.today else Level.WARNING
    else:
        return
    if later:
        ask = tr("Ask {who} if it is all right to wait until {day}, or ask for an earlier day.").format(
            who=who or _first(view), day=say(later)
        )
    else:
        ask = tr("Ask {who} how much longer it can wait. Then ask for the earliest visit.").format(
            who=who or _first(view)
        )
    yield Alert("A-37", level, about, sentences(said, then), ask, "A-37", until)


def _before_any_visit(view: View) -> Iterator[Alert]:
    """A-38: a treatment is booked soon, and no visit for a second opinion comes before it."""
    slot = exact(view.case.goal.held_slot.on)
    if slot is None or slot < view.today or view.is_decided or view.next_visit or len(view.seen_by_two) > 1:
        return
    left = (slot - view.today).days
    if left > SLOT_SOON:
        return
    text = tr("A treatment is booked for {day}: {left}. No visit for a second opinion is booked before it.")
    ask = tr("Ask {who} if the booked date can be moved. Then ask for the earliest visit you can get.")
    yield Alert(
        "A-38",
        Level.BLOCKER if left <= NEAR else Level.WARNING,
        "goal.held_slot",
        text.format(day=say(slot), left=days_left(view.today, slot)),
        ask.format(who=_first(view)),
        "A-38",
        slot,
    )
