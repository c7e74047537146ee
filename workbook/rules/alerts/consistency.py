"""Alerts on dates and places that contradict each other; the rules ignore those values. Knows the view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...case.coverage import PriorAuthState
from ...case.partial_dates import earliest, latest
from ...case.paths import words_at
from ...locale import tr
from ...locale.dates import show_day
from ..as_of import Slip
from ..context import View, Visit
from ..results import Alert, Level
from ..us_states import states_in
from ..wording import is_none
from .register import alert

_WAITING = (PriorAuthState.SUBMITTED, PriorAuthState.MORE_INFO)
FAR = 10  # years; a plan or a deadline further away is most likely a typo


@alert("D-01", step="home")
def _inconsistent(view: View) -> Iterator[Alert]:
    for slip in view.slips:
        ask = tr("Check the year. If it has not happened yet, leave the date empty.")
        yield Alert("D-01", Level.WARNING, slip.path, _still_to_come(view, slip), ask, "D-01")
    for about, text in _doubts(view):
        yield Alert(
            "D-01",
            Level.WARNING,
            about,
            text,
            tr("Look at both entries, and correct the one with the mistake."),
            "D-01",
        )


def _still_to_come(view: View, slip: Slip) -> str:
    """What is wrong with the date, with the name of its entry; the date of a private entry is not repeated."""
    words, (item, is_private) = words_at(slip.path), view.entry(slip.path)
    label = tr("Said on")
    if words:  # the field's question, except for the few worded for one reader
        label = tr(words.short if "{" in words.question else words.question)
    day = "" if is_private else f" ({show_day(slip.value)})"
    text = tr('The date under "{label}" is in the future{day}. Nothing is counted from it.').format(
        label=label, day=day
    )
    return tr("{name}: {text}").format(name=item, text=text) if item else text


def _doubts(view: View) -> Iterator[tuple[str, str]]:
    yield from _requests(view)
    yield from _plan(view)
    yield from _visits(view)
    yield from _far(view)
    if view.case.person.state and not states_in(view.case.person.state):
        yield "person.state", tr("We do not recognize this state. Rules that differ by state are left out.")


def _before(a: str | None, b: str | None) -> bool:
    """Whether the first date is certainly before the second."""
    last, first = latest(a), earliest(b)
    return last is not None and first is not None and last < first


def _requests(view: View) -> Iterator[tuple[str, str]]:
    for request in view.case.records.requests.values():
        about, sent = f"records.requests.{request.id}", request.sent_on
        if _before(request.received_by_holder_on, sent):
            yield (
                about,
                tr(
                    "By these dates, the office got the request before it was sent. We "
                    "count from the day the office got it."
                ),
            )
        if _before(request.extension.letter_on, sent or request.received_by_holder_on):
            yield about, tr("The letter about more time is dated before the request. We count without that letter.")
        if _before(request.extension.new_date, request.extension.letter_on):
            yield about, tr("The new date is earlier than the letter that promises it. We show both.")
        if _before(request.fulfilled_on or request.partly_received_on, sent):
            yield about, tr("By these dates, records arrived before the request was sent. We show both dates.")


def _plan(view: View) -> Iterator[tuple[str, str]]:
    insurance = view.case.insurance
    for auth in insurance.prior_auths.values():
        if _before(auth.notice_date, auth.submitted_on):
            yield (
                f"insurance.prior_auths.{auth.id}",
                tr("By these dates, the plan decided before the request was sent in. We show both."),
            )
    waiting = {a.service.strip().casefold() for a in insurance.prior_auths.values() if a.state in _WAITING}
    for denial in insurance.denials.values():
        about = f"insurance.denials.{denial.id}"
        if denial.notice_date and denial.what.strip() and denial.what.strip().casefold() in waiting:
            yield about, tr("The plan said no to this. The request for it is still marked as waiting.")
        if _before(denial.received_on, denial.notice_date):
            yield (
                about,
                tr("By these dates, the letter arrived before the date printed on it. We use the earlier deadline."),
            )
        if _before(denial.letter_deadline, denial.notice_date):
            yield about, tr("The last day to appeal is before the date of the letter. Look at the letter again.")
    for referral in insurance.referrals.values():
        if _before(referral.valid_to, referral.valid_from):
            yield f"insurance.referrals.{referral.id}", tr("The referral ends before it starts. We use the end date.")
    for paper in view.case.authorities.values():
        if _before(paper.expires_on, paper.signed_on):
            yield f"authorities.{paper.id}", tr("The form ends before it was signed. We count it as expired.")


def _visits(view: View) -> Iterator[tuple[str, str]]:
    starts = [r.valid_from for r in view.case.insurance.referrals.values() if r.valid_from]
    for visit in view.visits:
        start = visit.appointment.start
        if starts and not view.is_done(visit) and all(_before(start, s) for s in starts):
            yield visit.path, tr("The visit is before the referral starts. The plan may not count it.")
        if _unread_rule(view, visit):
            yield (
                visit.path,
                tr(
                    "We cannot work out a date from the clinic's rule for records. Ask "
                    "for the exact date, and enter it."
                ),
            )
        if _before(start, visit.appointment.cut_off):
            yield visit.path, tr("The last day for records is after the visit. We show both.")
    zones = {v.appointment.time_zone.strip() for v in view.visits if not view.is_done(v)} - {""}
    if len(zones) > 1:
        yield "visit.appointments", tr("The visits are in two time zones. Each time is the local time of that visit.")


def _unread_rule(view: View, visit: Visit) -> bool:
    """Whether the clinic's rule for records is noted in words that give no day, and no day is entered."""
    entered, ruled = view.cut_offs(visit)
    return not view.is_done(visit) and not is_none(visit.cut_off_rule) and entered is None and ruled is None


def _far(view: View) -> Iterator[tuple[str, str]]:
    first, last = _shifted(view.today, -FAR), _shifted(view.today, FAR)
    planned = {"goal.decide_by": view.case.goal.decide_by, "goal.held_slot": view.case.goal.held_slot.on}
    planned |= {v.path: v.appointment.start for v in view.visits}
    planned |= {f"records.requests.{r.id}": r.sent_on for r in view.case.records.requests.values()}
    planned |= {f"insurance.denials.{d.id}": d.letter_deadline for d in view.case.insurance.denials.values()}
    for about, value in planned.items():
        day = earliest(value)
        if day and not first <= day <= last:
            yield (
                about,
                tr("This date is more than {years} years away: {year}. Check the year.").format(
                    years=FAR, year=day.year
                ),
            )


def _shifted(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
