"""A letter of one's own: to an office, a clinic, a records department, or the plan. Knows the case and the rules.

No shipped letter uses these: they are for the letters that a practice adds as a pack file.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ...case import Case
from ...case.clinicians import Clinician, Facility
from ...locale import tr
from ...locale.dates import show_day
from ..audience.redact import seen_by
from ..catalog import Wanted
from ..context import as_read, view_of
from ..days import CLINICIAN_DAYS, ask_day, day_in_words, needed_day
from ..letter_packs import Letter
from ..wording import day, joined
from . import base
from .names import greeted
from .offices import clinician_lines, place_lines
from .request import patient_facts
from .text import BLANK, Value, Wording

if TYPE_CHECKING:
    from ...rules import View


def offices(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The places and the clinicians of the case, as (id, name): a letter can be about each."""
    seen = seen_by(case)
    places = [(p.id, joined([p.name, p.department])) for p in seen.facilities.values()]
    people = [(c.id, joined([c.name, c.facility])) for c in seen.clinicians.values()]
    return [(key, name or tr("An office not named yet")) for key, name in [*places, *people]]


def to_office(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """A letter to a place or a clinician; with a blank for the office if none is meant."""
    seen = as_read(case, base.with_home(wanted))
    view = view_of(seen, wanted)
    place = view.case.facilities.get(wanted.about)
    clinician = view.case.clinicians.get(wanted.about)
    name = place.name if place else joined([clinician.facility, clinician.name]) if clinician else ""
    sender = base.writer(view, name)
    least = CLINICIAN_DAYS if clinician else 1
    values = {
        **_shared(view, sender, least),
        "office": place.name if place else clinician.facility if clinician else "",
        "clinician": clinician.name if clinician else "",
        "greeted": greeted([clinician.name]) if clinician else "",
    }
    wording = Wording(letter.name, values, mine=sender.mine)
    return base.letter(seen, wanted, sender, _lines(view.case, place, clinician), wording, title=tr(letter.on_paper))


def to_plan(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """A letter to the insurance plan. It contains only what the reader "insurer" may see."""
    seen = as_read(case, base.with_home(wanted), "insurer")
    view = view_of(seen, wanted)
    plan = view.case.insurance.plan
    visit = view.booked or view.next_visit
    clinician = view.case.clinicians.get(visit.appointment.clinician) if visit else view.second
    sender = base.patient(view.case)
    member = tr("(ends in {last4})").format(last4=plan.member_id_last4) if plan.member_id_last4 else ""
    facts = patient_facts(
        view.case,
        (tr("Member number"), joined([BLANK, member], " ")),
        (tr("Clinician"), joined([clinician.name, clinician.facility]) if clinician else ""),
        (tr("Provider number (NPI)"), clinician.npi if clinician else ""),
    )
    values = {
        **_shared(view, sender, 1),
        "who": facts,
        "plan": plan.name,
        "clinician": clinician.name if clinician else "",
        "office": clinician.facility if clinician else "",
    }
    wording = Wording(letter.name, values, mine=sender.mine)
    to = [plan.name or BLANK, tr("Member services"), BLANK]
    return base.letter(seen, wanted, sender, to, wording, title=tr(letter.on_paper))


def _shared(view: View, sender: base.Writer, least: int) -> dict[str, Value]:
    """The values that every such letter knows."""
    person, visit = view.case.person, view.booked or view.next_visit
    when = ask_day(view.today, needed_day(view), least=least, soon=True)
    return {
        "patient": person.name,
        "born": day(person.birth_date),
        "who": patient_facts(view.case),
        "visit": show_day(visit.day.isoformat(), weekday=True) if visit else "",
        "when": when.alone,
        "day": day_in_words(when.day, weekday=True),
        "reach": sender.reach,
    }


def _lines(case: Case, place: Facility | None, clinician: Clinician | None) -> list[str]:
    if place:
        attention = tr("Attention: {department}").format(department=place.department) if place.department else ""
        return [line for line in (place.name, attention, *place_lines(place)) if line]
    return clinician_lines(case, [clinician]) if clinician else []
