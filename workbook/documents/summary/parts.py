"""The parts of the case summary, each a pure function of a case and a day. Knows the case.

An empty part is one line that says so. Nothing here makes a medical judgment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Protocol

from ...case import Case, YesNo, helper_of, label
from ...case.choices import Mode
from ...case.clinicians import ClinicianRole
from ...case.goal import GoalKind
from ...case.health import ABSENT, MedicationState, TestResult
from ...case.people import Role
from ...case.visit import QuestionGroup, QuestionState
from ...errors import NotebookMistake
from ...locale import tr
from ...rules.wording import capital, visit_day
from ..audience.readers import READERS
from ..audience.redact import seen_by
from ..notebook.part import Part
from ..own_questions import is_own, to_print
from ..tree import blocks as B  # noqa: N812
from ..wording import booked, day, joined, lines, missing, said, shipped, sourced, usual_source, words
from .own_answers import own_answers
from .sections import family, opinions, plan, records, whole
from .sections.ahead import ahead
from .sections.family import steps_ahead
from .sections.under_way import under_way


class Handle(Protocol):
    """An open case that knows its current day."""

    @property
    def case(self) -> Case: ...

    @property
    def is_awaited(self) -> bool: ...

    def today(self) -> dt.date: ...


DISCLAIMER = (
    "Prepared by or for the patient for a conversation. Not medical advice. "
    "In an emergency, call 911 or your local emergency number."
)
_OPEN = (None, QuestionState.IN, QuestionState.PARKED)


def head(case: Case, today: dt.date) -> list[B.Block]:
    """Title, patient and author with date: metadata of the document, rendered at its top."""
    person = case.person
    helper = helper_of(case)
    by = joined([helper.name, helper.credential or words(helper.role).lower()]) if helper else ""
    prepared = tr("Prepared {day}").format(day=day(today.isoformat()))
    return [
        B.meta(
            title=tr("Second opinion: case summary"),
            subject=joined(
                [
                    person.name or person.preferred_name or tr("Name not given"),
                    person.birth_date and tr("born {day}").format(day=day(person.birth_date)),
                ],
                " · ",
            ),
            prepared=joined([prepared, by and tr("with {name}").format(name=by)]),
            footer=tr(DISCLAIMER),
            watermark=tr("Made-up case. No real person.") if case.synthetic else "",
        )
    ]


def goal(case: Case, today: dt.date) -> list[B.Block]:
    """What the person wants from the visit, starting with their own words."""
    wanted = case.goal
    if not (wanted.own_words or wanted.kinds):
        return missing(tr("Goal"), tr("not recorded yet."))
    blocks: list[B.Block] = []
    if wanted.own_words:
        blocks.append(B.para(f"“{wanted.own_words}”"))
    if set(wanted.kinds) - {GoalKind.OTHER}:
        blocks.append(B.para(joined((words(k) for k in wanted.kinds if k is not GoalKind.OTHER), ". ") + "."))
    if wanted.values:
        blocks.append(B.para([B.text(tr("Matters most: "), b=True), "; ".join(v.text for v in wanted.values.values())]))
    title = (
        tr("What I want from this visit") if case.mode is Mode.SELF else tr("What the patient wants from this visit")
    )
    return [B.callout(title, blocks, "goal")]


def troubles(case: Case, today: dt.date) -> list[B.Block]:
    """What troubles the person most, and what has been tried; each with who said it."""
    health = case.health
    found = [
        (tr("Biggest problem"), sourced(lines(health.troubles), said(case, "health.troubles"))),
        (tr("Tried so far"), sourced(lines(health.tried), said(case, "health.tried"))),
    ]
    told = [(name, value) for name, value in found if value]
    return [B.details(told)] if told else missing(tr("What bothers the patient most"), tr("not recorded yet."))


def facts(case: Case, today: dt.date) -> list[B.Block]:
    """The facts a clinician looks for first, each with its source."""
    wanted, person = case.goal, case.person
    wait = wanted.safe_wait
    told_wait = joined([wait.said_by or label(case, "clinicians", wait.said_by_clinician), day(wait.said_on)])
    visits = sorted(
        (v for v in case.visit.appointments.values() if v.is_to_come and v.start), key=lambda v: v.start or ""
    )
    visit = next((v for v in visits if (v.start or "")[:10] >= today.isoformat()), None)
    seen_on = joined([label(case, "clinicians", visit.clinician), visit_day(visit, day(visit.start))]) if visit else ""
    helpers = [*_helpers(case)]
    pairs: list[tuple[str, list[B.Run]]] = [
        (tr("About"), sourced(wanted.about)),
        *_diagnoses(case),
        *((tr("First clinician"), sourced(reached)) for reached in _first(case)),
        (tr("Decision"), sourced(wanted.decision)),
        (tr("Decide by"), sourced(day(wanted.decide_by), said(case, "goal.decide_by"))),
        (tr("Already booked"), booked(case)),
        (tr("Can wait until"), sourced(day(wait.until), told_wait) if wait.until else []),
        (tr("Reversible"), sourced(words(wanted.reversible))),
        (tr("Visit"), sourced(capital(seen_on))),
        (tr("Coming along"), sourced(visit.who_comes) if visit else []),
        (tr("Taking notes"), sourced(case.visit.note_taker)),
        (tr("Language"), sourced(joined([person.language, _interpreter(case)]))),
        (tr("Access needs"), sourced(lines(person.access_needs))),
        (tr("Other names"), sourced(joined((a.name for a in person.aliases.values()), "; "))),
        (tr("Patient’s phone") if helpers else tr("Phone"), sourced(person.phone)),
        (tr("Address"), sourced(lines(person.address))),
        *helpers,
    ]
    found = [(name, value) for name, value in [*pairs, *own_answers(case)] if value]
    noted = [
        B.para([B.text(tr("Note: "), b=True), *sourced(lines(n.text), day(n.on))])
        for n in case.notes.values()
        if n.text
    ]
    return (
        [B.details(found), *noted]
        if found
        else [*missing(tr("Diagnosis and decision"), tr("not recorded yet.")), *noted]
    )


def _helpers(case: Case) -> Iterator[tuple[str, list[B.Run]]]:
    """Who helps and how to reach them: a clinic that has a question calls one of them."""
    for party in case.parties.values():
        if party.role is not Role.PATIENT and (party.name or party.phone or party.email):
            reached = joined([party.phone, party.email]) or tr("no phone number yet")
            speaks = tr("speaks {languages}").format(languages=party.languages) if party.languages else ""
            who = joined([party.relationship or party.credential, speaks])
            yield words(party.role) or tr("Helper"), sourced(joined([party.name, reached]), who)


def _diagnoses(case: Case) -> list[tuple[str, list[B.Run]]]:
    """The diagnoses, then what was ruled out under a separate label: it must not be read as one."""
    given, ruled_out = [], []
    for p in case.health.problems.values():
        source = joined([p.given_by, day(p.on)]) or said(case, f"health.problems.{p.id}.label")
        if p.certainty in ABSENT:
            ruled_out.append((words(p.certainty), sourced(p.label, source, p.certainty_note)))
        else:
            how = (words(p.certainty).lower(), p.certainty_note)
            given.append((tr("Diagnosis given"), sourced(p.label, source, *how)))
    return [*given, *ruled_out]


def _first(case: Case) -> list[str]:
    """Who gave the first opinion and how to reach them, as long as no column of opinions names them."""
    if case.records.show_first_conclusion is YesNo.NO:
        return []
    told = opinions.heard(case)
    return [
        joined([c.name, c.specialty, c.facility or label(case, "facilities", c.facility_id), c.phone])
        for c in case.clinicians.values()
        if c.role is ClinicianRole.FIRST and c.id not in told
    ]


def _interpreter(case: Case) -> str:
    needed = case.person.interpreter
    return {"yes": tr("interpreter needed"), "no": "", "unknown": ""}.get(needed.value if needed else "", "")


def timeline(case: Case, today: dt.date) -> list[B.Block]:
    """The history, oldest first."""
    events = sorted(case.health.timeline.values(), key=lambda e: (e.on or "9999").rstrip("~"))
    if not events:
        return missing(tr("What happened so far"), tr("not recorded yet."))
    when = [day(e.on) or tr("Date not known") for e in events]
    told = [joined([e.what, e.where]) or tr("not recorded yet") for e in events]
    rows = [[B.text(f"{d}: ", b=True), B.text(t)] for d, t in zip(when, told, strict=True)]
    return [B.heading(2, tr("What happened so far")), B.listing(rows)]


def medicines(case: Case, today: dt.date) -> list[B.Block]:
    """Medicines and allergies, with the day each list was last confirmed."""
    health = case.health
    taken = [m for m in health.medications.values() if m.state is not MedicationState.STOPPED]
    if not taken and not health.allergies:
        return missing(tr("Medicines and allergies"), tr("not recorded yet."))
    pills = joined(
        (
            joined(
                [
                    joined([m.name, m.dose], " "),
                    words(m.state).lower() if m.state not in (None, MedicationState.TAKING) else "",
                ]
            )
            for m in taken
            if m.name or m.dose
        ),
        "; ",
    )
    allergies = joined((joined([a.to, a.reaction and f"({a.reaction})"], " ") for a in health.allergies.values()), "; ")
    checked, checked_too = day(health.medications_confirmed_on), day(health.allergies_confirmed_on)
    return [
        B.heading(2, tr("Medicines and allergies")),
        B.details(
            [
                (_listed_on(tr("Medicines"), checked, pills), sourced(pills or tr("not recorded yet"))),
                (_listed_on(tr("Allergies"), checked_too, allergies), sourced(allergies or tr("not recorded yet"))),
            ]
        ),
    ]


def results(case: Case, today: dt.date) -> list[B.Block]:
    """The test results that the person picked, newest first, each with its range and day; none leaves no gap."""
    picked = sorted(case.health.results.values(), key=lambda one: one.on or "", reverse=True)
    rows = [
        [
            B.text(f"{one.name or tr('A test')}: ", b=True),
            B.text(joined([joined([one.value, one.unit], " ") or tr("not recorded yet"), _range(one), day(one.on)])),
        ]
        for one in picked
        if one.name or one.value
    ]
    return [B.heading(2, tr("Test results")), B.listing(rows)] if rows else []


def _range(one: TestResult) -> str:
    return tr("range {range}").replace("{range}", one.range) if one.range else ""


def _listed_on(name: str, checked: str, listed: str) -> str:
    """The title of a list with its date; an undated list says so."""
    if checked:
        return tr("{name}, checked {day}").format(name=name, day=checked)
    return tr("{name}, date of the list not recorded").format(name=name) if listed else name


def questions(case: Case, today: dt.date) -> list[B.Block]:
    """The questions still to ask: the top three first, then by topic; without deferred ones."""
    asked = [q for q in to_print(case).values() if q.text and q.state in _OPEN]
    if not asked:
        return missing(tr("Questions"), tr("none open."))
    order = [*QuestionGroup, None]
    top = [q for q in asked if q.top]
    rest = sorted(
        (q for q in asked if not q.top and q.state is not QuestionState.PARKED), key=lambda q: order.index(q.group)
    )
    blocks: list[B.Block] = [B.heading(2, tr("Questions for the visit"))]
    if not any(map(is_own, chain(top, rest))):
        ours = tr("Suggestions from the workbook. The patient has not chosen these.")
        blocks = [B.heading(2, tr("Suggested questions")), B.para([B.text(ours, i=True)])]
    said_as = [(shipped("visit.questions", q.id, q.text), q.top) for q in chain(top, rest)]
    blocks.append(B.listing([[B.para([B.text(text, b=is_top)])] for text, is_top in said_as], ordered=True))
    parked = len(asked) - len(top) - len(rest)
    if parked:
        blocks.append(B.para([B.text(tr("More questions if there is time: {count}.").format(count=parked), i=True)]))
    return blocks


def next_steps(case: Case, today: dt.date) -> list[B.Block]:
    """The decision; else planned steps, with who does them and by when, and what others have been asked for."""
    made = whole.decided(case, today)
    title, found, waits = tr("Next steps"), steps_ahead(case, today), under_way(case, today)
    planned = [B.heading(2, title), B.checks(found)] if found else []
    asked = [B.para([B.text(tr("Under way: "), b=True), "; ".join(waits) + "."])] if waits else []
    return made or (
        [*(planned or [B.heading(2, title)]), *asked] if planned or asked else missing(title, tr("none planned yet."))
    )


def sources(case: Case, today: dt.date) -> list[B.Block]:
    """How to read the page: the source of every line that names none."""
    helper = helper_of(case)
    if helper and helper.name:
        text = tr("Information is from {name} ({who}) unless a source is named in brackets.")
        told = text.format(name=helper.name, who=joined([usual_source(case), helper.relationship]))
    else:
        told = tr("Information is from the {who} unless a source is named in brackets.").format(who=usual_source(case))
    blocks = [B.para([B.text(told, i=True)])]
    if case.records.show_first_conclusion is YesNo.NO:
        left_out = tr(
            "What the first clinician concluded is left out, at the patient's request. Ask to see it afterward."
        )
        blocks.insert(0, B.para(left_out))
    return blocks


_SHORT_CALL = ("number", "minutes", "with_whom", "notes", "outcome")  # what a plan need not know
Maker = Callable[[Case, dt.date], list[B.Block]]
PARTS: dict[str, Maker] = {
    "head": head,
    "sources": sources,
    "goal": goal,
    "troubles": troubles,
    "facts": facts,
    "ahead": ahead,
    "opinions": opinions.opinions,
    "same_records": opinions.same_records,
    "questions": questions,
    "timeline": timeline,
    "medicines": medicines,
    "results": results,
    "records": records.records,
    "insurance": plan.insurance,
    "next_steps": next_steps,
    "member": plan.member,
    "service": plan.service,
    "plan": plan.plan,
    "calls": plan.calls(),
    "calls_short": plan.calls(*_SHORT_CALL),
    "costs": plan.costs,
    "stand": family.stand,
    "visits_plain": family.visits_plain,
    "who_does": family.who_does,
    "who_does_next": family.who_does_next,
    "reach": family.reach,
    "notes": family.notes,
    "goal_more": whole.goal_more,
    "medicines_all": whole.medicines_all,
    "answers": whole.answers,
    "decided": whole.decided,
    "after_visit": whole.after_visit,
    "opinions_all": whole.opinions_all,
    **whole.LISTS,
}
"""Every part by name; `readers.py` defines which ones a reader gets, in which order."""
FROM_ALL = frozenset(["who_does_next"])
"""Parts that compute from more than their reader sees, and print only what is for that reader."""


def part(case: Case | Handle, name: str, today: dt.date | None = None, *, reader: str = "clinician") -> Part:
    """One part for a notebook, redacted for its reader; NotebookMistake for an unknown name.

    `case` is a case or a handle such as `open_case()` returns; a handle knows the day to count from. `reader`
    is clinician, insurer, family, full or binder. Empty on a visitor's page where no case is open yet.
    """
    if reader not in READERS:
        known = ", ".join(READERS)
        raise NotebookMistake(f'There is no reader called "{reader}". The readers are: {known}.')
    make = PARTS.get(name)
    if make is None:
        known = ", ".join(PARTS)
        raise NotebookMistake(f'There is no part called "{name}". The parts are: {known}.')
    if not isinstance(case, Case) and case.is_awaited:
        return Part([])
    held = case if isinstance(case, Case) else case.case
    counted = today or (own_today(held) if isinstance(case, Case) else case.today())
    blocks = make(seen_by(held, "full" if name in FROM_ALL else reader), counted)
    told = {k: str(v) for b in blocks if b["k"] == "document" for k, v in b.items() if k != "k"}
    return Part([b for b in blocks if b["k"] != "document"], **told)


def own_today(case: Case) -> dt.date:
    """The day to count from: a demo case has its own, any other uses today."""
    if case.demo_today:
        return dt.date.fromisoformat(case.demo_today)
    return dt.datetime.now().astimezone().date()
