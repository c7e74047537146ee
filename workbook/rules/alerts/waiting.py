"""Alerts on waiting: how long it can wait, and whether the next opinion comes in time. Knows the view.

The workbook never says whether it can wait. It compares the dates that people gave, and asks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ...case.partial_dates import earliest, exact, is_day, latest
from ...case.visit import OFF, Appointment, VisitMode, VisitState
from ...locale import tr
from .. import treatment
from ..business_days import working_days_before
from ..context import View
from ..results import Alert, Level
from ..wording import days_left, say, sentences, words_of
from .register import alert

SLOT_MARGIN = 5  # working days between the second visit and a scheduled treatment (MODEL A-03)
NEAR = 14  # a planned date this many days away is urgent
SLOT_SOON = 30  # days before a scheduled treatment in which a missing visit is an alert


def _page(about: str) -> str:
    """The step whose page can change the date: the one that has the visit."""
    return "visit" if about.startswith("visit.") else "goal"


@alert("A-02", step="goal")
def _waiting(view: View) -> Iterator[Alert]:
    goal, decided = view.case.goal, view.is_decided
    planned = view.next_visit is not None or (not view.visits and is_day(goal.decide_by))
    if not planned or decided or is_day(goal.safe_wait.until) or goal.safe_wait.words.strip():
        return
    who = _first(view)
    if view.next_visit:
        fact = tr("No clinician has said how long it can wait. Only a clinician can say if there is time until {day}.")
        ask = tr('Ask {who}: "Is it all right to wait until {day}? What is a reason to call you sooner?"')
        day = say(view.next_visit.day)
    else:
        fact = tr("No clinician has said how long it can wait. Only a clinician can say if there is time.")
        ask, day = tr('Ask {who}: "Is it all right to wait? What is a reason to call you sooner?"'), ""
    yield Alert(
        "A-02",
        Level.WARNING,
        "goal.safe_wait",
        fact.format(day=day),
        ask.format(who=who, day=day),
        "A-02",
        view.next_visit.day if view.next_visit else None,
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """When the next opinion is due: the last day it can mean, and the date as noted."""

    path: str
    last: dt.date
    words: str
    is_sure: bool
    on_paper: bool
    booked: bool = True

    @property
    def sentence(self) -> str:
        """The date as one sentence."""
        if not self.is_sure:
            return tr("The date given for the visit is {day}.").format(day=self.words)
        if not (self.on_paper or self.booked):
            return tr("The visit may be on {day}. It is not booked yet.").format(day=self.words)
        comes = tr("The written opinion comes on {day}.") if self.on_paper else tr("The visit is on {day}.")
        return comes.format(day=self.words)


def coming(view: View) -> Coming | None:
    """The next visit, or the written opinion of a clinician who only reviews records."""
    visit = view.next_visit
    found = visit.appointment if visit else _review(view)
    if found is None:
        return None
    on_paper = found.mode is VisitMode.RECORD_REVIEW
    value = found.report_due if on_paper and latest(found.report_due) else found.start
    day = latest(value)
    return (
        Coming(
            f"visit.appointments.{found.id}",
            day,
            words_of(value),
            exact(value) is not None,
            on_paper,
            not found.is_unsure,
        )
        if day
        else None
    )


def _review(view: View) -> Appointment | None:
    """A records review without a visit, with only a due date for its report."""
    for item in view.case.visit.appointments.values():
        due = latest(item.report_due)
        is_open = item.state not in (*OFF, VisitState.DONE)
        if not item.start and due and due >= view.today and is_open:
            return item
    return None


@alert("A-03", step="goal")
def _too_late(view: View) -> Iterator[Alert]:
    """A-03. A month counts as its last day for the visit and its first for the treatment: it may be either."""
    goal, second = view.case.goal, coming(view)
    if second is None or view.is_decided:
        return
    decide, slot, when = latest(goal.decide_by), earliest(view.held_slot.on), words_of(view.held_slot.on)
    last = working_days_before(slot, SLOT_MARGIN) if slot else None
    if slot and second.last >= slot:
        is_before = second.is_sure and exact(view.held_slot.on)
        how = treatment.BEFORE if is_before else treatment.LISTED
        text = sentences(second.sentence, treatment.told(view.held_slot, when, how))
    elif decide and second.last > decide:
        text = sentences(
            second.sentence,
            tr("The decision is due by {day}, so it would come too late to help.").format(day=words_of(goal.decide_by)),
        )
    elif last and second.last > last and slot:
        text = sentences(second.sentence, treatment.told(view.held_slot, when, treatment.LITTLE_TIME))
    else:
        return
    ask = tr("Ask {who} if the date of the treatment can be moved. Ask {clinic} for an earlier visit.")
    ask = ask.format(who=_first(view), clinic=view.clinic())
    yield Alert("A-03", Level.BLOCKER, second.path, text, ask, "A-03", second.last, step=_page(second.path))


def _first(view: View) -> str:
    """The first clinician by name; else whoever said how long it can wait, if a name is noted."""
    fallback = view.case.goal.safe_wait.said_by.strip() or tr("the first clinician")
    return view.clinician(view.first.id, fallback) if view.first else fallback


@alert("A-37", step="goal")
def _past_the_wait(view: View) -> Iterator[Alert]:
    """A-37: the next opinion is planned after the day until which a clinician said it can wait. Only asks."""
    wait, second, held = view.case.goal.safe_wait, coming(view), view.held_slot
    until, slot = latest(wait.until), latest(held.on)
    if until is None or view.is_decided:
        return
    who = view.clinician(wait.said_by_clinician, "") or wait.said_by.strip()
    said = tr("{who} said that it can wait until {day}.").format(who=who or tr("A clinician"), day=words_of(wait.until))
    level, about, later = Level.BLOCKER, "goal.safe_wait", ""
    if second and second.last > until:
        later, about = second.words, second.path
        then = second.sentence
    elif slot and slot > until and slot >= view.today:
        later, about = words_of(held.on), "goal.held_slot"
        then = treatment.told(held, later)
    elif second is None and len(view.seen_by_two) < 2 and (until - view.today).days <= NEAR:
        then = tr("No visit for a second opinion is booked before that.")
        level = Level.BLOCKER if until < view.today else Level.WARNING
    else:
        return
    if later:
        ask = tr("Ask {who} if it is all right to wait until {day}, or ask for an earlier day.")
    else:
        ask = tr("Ask {who} how much longer it can wait. Then ask for the earliest visit.")
    ask = ask.format(who=who or _first(view), day=later)
    yield Alert("A-37", level, about, sentences(said, then), ask, "A-37", until, step=_page(about))


@alert("A-38", step="goal")
def _before_any_visit(view: View) -> Iterator[Alert]:
    """A-38: a treatment is scheduled soon, and no visit for a second opinion comes before it."""
    held = view.held_slot
    slot, last = earliest(held.on), latest(held.on)
    if slot is None or last is None or last < view.today:
        return
    if view.is_decided or coming(view) or len(view.seen_by_two) > 1:
        return
    left = (max(slot, view.today) - view.today).days
    if left > SLOT_SOON:
        return
    soon = f", {days_left(view.today, slot)}" if exact(held.on) else ""
    planned = treatment.told(held, f"{words_of(held.on)}{soon}")
    text = sentences(planned, tr("No visit for a second opinion is booked before it."))
    ask = tr("Ask {who} if the date of the treatment can be moved, so that there is time for another opinion.")
    yield Alert(
        "A-38",
        Level.BLOCKER if left <= NEAR else Level.WARNING,
        "goal.held_slot",
        text,
        ask.format(who=_first(view)),
        "A-38",
        slot,
    )
