"""Actions that follow from the steps themselves: what is not begun, and what a visit or a decision calls for.

Knows the view. Nothing here blocks anyone; a step marked done is skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from ..case.clinicians import ClinicianState
from ..case.opinions import AgreementClass, OpinionForm, ThirdOpinion
from ..case.partial_dates import earliest, latest
from ..case.records import RecordItem, RecordState, Route
from ..case.visit import VisitMode, VisitState
from ..locale import tr
from . import treatment
from .actions import CLINIC, Action
from .alerts.compare import HEARD_DAYS
from .alerts.people import is_form_to_sign, with_form
from .alerts.records import by_office
from .business_days import on_or_after_working_day
from .clocks.requests import clocks
from .context import View
from .results import NextStep
from .same_records import matrix
from .short_time import short_of_time, way_out
from .wording import listed, say, sentences, when_open, words_of

PACK = 3  # days before the visit
PLAN_SOON = 14  # days before the visit from which the plan comes before what can still be done the day before
_BETWEEN_OFFICES = (Route.PROVIDER, Route.SPECIMEN)
_UNASKED = (None, RecordState.TO_REQUEST)
_FEW = 3  # records named in a sentence


def own_steps(view: View) -> Iterator[Action]:
    """What the steps lack, in no order."""
    if view.is_decided:
        yield from _after_the_decision(view)
        return
    yield from _begin(view)
    yield from _records(view)
    # a letter with a form to sign is the step of A-20
    to_sign = {clock.path for clock in clocks(view) if is_form_to_sign(view, clock)}
    yield from (action for action in _letters(view) if action.step.about not in to_sign)
    yield from _still_missing(view)
    yield from _visit(view)
    yield from _opinions(view)


def _map(do: str, why: str, about: str, minutes: int, at_hand: str = "") -> NextStep:
    return NextStep(do, why, about, "map", minutes, at_hand)


def _begin(view: View) -> Iterator[Action]:
    case, done = view.case, view.case.steps
    if not done.get("1-goal") and not (case.goal.kinds or case.goal.own_words):
        step = _map(tr("Say what the second opinion should do."), tr("Everything else builds on it."), "goal.kinds", 10)
        yield Action("goal", step)
    if not done.get("2-clinician") and view.second is None and len(view.seen_by_two) < 2:
        why = tr("The clinic sets the day and says which records it needs.")
        yield Action("choose", _map(tr("Choose a clinician for the second opinion."), why, "clinicians", 30))
    if not done.get("3-insurance") and case.insurance.plan.type is None:
        why = tr("The kind of plan decides which rules apply.")
        step = _map(
            tr("Write down what kind of insurance it is."), why, "insurance.plan.type", 5, tr("the insurance card")
        )
        visit = view.booked
        if visit and (visit.day - view.today).days <= PLAN_SOON:  # a plan can take days to permit the visit
            yield Action("plan-soon", step, visit.day)
        else:
            yield Action("plan-type", step)


def _records(view: View) -> Iterator[Action]:
    """Records come before questions: an office may take a month."""
    case = view.case
    if case.steps.get("4-records") or len(view.seen_by_two) > 1 or not (view.second or view.next_visit):
        return
    unasked = _unasked(view)
    if not unasked and (case.records.items or case.records.requests):
        return
    do, why = tr("Ask for the records."), tr("Records often take weeks.")
    if unasked and (len(unasked) < len(view.open_items) or case.records.requests):
        names = [view.name(item) for item in unasked[:_FEW]]
        if len(unasked) > _FEW:
            names = [*names[:-1], tr("{n} more").format(n=len(unasked) - _FEW + 1)]
        do = tr("Ask for the rest of the records: {list}.").format(list=listed(names))
    if way := way_out(view):
        do, why = sentences(do, way), short_of_time(view)
    about = f"records.items.{unasked[0].id}" if unasked else "records.items"
    step = _map(do, why, about, 20, tr("the name and fax number of the office"))
    yield Action("ask-for-records", step, _needed_by(view))


def _needed_by(view: View) -> dt.date | None:
    """The day on which records are needed."""
    return view.cut_off or (view.next_visit.day if view.next_visit else earliest(view.held_slot.on))


def _letters(view: View) -> Iterator[Action]:
    """A letter that was begun asks nobody until it is sent."""
    if view.case.steps.get("4-requests") or len(view.seen_by_two) > 1:
        return
    for clock in clocks(view):
        request, office = clock.request, view.field(clock.request, "to", "")
        if clock.sent or clock.over:
            continue
        if is_form_to_sign(view, clock):
            do = with_form(view, clock)
        elif not request.items and not request.scans:
            do = tr("Finish the letter to {office}, and send it.") if office else tr("Finish the letter, and send it.")
        else:
            do = tr("Send the letter to {office}.") if office else tr("Send the letter for the records.")
        why = short_of_time(view) or tr("It is not sent yet. The office starts once it has the letter.")
        at_hand = tr("a pen, and the fax number or address of the office")
        way = "" if request.route in _BETWEEN_OFFICES else way_out(view)
        step = NextStep(sentences(do.format(office=office), way), why, clock.path, "letter", 15, at_hand)
        yield Action("send-letter", step, _needed_by(view))


def letters_to_send(view: View, put_off: Iterable[NextStep] = ()) -> Iterator[NextStep]:
    """The letters that are begun and not sent, without those that were put off to a later day."""
    if view.is_decided:
        return
    later = {step.about for step in put_off}
    yield from (action.step for action in _letters(view) if action.step.about not in later)


def _still_missing(view: View) -> Iterator[Action]:
    """Other ways to a record: fetch it once the cut-off has passed; let the clinic ask where an office refused."""
    visit = view.next_visit
    if visit is None:
        return
    if view.cut_off and view.cut_off < view.today:
        for office, items in by_office(view).items():
            names = listed([view.name(item) for item in items])
            do = tr("Call {office} {when}. Ask to pick it up that day, or for a link: {list}.").format(
                office=office or tr("the office that has it"), when=when_open(view.today, visit.day), list=names
            )
            why = tr("The visit is on {day}.").format(day=say(visit.day))
            step = NextStep(do, why, f"records.items.{items[0].id}", "fetch", 10, tr("a photo ID"))
            yield Action("fetch", step, visit.day)
    for clock in clocks(view):
        request, is_slow = clock.request, bool(clock.claim or clock.extended) and not clock.over
        open_ = [item for item in view.open_items if item.id in request.items]
        if open_ and (request.denial.on or (is_slow and view.days_to_cut_off is not None)):
            clinic, office = view.clinic(), view.field(request, "to", tr("the office"))
            do = tr("Ask {clinic} to ask {office} for the records itself.").format(clinic=clinic, office=office)
            why = tr("One clinic may usually send records to another for treatment.")
            step = NextStep(do, why, f"records.requests.{request.id}", "clinic-asks", 10, tr("the name of the office"))
            yield Action("clinic-asks", step, party=CLINIC)


def _unasked(view: View) -> list[RecordItem]:
    """The required records that nobody has asked for, and that no letter is begun for."""
    asked = {key for r in view.case.records.requests.values() for key in r.items}
    return [item for item in view.open_items if item.state in _UNASKED and item.id not in asked]


def _visit(view: View) -> Iterator[Action]:
    visit = view.next_visit
    is_to_book = view.booked is None and view.second is not None and len(view.seen_by_two) < 2
    if is_to_book and not _unnoted_visit(view) and not view.case.steps.get("5-visit"):
        do, why = tr("Book the visit, and write down the date."), tr("Most other dates depend on it.")
        step = _map(do, why, "visit.appointments", 15, tr("the insurance card, and a calendar"))
        if view.second and view.second.state is ClinicianState.BOOKED:
            step = _map(tr("Write down the date of the visit."), why, "visit.appointments", 2)
        yield Action("book", step, earliest(view.held_slot.on), CLINIC)
    elif visit is not None and (visit.day - view.today).days <= PACK:
        do = tr("Pack for the visit: the visit sheet, the lists of medicines and allergies, and the disc.")
        if visit.appointment.mode in (VisitMode.VIDEO, VisitMode.PHONE):
            do = tr("Get ready for the visit: try the link or the phone, and have the visit sheet and the lists ready.")
        why = tr("The visit is on {day}.").format(day=say(visit.day))
        yield Action("pack", NextStep(do, why, visit.path, "visit", 20), visit.day)


def _unnoted_visit(view: View) -> str:
    """The path of a visit that is over and of which no opinion is noted; "" if there is none."""
    heard = {o.clinician for o in view.case.opinions.values()}
    return next((v.path for v in view.visits if view.is_done(v) and v.appointment.clinician not in heard), "")


def _opinions(view: View) -> Iterator[Action]:
    if path := _unnoted_visit(view):
        do = tr("Write down what was said at the visit, while it is fresh.")
        step = NextStep(do, tr("Much of what is said is forgotten in a week."), path, "visit", 15)
        yield Action("write-down", step)
        who = next(view.who_of(v.appointment) for v in view.visits if v.path == path)
        note = tr("Ask the office of {who} for the visit note.").format(who=who)
        yield Action("visit-note", NextStep(note, tr("Other offices need the opinion in writing."), path, "note", 10))
    for opinion in view.case.opinions.values():
        on, written = earliest(opinion.on), opinion.form is OpinionForm.WRITTEN or opinion.written_on
        is_new = on is not None and 0 < (view.today - on).days < HEARD_DAYS  # later, A-25 says it
        if is_new and not written and opinion.clinician in view.case.clinicians:
            who = view.who_of(opinion)
            do = tr("Ask the office of {who} for the visit note.").format(who=who)
            why = tr("Other offices need the opinion in writing.")
            yield Action("visit-note", _map(do, why, f"opinions.{opinion.id}", 10, tr("the date of the visit")))
    if len(view.seen_by_two) < 2:
        return
    compare = view.case.compare
    yield from _slot(view)
    if not matrix(view):
        why = tr("Opinions can differ because the records did.")
        yield Action("who-saw", _map(tr("Write down which records each clinician has seen."), why, "viewed", 10))
    if compare.treatment_class is None and not view.case.steps.get("6-compare"):
        step = _map(tr("Put the two opinions side by side."), tr("Then you can see what to ask."), "compare", 20)
        yield Action("side-by-side", step)
    elif compare.treatment_class is not None:
        yield from _talk(view)
        why = tr("Both opinions are in and compared.")
        yield Action("decide", _map(tr("When you are ready, write down what you decide."), why, "decision.what", 20))


def _slot(view: View) -> Iterator[Action]:
    """While two opinions are weighed, a booked treatment comes nearer."""
    slot = view.held_slot
    last = latest(slot.on)
    if last is None or last < view.today or slot.cancel_by or slot.is_unsure:
        return
    where = slot.where.strip() or tr("the office that plans it")
    do = tr("Ask {where} until what day the treatment can be moved or canceled.").format(where=where)
    why = treatment.told(slot, words_of(slot.on))
    step = NextStep(do, why, "goal.held_slot.cancel_by", "slot", 10, tr("the date and place of the treatment"))
    yield Action("slot", step, last)


def _talk(view: View) -> Iterator[Action]:
    """Opinions that differ: first let each clinician answer the other, then think of a third."""
    compare = view.case.compare
    asked = (ThirdOpinion.ASKED, ThirdOpinion.THIRD, ThirdOpinion.NOT_NEEDED, ThirdOpinion.SETTLED)
    if compare.treatment_class is not AgreementClass.DIFFERENT or compare.third_opinion in asked:
        return
    do = tr("Ask each clinician what they think of the other opinion, and if the two can talk.")
    why = tr("The two advise different treatments.")
    if last := latest(view.case.goal.decide_by):
        why = tr("The two advise different treatments. The decision is due by {day}: ask if it can wait.").format(
            day=say(last)
        )
    yield Action("talk", NextStep(do, why, "compare.third_opinion", "talk", 20, tr("both opinions")), last)


def _after_the_decision(view: View) -> Iterator[Action]:
    slot = view.held_slot
    last = latest(slot.on)
    if last and last >= view.today and view.case.decision.cancels is None:
        why = treatment.told(slot, words_of(slot.on), treatment.STILL)
        do = tr("Say if the treatment will go ahead. If not, call and cancel it{when}.").format(when=_open_day(view))
        step = NextStep(do, why, "decision.cancels", "booked", 10, tr("the date and place of the treatment"))
        yield Action("booked", step, last)
    visit = view.next_visit
    if visit and (visit.day - view.today).days <= PACK:
        yield from _visit(view)
    elif visit and visit.appointment.state is not VisitState.CONFIRMED:
        do = tr("Keep the visit on {day}, or cancel it.").format(day=say(visit.day))
        why = tr(
            "A decision is written down, and the visit is still booked. If you go, its costs and papers still count."
        )
        yield Action("keep-visit", NextStep(do, why, visit.path, "keep-visit", 5), visit.day)
    if not view.case.steps.get("6-decide"):
        do = tr("Book what you decided, and ask if the plan must agree first.")
        why = tr("Nothing happens until it is booked.")
        yield Action("carry-out", _map(do, why, "decision.what", 20, tr("the insurance card, and a calendar")))


def _open_day(view: View) -> str:
    """The day to call, if offices are closed today."""
    day = on_or_after_working_day(view.today)
    return "" if day == view.today else tr(" on {day}").format(day=say(day))
