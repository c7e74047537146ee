"""Alerts of step 4: missing, late, damaged or misplaced records. Knows the view and request clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case import Mode, YesNo
from ...case.partial_dates import earliest
from ...case.records import RecordItem, RequestState, Route
from ...locale import N_, tr
from ..business_days import is_working_day, on_or_after_working_day
from ..clocks.critical_path import by_item
from ..clocks.records import no_limit
from ..clocks.requests import RequestClock, clocks
from ..clocks.routes import NO_CLOCK_THOUGH_EXPECTED
from ..context import View
from ..results import Alert, Certainty, Level
from ..us_states import state_name
from ..wording import aim_for, capital, days_left, listed, say, sentences, when_open, words_of
from .register import alert

REMINDER_DAY = 20  # when to follow up if no time limit applies
_REMINDER = 2, 3  # fraction of a time limit: day 20 of 30, while there is time to respond
SOON, VERY_SOON = 10, 3  # days before the cut-off


@alert("A-05", "A-06", "A-08", step="records")
def _requests(view: View) -> Iterator[Alert]:
    for clock in clocks(view):
        if clock.over or not clock.sent:
            continue
        yield from _waiting(view, clock)
        yield from _claimed(view, clock)
        yield from _no_clock(view, clock)


@alert("A-04", step="records")
def _not_here(view: View) -> Iterator[Alert]:
    """A-04: one alert for each office that still has a record, as one call settles them all."""
    left = view.days_to_cut_off
    if left is None or left > SOON or view.cut_off is None or view.is_decided:
        return
    level = Level.BLOCKER if left <= VERY_SOON else Level.WARNING
    for who, items in by_office(view).items():
        yield Alert(
            "A-04",
            level,
            f"records.items.{items[0].id}",
            tr("Not received yet: {list}. It must be at {clinic} by {day}: {left}.").format(
                list=listed([view.name(item) for item in items]),
                clinic=view.clinic(),
                day=say(view.cut_off),
                left=days_left(view.today, view.cut_off),
            ),
            sentences(
                _call_now(view, who or tr("the office that has it"), view.cut_off),
                tr("Ask them to send it straight to {clinic}, or pick it up yourself. Let the clinic know.").format(
                    clinic=view.clinic()
                ),
            ),
            "A-04",
            view.cut_off,
        )


def by_office(view: View) -> dict[str, list[RecordItem]]:
    """The required records that are not here, by the office that was asked or has them; "" if none is noted."""
    waiting = by_item(view)
    found: dict[str, list[RecordItem]] = {}
    for item in view.open_items:
        asked = next((view.field(c.request, "to", "") for c in waiting.get(item.id, [])), "")
        found.setdefault(asked or view.field(item, "facility", ""), []).append(item)
    return found


@alert("A-45", step="records")
def _cut_off_passed(view: View) -> Iterator[Alert]:
    """A-45: the clinic's last day for records is over, the visit is not, and records are missing."""
    visit, last = view.next_visit, view.cut_off
    if visit is None or last is None or last >= view.today or not view.open_items or view.is_decided:
        return
    names = listed([view.name(item) for item in view.open_items])
    text = tr("The clinic's last day for records was {day}. Not received yet: {list}.")
    yield Alert(
        "A-45",
        Level.BLOCKER if (visit.day - view.today).days <= VERY_SOON else Level.WARNING,
        f"records.items.{view.open_items[0].id}",
        text.format(day=say(last), list=names),
        tr("Call {clinic} {when}. Ask if they will take late records, or if you can bring them.").format(
            clinic=view.clinic(), when=when_open(view.today, visit.day)
        ),
        "A-45",
        visit.day,
    )


@alert("A-44", step="records")
def _refused(view: View) -> Iterator[Alert]:
    """A-44: a written refusal is not the end: a review, the rest of the records, a complaint."""
    for request in view.case.records.requests.values():
        on = earliest(request.denial.on)
        if on is None or request.state in (RequestState.WITHDRAWN, RequestState.FULFILLED) or request.fulfilled_on:
            continue
        if request.items and not any(item.id in request.items for item in view.open_items):
            continue
        office = view.field(request, "to", tr("the office"))
        text = tr("{office} refused in writing on {day}. What the refusal does not cover must still come.")
        ask = tr("Read in the letter of {office} why, and if it can be reviewed. Ask in writing for the rest.")
        if request.denial.reviewable is YesNo.YES:
            ask = tr("Ask {office} in writing for a review by another clinician, and for the rest of the records.")
        yield Alert(
            "A-44",
            Level.WARNING,
            f"records.requests.{request.id}",
            text.format(office=capital(office), day=words_of(request.denial.on)),
            ask.format(office=office),
            view.cite(view.cite("A-44", on, "H-9"), on, "H-10"),
            view.cut_off if view.days_to_cut_off is not None else None,
            more=_complaint(view, on),
        )


