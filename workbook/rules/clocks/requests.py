"""The clock of one record request: whether it runs, its start and end, and the effect of an extension.

Knows the view. The law is the version of H-3 and of its extension in force on the day of receipt.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from ...case import Evidence, Items
from ...case.partial_dates import earliest, exact
from ...case.records import AnnouncedBy, Extension, RecordItem, RecordRequest, RecordState, RequestState, Route
from ...content import entries
from ...law import DatedFact
from ...locale import tr
from ..context import View
from ..counting import Part, Sum, extended
from ..results import Certainty
from ..us_states import states_in
from ..wording import sentences
from .routes import ROUTES, RouteRule

_HOSPITAL = re.compile(r"\b(hospital|medical cent(er|re)|infirmary)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RequestClock:
    """The state of one request on a day."""

    request: RecordRequest
    runs: bool  # whether a time limit applies to this route
    over: str  # why it ended; "" while open
    sent: bool
    start: dt.date | None = None  # the day of receipt, or its substitute
    certainty: Certainty = Certainty.NOT_STARTED
    evidence: str = ""
    due: dt.date | None = None  # by the rule, without extension
    outer: dt.date | None = None
    promised: dt.date | None = None
    extended: bool = False
    claim: str = ""  # why a claimed extension is invalid
    limit: DatedFact | None = None  # the rule that applies, in the version of its first day
    more: DatedFact | None = None  # the rule on extensions, likewise
    sum: Sum | None = None  # how `due` was counted
    outer_sum: Sum | None = None
    state: DatedFact | None = None  # a shorter time by the law of the patient's state
    state_sum: Sum | None = None

    @property
    def path(self) -> str:
        """The path of the request."""
        return f"records.requests.{self.request.id}"

    @property
    def is_own_copy(self) -> bool:
        """Whether the right to one's own copy applies, with all that it asks of the office."""
        return self.request.route is not None and self.runs and ROUTES[self.request.route].is_own_copy

    @property
    def by_state(self) -> dt.date | None:
        """The date by the law of the state, if it is earlier than the federal one or there is no federal one."""
        day = self.state_sum.day if self.state_sum else None
        return day if day and not self.over and (self.due is None or day < self.due) else None

    @property
    def binding(self) -> dt.date | None:
        """The earlier of the letter's date and the rule's; it drives alerts."""
        if not self.extended:
            return self.due
        days = [d for d in (self.promised, self.outer) if d]
        return min(days, default=None)


def clock_of(view: View, request: RecordRequest) -> RequestClock:
    """The state of the request."""
    rule = ROUTES.get(request.route) if request.route else None
    over = _over(view, request)
    start, certainty, evidence = _start(request)
    on = start or view.today  # an unreceived request would arrive today at the earliest
    fact = view.facts.clock(rule.clock, on) if rule and rule.clock else None
    sent = request.is_sent
    by_state = _by_state(view, rule, on, request.to)
    first = tr("The office got the request.") if request.received_by_holder_on else tr("The request was sent.")
    counted = Sum(start, (Part(by_state),), first) if by_state and start else None
    if fact is None or fact.number is None:
        return RequestClock(request, False, over, sent, start, certainty, evidence, state=by_state, state_sum=counted)
    more = view.facts.clock(rule.extension, on) if rule and rule.extension else None
    if start is None:
        return RequestClock(request, True, over, sent, limit=fact, more=more, state=by_state)
    if certainty is Certainty.KNOWN and (fact.grade == "R" or request.route is Route.DIRECTIVE):
        certainty = Certainty.ESTIMATED  # the rule is only recalled, or covers only electronic records
    found = Sum(start, (Part(fact),), first)
    due = found.day
    if due is None:  # a value without a unit to count in
        return RequestClock(request, False, over, sent, start, certainty, evidence)
    longer = extended(fact, more, start, first) if more else found
    outer = longer.day or due
    claim = _claim(request.extension, earliest(request.sent_on) or start, due)
    took_more = claim in ("", "again") and request.extension != Extension() and more is not None
    promised = earliest(request.extension.new_date)
    return RequestClock(
        request,
        True,
        over,
        sent,
        start,
        certainty,
        evidence,
        due,
        outer,
        promised,
        took_more,
        claim,
        fact,
        more,
        found,
        longer,
        by_state,
        counted,
    )


