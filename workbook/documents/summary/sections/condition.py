"""The diagnosis with how sure it is, the main problem, what was tried, and other illnesses. Knows the case."""

from __future__ import annotations

import datetime as dt

from ....case import Case, YesNo
from ....case.health import ABSENT, Medication, MedicationState, Problem
from ....case.opinions import AgreementClass
from ....locale import tr
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, said, sourced, words
from ..limits import ALL, Limits, facts, first, others, shorter, vital
from ..own_answers import own_answers

Row = tuple[str, list[B.Run]]


def condition(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """Diagnoses, the biggest problem, what was tried and the history; what was ruled out under its own label."""
    health = case.health
    given = [p for p in health.problems.values() if p.label and p.certainty not in ABSENT]
    out = [p for p in health.problems.values() if p.label and p.certainty in ABSENT]
    kept, left = first(given, limits.diagnoses)
    names = [joined([shorter(p.label, limits.letters), p.given_by and f"({p.given_by})"], " ") for p in out]
    few, more = first(names, limits.diagnoses)
    rows: list[Row] = [
        *((_sure(p), _named(case, p, limits)) for p in kept),
        (tr("More diagnoses"), sourced(others(left, tr("full summary")))),
        (tr("Ruled out"), sourced(joined([*few, others(more)], "; "))),
        (tr("About"), sourced(shorter(case.goal.about, limits.letters)) if not given else []),
        *((name, _text(case, path, text, limits)) for name, path, text in _stories(case)),
        (tr("Medicines"), medicines_taken(case, limits)),
        *_language(case, limits),
        *_own(case, limits),
    ]
    found = [(name, value) for name, value in rows if value]
    if given and case.compare.diagnosis_class in (AgreementClass.DIFFERENT, AgreementClass.REFINED):
        name, value = found[0]
        found[0] = (name, [*value, B.text(" " + tr("The opinions differ on this, see below."), i=True)])
    notes = [
        B.para([B.text(tr("Note: "), b=True), *sourced(shorter(lines(n.text), limits.story), day(n.on))])
        for n in case.notes.values()
        if n.text
    ]
    kept_notes, _left = first(notes, limits.diagnoses)
    return (
        [*facts(found, limits), *kept_notes] if given or found else [*missing(tr("Diagnosis"), tr("not recorded yet."))]
    )


def _sure(problem: Problem) -> str:
    sure = words(problem.certainty).lower() if problem.certainty else ""
    return f"{tr('Diagnosis')} ({sure})" if sure else tr("Diagnosis")


def _named(case: Case, problem: Problem, limits: Limits) -> list[B.Run]:
    source = joined([problem.given_by, day(problem.on)]) or said(case, f"health.problems.{problem.id}.label")
    based = shorter(problem.certainty_note, limits.letters)
    return sourced(shorter(problem.label, vital(limits)), shorter(source, limits.letters), based)


def _stories(case: Case) -> list[tuple[str, str, str]]:
    health = case.health
    return [
        (tr("Main problem"), "health.troubles", lines(health.troubles)),
        (tr("Tried so far"), "health.tried", lines(health.tried)),
        (tr("Other illnesses and surgeries"), "health.history", lines(health.history)),
    ]


def _text(case: Case, path: str, text: str, limits: Limits) -> list[B.Run]:
    return sourced(shorter(text, limits.story), said(case, path))


def medicines_taken(case: Case, limits: Limits = ALL) -> list[B.Run]:
    """What is taken, with doses, and when the list was last checked; empty if nothing is."""
    taken = [m for m in case.health.medications.values() if m.state is not MedicationState.STOPPED]
    kept, left = first([_medicine(m) for m in taken if m.name or m.dose], limits.medicines)
    checked = case.health.medications_confirmed_on
    on = tr("list checked {day}").format(day=day(checked)) if checked else tr("date of the list not recorded")
    return sourced(joined([*kept, others(left, tr("medicine list"))], "; "), on)


def _medicine(medicine: Medication) -> str:
    known = (None, MedicationState.TAKING)
    state = words(medicine.state).lower() if medicine.state not in known else ""
    return joined([joined([medicine.name, medicine.dose], " "), state])


def _language(case: Case, limits: Limits) -> list[Row]:
    person = case.person
    needed = tr("interpreter needed") if person.interpreter is YesNo.YES else ""
    english = person.language.strip().casefold() in ("", "english", "en")
    spoken = "" if english and not needed else person.language
    return [
        (tr("Language"), sourced(joined([spoken, needed]))),
        (tr("Access needs"), sourced(shorter(lines(person.access_needs), limits.letters))),
        (tr("Other names on records"), sourced(joined((a.name for a in person.aliases.values()), "; "))),
    ]


def _own(case: Case, limits: Limits) -> list[Row]:
    found = [row for row in own_answers(case) if row[1]]
    kept, left = first(found, limits.own)
    return [
        *((shorter(name, limits.letters), _cut(value, limits)) for name, value in kept),
        *([(tr("More answers"), sourced(others(left, tr("full summary"))))] if left else []),
    ]


def _cut(value: list[B.Run], limits: Limits) -> list[B.Run]:
    return [{**run, "t": shorter(run["t"], limits.letters)} for run in value]
