"""Alerts of step 3 on prior authorizations: not sent in, late, waiting for papers. Knows the clocks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ...case.coverage import PriorAuth, PriorAuthState
from ...case.partial_dates import latest
from ...case.plan import Told
from ...locale import tr
from ..clocks import authorizations
from ..clocks.plan import DECIDED
from ..context import View
from ..results import Alert, Level
from ..wording import days_left, listed, say, sentences, when_open, words_of
from .coverage import given
from .register import alert

_SENT_IN = (PriorAuthState.SUBMITTED, PriorAuthState.MORE_INFO, *DECIDED)
_VISIT = re.compile(r"\b(visit|consult\w*|appointment|opinion|evaluation|examination|office)s?\b", re.IGNORECASE)
YEAR = dt.timedelta(days=365)
NEAR = 14  # days before the visit in which an open authorization is urgent


@alert("A-16", "A-40", step="insurance")
def _decisions(view: View) -> Iterator[Alert]:
    for auth in view.case.insurance.prior_auths.values():
        clock = authorizations.prior_auth(view, auth)
        if auth.state is PriorAuthState.MORE_INFO and not clock.over and not auth.info_sent_on:
            yield _papers(view, auth)
            if clock.paused:
                continue
        due = None if clock.over else clock.binding
        if due and view.today > due:
            late = (
                tr("The plan may have had to decide by {day}: {name}. No decision is written down here.")
                if clock.note
                else tr("The plan should have decided by {day}: {name}. No decision is written down here.")
            )
            yield Alert(
                "A-16",
                Level.WARNING,
                f"insurance.prior_auths.{auth.id}",
                sentences(late.format(day=say(due), name=view.name(auth)), clock.claim, clock.note),
                tr("Call the plan and ask for the status. If there is still no decision, ask how to complain."),
                "A-16" + (f", {clock.fact.id}" if clock.fact else ""),
                due,
            )


def _papers(view: View, auth: PriorAuth) -> Alert:
    """A-40: the plan waits for papers, and somebody must send them."""
    needed = authorizations.papers(view, auth)
    due = needed.binding if needed else None
    text = tr("The plan wants more information before it decides: {name}. It is waiting for that information.")
    by = ""
    if due:
        by = tr("It needs the information by {day}: {left}.").format(day=say(due), left=days_left(view.today, due))
    visit = view.next_visit
    if visit and is_for_visit(auth.service) and (due is None or visit.day < due):
        by = tr("The visit is on {day}, so send it now.").format(day=say(visit.day))
    ask = tr("Ask the office that sent the request to send the information. Ask for proof, and write down the date.")
    soon = _is_near(view) or (due is not None and (due - view.today).days <= NEAR)
    return Alert(
        "A-40",
        Level.BLOCKER if soon else Level.WARNING,
        f"insurance.prior_auths.{auth.id}",
        sentences(text.format(name=view.name(auth)), by, needed.note if needed else ""),
        ask,
        "A-40" + (f", {needed.fact.id}" if needed and needed.fact else ""),
        due or (view.booked.day if view.booked else None),
    )


def is_for_visit(service: str) -> bool:
    """Whether a service is the visit itself, as far as its words say; one without words may be."""
    return not service.strip() or bool(_VISIT.search(service))


def _is_near(view: View) -> bool:
    visit = view.next_visit
    return visit is not None and (visit.day - view.today).days <= NEAR


def needs_authorization(view: View) -> bool:
    """Whether the plan said that the visit needs an authorization, and none is sent in or decided."""
    auths = view.case.insurance.prior_auths.values()
    if any(a.state in _SENT_IN and not _is_used_up(view, a) for a in auths):
        return False
    said = {a.answer for a in given(view, "prior_auth")}
    return Told.YES in said or any(a.state is PriorAuthState.TO_SUBMIT for a in auths)


def _is_used_up(view: View, auth: PriorAuth) -> bool:
    """Whether an authorization is of another time: another plan, ended, or sent in more than a year ago."""
    end, sent = latest(auth.valid_to), latest(auth.submitted_on)
    return view.is_of_former_plan(auth) or bool((end and end < view.today) or (sent and sent < view.today - YEAR))


@alert("A-41", step="insurance")
def _not_sent_in(view: View) -> Iterator[Alert]:
    if not needs_authorization(view) or view.is_settled:
        return
    visit = view.next_visit
    waiting = [a for a in view.case.insurance.prior_auths.values() if a.state is PriorAuthState.TO_SUBMIT]
    about = f"insurance.prior_auths.{waiting[0].id}" if len(waiting) == 1 else "insurance.prior_auths"
    text = tr("The plan must approve the visit first (prior authorization). No request is marked as sent.")
    risk = tr("Without it, the plan may not pay.")
    others = [view.field(a, "service", "") for a in waiting if not is_for_visit(a.service)]
    if others and len(others) == len(waiting):
        text = tr("The plan must approve this first (prior authorization): {list}. No request is marked as sent.")
        text = text.format(list=listed(list(filter(None, others))) or tr("a private entry"))
    elif visit:
        risk = tr("The visit is on {day}. Without it, the plan may not pay.").format(day=say(visit.day))
    ask = tr(
        "Ask {office} to send the request for prior authorization to the plan {when}. "
        "Write down the date and the number of the request."
    )
    office = tr("the office of {who}").format(who=view.clinic()) if visit and visit.clinician else tr("the clinic")
    yield Alert(
        "A-41",
        Level.BLOCKER if _is_near(view) else Level.WARNING,
        about,
        sentences(text, risk),
        ask.format(office=office, when=when_open(view.today, visit.day if visit else None)),
        "A-41",
        visit.day if visit else None,
    )


@alert("A-42", step="insurance")
def _ends_too_soon(view: View) -> Iterator[Alert]:
    """A-42: an approval ends before the visit, and no other one lasts."""
    visit = view.booked
    if visit is None:
        return
    auths = view.case.insurance.prior_auths.values()
    approved = [a for a in auths if a.state in DECIDED and a.valid_to and not view.is_of_former_plan(a)]
    ending = [a for a in approved if (end := latest(a.valid_to)) and end < visit.day]
    if not ending or len(ending) < len(approved):
        return
    auth = ending[-1]
    text = tr("The plan's approval ends on {end}, before the visit on {visit}: {name}. The plan may not pay.")
    yield Alert(
        "A-42",
        Level.BLOCKER if _is_near(view) else Level.WARNING,
        f"insurance.prior_auths.{auth.id}",
        text.format(end=words_of(auth.valid_to), visit=say(visit.day), name=view.name(auth)),
        tr("If it is needed after that day, ask to have the approval extended. Write down the new end date."),
        "A-42",
        visit.day,
    )