def _by_state(view: View, rule: RouteRule | None, on: dt.date, office: str) -> DatedFact | None:
    """The rule of the patient's state for this route; None unless one state is noted and has one.

    A state may have one rule for hospitals and one for doctors. An office that is a hospital by its name gets no rule
    that is for doctors alone; of any other office it is not known what it is.
    """
    states = states_in(view.case.person.state)
    if rule is None or not rule.state_clock or len(states) != 1:
        return None
    is_hospital = bool(_HOSPITAL.search(office))
    names = [f"{rule.state_clock}_hospital", rule.state_clock] if is_hospital else [rule.state_clock]
    found = (view.facts.clock(name, on, min(states)) for name in names)
    return next((f for f in found if f and f.applies_to and not (is_hospital and f.holder == "doctor")), None)


def claimed(clock: RequestClock) -> RequestClock:
    """The clock as a document for others may claim it: a time limit only where the rule covers the whole request.

    On other routes the rule is only recalled, or covers a part; a person may know that, an office is not told it.
    """
    if clock.request.route is None or clock.is_own_copy or not clock.runs:
        return clock
    return replace(clock, runs=False, due=None, outer=None, extended=False, claim="", limit=None, sum=None)


def clocks(view: View) -> tuple[RequestClock, ...]:
    """The clocks of all requests; cached on the view, because many rules need them."""
    return view.once(_clocks)


def _clocks(view: View) -> tuple[RequestClock, ...]:
    return tuple(clock_of(view, request) for request in view.case.records.requests.values())


def _start(request: RecordRequest) -> tuple[dt.date | None, Certainty, str]:
    """The day the clock starts, how certain it is, and the evidence for it."""
    held, sent = request.received_by_holder_on, request.sent_on
    source = tr(request.evidence.words) if request.evidence else ""
    day = earliest(held)
    if day is None:
        day = earliest(sent)
        known = f"{source}." if source else ""
        return (
            day,
            Certainty.ESTIMATED if day else Certainty.NOT_STARTED,
            sentences(known, tr("Counted from the day it was sent.")),
        )
    if request.evidence is Evidence.MEMORY:
        return day, Certainty.FROM_MEMORY, source
    if request.evidence is Evidence.ESTIMATED or exact(held) is None:
        return day, Certainty.ESTIMATED, source or tr("Counted from the earliest day this could be.")
    return day, Certainty.KNOWN, source


def _over(view: View, request: RecordRequest) -> str:
    """Why the request is over: fulfilled, refused in writing, or withdrawn; "" otherwise."""
    if request.state is RequestState.WITHDRAWN:
        return tr("The request was withdrawn.")
    if request.state is RequestState.FULFILLED or request.fulfilled_on:
        return tr("All of it arrived.")
    if request.denial.on:  # without a dated letter it is only said: the rule asks for a refusal in writing (H-9)
        return tr("The office refused in writing.")
    items = view.once(_checklist)
    asked = [items[i] for i in request.items if i in items]
    if asked and all(i.is_here or i.state is RecordState.NONE for i in asked):
        return tr("You have everything you asked for.")
    return ""


def _checklist(view: View) -> Items[RecordItem]:
    """All records, including untouched shipped ones, which have not been received."""
    return entries(view.case, "records.items")


def _claim(extension: Extension, sent: dt.date, due: dt.date) -> str:
    """Why a claimed extension does not count; "" if it does or none was claimed."""
    if extension == Extension():
        return ""
    letter = earliest(extension.letter_on)
    if extension.announced_by is AnnouncedBy.PHONE or letter is None:
        return "phone"
    if letter < sent:
        return "before"
    if letter > due:
        return "late"
    if not extension.new_date or not extension.reason.strip():
        return "incomplete"
    return "again" if extension.second_time else ""
