"""Actions that follow from the steps themselves: what is not begun, and what a visit or a decision calls for.

Knows the view. Nothing here blocks anyone; a step marked done is skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from ..case.opinions import OpinionForm
from ..case.partial_dates import earliest, latest
from ..case.records import RecordItem, RecordState, RequestState
from ..case.visit import VisitMode
from ..locale import tr
from .actions import CLINIC
from .context import View
from .results import NextStep
from .same_records import matrix
from .wording import listed, say, words_of

PACK = 3  # days before the visit
_UNASKED = (None, RecordState.TO_REQUEST)
_FEW = 3  # records named in a sentence


class Own(NamedTuple):
    """One action by its name in the plan, with the date that makes it urgent and whom to call."""

    key: str
    step: NextStep
    due: dt.date | None = None
    party: str = ""


def own_steps(view: View) -> Iterator[Own]:
    """What the steps lack, in no order."""
    if view.is_decided:
        yield from _after_the_decision(view)
        return
    yield from _begin(view)
    yield from _records(view)
    yield from _visit(view)
    yield from _opinions(view)


def _map(do: str, why: str, about: str, minutes: int, at_hand: str = "") -> NextStep:
    return NextStep(do, why, about, "map", minutes, at_hand)


def _begin(view: View) -> Iterator[Own]:
    case, done = view.case, view.case.steps
    if not done.get("1-goal") and not (case.goal.kinds or case.goal.own_words):
        step = _map(tr("Say what the second opinion should do."), tr("Everything else builds on it."), "goal.kinds", 10)
        yield Own("goal", step)
    if not done.get("2-clinician") and view.second is None and len(view.seen_by_two) < 2:
        why = tr("The clinic sets the day and says which records it needs.")
        yield Own("choose", _map(tr("Choose a clinician for the second opinion."), why, "clinicians", 30))
    if not done.get("3-insurance") and case.insurance.plan.type is None:
        why = tr("The kind of plan decides which rules apply.")
        step = _map(tr("Note what kind of insurance it is."), why, "insurance.plan.type", 5, tr("the insurance card"))
        yield Own("plan-type", step)


def _records(view: View) -> Iterator[Own]:
    """Records come before questions: an office may take a month."""
    case = view.case
    if case.steps.get("4-records") or len(view.seen_by_two) > 1 or not (view.second or view.next_visit):
        return
    unasked = _unasked(view)
    if case.records.items and not unasked:
        return
    if not case.records.items and any(r.state is not RequestState.DRAFT for r in case.records.requests.values()):
        return
    do, why = tr("Ask for the records."), tr("Records often take weeks.")
    if unasked and len(unasked) < len(view.open_items):
        names = [view.name(item) for item in unasked[:_FEW]]
        if len(unasked) > _FEW:
            names = [*names[:-1], tr("{n} more").format(n=len(unasked) - _FEW + 1)]
        do = tr("Ask for the rest of the records: {list}.").format(list=listed(names))
    about = f"records.items.{unasked[0].id}" if unasked else "records.items"
    step = _map(do, why, about, 20, tr("the name and fax number of the office"))
    yield Own("ask-for-records", step, view.cut_off)


def _unasked(view: View) -> list[RecordItem]:
    """The required records that nobody has asked for."""
    asked = {key for r in view.case.records.requests.values() if r.state is not RequestState.DRAFT for key in r.items}
    return [item for item in view.open_items if item.state in _UNASKED and item.id not in asked]


def _visit(view: View) -> Iterator[Own]:
    visit = view.next_visit
    if visit is None and view.second is not None and len(view.seen_by_two) < 2 and not _unnoted_visit(view):
        if not view.case.steps.get("5-visit"):
            do, why = tr("Book the visit, and note its day."), tr("All other dates depend on it.")
            step = _map(do, why, "visit.appointments", 15, tr("the insurance card, and a calendar"))
            yield Own("book", step, party=CLINIC)
    elif visit is not None and (visit.day - view.today).days <= PACK:
        do = tr("Pack for the visit: the visit sheet, the lists of medicines and allergies, and the disc.")
        if visit.appointment.mode in (VisitMode.VIDEO, VisitMode.PHONE):
            do = tr("Get ready for the visit: try the link or the phone, and have the visit sheet and the lists ready.")
        why = tr("The visit is on {day}.").format(day=say(visit.day))
        yield Own("pack", NextStep(do, why, visit.path, "visit", 20), visit.day)


def _unnoted_visit(view: View) -> str:
    """The path of a visit that is over and of which no opinion is noted; "" if there is none."""
    heard = {o.clinician for o in view.case.opinions.values()}
    return next((v.path for v in view.visits if view.is_done(v) and v.appointment.clinician not in heard), "")


def _opinions(view: View) -> Iterator[Own]:
    if path := _unnoted_visit(view):
        do = tr("Write down what was said at the visit, while it is fresh.")
        step = NextStep(do, tr("Much of what is said is forgotten in a week."), path, "visit", 15)
        yield Own("write-down", step)
    for opinion in view.case.opinions.values():
        on, written = earliest(opinion.on), opinion.form is OpinionForm.WRITTEN or opinion.written_on
        if on and not written and on < view.today and opinion.clinician in view.case.clinicians:
            who = view.clinician(opinion.clinician) if not opinion.private else tr("the clinician")
            do = tr("Ask the office of {who} for the visit note.").format(who=who)
            why = tr("Other offices need the opinion in writing.")
            yield Own("visit-note", _map(do, why, f"opinions.{opinion.id}", 10, tr("the day of the visit")))
    if len(view.seen_by_two) < 2:
        return
    compare = view.case.compare
    if not matrix(view):
        why = tr("Opinions can differ because the records did.")
        yield Own("who-saw", _map(tr("Note which records each clinician has seen."), why, "viewed", 10))
    if compare.treatment_class is None and not view.case.steps.get("6-compare"):
        step = _map(tr("Put the two opinions side by side."), tr("Then you see what to ask."), "compare", 20)
        yield Own("side-by-side", step)
    elif compare.treatment_class is not None:
        why = tr("Both opinions are in and compared.")
        yield Own("decide", _map(tr("When you are ready, write down what you decide."), why, "decision.what", 20))


def _after_the_decision(view: View) -> Iterator[Own]:
    slot = view.held_slot
    last = latest(slot.on)
    if last is None or last < view.today or view.case.decision.cancels is not None:
        return
    why = tr("A treatment is still booked for {day}.").format(day=words_of(slot.on))
    do = tr("Say if the booked treatment stays. If not, call and cancel it.")
    step = NextStep(do, why, "decision.cancels", "booked", 10, tr("the day and place of the booking"))
    yield Own("booked", step, last)
