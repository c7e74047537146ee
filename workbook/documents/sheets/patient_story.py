"""The Patient Story: goals, worries, care so far and corrections in the person's own words. Knows the case.

"Kill the Clipboard" (ktc-spec.github.io, draft 0.10.2 for July 2026) names such a document: a patient-authored
narrative of priorities, concerns, goals, care experiences, corrections and context, LOINC 51855-5. It should not
repeat clinical facts, so the diagnoses, medicines and results are in `ips`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...case import Case, YesNo, label
from ...case.choices import Mode
from ...case.goal import GoalKind
from ...case.story import Experience
from ...case.visit import QuestionState
from ...locale import tr
from ..catalog import Wanted
from ..context import as_read, framed
from ..own_questions import own_questions
from ..summary.parts import sources
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, said, sourced, words

TITLE = "Patient story"
_OPEN = (None, QuestionState.IN, QuestionState.PARKED)
_MOST = 7  # questions: this is no question list


def patient_story(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What the person wants a clinician to know; a part without an answer is left out."""
    seen = as_read(case, wanted)
    own = case.mode is Mode.SELF
    parts = [
        *_goal(seen, own),
        *_listed(tr("What matters most to me") if own else tr("What matters most to the patient"), _values(seen)),
        *_listed(tr("What worries me") if own else tr("What worries the patient"), _worries(seen)),
        *_care(seen, own),
        *_wrong(seen, own),
        *_troubles(seen, own),
        *_listed(tr("My questions") if own else tr("Questions"), _questions(seen)),
        *_visit(seen),
    ]
    body = [*(sources(seen, wanted.today) if parts else []), *parts]
    return framed(seen, wanted, tr(TITLE), body or [B.para(tr("Nothing is written here yet."))], size=10)


def _goal(case: Case, own: bool) -> list[B.Block]:
    goal = case.goal
    told: list[B.Block] = [B.para([B.text(f"“{goal.own_words}”", b=True)])] if goal.own_words else []
    kinds = [words(kind) for kind in goal.kinds if kind is not GoalKind.OTHER]
    if kinds:
        told.append(B.para(joined(kinds, "; ") + "."))
    facts = [
        (tr("Decision"), sourced(goal.decision)),
        (tr("Decide by"), sourced(day(goal.decide_by), said(case, "goal.decide_by"))),
        (tr("First goal"), sourced(goal.priority)),
    ]
    told += [B.para([B.text(f"{name}: ", b=True), *value]) for name, value in facts if value]
    title = tr("What I want from this second opinion") if own else tr("What the patient wants from this second opinion")
    return [B.callout(title, told, "goal")] if told else []


def _values(case: Case) -> list[str]:
    return [value.text for value in case.goal.values.values() if value.text]


def _worries(case: Case) -> list[str]:
    return [worry.text for worry in case.goal.worries.values() if worry.text]


def _care(case: Case, own: bool) -> list[B.Block]:
    """What went well, what went badly, and what nobody put in either."""
    told = [one for one in case.goal.experiences.values() if one.text]
    heads = {Experience.WELL: tr("Went well"), Experience.BADLY: tr("Went badly"), None: ""}
    rows: list[list[B.Run]] = [
        [*([B.text(f"{head}: ", b=True)] if head else []), B.text(one.text)]
        for how, head in heads.items()
        for one in told
        if one.how is how
    ]
    return _listed(tr("How my care has been so far") if own else tr("How the care has been so far"), rows)


def _wrong(case: Case, own: bool) -> list[B.Block]:
    """Each mistake beside what is right and the record that has it."""
    found = [one for one in case.goal.corrections.values() if one.says or one.right]
    if not found:
        return []
    records = [label(case, "records.items", one.record) if one.record else "" for one in found]
    heads, widths = [tr("The records say"), tr("What is right")], [3.0, 3.0]
    rows = [[one.says or "–", one.right or "–"] for one in found]
    if any(records):
        heads, widths = [*heads, tr("Record")], [*widths, 2.0]
        rows = [[*row, record or "–"] for row, record in zip(rows, records, strict=True)]
    title = tr("What my records get wrong") if own else tr("What the records get wrong")
    return [B.heading(2, title), B.table("", heads, rows, widths)]


def _troubles(case: Case, own: bool) -> list[B.Block]:
    health = case.health
    told = [
        (tr("Biggest problem"), sourced(lines(health.troubles), said(case, "health.troubles"))),
        (tr("Tried so far"), sourced(lines(health.tried), said(case, "health.tried"))),
    ]
    found = [B.para([B.text(f"{name}: ", b=True), *value]) for name, value in told if value]
    title = tr("What bothers me, and what was tried") if own else tr("What bothers the patient, and what was tried")
    return [B.heading(2, title), *found] if found else []


def _questions(case: Case) -> list[Any]:
    asked = [q for q in own_questions(case).values() if q.state in _OPEN]
    asked.sort(key=lambda q: (not q.top, q.state is QuestionState.PARKED))
    return [[B.text(q.text, b=q.top)] for q in asked[:_MOST]]


def _visit(case: Case) -> list[B.Block]:
    person = case.person
    interpreter = tr("interpreter needed") if person.interpreter is YesNo.YES else ""
    told = [
        (tr("Likes to be called"), person.preferred_name),
        (tr("Language"), joined([person.language, interpreter])),
        (tr("Access needs"), lines(person.access_needs)),
    ]
    found = [(name, value) for name, value in told if value]
    return [B.heading(2, tr("For the visit")), B.details(found)] if found else []


def _listed(title: str, rows: Iterable[Any]) -> list[B.Block]:
    found = list(rows)
    return [B.heading(2, title), B.listing(found)] if found else []
