"""Opinions side by side with who saw which records, and next steps. Knows the case and the rules.

How far opinions agree is chosen by the person; nothing here weighs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Case
from ...case.opinions import TieStep
from ...content import entries
from ...locale import tr
from ..catalog import Wanted
from ..context import as_read, both_in, framed, view_of
from ..summary.sections.opinions import opinions, same_records
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, shipped, words

if TYPE_CHECKING:
    from ...rules import View


def comparison(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What each clinician says, one column each; how far they agree; who saw what; the next steps."""
    seen = as_read(both_in(case), wanted)
    view = view_of(seen, wanted)
    known = view.case
    blocks = [
        *opinions(known, wanted.today),
        *_about_it(known),
        *same_records(known, wanted.today),
        *_steps(known),
    ]
    return framed(seen, wanted, tr("Opinions side by side"), blocks, size=9.6, notes=_missing(view))


def _missing(view: View) -> list[str]:
    from ...rules import missing

    held = [o for o in view.case.opinions.values() if o.diagnosis or o.recommended]
    if len(held) < 2:
        return [tr("A second opinion to compare with the first.")] if held else []
    return [lack.text for lack in missing(view, "compare")]


def _about_it(case: Case) -> list[B.Block]:
    """The person's reasons for a difference where no class was chosen; who compared; and notes."""
    seen = case.compare
    chosen = seen.diagnosis_class or seen.treatment_class or seen.urgency_class
    reasons = "" if chosen else joined((words(c) for c in seen.causes), "; ")
    pairs = [
        (tr("Possible reasons"), reasons),
        (tr("Compared by"), seen.confirmed_by),
        (tr("Notes"), lines(seen.notes)),
        (tr("Status"), words(seen.third_opinion)),
    ]
    found = [(label, value) for label, value in pairs if value]
    return [B.details(found)] if found else []


def _steps(case: Case) -> list[B.Block]:
    steps = entries(case, "compare.tie_breaker")
    done = [
        (step.finished, shipped("compare.tie_breaker", step.id, step.text), _note(step))
        for step in steps.values()
        if step.text
    ]
    return [B.heading(2, tr("What to do if they differ")), B.checks(done)] if done else []


def _note(step: TieStep) -> str:
    by = tr("by {day}").format(day=day(step.due)) if step.due else ""
    result = tr("Result: {result}").format(result=lines(step.result)) if step.result else ""
    return joined([joined([lines(step.plan), joined([step.owner, by])], " · "), result], " · ")
