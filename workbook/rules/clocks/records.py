"""Deadlines of records: requests, and slides or tissue on loan. Knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case.materials import MaterialState
from ...case.partial_dates import earliest
from ...case.records import AnnouncedBy, Extension, RecordRequest
from ...locale import N_, tr
from ..context import View
from ..counting import Part, Sum
from ..results import Certainty, Deadline, Ended
from ..us_states import state_name
from ..wording import aim_for, closed_note, say, sentences, told_of, words_of
from .requests import RequestClock, clocks
from .routes import ROUTES

STARTS = N_("We can count the time limit once you enter the day the office got the request.")
NO_CLAIM = N_("The request for more time does not count, so the first due date still applies.")
_IF_IN_STATE = {
    "": N_("If {office} is in {state}, state law says by {day}."),
    "doctor": N_("If {office} is a doctor's office in {state}, state law says by {day}."),
    "hospital": N_("If {office} is a hospital in {state}, state law says by {day}."),
}
_IT_WAS_IN_STATE = {
    "": N_("If {office} is in {state}, it was due by state law on {day}."),
    "doctor": N_("If {office} is a doctor's office in {state}, it was due by state law on {day}."),
    "hospital": N_("If {office} is a hospital in {state}, it was due by state law on {day}."),
}
_PROMISE = N_("{office} wrote that it will be done by {day}.")
_OLD_PROMISE = N_("{office} wrote that it would be done by {day}.")
ROUTE_FIRST = N_("We can count the time limit once you say who asks and who gets the copy.")


def deadlines(view: View) -> Iterator[Deadline | Ended]:
    """The deadlines of requests and loans, and ended ones with the reason."""
    for clock in clocks(view):
        yield from _request(view, clock)
        yield from _state(view, clock)
    for material in view.case.records.materials.values():
        about, back = f"records.materials.{material.id}", earliest(material.return_by)
        if material.returned_on or material.state is MaterialState.RETURNED:
            yield Ended("return-by", about, back, tr("It was sent back."))
        elif back:
            name = view.name(material)
            yield Deadline(
                "return-by",
                about,
                back,
                told_of(
                    back, view.today, tr("Must be back by {day}: {name}."), tr("Had to be back by {day}: {name}.")
                ).format(day=say(back), name=name),
                Certainty.KNOWN,
                tr("The loan"),
            )


def _request(view: View, clock: RequestClock) -> Iterator[Deadline | Ended]:
    request, about = clock.request, clock.path
    office = view.field(request, "to", tr("The office"))
    limit, more = clock.limit.id if clock.limit else "", clock.more.id if clock.more else ""
    if request.route is None and not clock.over:
        who_asks = view.facts.in_force("H-11", clock.start or view.today)  # an undated request would be sent today
        yield Deadline(
            "records-access", about, None, tr(ROUTE_FIRST), Certainty.NOT_STARTED, fact=who_asks.id if who_asks else ""
        )
        yield from _letter_alone(view, clock, office, tr(ROUTE_FIRST))
        return
    if not clock.runs:
        why = clock.over or no_limit(clock)
        yield Ended("records-access", about, None, why)
        if _took_more(request):
            yield Ended("records-outer-limit", about, None, why)
            yield Ended("records-promised", about, earliest(request.extension.new_date), why)
        return
    if clock.over:
        for rule, day in _dates(clock):
            yield Ended(rule, about, day, clock.over)
        done = earliest(request.fulfilled_on)
        if request.denial.on:
            yield from _complaint(view, clock, earliest(request.denial.on), tr("Counted from the refusal"))
        elif not (done and clock.binding and done <= clock.binding):
            late = _complaint(view, clock, clock.binding, "")
            yield from (Ended("complaint", c.about, c.due, clock.over) for c in late)
        return
    if clock.due is None:
        unsent = tr("The time limit starts when the office gets the request. It has not been sent yet.")
        text = tr(STARTS) if clock.sent else unsent
        yield Deadline("records-access", about, None, text, Certainty.NOT_STARTED, fact=limit)
        yield from _letter_alone(view, clock, office, text)
        return
    certainty, evidence = clock.certainty, clock.evidence
    if clock.extended:
        yield Ended("records-access", about, clock.due, tr("A letter sent on time gave the office more days."))
        last = clock.outer or clock.due
        lead = told_of(last, view.today, tr("{office} must finish by {day}."), tr("{office} had to finish by {day}."))
        lead = lead.format(office=office, day=say(last))
        yield Deadline(
            "records-outer-limit",
            about,
            clock.outer,
            sentences(lead, "" if last < view.today else tr("No more time is allowed.")),
            certainty,
            evidence,
            clock.start,
            more,
            hard=clock.outer == clock.binding,
            sum=clock.outer_sum,
            lead=lead,
        )
        letter = request.extension
        yield Deadline(
            "records-promised",
            about,
            clock.promised,
            tr(told_of(clock.promised, view.today, _PROMISE, _OLD_PROMISE)).format(
                office=office, day=words_of(letter.new_date)
            ),
            Certainty.KNOWN,
            tr("A letter"),
            earliest(letter.letter_on),
            more,
        )
    else:
        way = ROUTES[request.route] if request.route else None
        must = told_of(clock.due, view.today, way.must, way.had_to) if way else ""
        lead = tr(must).format(office=office, day=say(clock.due))
        text = sentences(lead, closed_note(view.today, clock.due))
        aim = aim_for(view.today, clock.due)
        yield Deadline(
            "records-access",
            about,
            clock.due,
            text,
            certainty,
            evidence,
            clock.start,
            limit,
            aim,
            sum=clock.sum,
            lead=lead,
        )
        if clock.claim:
            for rule, day in _dates(clock)[1:]:
                yield Ended(rule, about, day, tr(NO_CLAIM))
    if clock.is_own_copy:
        yield from _complaint(view, clock, clock.binding, tr("Counted from the due date"))


def _state(view: View, clock: RequestClock) -> Iterator[Deadline | Ended]:
    """The shorter time by the law of the patient's state, if it has one for this route."""
    if clock.state is None or clock.state_sum is None:
        return
    day, fact = clock.state_sum.day, clock.state.id
    if clock.over:
        yield Ended("records-state", clock.path, day, clock.over)
    elif day and clock.by_state:  # a later date would only confuse: the federal one comes first
        office = view.field(clock.request, "to", tr("The office"))
        said = told_of(day, view.today, _IF_IN_STATE[clock.state.holder], _IT_WAS_IN_STATE[clock.state.holder])
        text = tr(said).format(office=office, state=state_name(view.case.person.state), day=say(day))
        yield Deadline(
            "records-state",
            clock.path,
            day,
            sentences(text, closed_note(view.today, day)),
            Certainty.ESTIMATED,
            clock.evidence,
            clock.start,
            fact,
            aim_for(view.today, day),
            hard=False,
            sum=clock.state_sum,
            lead=text,
        )


