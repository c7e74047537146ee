"""What a hand-over between advocates says, and what is due in a case that changes hands. Pure; knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from ..case import Case
from ..case.hand_over import HandOver, OfferState, Outcome
from ..law import Facts
from ..locale import plural, tr
from ..locale.dates import show_day
from .alerts.people import is_good
from .context import View
from .every_date import every_date
from .status import status_of

_MOST = 6  # dates of a summary


class DueLine(NamedTuple):
    """One date of the summary: its day, how many days it is late (0 if it is not), and what it is."""

    on: dt.date
    late: int
    text: str


class Summary(NamedTuple):
    """What somebody who takes a case over has to know at once: dates, the next step, forms that name another."""

    dates: tuple[DueLine, ...]
    more: int  # dates that are not listed
    next: str
    forms: str


def what_is_due(case: Case, facts: Facts, today: dt.date) -> Summary:
    """The dates of the case that count, late ones first, with the first step to take."""
    view = View(case, facts, today)
    known = status_of(view)
    every = [
        DueLine(one.on, 0 if one.is_event else max(0, (today - one.on).days), one.line.brief if one.line else one.text)
        for one in every_date(view, known)
        if one.hard and (one.on >= today or not one.is_event)
    ]
    step = known.next[0].do if known.next else ""
    return Summary(tuple(every[:_MOST]), max(0, len(every) - _MOST), step, _forms(view))


def _forms(view: View) -> str:
    """Signed forms that name the advocate so far; "" without any. They do not name the next one."""
    count = sum(is_good(view, paper) for paper in view.case.authorities.values())
    if not count:
        return ""
    return plural(
        "1 signed permission form is here. Check whom it names, and have a new one signed if you need it.",
        "{n} signed permission forms are here. Check whom they name, and have new ones signed if you need them.",
        count,
    )


def told(one: HandOver) -> str:
    """How far an offer is, in one or two sentences."""
    day, name = _day(one.offered_on), one.offered_to or tr("another advocate")
    who, then = one.answered_by or name, _day(one.answered_on)
    if one.state is OfferState.OFFERED:
        return tr("Offered to {name} on {day}. There is no answer yet.").format(name=name, day=day)
    if one.state is OfferState.ACCEPTED:
        return tr("{name} accepted this workbook on {day}.").format(name=who, day=then)
    if one.state is OfferState.REFUSED:
        why = tr("Reason: {reason}").format(reason=one.reason) if one.reason else ""
        return f"{tr('{name} did not accept this workbook on {day}.').format(name=who, day=then)} {why}".strip()
    return tr("Offered to {name} on {day}. You made a new offer after that.").format(name=name, day=day)


def told_answer(one: HandOver | None, outcome: Outcome) -> str:
    """What an answer did to the offer it is for."""
    if one is None or outcome is Outcome.NO_OFFER:
        return tr("This answer is for an offer that this workbook does not have. Nothing was changed.")
    if outcome is Outcome.KNOWN:
        return tr("This answer is here already. {told}").format(told=told(one))
    if outcome is Outcome.TOO_LATE:
        return tr("This answer does not count. {told}").format(told=told(one))
    if one.state is OfferState.ACCEPTED:
        return tr("{told} You can close it now.").format(told=told(one))
    return tr("{told} It stays yours.").format(told=told(one))


def told_again(one: HandOver) -> str:
    """What somebody hears who opens an offer that this computer knows."""
    if one.state is OfferState.ACCEPTED:
        return tr("{told} It is on this computer already.").format(told=told(one))
    return tr("This hand-over was made on this computer. The other advocate has to open it on theirs.")


def left_behind(count: int) -> str:
    """How much stays with the advocate who hands over."""
    return plural("1 private or sensitive entry stays behind.", "{n} private or sensitive entries stay behind.", count)


def not_here(offer: HandOver, count: int) -> str:
    """The same, for the advocate who takes over."""
    if offer.with_private:
        return tr("Private notes are included.")
    if not count:
        return tr("There were no private notes.")
    name = offer.offered_by or tr("the other advocate")
    kept = plural("1 private or sensitive entry", "{n} private or sensitive entries", count)
    return tr("{name} kept {count}. Ask if you need to know more.").format(name=name, count=kept)


def lines(summary: Summary) -> Iterator[str]:
    """The summary as lines of text."""
    for one in summary.dates:
        late = plural("1 day late:", "{n} days late:", one.late) if one.late else ""
        yield " ".join(filter(None, (show_day(one.on.isoformat(), weekday=True) + ":", late, one.text)))
    if summary.more:
        yield plural("1 more date", "{n} more dates", summary.more)
    if not summary.dates:
        yield tr("No date is known yet.")
    if summary.next:
        yield tr("Do this next: {what}").format(what=summary.next)
    if summary.forms:
        yield summary.forms


def _day(day: str | None) -> str:
    return show_day(day) if day else tr("a day we do not know")
