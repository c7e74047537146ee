"""The choices side by side: what the clinicians say about each, and what matters to the person. Knows the case.

Each column is a choice that a clinician named, in the words that were written down. Nothing is added and nothing is
weighed: an empty cell is room to write in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...case import Case, label
from ...case.opinions import Opinion
from ...locale import tr
from ...locale.dates import show_day
from ..catalog import Wanted
from ..context import as_read, both_in, framed
from ..summary.limits import first, others, shorter
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines

_MOST, _MOST_LARGE = 4, 2  # columns that a page has room for
_LETTERS = 400  # of a cell
_BLANK = "\n\n"
_ROWS = (
    ("reasons", "Benefits and reasons they give"),
    ("feared_risks", "What they are most concerned about"),
    ("recovery", "Recovery"),
    ("if_wait", "If we wait"),
    ("urgency", "How soon"),
)


@dataclass(slots=True)
class _Choice:
    """One choice, the opinions that recommend it, and who only named it."""

    name: str
    recommended: list[Opinion] = field(default_factory=list)
    named: list[Opinion] = field(default_factory=list)


def options(case: Case, wanted: Wanted) -> dict[str, Any]:
    """One column a choice; the rows are what the clinicians say about it, then what matters to the person."""
    seen = as_read(both_in(case), wanted)
    found = _choices(seen)
    kept, left = first(found, _MOST_LARGE if wanted.large else _MOST)
    columns = kept or [_Choice(tr("Choice 1")), _Choice(tr("Choice 2"))]
    blocks: list[B.Block] = [*_decision(seen), _table(seen, columns)]
    if left:
        names = joined((shorter(choice.name, 80) for choice in found[len(kept) :]), "; ")
        blocks.append(B.para(tr("Also named: {choices} ({more}).").format(choices=names, more=others(left))))
    blocks += [
        B.para(tr("These are the clinicians’ own words, as written down. Fill in the blanks yourself.")),
        B.lines(3, tr("What I am leaning toward, and what I still need to know")),
    ]
    notes = [] if found else [tr("No opinion names a choice yet. Add what each clinician recommends.")]
    return framed(seen, wanted, tr("Choices side by side"), blocks, size=11, notes=notes)


def _choices(case: Case) -> list[_Choice]:
    """The recommended choices in the order of the opinions, then the other ones that somebody named."""
    found: dict[str, _Choice] = {}

    def choice(text: str) -> _Choice:
        name = lines(text).rstrip(". ")
        return found.setdefault(name.casefold(), _Choice(name))

    for opinion in case.opinions.values():
        if opinion.recommended.strip():
            choice(opinion.recommended).recommended.append(opinion)
    for opinion in case.opinions.values():
        for line in opinion.alternatives.splitlines():
            if line.strip(" ;-•"):
                choice(line).named.append(opinion)
    return list(found.values())


def _decision(case: Case) -> list[B.Block]:
    goal = case.goal
    by = tr("Decide by {day}.").format(day=show_day(goal.decide_by)) if goal.decide_by else ""
    told = [text for text in (goal.decision, by) if text]
    return [B.callout(tr("The decision"), told, "goal")] if told else []


def _table(case: Case, choices: list[_Choice]) -> B.Block:
    rows: list[list[B.Words]] = []
    if any(choice.recommended or choice.named for choice in choices):
        rows.append([tr("Who"), *(_who(case, choice) for choice in choices)])
    for name, title in _ROWS:
        rows.append([tr(title), *(_said(case, choice, name) or _BLANK for choice in choices)])
    boxes = f"☐ {tr('yes')} · ☐ {tr('partly')} · ☐ {tr('no')}"
    matters = [value.text for value in case.goal.values.values() if value.text]
    rows += [
        [tr("Fits: {what}").format(what=shorter(lines(text), 120)), *([boxes] * len(choices))]
        for text in matters or [tr("What matters most to me")]
    ]
    heads = [tr("Topic"), *(shorter(choice.name, 160) for choice in choices)]
    return B.table("", heads, rows, [1.3, *[2.0] * len(choices)])


def _who(case: Case, choice: _Choice) -> str:
    recommended = [_name(case, o) for o in choice.recommended]
    named = [_name(case, o) for o in choice.named]
    told = [
        tr("Recommended by {names}").format(names=joined(recommended, "; ")) if recommended else "",
        tr("Named by {names}").format(names=joined(named, "; ")) if named else "",
    ]
    return joined(told, "\n")


def _name(case: Case, opinion: Opinion) -> str:
    name = label(case, "clinicians", opinion.clinician) or tr("Clinician not named")
    return joined([name, day(opinion.on)])


def _said(case: Case, choice: _Choice, name: str) -> str:
    """What those who recommend it say; with several, each with the name."""
    said = [(o, shorter(lines(getattr(o, name)), _LETTERS)) for o in choice.recommended]
    told = [(o, text) for o, text in said if text]
    if len(told) < 2:
        return told[0][1] if told else ""
    return "\n".join(f"{label(case, 'clinicians', o.clinician)}: {text}" for o, text in told)
