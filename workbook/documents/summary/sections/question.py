"""What the clinician is asked, the decision and its day: the first thing on the page. Knows the case."""

from __future__ import annotations

import datetime as dt

from ....case import Case, YesNo, label
from ....case.choices import Mode
from ....case.goal import GoalKind
from ....case.partial_dates import latest
from ....locale import tr
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, said, sourced, treatment, words
from ..limits import ALL, Limits, first, others, shorter, vital
from .contacts import visit_line

_ASKED = {
    GoalKind.CONFIRM: "confirm or correct the diagnosis",
    GoalKind.OPTIONS: "explain the options, with their benefits and drawbacks",
    GoalKind.SURGERY: "advise whether surgery is needed",
    GoalKind.REVIEW: "review the imaging and pathology",
    GoalKind.SPECIALIZED: "care by a team that treats this often",
}
"""The goals as requests to a clinician."""


def question(case: Case, today: dt.date, limits: Limits = ALL) -> list[B.Block]:
    """The request in the patient's words, the decision with its dates, and what matters most."""
    wanted = case.goal
    booked, treated = treatment(case, today)
    by = _past(day(wanted.decide_by), wanted.decide_by, today)
    told = [
        *_line((tr("Please"), _please(case))),
        *_line(
            (tr("Decision"), sourced(shorter(wanted.decision, vital(limits)))),
            (tr("Decide by"), sourced(by, said(case, "goal.decide_by"))),
        ),
        *_line((booked, treated)),
        *_line((tr("Safe to wait until"), _wait(case, today)), (tr("Reversible"), sourced(words(wanted.reversible)))),
        *_line((tr("Decided"), sourced(shorter(lines(case.decision.what), limits.letters), day(case.decision.on)))),
        *_line((tr("Matters most"), sourced(_values(case, limits)))),
        *_line((tr("Visit"), visit_line(case, today))),
    ]
    if wanted.own_words:
        own = shorter(lines(wanted.own_words), max(limits.story, vital(limits)))
        told.insert(0, B.para([B.text(f"“{own}”", b=True)]))
    if not told:
        return [*left_out(case), *missing(tr("Question"), tr("not recorded yet."))]
    title = tr("My question") if case.mode is Mode.SELF else tr("The patient’s question")
    return [B.callout(title, told, "goal"), *left_out(case)]


def _line(*facts: tuple[str, list[B.Run]]) -> list[B.Block]:
    """Short facts as one paragraph; none if there are no answers."""
    told: list[B.Run] = []
    for name, value in facts:
        if value:
            end = "" if not told else " " if told[-1]["t"][-1:] in "?!." else ". "
            told += [*([B.text(end)] if end else []), B.text(f"{name}: ", b=True), *value]
    return [B.para(told)] if told else []


def _please(case: Case) -> list[B.Run]:
    asked = [tr(_ASKED[kind]) for kind in case.goal.kinds if kind in _ASKED]
    return [B.text(joined(asked, "; ") + ".")] if asked else []


def _values(case: Case, limits: Limits) -> str:
    kept, left = first([lines(v.text) for v in case.goal.values.values() if v.text], 5)
    return joined([*(shorter(text, limits.letters) for text in kept), others(left)], "; ")


def _wait(case: Case, today: dt.date) -> list[B.Run]:
    wait = case.goal.safe_wait
    if not wait.until:
        return []
    by = joined([wait.said_by or label(case, "clinicians", wait.said_by_clinician), day(wait.said_on)])
    return sourced(_past(day(wait.until), wait.until, today), by)


def _past(words: str, value: str | None, today: dt.date) -> str:
    """A date, marked if it has passed."""
    last = latest(value) if value else None
    return tr("{day} (this date has passed)").format(day=words) if last and last < today else words


def left_out(case: Case) -> list[B.Block]:
    """The line about fresh eyes, if the first conclusion is left out."""
    if case.records.show_first_conclusion is not YesNo.NO:
        return []
    return [
        B.para(tr("What the first clinician concluded is left out, at the patient's request. Ask to see it afterward."))
    ]
