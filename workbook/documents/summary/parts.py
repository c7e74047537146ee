"""The parts of the case summary, each a pure function of a case and a day. Knows the case.

An empty part is one line that says so. Nothing here makes a medical judgment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from difflib import get_close_matches
from itertools import chain
from typing import Protocol

from ...case import Case, YesNo, first_name, full_name, helper_of, label
from ...case.choices import Mode
from ...case.clinicians import ClinicianRole
from ...case.goal import GoalKind
from ...case.health import ABSENT
from ...case.visit import QuestionGroup, QuestionState
from ...errors import NotebookMistake
from ...locale import tr
from ...rules.wording import capital, visit_day
from .. import passages, reworded
from ..audience.readers import READERS
from ..audience.redact import seen_by
from ..notebook.part import Part
from ..own_questions import is_own, to_print
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, missing, said, shipped, sourced, treatment, watermark, words
from .fit import LARGE, Fitted, limits, made
from .limits import ALL, Limits, first, others, shorter
from .own_answers import more_answers, own_answers
from .sections import family, opinions, plan, plan_request, records, whole
from .sections.ahead import ahead
from .sections.condition import condition, medicines_taken
from .sections.contacts import contacts, helpers, source
from .sections.family import steps_ahead
from .sections.imaging import imaging
from .sections.question import left_out, question
from .sections.safety import safety
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
                    _headed(case),
                    person.birth_date and tr("born {day}").format(day=day(person.birth_date)),
                ],
                " · ",
            ),
            prepared=joined([prepared, by and tr("with {name}").format(name=by)]),
            footer=tr(DISCLAIMER),
            watermark=watermark(case),
        )
    ]


def unnamed(case: Case, reader: str = "clinician") -> list[str]:
    """What the head of a paper lacks, as sentences for the sender: offices look people up by name and birth date."""
    person, needs_birth = case.person, reader in ("clinician", "insurer")
    is_named, is_born = bool(full_name(case)), bool(person.birth_date) or not needs_birth
    if is_named and is_born:
        return []
    if is_named:
        return [tr("It has no birth date yet. An office looks people up by name and birth date.")]
    if is_born:
        return [tr("It has no full name yet. Nobody can tell whose it is.")]
    return [tr("It has no full name and no birth date yet. An office looks people up by both.")]


def _headed(case: Case) -> str:
    """The patient's name at the head of a paper for others."""
    short = first_name(case)
    without = tr("{name} (full name not given)").format(name=short) if short else tr("Name not given")
    return full_name(case) or without


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
    reached = [*helpers(case)]
    pairs: list[tuple[str, list[B.Run]]] = [
        (tr("About"), sourced(wanted.about)),
        *_diagnoses(case),
        *((tr("First clinician"), sourced(reached)) for reached in _first(case)),
        (tr("Decision"), sourced(wanted.decision)),
        (tr("Decide by"), sourced(day(wanted.decide_by), said(case, "goal.decide_by"))),
        treatment(case, today),
        (tr("Can wait until"), sourced(day(wait.until), told_wait) if wait.until else []),
        (tr("Reversible"), sourced(words(wanted.reversible))),
        (tr("Visit"), sourced(capital(seen_on))),
        (tr("Coming along"), sourced(visit.who_comes) if visit else []),
        (tr("Taking notes"), sourced(case.visit.note_taker)),
        (tr("Language"), sourced(joined([person.language, _interpreter(case)]))),
        (tr("Access needs"), sourced(lines(person.access_needs))),
        (tr("Other names"), sourced(joined((a.name for a in person.aliases.values()), "; "))),
        (tr("Patient’s phone") if reached else tr("Phone"), sourced(person.phone)),
        (tr("Address"), sourced(lines(person.address))),
        *reached,
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


def timeline(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The history, oldest first; if there is no room for all of it, the newest."""
    events = sorted(case.health.timeline.values(), key=lambda e: (e.on or "9999").rstrip("~"))
    if not events:
        return missing(tr("What happened so far"), tr("not recorded yet.")) if limits is ALL else []
    left = max(0, len(events) - limits.events)
    events = events[left:]
    when = [day(e.on) or tr("Date not known") for e in events]
    told = [shorter(joined([e.what, e.where]), limits.letters) or tr("not recorded yet") for e in events]
    rows: list[list[B.Run]] = [[B.text(f"{d}: ", b=True), B.text(t)] for d, t in zip(when, told, strict=True)]
    if limits is ALL:
        return [B.heading(2, tr("What happened so far")), B.listing(rows)]
    # of a single line each, one paragraph is enough for a reader in a hurry
    line = [run for row in rows for run in (*row, B.text("; "))][:-1]
    earlier = tr("{more} before that").format(more=others(left, tr("full summary"))) if left else ""
    end = B.text(f". ({earlier}.)" if earlier else ".")
    return [B.para([B.text(tr("Timeline: "), b=True), *line, end])] if events else []


def medicines(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """Medicines with their doses, and the day the list was last confirmed."""
    taken = medicines_taken(case, limits)
    title = tr("Medicines")
    return [B.heading(2, title), B.para(taken)] if taken else missing(title, tr("not recorded yet."))


def results(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The test results that the person picked, newest first: test, result with unit, range, day and laboratory."""
    picked = sorted(
        (one for one in case.health.results.values() if one.name or one.value),
        key=lambda one: one.on or "",
        reverse=True,
    )
    if not picked:
        return []
    kept, left = first(picked, limits.results)
    texts = [
        [
            shorter(text, limits.letters)
            for text in (
                one.name or tr("A test"),
                joined([one.value, one.unit], " "),
                one.range,
                day(one.on),
                one.where,
            )
        ]
        for one in kept
    ]
    more = others(left, tr("full summary"))
    end = [B.para(more + ".")] if more else []
    if limits.large:
        listed = [[B.text(f"{row[0]}: ", b=True), B.text(joined([row[1], _normal(row[2]), *row[3:]]))] for row in texts]
        return [B.heading(2, tr("Key results")), B.listing(listed), *end]
    heads = [tr(h) for h in ("Test", "Result", "Normal range", "Day", "Laboratory")]
    widths = [2.4, 2.0, 1.5, 1.3, 2.0]
    shown = [i for i in range(len(heads)) if i < 2 or any(row[i] for row in texts)]
    rows = [[row[i] or "–" for i in shown] for row in texts]
    table = B.table("", [heads[i] for i in shown], rows, [widths[i] for i in shown])
    return [B.heading(2, tr("Key results")), table, *end]


def _normal(range_: str) -> str:
    return tr("normal {range}").format(range=range_) if range_ else ""


def questions(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The questions still to ask: the top three first, then by topic; without deferred ones."""
    asked = [q for q in to_print(case).values() if q.text and q.state in _OPEN]
    if not asked:
        return missing(tr("Questions"), tr("none open.")) if limits is ALL else []
    order = [*QuestionGroup, None]
    top = [q for q in asked if q.top]
    rest = sorted(
        (q for q in asked if not q.top and q.state is not QuestionState.PARKED), key=lambda q: order.index(q.group)
    )
    blocks: list[B.Block] = [B.heading(2, tr("Questions for the visit"))]
    if not any(map(is_own, chain(top, rest))):
        ours = tr("Suggestions from the workbook. The patient has not chosen these.")
        blocks = [B.heading(2, tr("Suggested questions")), B.para([B.text(ours, i=True)])]
    kept, left = first([*top, *rest], limits.questions)
    said_as = [(shorter(shipped("visit.questions", q.id, q.text), limits.story), q.top) for q in kept]
    blocks.append(B.listing([[B.para([B.text(text, b=is_top)])] for text, is_top in said_as], ordered=True))
    parked = len(asked) - len(top) - len(rest)
    if left:
        blocks.append(B.para([B.text(others(left, tr("question list")) + ".", i=True)]))
    elif parked and limits is ALL:
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
    return [*left_out(case), B.para([B.text(source(case), i=True)])]


_SHORT_CALL = ("number", "minutes", "with_whom", "notes", "outcome")  # what a plan need not know
Maker = Callable[[Case, dt.date], list[B.Block]]
PARTS: dict[str, Maker] = {
    "head": head,
    "sources": sources,
    "question": Fitted(question),
    "safety": Fitted(safety),
    "condition": Fitted(condition, frozenset({"diagnoses", "medicines", "own"})),
    "imaging": Fitted(imaging, frozenset({"scans"})),
    "contacts": Fitted(contacts, frozenset({"contacts"})),
    "goal": goal,
    "troubles": troubles,
    "facts": facts,
    "ahead": ahead,
    "opinions": Fitted(opinions.opinions, frozenset({"opinions", "topics"})),
    "same_records": Fitted(opinions.same_records, frozenset({"differences", "records"})),
    "questions": Fitted(questions, frozenset({"questions"})),
    "timeline": Fitted(timeline, frozenset({"events"})),
    "medicines": Fitted(medicines, frozenset({"medicines"})),
    "results": Fitted(results, frozenset({"results"})),
    "records": Fitted(records.records, frozenset({"records"})),
    "insurance": plan.insurance,
    "next_steps": next_steps,
    "member": plan.member,
    "service": plan.service,
    "request": plan_request.request,
    "reasons": plan_request.reasons,
    "open_denials": plan_request.open_denials,
    "plan_said": plan_request.plan_said,
    "plan": plan.plan,
    "calls": plan.calls(),
    "calls_short": plan.calls(*_SHORT_CALL),
    "costs": plan.costs,
    "stand": family.stand,
    "doctors_said": family.doctors_said,
    "visits_plain": family.visits_plain,
    "who_does": family.who_does,
    "who_does_next": family.who_does_next,
    "reach": family.reach,
    "notes": family.notes,
    "more_answers": more_answers,
    "goal_more": whole.goal_more,
    "history": whole.history,
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
    """One part of a document, redacted for its reader, such as `wb.part(case, "opinions", reader="family")`.

    NotebookMistake for an unknown name or reader; it lists those that exist.

    `case` is a case or a handle such as `open_case()` returns; a handle knows the day to count from. `reader`
    is clinician, insurer, family, full or binder. Empty on a visitor's page where no case is open yet.
    """
    make = check(name, reader)
    if not isinstance(case, Case) and case.is_awaited:
        return Part([])
    held = case if isinstance(case, Case) else case.case
    counted = today or (own_today(held) if isinstance(case, Case) else case.today())
    seen = seen_by(held, "full" if name in FROM_ALL else reader)
    blocks = made(make, seen, counted, limits_for(seen, counted, reader) if isinstance(make, Fitted) else ALL)
    told = {k: str(v) for b in blocks if b["k"] == "document" for k, v in b.items() if k != "k"}
    shown = reworded.applied([b for b in blocks if b["k"] != "document"])
    return Part(passages.marked(shown, held.person.language), **told)


def check(name: str, reader: str) -> Maker:
    """What makes this part; NotebookMistake if there is no such part or reader."""
    if reader not in READERS:
        known = ", ".join(READERS)
        raise NotebookMistake(f'There is no reader called "{reader}". The readers are: {known}.')
    make = PARTS.get(name)
    if make is None:
        near = get_close_matches(name, PARTS, 1)
        meant = f'Did you mean "{near[0]}"? ' if near else ""
        raise NotebookMistake(f'There is no part called "{name}". {meant}The parts are: {", ".join(PARTS)}.')
    return make


def limits_for(seen: Case, today: dt.date, reader: str, *, large: bool = False) -> Limits:
    """How much this reader's summary of a redacted case can print; a reader without a cap gets everything."""
    who = READERS[reader]
    if not who.capped:
        return ALL
    return limits((PARTS[name] for name in who.parts), seen, today, size=LARGE if large else who.size, large=large)


def own_today(case: Case) -> dt.date:
    """The day to count from: a demo case has its own, any other uses today."""
    if case.demo_today:
        return dt.date.fromisoformat(case.demo_today)
    return dt.datetime.now().astimezone().date()
