"""The questions as a letter to the clinician before the visit. Knows the case and the rules."""

from __future__ import annotations

from typing import Any

from ...case import Case, YesNo
from ...case.visit import VisitMode
from ...locale import tr
from ...locale.dates import show_day
from ..catalog import Wanted
from ..context import as_read, view_of
from ..letter_packs import Letter
from ..own_questions import is_own
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, shipped
from . import base
from .names import greeted
from .offices import clinician_lines
from .text import Wording


def questions(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """The questions as a letter to the clinician before the visit: the top ones first and in bold."""
    from ...rules import fit

    seen = as_read(case, base.with_home(wanted))
    view = view_of(seen, wanted)
    visit = view.booked or view.next_visit
    key = visit.appointment.clinician if visit else view.second.id if view.second else ""
    known, clinician = view.case, view.case.clinicians.get(key)
    review = visit is not None and visit.appointment.mode is VisitMode.RECORD_REVIEW
    planned = fit(view, visit)
    every = [known.visit.questions[k] for k in (*planned.asked, *planned.too_many)]
    asked = [q for q in every if q.text and is_own(q) and (q.to_whom in ("", key) or not key)]
    sender = base.writer(view, joined([clinician.facility, clinician.name]) if clinician else "")
    person = known.person
    values: dict[str, Any] = {
        "patient": person.name,
        "born": day(person.birth_date),
        "clinician": clinician.name or clinician.facility if clinician else "",
        "greeted": greeted([clinician.name]) or clinician.facility if clinician else "",
        "day": show_day(visit.day.isoformat(), weekday=True) if visit and not review else "",
        "questions": [
            B.listing(
                [[B.para([B.text(shipped("visit.questions", q.id, lines(q.text)), b=q.top)])] for q in asked],
                ordered=True,
            )
        ]
        if asked
        else None,
        "room": None if asked else [B.lines(5)],
        "language": person.language,
        "access": lines(person.access_needs),
        "reach": sender.reach,
    }
    holds = {
        "one": len(asked) == 1,
        "review": review,
        "unsure": visit is not None and visit.appointment.is_unsure,
        "top": any(q.top for q in asked) and not all(q.top for q in asked),
        "interpreter": person.interpreter is YesNo.YES,
    }
    told = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = clinician_lines(known, [clinician] if clinician else [])
    return base.letter(seen, wanted, sender, to, told, title=tr(letter.on_paper))
