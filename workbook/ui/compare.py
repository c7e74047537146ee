"""Opinions side by side, and who saw what. Knows the case; works out nothing about medicine. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..case import Case, about, label
from ..case.opinions import Comparison, How, Opinion
from ..locale import tr
from . import values as vals
from .answers import in_words
from .handle import OpenCase
from .marks import Grid
from .panels import draw

SHOWN = (
    "on",
    "mode",
    "form",
    "diagnosis",
    "certainty",
    "recommended",
    "reasons",
    "alternatives",
    "feared_risks",
    "urgency",
    "would_change_mind",
    "tests_wanted",
    "talk_to_other",
)
CLASSES = ("diagnosis_class", "treatment_class", "urgency_class")


@dataclass(frozen=True)
class Line:
    """One row of a table: its name and a cell for each column."""

    name: str
    cells: list[str]
    note: str = ""


def view(handle: OpenCase) -> str:
    """The comparison as two tables and what the person chose; a sentence while there is nothing to compare."""
    if not handle.bound:
        return ""
    case = handle.case
    opinions = [o for o in case.opinions.values() if not o.private]
    names = [label(case, "clinicians", o.clinician) or tr("Clinician without a name") for o in opinions]
    people, seen = _seen(handle)
    return draw(
        "compare",
        names=names,
        opinions=_opinions(case, opinions),
        hidden=len(case.opinions) - len(opinions),
        people=people,
        seen=seen,
        same=_same_records(people, seen),
        classes=_classes(case),
        causes=[tr(c.words) for c in case.compare.causes],
    )


def _opinions(case: Case, opinions: list[Opinion]) -> list[Line]:
    lines = []
    for name in SHOWN:
        words = about(Opinion, name)
        if words:
            cells = [in_words(case, words, getattr(o, name)) for o in opinions]
            if any(cells):
                lines.append(Line(tr(words.short), cells))
    return lines


def _seen(handle: OpenCase) -> tuple[list[str], list[Line]]:
    """Who is looked at, and for each record that anyone noted, how each of them saw it."""
    case = handle.case
    columns = vals.columns(Grid("records.items", "opinions"), handle.session)
    lines = []
    for key, item in handle.session.shown("records.items").items():
        cells = case.viewed.get(key, {})
        how = [cells[c].how if c in cells else None for c, _ in columns]
        if any(how):
            note = _note(how) if len(how) > 1 else ""
            lines.append(Line(vals.name_of(case, item), [tr(h.words) if h else "" for h in how], note))
    return [name for _, name in columns], lines


def _note(how: list[How | None]) -> str:
    """What the cells of one record say of each other."""
    known = {h for h in how if h not in (None, How.UNKNOWN)}
    if len(known) > 1:
        return tr("Not the same for everyone")
    if None in how or How.UNKNOWN in how:
        return tr("Not known for everyone")
    return tr("Nobody has seen it") if known == {How.NOT_SEEN} else ""


def _same_records(people: list[str], seen: list[Line]) -> str:
    """What is known about whether all saw the same; a fact about records, never about medicine."""
    if len(people) < 2:
        return ""
    differing = sum(line.note == tr("Not the same for everyone") for line in seen)
    if differing:
        return tr("They did not all see the same. Records that differ: {n}.").replace("{n}", str(differing))
    if not seen or any(line.note == tr("Not known for everyone") for line in seen):
        return tr("It is not written down for everyone who saw which record. Ask each clinician, then fill it in.")
    return tr("For every record noted here, they all saw the same.")


def _classes(case: Case) -> list[dict[str, Any]]:
    """What the person chose; the workbook chooses nothing."""
    found = []
    for name in CLASSES:
        words, value = about(Comparison, name), getattr(case.compare, name)
        if words:
            found.append({"name": tr(words.short), "words": tr(value.words) if value else ""})
    return found
