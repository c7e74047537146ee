"""What others have been asked for and not answered yet: offices, the plan, doctors. Knows the case and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ....case import Case
from ....case.coverage import DenialState, PriorAuthState, ReferralState
from ....locale import tr
from ....rules import Far, RequestClock, View, clocks, tracks
from ....rules.clocks.requests import claimed
from ...wording import day, joined, lines

_AT_PLAN = (PriorAuthState.SUBMITTED, PriorAuthState.MORE_INFO)


def under_way(case: Case, today: dt.date) -> list[str]:
    """Each thing that somebody else is working on, with whom it is and since when."""
    from ....law import load

    view = View(case, load(), today)
    return [*_requests(view), *_plan(view)]


def open_requests(view: View) -> list[RequestClock]:
    """The requests that are out, with the time limits that a paper may state; one for each record that is missing."""
    there = {key for track in tracks(view) if track.is_complete or track.here.far is Far.YES for key in track.items}
    found: list[RequestClock] = []
    known: set[str] = set()
    for clock in clocks(view):
        waits = {*clock.request.items} - there
        again = clock.request.items and waits <= known  # all of it arrived, or was asked for before
        if clock.sent and not clock.over and not again:
            known |= waits
            found.append(claimed(clock))
    return found


def due(clock: RequestClock, today: dt.date) -> str:
    """When the office must answer, as we count it; "" if no time limit is known."""
    if not clock.binding:
        return ""
    words = tr("was due {day} (calculated)") if clock.binding < today else tr("due {day} (calculated)")
    return words.format(day=day(clock.binding.isoformat()))


def _requests(view: View) -> Iterator[str]:
    for clock in open_requests(view):
        asked = tr("Records requested from {office}").format(office=clock.request.to or tr("an office"))
        yield joined([joined([asked, day(clock.request.sent_on)], " "), due(clock, view.today)])


def _plan(view: View) -> Iterator[str]:
    insurance = view.case.insurance
    for asked in insurance.prior_auths.values():
        if asked.state in _AT_PLAN:
            since = tr("sent to the plan {day}") if asked.submitted_on else tr("sent to the plan")
            sent = since.format(day=day((asked.submitted_on or "")[:10]))
            wants = tr("the plan wants more information") if asked.state is PriorAuthState.MORE_INFO else ""
            yield joined([_of(tr("Prior authorization"), asked.service), sent, wants])
    for denial in insurance.denials.values():
        if denial.state in (DenialState.FILED, DenialState.EXTERNAL):
            outside = tr("with an outside reviewer") if denial.state is DenialState.EXTERNAL else ""
            sent = tr("sent {day}").format(day=day(denial.filed_on)) if denial.filed_on else ""
            yield joined([_of(tr("Appeal"), lines(denial.what)), sent, outside or tr("with the plan")])
    for referral in insurance.referrals.values():
        if referral.state is ReferralState.REQUESTED:
            by = tr("asked for from {name}").format(name=referral.sender) if referral.sender else tr("asked for")
            yield joined([_of(tr("Referral"), referral.to), by])


def _of(what: str, name: str) -> str:
    return f"{what} ({name})" if name else what
