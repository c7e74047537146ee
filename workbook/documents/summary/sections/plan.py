"""What the insurance plan needs to know, and its answers. Knows the case; no card images, no full number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from ....case import Case, helper_of, label, words_for
from ....case.clinicians import Clinician, ClinicianRole
from ....case.health import ABSENT
from ....case.people import Authority, Paper, PaperState, Party
from ....case.visit import VisitState
from ....locale import tr
from ....rules.wording import capital, visit_day
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, missing, sourced, treatment, words
from ..entries import Row, answered, card, whole

_SPEAKS = (Paper.REPRESENTATIVE, Paper.POA, Paper.PROXY, Paper.CMS_10106, Paper.CMS_1696, Paper.PLAN, Paper.VERBAL)
_ROLES = {ClinicianRole.SECOND: "Second opinion by", ClinicianRole.THIRD: "Third opinion by"}


def insurance(case: Case, today: dt.date) -> list[B.Block]:
    """The plan and its answers about the visit; the newest answer to each question."""
    told = [
        (call, name, getattr(call.answers, name))
        for call in case.insurance.calls.values()
        for name in ("referral", "prior_auth", "network")
        if getattr(call.answers, name).answer
    ]
    pairs: list[Row] = [(tr("Plan"), _plan_name(case))]
    latest = {name: (call, answer) for call, name, answer in told}
    for name, (call, answer) in latest.items():
        asked = words_for(type(call.answers), name)
        pairs.append((tr(asked.short if asked else name), answered(name, answer, day((call.when or "")[:10]))))
    found = [(name, value) for name, value in pairs if value]
    if not found:
        return missing(tr("Insurance"), tr("not recorded yet."))
    told_all = [[B.text(f"{name}: ", b=True), *value] for name, value in found]
    return [B.heading(2, tr("Insurance")), B.listing(told_all)]


def _plan_name(case: Case) -> list[B.Run]:
    plan = case.insurance.plan
    kind = "" if words(plan.type) == plan.name else words(plan.type)
    return sourced(joined([plan.name, kind]), plan.supplement)


def member(case: Case, today: dt.date) -> list[B.Block]:
    """Whose plan it is, and who may speak for the patient: what a plan asks for first."""
    plan, person = case.insurance.plan, case.person
    names = joined((a.name for a in person.aliases.values()), "; ")
    rows: list[Row] = [
        (tr("Plan"), _plan_name(case)),
        (tr("Member number ends in"), sourced(plan.member_id_last4)),
        (tr("Other names"), sourced(names)),
        (tr("Address"), sourced(person.address)),
        (tr("Phone"), sourced(person.phone)),
        *(
            (words(p.role) or tr("Helper"), sourced(joined([p.name, p.credential, p.phone, p.email]), p.relationship))
            for p in _contacts(case)
        ),
        *(
            (tr("May speak for the patient"), sourced(label(case, "parties", a.party), words(a.kind), _signed(a.state)))
            for a in in_force(case, today)
            if a.kind in _SPEAKS
        ),
    ]
    found = [row for row in rows if row[1]]
    return [B.details(found)] if found else missing(tr("Insurance"), tr("not recorded yet."))


def in_force(case: Case, today: dt.date) -> list[Authority]:
    """The papers that are signed and valid on the day of the document: a draft authorizes nobody."""
    from ....law import load
    from ....rules import View
    from ....rules.alerts.people import is_good

    view = View(case, load(), today)
    return [paper for paper in view.case.authorities.values() if is_good(view, paper)]


def _contacts(case: Case) -> list[Party]:
    """Who prepared this for the patient: a plan with a question calls them."""
    helper = helper_of(case)
    return [helper] if helper else []


def _signed(state: PaperState | None) -> str:
    return words(state).lower()


def service(case: Case, today: dt.date) -> list[B.Block]:
    """The visit and treatment in question, and the clinicians: what the plan should decide."""
    rows: list[Row] = [
        *(
            (
                tr("Diagnosis given"),
                sourced(joined([p.label, p.code]), p.given_by, day(p.on), words(p.certainty).lower()),
            )
            for p in case.health.problems.values()
            if p.certainty not in ABSENT
        ),
        (tr("Treatment in question"), sourced(case.goal.decision)),
        treatment(case, today),
    ]
    for who in case.clinicians.values():
        seen = tr("seen {day}").format(day=day(who.saw_on)) if who.saw_on else ""
        if who.role is ClinicianRole.FIRST:
            rows.append((tr("First opinion by"), sourced(named(who), seen)))
        elif who.role in _ROLES:
            rows.append((tr(_ROLES[who.role]), sourced(named(who), seen)))
    visits = [
        a
        for a in case.visit.appointments.values()
        if a.start and a.state not in (VisitState.MOVED, VisitState.CANCELED)
    ]
    for visit in visits:
        how = joined([label(case, "clinicians", visit.clinician), words(visit.mode).lower()])
        when = capital(visit_day(visit, day((visit.start or "")[:10])))
        rows.append((tr("Visit"), sourced(joined([when, how]))))
    found = [row for row in rows if row[1]]
    title = tr("What it is about")
    return [B.heading(2, title), B.details(found)] if found else missing(title, tr("not recorded yet."))


def named(who: Clinician) -> str:
    return joined([who.name, who.specialty, who.facility, who.npi and f"NPI {who.npi}"])


def calls(*skip: str) -> Callable[[Case, dt.date], list[B.Block]]:
    """A part with each call to the plan: when, with whom, its reference number and the answers."""

    def part(case: Case, today: dt.date) -> list[B.Block]:
        found: list[B.Block] = []
        for key, call in case.insurance.calls.items():
            on = tr("Call on {day}").format(day=day(call.when)) if call.when else tr("Call")
            found.append(B.heading(3, on))
            rows = card(case, f"insurance.calls.{key}", ("when", *skip))
            found += [B.details(rows)] if rows else []
        return [B.heading(2, tr("Calls to the plan")), *found] if found else []

    return part


def plan(case: Case, today: dt.date) -> list[B.Block]:
    """All that is noted about the plan itself."""
    rows = card(case, "insurance.plan")
    return (
        [B.heading(2, tr("The plan")), B.details(rows)] if rows else missing(tr("Insurance"), tr("not recorded yet."))
    )


def costs(case: Case, today: dt.date) -> list[B.Block]:
    """Amounts that were requested or quoted, and written estimates."""
    parts = (whole("insurance.costs", "Costs"), whole("insurance.estimates", "Written estimates"))
    return [block for part in parts for block in part(case, today)]
