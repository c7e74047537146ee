"""The deadlines of records: requests, and slides or tissue on loan. Knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..case.days import earliest
from ..case.materials import MaterialState
from .count import friday_before
from .requests import RequestClock, clocks
from .values import Certainty, Deadline, Ended
from .view import View
from .words import say, weekend_note

STARTS = "The time limit starts when you know the day the office got the request."
ROUTE_FIRST = "The time limit starts when you know who asks and who gets the copy."


def deadlines(view: View) -> Iterator[Deadline | Ended]:
    """The deadlines of requests and loans, ended ones with the reason."""
    for clock in clocks(view):
        yield from _request(view, clock)
    for material in view.case.records.materials.values():
        about, back = f"records.materials.{material.id}", earliest(material.return_by)
        if material.returned_on or material.state is MaterialState.RETURNED:
            yield Ended("return-by", about, back, "It was sent back.")
        elif back:
            name = view.name(material)
            yield Deadline(
                "return-by", about, back, f"Must be back by {say(back)}: {name}.", Certainty.KNOWN, "The loan"
            )


def _request(view: View, clock: RequestClock) -> Iterator[Deadline | Ended]:
    request, about = clock.request, clock.path
    office = view.field(request, "to", "The office")
    if request.route is None and not clock.over:
        yield Deadline("records-access", about, None, ROUTE_FIRST, Certainty.NOT_STARTED, fact="H-11")
    if not clock.runs:
        if request.route is not None:
            yield Ended("records-access", about, None, clock.over or "No time limit runs on this way of asking.")
        elif clock.over:
            yield Ended("records-access", about, None, clock.over)
        return
    if clock.over:
        for rule, day in _dates(clock):
            yield Ended(rule, about, day, clock.over)
        done = earliest(request.fulfilled_on) or earliest(request.denial.on)
        if not (done and clock.binding and done <= clock.binding):
            yield from (Ended("complaint", c.about, c.due, clock.over) for c in _complaint(view, clock))
        return
    if clock.due is None:
        text = STARTS if clock.sent else "The time limit starts when the office gets the request. It is not sent yet."
        yield Deadline("records-access", about, None, text, Certainty.NOT_STARTED, fact="H-3")
        return
    certainty, evidence = clock.certainty, clock.evidence
    if clock.extended:
        yield Ended("records-access", about, clock.due, "A letter in time gave the office more days.")
        yield Deadline(
            "records-outer-limit",
            about,
            clock.outer,
            f"{office} must be done by {say(clock.outer or clock.due)}. No more time is allowed.",
            certainty,
            evidence,
            clock.start,
            "H-3-extension",
            hard=clock.outer == clock.binding,
        )
        if clock.promised:
            yield Deadline(
                "records-promised",
                about,
                clock.promised,
                f"{office} wrote that it will be done by {say(clock.promised)}.",
                Certainty.KNOWN,
                "A letter",
                earliest(request.extension.letter_on),
                "H-3-extension",
            )
    else:
        text = f"{office} must hand over the copy or refuse in writing by {say(clock.due)}.{weekend_note(clock.due)}"
        aim = friday_before(clock.due)
        yield Deadline("records-access", about, clock.due, text, certainty, evidence, clock.start, "H-3", aim)
        if clock.claim:
            for rule, day in _dates(clock)[1:]:
                yield Ended(rule, about, day, "The claim of more time does not count, so the first due date stands.")
    yield from _complaint(view, clock)


def _dates(clock: RequestClock) -> list[tuple[str, dt.date | None]]:
    """Every deadline that an ended request had."""
    found = [("records-access", clock.due)]
    if clock.extended or clock.claim:
        found += [("records-outer-limit", clock.outer), ("records-promised", clock.promised)]
    return found


def _complaint(view: View, clock: RequestClock) -> Iterator[Deadline]:
    """Once a request is late, the window for a complaint; counted from the due date, which is the safe side."""
    fact, due = view.facts.clock("records.complaint"), clock.binding
    if fact and fact.number and due and due < view.today:
        last = due + dt.timedelta(days=fact.number)
        text = f"If you need to complain to the Office for Civil Rights, do it by {say(last)}."
        yield Deadline(
            "complaint", clock.path, last, text, Certainty.ESTIMATED, "Counted from the due date", due, fact.id
        )
