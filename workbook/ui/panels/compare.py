"""Opinions side by side, and differing records. Knows the derived status; makes no medical judgment. No widgets."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...case import Case, is_blank, label, words_for
from ...case.opinions import How, Opinion
from ...documents import pictures
from ...documents.tree import marks
from ...locale import tr
from ..answers import in_words
from ..derived import derived
from ..forms import state as vals
from ..handle import OpenCase
from .alerts import source
from .base import draw

if TYPE_CHECKING:
    from ...rules import Gap, Row

MOST = 8  # records in the picture; in a longer list, those that everyone saw alike are behind a line
SHOWN = ("diagnosis", "recommended")
MORE = (
    *("reasons", "feared_risks", "on", "mode", "form", "certainty", "alternatives"),
    *("urgency", "would_change_mind", "tests_wanted", "talk_to_other"),
)


@dataclass(frozen=True)
class Line:
    """One row of a table: its name and a cell for each column."""

    name: str
    cells: list[str]


def view(handle: OpenCase) -> str:
    """The opinions as a table, and the records that differ; a sentence if there is too little."""
    if not handle.bound:
        return ""
    from ... import rules

    case, known = handle.case, derived(handle)
    gaps = {gap.item for gap in known.status.gaps}
    said = [o for o in case.opinions.values() if o.clinician or not is_blank(o)]
    opinions = [o for o in said if not o.private]
    names = [label(case, "clinicians", o.clinician) or tr("Clinician without a name") for o in opinions]
    rows = rules.matrix(known.view)
    third = rules.third_opinion(known.view, known.status.gaps, known.status.alerts)
    return draw(
        "compare",
        names=names,
        opinions=_opinions(case, opinions, SHOWN),
        more=_opinions(case, opinions, MORE),
        hidden=len(said) - len(opinions),
        people=[label(case, "clinicians", c) or tr("Clinician without a name") for c in known.view.seen_by_two],
        **_picture(case, rows, gaps),
        same=_same_records(known.view.seen_by_two, rows, known.status.gaps),
        third=third.is_open,
        medicare=[source(fact, known) for fact in third.medicare],
    )


def _opinions(case: Case, opinions: list[Opinion], names: Sequence[str]) -> list[Line]:
    lines = []
    for name in names:
        words = words_for(Opinion, name)
        if words:
            cells = [in_words(case, words, getattr(o, name)) for o in opinions]
            if any(cells):
                lines.append(Line(tr(words.short), cells))
    return lines


def _picture(case: Case, rows: Sequence[Row], gaps: Container[str]) -> dict[str, Any]:
    """The compared records with a mark for each clinician: those that differ, those seen alike, and the legend.

    Of a long list those seen alike are `folded`.
    """
    differing: list[dict[str, Any]] = []
    alike: list[dict[str, Any]] = []
    used: set[str] = set()
    for row in rows:
        item = case.records.items[row.item]
        told = [pictures.seen(how, item, there=row.there) for how in row.seen.values()]
        used |= {mark for mark, _words in told}
        note = _note(row) if f"records.items.{row.item}" in gaps else ""
        line = {
            "name": vals.name_of(case, item),
            "cells": [{"sign": marks.svg(mark), "words": words} for mark, words in told],
            "note": note if row.there else "",
        }
        (differing if line["note"] else alike).append(line)
    return {
        "differing": differing,
        "alike": alike,
        "folded": bool(differing and alike) and len(rows) > MOST,
        "legend": [{"sign": marks.svg(m), "words": tr(words)} for m, words in pictures.LEGEND.items() if m in used],
    }


def _note(row: Row) -> str:
    """A comparison of the cells of one record."""
    known = {*row.seen.values()}
    if known == {How.UNKNOWN}:
        return tr("Not known for anyone")
    if How.UNKNOWN in known:
        return tr("Not known for everyone")
    return tr("Nobody has seen it") if known == {How.NOT_SEEN} else tr("Not the same for everyone")


def _same_records(people: Sequence[str], rows: Sequence[Row], gaps: Sequence[Gap]) -> str:
    """Whether all are known to have seen the same; about records, never about medicine."""
    from ...rules.results import NOT_THERE

    if len(people) < 2:
        return ""
    if not any(row.there for row in rows):
        return tr("This workbook does not say who saw which record. Ask each clinician, then fill it in.")
    if not any(gap.how != NOT_THERE for gap in gaps):  # nobody can have seen what does not exist yet
        return tr("For every record listed here, they all saw the same.")
    return tr("They did not all see the same records. Send each one what is missing. Then compare again.")