def _waiting(view: View, clock: RequestClock) -> Iterator[Alert]:
    office = view.field(clock.request, "to", tr("the office"))
    day = (view.today - clock.start).days if clock.start else 0
    due = clock.binding
    if clock.runs and due and view.today > due:
        yield _late(view, clock, office, due)
    elif clock.by_state and view.today > clock.by_state:
        yield _late_in_state(view, clock, office)
    elif clock.runs and due and day >= _reminder_day(clock):
        guess = "" if clock.certainty is Certainty.KNOWN else tr("The date is an estimate.")
        yield Alert(
            "A-05",
            Level.WARNING,
            clock.path,
            sentences(
                tr("This is day {number}, and {office} has not sent everything.").format(number=day, office=office),
                tr("It is due on {day}: {left}.").format(day=say(due), left=days_left(view.today, due)),
                guess,
            ),
            _call(view, office, due),
            _cited(clock),
            due,
        )
    elif not clock.runs and clock.start and day >= REMINDER_DAY:
        yield Alert(
            "A-05",
            Level.WARNING,
            clock.path,
            sentences(
                tr("This is day {number}, and {office} has not sent everything.").format(number=day, office=office),
                no_limit(clock),
            ),
            _call(view, office),
            "A-05",
        )


def _late(view: View, clock: RequestClock, office: str, due: dt.date) -> Alert:
    """A-05 once the time limit has passed; where the rule is not certain, a call and not yet a complaint."""
    if not clock.is_own_copy:
        text = tr("The records from {office} may have been due on {day}. They are not marked as here.")
        text = text.format(office=office, day=say(due))
        return Alert("A-05", Level.WARNING, clock.path, text, _call(view, office), _cited(clock), due)
    guess = "" if clock.certainty is Certainty.KNOWN else tr("This date is an estimate.")
    late = tr("The records from {office} were due on {day}. They are late.")
    said = tr("They said no without a letter. A refusal must be in writing.") if _only_said_no(clock) else ""
    letter = tr("If the letter does not help, write to its privacy office.")
    return Alert(
        "A-05",
        Level.BLOCKER,
        clock.path,
        sentences(late.format(office=office, day=say(due)), guess, said),
        tr("Send {office} a follow-up letter today.").format(office=office),
        view.cite(_cited(clock), due, "H-10"),
        due,
        more=sentences(letter, _complaint(view, due)),
        letter="follow-up",
    )


def _cited(clock: RequestClock) -> str:
    """The rule behind the time limit of a request."""
    return f"A-05, {clock.limit.id}" if clock.limit else "A-05"


def _late_in_state(view: View, clock: RequestClock, office: str) -> Alert:
    """A-05 where only the shorter time of a state has passed; it applies if the office is in that state."""
    where, due = state_name(view.case.person.state), clock.by_state or view.today
    text = tr("By the law of {state}, the records from {office} were due on {day}.").format(
        state=where, office=office, day=say(due)
    )
    rest = tr("That law is for offices in {state}.")
    if clock.state and clock.state.holder == "doctor":
        rest = tr("That law is for doctors' offices in {state}.")
    elif clock.state and clock.state.holder == "hospital":
        rest = tr("That law is for hospitals in {state}.")
    fact = clock.state.id if clock.state else ""
    return Alert(
        "A-05",
        Level.WARNING,
        clock.path,
        sentences(text, rest.format(state=where)),
        _call(view, office),
        f"A-05, {fact}",
        due,
    )


def _only_said_no(clock: RequestClock) -> bool:
    """Whether a refusal is noted without a dated letter."""
    return clock.request.state is RequestState.DENIED and not clock.request.denial.on


def _reminder_day(clock: RequestClock) -> int:
    """The day within the time limit on which to follow up."""
    part, whole = _REMINDER
    return (clock.due - clock.start).days * part // whole if clock.due and clock.start else REMINDER_DAY


def _complaint(view: View, due: dt.date) -> str:
    """How long a complaint can be filed, by the rule in force on the day the copy was due."""
    rule = view.facts.clock("records.complaint", due)
    if rule is None or not rule.measure:
        return ""
    return tr("You have {time} to complain, from the day you learned of it.").format(time=rule.measure)


