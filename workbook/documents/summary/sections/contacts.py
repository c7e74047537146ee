"""Whom to call, where to send the report, and whose words these are. Knows the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ....case import Case, helper_of
from ....case.clinicians import Clinician, ClinicianRole
from ....case.people import Role
from ....case.visit import Appointment
from ....locale import tr
from ....rules.wording import capital, visit_day
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, sourced, usual_source, words
from ..limits import ALL, Limits, facts, first, others, shorter, vital

Row = tuple[str, list[B.Run]]

_ROLES = {
    ClinicianRole.FIRST: "First opinion",
    ClinicianRole.SECOND: "Second opinion",
    ClinicianRole.THIRD: "Third opinion",
    ClinicianRole.PCP: "Primary doctor",
}
_ORDER = [Role.CAREGIVER, Role.PROXY, Role.FAMILY, Role.ADVOCATE]


def contacts(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The patient, who helps, the clinicians and the primary doctor, each with phone and fax."""
    person = case.person
    kept, left = first([*helpers(case), *_clinicians(case)], limits.contacts)
    rows: list[Row] = [
        (tr("Patient"), sourced(joined([person.phone, lines(person.address)]))),
        *kept,
        (tr("More contacts"), sourced(others(left, tr("full summary")))),
        (tr("Send the report to"), sourced(shorter(lines(case.visit.report_to), vital(limits)))),
    ]
    told = facts(rows, limits)
    return [*([B.heading(2, tr("Contacts"))] if told else []), *told, B.para([B.text(source(case), i=True)])]


def helpers(case: Case) -> Iterator[Row]:
    """Who helps: a clinic that has a question calls one of them."""
    for party in case.parties.values():
        if party.role is not Role.PATIENT and (party.name or party.phone or party.email):
            reached = joined([party.phone, party.email]) or tr("no phone number yet")
            speaks = tr("speaks {languages}").format(languages=party.languages) if party.languages else ""
            who = joined([party.relationship or party.credential, speaks])
            yield words(party.role) or tr("Helper"), sourced(joined([party.name, reached]), who)


def _clinicians(case: Case) -> Iterator[Row]:
    order = list(_ROLES)
    known = [c for c in case.clinicians.values() if c.role in _ROLES and (c.name or c.facility)]
    for clinician in sorted(known, key=lambda c: order.index(c.role) if c.role else 0):
        yield tr(_ROLES[clinician.role] if clinician.role else ""), sourced(_reached(clinician))


def _reached(who: Clinician) -> str:
    phone = tr("phone {number}").format(number=who.phone) if who.phone else ""
    fax = tr("fax {number}").format(number=who.fax) if who.fax else ""
    number = tr("MRN {number}").format(number=who.mrn) if who.mrn else ""
    return joined([who.name, who.specialty, who.facility, phone, fax, number])


def visit_line(case: Case, today: dt.date) -> list[B.Run]:
    """The next visit to come: with whom and when; empty if none is."""
    coming = [v for v in case.visit.appointments.values() if v.is_to_come and v.start]
    coming = [v for v in coming if (v.start or "")[:10] >= today.isoformat()]
    visit = min(coming, key=lambda v: v.start or "", default=None)
    return sourced(capital(_when(case, visit))) if visit else []


def _when(case: Case, visit: Appointment) -> str:
    who = case.clinicians.get(visit.clinician)
    return joined([who.name or who.facility if who else "", visit_day(visit, day(visit.start))])


def source(case: Case) -> str:
    """Whose words these are, where none is named."""
    helper = helper_of(case)
    if helper and helper.name:
        text = tr("Information is from {name} ({who}) unless a source is named in parentheses.")
        return text.format(name=helper.name, who=joined([usual_source(case), helper.relationship]))
    return tr("Information is from the {who} unless a source is named in parentheses.").format(who=usual_source(case))
