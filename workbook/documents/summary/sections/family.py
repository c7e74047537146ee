"""The summary for family and friends: the situation, visits, tasks, contacts. Knows the case.

Plain language, and nothing about the plan or other people's notes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ....case import Case, label
from ....case.clinicians import ClinicianRole
from ....case.partial_dates import earliest, is_day, latest
from ....locale import tr
from ....locale.dates import show_day
from ....rules.wording import capital, visit_day
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, shipped, sourced, treatment, words
from ..entries import Row
from .opinions import column

_NUMBER = "____________________"  # room for a phone number, written by hand
_NOT_THEIRS: tuple[str, ...] = (
    "insurance",
    "records.items",
    "records.media",
    "records.materials",
    "records.studies",
    "viewed",
)
_NOT_THEIRS += ("compare", "opinions", "health", "authorities")
_OURS = (ClinicianRole.FIRST, ClinicianRole.SECOND, ClinicianRole.THIRD, ClinicianRole.PCP)


def stand(case: Case, today: dt.date) -> list[B.Block]:
    """What is decided, or what there is to decide; its dates are among the upcoming dates."""
    wanted, done = case.goal, case.decision
    wait = wanted.safe_wait
    name = label(case, "clinicians", wait.said_by_clinician) or wait.said_by.strip()
    who = joined([name, day(wait.said_on)])
    signs = lines(wait.conditions)
    told = case.clinicians.get(wait.said_by_clinician)
    phone = (told.phone if told else "") or tr("not recorded yet. In an emergency, call 911.")
    rows: list[Row] = [
        (tr("About"), sourced(wanted.about)),
        (tr("Decided"), sourced(lines(done.what), day(done.on))),
        (tr("Why"), sourced(lines(done.reason))),
        (tr("The question"), sourced(wanted.decision)),
        treatment(case, today),
        (tr("Can wait until"), sourced(day(wait.until), who) if wait.until and not is_day(wait.until) else []),
        (tr("Call {who} if").format(who=name or tr("the clinic")), sourced(signs, who)),
        (tr("Number to call"), sourced(phone) if signs else []),
    ]
    found = [row for row in rows if row[1]]
    open_yet = [] if done.what else [B.para([B.text(tr("Nothing is decided yet."), b=True)])]
    return [B.heading(2, tr("Where things stand")), *open_yet, *([B.details(found)] if found else [])]


def doctors_said(case: Case, today: dt.date) -> list[B.Block]:
    """What each doctor says it is and recommends, in the words that were written down."""
    told: list[list[B.Run]] = []
    for opinion in case.opinions.values():
        begins = earliest(opinion.on) if opinion.on else None
        if begins and begins > today:
            continue  # nobody has heard it yet
        said = [
            (tr("Diagnosis"), opinion.diagnosis),
            (tr("Recommends"), opinion.recommended),
            (tr("How soon"), opinion.urgency),
        ]
        words_ = joined((f"{name}: {lines(text).rstrip('.')}." for name, text in said if text), " ")
        if words_:
            who = joined([column(case, opinion.clinician), day(opinion.on)])
            told.append([B.text(f"{who}. ", b=True), B.text(words_)])
    return [B.heading(2, tr("What the doctors said")), B.listing(told)] if told else []


def visits_plain(case: Case, today: dt.date) -> list[B.Block]:
    """The upcoming visits, with what a companion needs to know."""
    title = tr("The next visit")
    coming = [
        visit
        for visit in case.visit.appointments.values()
        if visit.is_to_come and (not visit.start or visit.start[:10] >= today.isoformat())
    ]
    if not coming:
        was = [v for v in case.visit.appointments.values() if v.start and v.start[:10] < today.isoformat()]
        return missing(title, tr("no further visit is booked.") if was else tr("not booked yet."))
    blocks: list[B.Block] = [B.heading(2, title)]
    for visit in sorted(coming, key=lambda v: v.start or "9999"):
        rows: list[Row] = [
            (tr("With"), sourced(label(case, "clinicians", visit.clinician))),
            (
                tr("When"),
                sourced(joined([capital(visit_day(visit, show_day(visit.start, weekday=True))), visit.time_zone])),
            ),
            (tr("How"), sourced(words(visit.mode))),
            (tr("Where"), sourced(lines(visit.address))),
            (tr("Coming along"), sourced(visit.who_comes)),
            (tr("Taking notes"), sourced(case.visit.note_taker)),
            (tr("Interpreter"), sourced(visit.interpreter)),
            (tr("For the day"), sourced(lines(visit.notes))),
        ]
        blocks.append(B.details([row for row in rows if row[1]]))
    return blocks


def who_does(case: Case, today: dt.date) -> list[B.Block]:
    """What is to be done, by whom and by when."""
    title, found = tr("Who does what"), steps_ahead(case, today)
    return [B.heading(2, title), B.checks(found)] if found else missing(title, tr("nothing is planned yet."))


def who_does_next(case: Case, today: dt.date) -> list[B.Block]:
    """What is to be done and by whom, then the workbook's next steps.

    Computed from the whole case, because a late request counts though the family does not see requests; a step that
    would disclose something about the plan, the records or the opinions is left out.
    """
    from ....law import load
    from ....rules import status

    counted = _aside([tr("suggested")])
    ahead = [s.do for s in status(case, load(), today).next if not s.about.startswith(_NOT_THEIRS)]
    found = [*steps_ahead(case, today), *((False, do, counted) for do in ahead)]
    title = tr("Who does what")
    return [B.heading(2, title), B.checks(found)] if found else missing(title, tr("nothing is planned yet."))


def steps_ahead(case: Case, today: dt.date) -> list[tuple[bool, str, str]]:
    """Planned steps: done or not, what, who and by when; an overdue date says so."""
    steps = [
        *(
            (s.finished, shipped("compare.tie_breaker", s.id, s.text), joined([lines(s.plan), s.owner], "; "), s.due)
            for s in case.compare.tie_breaker.values()
            if s.plan or s.due or s.finished
        ),
        *((t.finished, t.what, t.who, t.due) for t in case.tasks.values() if t.what),
    ]
    return [(done, what, _aside([who, _by(when, done, today)])) for done, what, who, when in steps]


def _aside(parts: Iterable[str]) -> str:
    """What follows a step, in parentheses: the step may end with a period or with a name."""
    found = joined(parts)
    return f"({found})" if found else ""


def _by(when: str | None, done: bool, today: dt.date) -> str:
    if not when:
        return ""
    last = latest(when)
    is_late = last is not None and last < today and not done
    return (tr("was due {day}") if is_late else tr("by {day}")).format(day=day(when))


def reach(case: Case, today: dt.date) -> list[B.Block]:
    """How to reach the patient, the helpers and the clinics."""
    person = case.person
    patient = person.preferred_name or person.name or tr("The patient")
    rows: list[Row] = [
        (patient, sourced(joined([person.phone, lines(person.address)]))),
        *(
            (p.name or words(p.role), sourced(joined([p.phone, p.email]) or _NUMBER, _who(p)))
            for p in case.parties.values()
            if p.name or p.phone or p.email
        ),
        *(
            (c.name or c.facility, sourced(joined([c.facility if c.name else "", c.phone or _NUMBER])))
            for c in case.clinicians.values()
            if c.role in _OURS
        ),
    ]
    found = [row for row in rows if row[0] and row[1]]
    title = tr("How to reach everyone")
    return [B.heading(2, title), B.details(found)] if found else missing(title, tr("no number yet."))


def _who(party: object) -> str:
    relation, role = getattr(party, "relationship", ""), getattr(party, "role", None)
    return relation or words(role).lower()


def notes(case: Case, today: dt.date) -> list[B.Block]:
    """Notes for this reader."""
    found = [sourced(lines(n.text), day(n.on)) for n in case.notes.values() if n.text]
    return [B.heading(2, tr("Notes")), B.listing(found)] if found else []
