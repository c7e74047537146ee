"""Upcoming dates: deadlines, visits, how long it can wait. Knows the case and the rules, which compute the dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ....case import Case
from ....locale import tr
from ...tree import blocks as B  # noqa: N812
from ...wording import joined, said

if TYPE_CHECKING:
    from ....rules import Milestone

MOST = 6  # days to come in the picture, after the last past one and today; the list names all
_TONES = {"visit": "visit", "treatment": "visit", "safe": "wait"}
_QUIET = ("complaint", "authority-ends")  # they matter to whoever does the work, and would crowd a page for others


def ahead(case: Case, today: dt.date) -> list[B.Block]:
    """The dates that count: the picture, then a sentence each with its source or that it was calculated."""
    from ....law import load
    from ....rules import Deadline, milestones, status

    now = status(case, load(), today)
    title = tr("Dates ahead")
    found = [d for d in now.deadlines if d.due and d.hard and d.rule not in _QUIET]
    if not found:
        return [B.heading(2, title), B.para(tr("No dates are listed yet."))]

    def told(line: Deadline) -> list[B.Run]:
        counted = tr("workbook") if line.anchor or line.fact else said(case, line.about)
        late = tr("Past:") + " " if line.due and line.due < today else ""
        note = joined([counted, line.evidence[:1].lower() + line.evidence[1:].rstrip(".")])
        return [
            *([B.text(late, b=True)] if late else []),
            B.text(line.text),
            *([B.text(f" ({note})", i=True)] if note else []),
        ]

    return [B.heading(2, title), *picture(milestones(now), today), B.listing([told(line) for line in found])]


def picture(found: Sequence[Milestone], today: dt.date) -> list[B.Block]:
    """The same dates as a picture; those of one day share a marker."""
    from ....rules.timeline import short

    days: dict[dt.date, list[Milestone]] = {}
    for mark in found:
        if mark.kind != "today":
            days.setdefault(mark.on, []).append(mark)
    kept = [*[on for on in days if on < today][-1:], *[on for on in days if on >= today][:MOST]]
    shown = [
        (
            on,
            joined(dict.fromkeys(short(m) for m in days[on]), "; "),
            "past" if on < today else _TONES.get(days[on][0].kind, "deadline"),
        )
        for on in kept
    ]
    return [B.timeline(tr("Timeline"), today, shown)] if len(shown) > 1 else []
