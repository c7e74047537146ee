"""Alerts on clinicians and on authorizations. Knows the view."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ...case import Mode
from ...case.clinicians import Clinician, ClinicianRole
from ...case.coverage import PriorAuthState
from ...case.partial_dates import latest
from ...case.people import Authority, Paper, PaperState
from ...case.plan import CallOutcome
from ...case.records import Route
from ...case.visit import VisitMode
from ...locale import tr
from ..clocks import appeals
from ..clocks.requests import RequestClock, clocks
from ..context import View
from ..results import Alert, Level
from ..us_states import states_in
from ..wording import capital, is_none, sentences, words_of, yes
from .coverage import is_plan_known, open_questions
from .register import alert

LAPSES = 14  # days before a signed form ends
STAND_IN = (Paper.REPRESENTATIVE, Paper.PROXY, Paper.POA)
_COMMON = frozenset(
    [
        "the",
        "of",
        "at",
        "and",
        "for",
        "hospital",
        "clinic",
        "center",
        "centre",
        "medical",
        "records",
        "record",
        "imaging",
        "department",
        "dept",
        "him",
        "health",
        "university",
        "community",
        "office",
        "institute",
        "partners",
        "pathology",
        "radiology",
        "surgery",
        "surgical",
        "oncology",
        "spine",
        "cancer",
        "breast",
        "heart",
        "care",
        "group",
        "radiology",
    ]
)


@alert("A-01", step="home")
def _emergency(_view: View) -> Iterator[Alert]:
    yield Alert(
        "A-01",
        Level.INFO,
        "",
        tr("This workbook is not for emergencies. It does not know how the patient feels right now."),
        tr("In an emergency, call 911 or go to the nearest emergency room."),
        "A-01",
    )


# papers


def is_good(view: View, paper: Authority) -> bool:
    """Whether the paper is valid today: signed, not expired, not revoked."""
    if paper.state in (
        PaperState.NONE,
        PaperState.DRAFTED,
        PaperState.REJECTED,
        PaperState.EXPIRED,
        PaperState.REVOKED,
    ):
        return False
    end = latest(paper.expires_on)
    signed = bool(paper.signed_on) or paper.state is not None
    return signed and not paper.revoked_on and (end is None or end >= view.today)


@alert("A-20", step="insurance")
def _papers(view: View) -> Iterator[Alert]:
    if view.case.mode is Mode.SELF:
        return
    papers = [p for p in view.case.authorities.values() if is_good(view, p)]
    for clock in clocks(view):
        route, office = clock.request.route, clock.request.to
        if clock.over or route not in (Route.AUTHORIZATION, Route.ACCESS_REP):
            continue
        fits = [p for p in papers if p.kind is Paper.HIPAA and is_for(p.holder, office)]
        if route is Route.ACCESS_REP:
            fits = [p for p in papers if p.kind in STAND_IN]
        if not fits:
            yield _no_paper(view, clock)
    yield from _plan_papers(view, papers)


def is_form_to_sign(view: View, clock: RequestClock) -> bool:
    """Whether the last page of a letter that is not sent yet is the form that the patient has yet to sign."""
    request = clock.request
    if view.case.mode is Mode.SELF or request.route is not Route.AUTHORIZATION or clock.sent or clock.over:
        return False
    papers = (p for p in view.case.authorities.values() if p.kind is Paper.HIPAA and is_good(view, p))
    return not any(is_for(p.holder, request.to) for p in papers)


def with_form(view: View, clock: RequestClock) -> str:
    """What to do with a letter whose last page is the form to sign."""
    name = view.field(clock.request, "to", tr("the office"))
    do = tr("Print the letter to {name}, have {who} sign the last page, and send the whole letter.")
    return do.format(name=name, who=view.patient)


def _no_paper(view: View, clock: RequestClock) -> Alert:
    """A-20 for a request; before it is sent, the form goes out with the letter, so that both are one thing to do."""
    name = view.field(clock.request, "to", tr("the office"))
    if is_form_to_sign(view, clock):
        text = tr(
            "Without a signed form, {name} does not have to answer you. The last page of the letter is that form."
        )
        do = with_form(view, clock)
    else:
        text = tr(
            "There is no valid permission form (authorization) for {name} in this workbook. "
            "Without one, it does not have to answer you."
        )
        do = tr("Have a form signed for {name}, or let {who} ask for a copy.").format(name=name, who=view.patient)
    return Alert(
        "A-20",
        Level.BLOCKER,
        clock.path,
        text.format(name=name),
        do,
        view.cite("A-20", view.today, "H-12"),
    )


def _plan_papers(view: View, papers: list[Authority]) -> Iterator[Alert]:
    insurance = view.case.insurance
    medicare = view.family == "medicare"  # with a supplement too, the questions are for 1-800-MEDICARE
    refused = any(c.outcome is CallOutcome.REFUSED for c in insurance.calls.values())
    appeal = any(not appeals.denial(view, d).over for _, d in appeals.loose_denials(view))
    waiting = any(p.state is PriorAuthState.SUBMITTED for p in insurance.prior_auths.values())
    needed = not view.is_over and is_plan_known(view) and (refused or waiting or any(open_questions(view)))
    kinds = {p.kind for p in papers}
    if needed and (Paper.CMS_10106 if medicare else Paper.PLAN) not in kinds:
        if medicare:
            lack = tr("There is no signed form CMS-10106 in this workbook. Medicare may not talk to you without one.")
            send = tr("When you call the plan, have {patient} on the line. Or send in form CMS-10106 first.")
        else:
            lack = tr(
                "There is no signed form for the plan in this workbook. The plan may not talk to you without one."
            )
            send = tr("When you call the plan, have {patient} on the line. Or send in the plan's own form first.")
        poa = tr("A power of attorney alone is often not enough.") if Paper.POA in kinds else ""
        yield Alert(
            "A-20",
            Level.WARNING,
            "authorities",
            sentences(lack, poa),
            send.format(patient=view.patient),
            view.cite("A-20", view.today, "M-10"),
        )
    if appeal and not kinds & {Paper.CMS_1696, Paper.PLAN}:
        sign = (
            tr("For the appeal, you and {patient} both need to sign form CMS-1696.")
            if view.family in ("medicare", "advantage")
            else tr("For the appeal, you and {patient} both need to sign the plan's own form.")
        )
        text = tr("There is an appeal to send, but no form that lets you act for the patient. The plan may return it.")
        yield Alert(
            "A-20",
            Level.WARNING,
            "insurance.denials",
            text,
            sign.format(patient=view.patient),
            view.cite("A-20", view.today, "M-10"),
        )


def needed_until(view: View) -> dt.date | None:
    """The last day for which a form is needed: the last visit to come, else the day to decide by."""
    if view.is_settled:
        return None
    visits = [visit.day for visit in view.visits if not view.is_done(visit)]
    return max(visits, default=None) or latest(view.case.goal.decide_by)


@alert("A-48", step="insurance")
def _lapsing(view: View) -> Iterator[Alert]:
    """A-48: a form that lets a helper or a practice act ends soon, or before the visit it is needed for."""
    if view.case.mode is Mode.SELF or view.is_settled:
        return
    needed = needed_until(view)
    for paper in view.case.authorities.values():
        end = latest(paper.expires_on)
        if end is None or not is_good(view, paper):
            continue
        name, day = view.name(paper), words_of(paper.expires_on)
        if (end - view.today).days <= LAPSES:
            text = tr("A signed form ends on {day}: {name}. After that, an office does not have to talk to you.")
        elif needed and end < needed:
            text = tr("A signed form ends on {day}: {name}. It is still needed on {until}.")
        else:
            continue
        yield Alert(
            "A-48",
            Level.WARNING,
            f"authorities.{paper.id}",
            text.format(day=day, name=name, until=words_of(needed.isoformat()) if needed else ""),
            tr("Have a new form signed before {day}: {name}.").format(day=day, name=name),
            view.cite("A-48", view.today, "H-12"),
            end,
        )


def is_for(holder: str, office: str) -> bool:
    """Whether a paper's office is the one that received the request.

    They match if they share two distinctive words, or all such words of one of them: "North Shore" is
    not "North Memorial", and "Harrow Ridge imaging" belongs to "Harrow Ridge Community Hospital".
    """
    a, b = (set(re.findall(r"\w{3,}", t.casefold())) for t in (holder, office))
    own, other = a - _COMMON, b - _COMMON
    shared = own & other
    return len(shared) > 1 or (bool(shared) and shared in (own, other)) or (bool(a) and a == b)


# clinicians


@alert("A-21", step="clinician")
def _distance(view: View) -> Iterator[Alert]:
    visit = view.next_visit
    if visit is None or visit.appointment.mode not in (VisitMode.VIDEO, VisitMode.PHONE):
        return
    who = visit.clinician
    name = capital(view.clinician(visit.appointment.clinician))
    if who is not None and yes(who.exam_needed):
        text = tr("{name} needs to examine {patient}. A remote visit cannot do that.")
        text = text.format(name=name, patient=view.patient)
        yield Alert(
            "A-21",
            Level.WARNING,
            visit.path,
            text,
            tr("Ask for a visit in person."),
            view.cite("A-21", visit.day, "V-1"),
            visit.day,
        )
    written = visit.appointment.patient_location_state
    here, licensed = states_in(written), states_in(who.license_states if who else "")
    if not here or not licensed:
        where = tr("We do not recognize this state.") if written and not here else tr("A state is missing.")
        told = tr("For a remote visit, the license must match the state where the patient is during the visit.")
        text = sentences(where, told)
        ask = tr("Write down where the patient will be, and ask the office in which states the clinician is licensed.")
        yield Alert("A-21", Level.WARNING, visit.path, text, ask, view.cite("A-21", visit.day, "V-1"), visit.day)
    elif not here & licensed:
        text = tr(
            "This workbook shows no license for {name} in {state}, where the patient "
            "will be. The visit could be canceled."
        ).format(name=name, state=min(here))
        ask = tr(
            "Ask the office about the license. If there is none, move the visit, or ask "
            "which state the patient could be in for it."
        )
        yield Alert("A-21", Level.BLOCKER, visit.path, text, ask, view.cite("A-21", visit.day, "V-1"), visit.day)


@alert("A-30", step="clinician")
def _all_ties(view: View) -> Iterator[Alert]:
    for who in view.case.clinicians.values():
        yield from _ties(view, who)


def _ties(view: View, who: Clinician) -> Iterator[Alert]:
    if who.role not in (ClinicianRole.FIRST, ClinicianRole.SECOND):
        return
    about, name = f"clinicians.{who.id}", capital(view.clinician(who.id))
    if not is_none(who.owns_share_of):
        place = view.field(who, "owns_share_of", tr("a place that treats patients"))
        text = tr("{name} owns part of {place}. That can influence an opinion, even without intent.").format(
            name=name, place=place
        )
        yield Alert(
            "A-30", Level.INFO, about, text, tr("Keep it in mind when you compare. You may ask about it."), "A-30"
        )
    group = _shared_group(view, who)
    if who.role is ClinicianRole.SECOND and (group or not is_none(who.relation_to_other)):
        text = tr("{name} has ties to the first clinician. An outside opinion is more independent.").format(name=name)
        yield Alert(
            "A-30",
            Level.INFO,
            about,
            text,
            tr("Ask if the two work together. Think about asking someone outside."),
            "A-30",
        )


def _shared_group(view: View, who: Clinician) -> bool:
    if view.first is None or view.first.id == who.id:
        return False
    a, b = (view.case.facilities.get(c.facility_id) for c in (view.first, who))
    group = a.network_group.strip().casefold() if a else ""
    return bool(group) and b is not None and group == b.network_group.strip().casefold()