def _call_now(view: View, who: str, last: dt.date) -> str:
    """The call to make today or on the next working day, unless that is too late."""
    when = when_open(view.today, last)
    return (
        tr("Call {who}.").format(who=who)
        if when == tr("today")
        else tr("Call {who} {when}.").format(who=who, when=when)
    )


def _call(view: View, office: str, due: dt.date | None = None) -> str:
    """The call to make on a working day: never on a past date, a weekend or a holiday."""
    aim = aim_for(view.today, due) if due else None
    if not is_working_day(view.today):
        day = tr("on {day}").format(day=say(on_or_after_working_day(view.today)))
    elif aim and aim > view.today:
        day = tr("by {day}").format(day=say(aim))
    else:
        return tr("Call {office}. Ask when it will be sent, and write down who you talked to.").format(office=office)
    call = tr("Call {office} {day}. Ask when it will be sent, and write down who you talked to.")
    return call.format(office=office, day=day)


_CLAIMS = {
    "phone": N_("There is no dated letter, so the first due date still counts."),
    "late": N_("The letter arrived after the first {time}, so the first due date still counts."),
    "incomplete": N_(
        "The letter needs a reason and a new date. Your notes do not show both, so the first due date still counts."
    ),
    "again": N_("The law allows more time only once. The first new date still counts."),
    "before": N_("The letter is dated before the request, so the first due date still counts."),
}


def _claimed(view: View, clock: RequestClock) -> Iterator[Alert]:
    if clock.claim:
        office = view.field(clock.request, "to", tr("the office"))
        yield Alert(
            "A-06",
            Level.WARNING,
            clock.path,
            sentences(
                tr("{office} says it needs more time.").format(office=capital(office)),
                tr(_CLAIMS[clock.claim]).format(time=clock.limit.measure if clock.limit else ""),
            ),
            tr("Ask {office} to put the reason and the new date in a letter.").format(office=office),
            view.cite("A-06", clock.start or view.today, "H-3"),
            clock.binding,
            letter="extension-reply",
        )


def _no_clock(view: View, clock: RequestClock) -> Iterator[Alert]:
    if clock.request.route in NO_CLOCK_THOUGH_EXPECTED and not clock.request.no_clock_known:
        office = view.field(clock.request, "to", tr("the office"))
        how = tr("In the request to {office}, someone else asks with a form.")
        limit = tr("The time limit for your own copy does not apply to this kind of request.")
        if clock.request.route is Route.DIRECTIVE:
            how = tr("In the request to {office}, the copy goes to someone else.")
            limit = tr("Then a time limit applies only to electronic copies of electronic records.")
        yield Alert(
            "A-08",
            Level.WARNING,
            clock.path,
            sentences(how.format(office=office), limit),
            _own_copy(view),
            view.cite("A-08", clock.start or view.today, "H-8", "H-11"),
        )


def _own_copy(view: View) -> str:
    if view.case.mode is Mode.SELF:
        return tr("Send a letter that you sign, asking for your own copy.")
    return tr("Send a letter that {patient} signs, asking for their own copy.").format(patient=view.patient)


@alert("A-07", step="records")
def _too_late(view: View) -> Iterator[Alert]:
    left = view.days_to_cut_off
    if left is None or view.cut_off is None or view.is_decided:
        return
    waiting = by_item(view)
    late: dict[str, tuple[RequestClock, list[RecordItem]]] = {}
    for item in view.open_items:
        running = [(c.binding, c) for c in waiting.get(item.id, []) if c.binding]
        if running:
            due, clock = min(running, key=lambda pair: pair[0])
            if due > view.cut_off:
                late.setdefault(clock.path, (clock, []))[1].append(item)
    for path, (clock, items) in late.items():
        due = clock.binding or view.cut_off
        level = Level.BLOCKER if clock.extended or left <= VERY_SOON else Level.WARNING
        yield Alert(
            "A-07",
            level,
            path,
            sentences(
                tr("By law, this may arrive as late as {day}: {list}.").format(
                    day=say(due), list=listed([view.name(i) for i in items])
                ),
                tr("That is after the clinic's deadline, {day}.").format(day=say(view.cut_off)),
            ),
            tr(
                "Ask the office to send it straight to {clinic}, or pick it up. Or have {clinic} ask for it: "
                "one clinic may send records to another. The doctor who ordered it can help."
            ).format(clinic=view.clinic()),
            view.cite("A-07", clock.start or view.today, "H-3", "H-11"),
            view.cut_off,
        )


def months_old(day: dt.date, at: dt.date) -> int:
    """Whole months between two days."""
    return (at.year - day.year) * 12 + at.month - day.month - (at.day < day.day)