def no_limit(clock: RequestClock) -> str:
    """That no federal time limit applies to a request; where a state has one, the sentence leaves room for it."""
    if clock.state:
        return tr("Federal law sets no time limit for this kind of request.")
    return tr("There is no time limit for this kind of request.")


def _took_more(request: RecordRequest) -> bool:
    """Whether the office is noted to have taken more time."""
    return request.extension != Extension()


def _letter_alone(view: View, clock: RequestClock, office: str, waits: str) -> Iterator[Deadline | Ended]:
    """An extension letter for a clock with an unknown start: the date in the letter counts."""
    request, about = clock.request, clock.path
    more = clock.more or view.facts.clock("records.extension", clock.start or view.today)
    fact = more.id if more else ""
    if not _took_more(request):
        return
    if request.extension.announced_by is AnnouncedBy.PHONE or not request.extension.letter_on:
        for rule in ("records-outer-limit", "records-promised"):
            yield Ended(rule, about, None, tr(NO_CLAIM))
        return
    yield Deadline("records-outer-limit", about, None, waits, Certainty.NOT_STARTED, fact=fact)
    day = earliest(request.extension.new_date)
    if day is None:
        yield Deadline("records-promised", about, None, waits, Certainty.NOT_STARTED, fact=fact)
        return
    text = tr(told_of(day, view.today, _PROMISE, _OLD_PROMISE)).format(office=office, day=say(day))
    yield Deadline("records-promised", about, day, text, Certainty.KNOWN, tr("A letter"), fact=fact)


def _dates(clock: RequestClock) -> list[tuple[str, dt.date | None]]:
    """Every deadline that an ended request had."""
    found = [("records-access", clock.due)]
    if clock.extended or clock.claim or _took_more(clock.request):
        found += [("records-outer-limit", clock.outer), ("records-promised", clock.promised)]
    return found


def _complaint(view: View, clock: RequestClock, due: dt.date | None, evidence: str) -> Iterator[Deadline]:
    """Once a request is late or refused, the window for a complaint; counted from that day to be safe."""
    fact = view.facts.clock("records.complaint", due) if due and due < view.today else None
    counted = Sum(due, (Part(fact),)) if fact and due else None
    last = counted.day if counted else None
    if fact and last:
        text = tr("If you need to complain to the Office for Civil Rights, do it by {day}.")
        if last < view.today:
            text = tr("The last day to complain to the Office for Civil Rights was {day}.")
        lead = text.format(day=say(last))
        text = sentences(lead, closed_note(view.today, last))
        yield Deadline(
            "complaint",
            clock.path,
            last,
            text,
            Certainty.ESTIMATED,
            evidence,
            due,
            fact.id,
            sum=counted,
            lead=lead,
        )
