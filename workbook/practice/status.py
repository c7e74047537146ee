"""The status of one workbook, as text and as a part of a page. Knows the rules and the law."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html

from .. import law, rules
from ..rules import Status
from .chosen import Given, chosen


class CaseStatus(Status):
    """What follows from the answers of one workbook on one day; shows itself in a notebook."""

    __slots__ = ()

    def sections(self) -> list[tuple[str, list[str]]]:
        """The status as titled lines, the same as `workbook status` prints; sections without lines are left out."""
        found = [
            ("Do this next", [f"{n}. {step.do} {step.why}" for n, step in enumerate(self.next, 1)]),
            ("Put off", [f"{step.until}  {step.do}" for step in self.put_off]),
            (
                "Deadlines",
                [f"{d.due or 'not started'}  {d.text} ({d.rule}, {d.certainty.value})" for d in self.deadlines],
            ),
            ("Ended", [f"{e.due or ''}  {e.rule}: {e.why}" for e in self.ended]),
            ("Alerts", [f"{a.id} {a.level.value}: {a.text} {a.next}" for a in self.alerts]),
            ("Not seen by both", [f"{g.item} {g.clinician or ''} {g.how}" for g in self.gaps]),
        ]
        return [(title, lines) for title, lines in found if lines]

    def __repr__(self) -> str:
        return "\n".join("\n".join([title, *(f"  {line}" for line in lines)]) for title, lines in self.sections())

    def _repr_html_(self) -> str:
        parts = []
        for title, lines in self.sections():
            listed = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            style = ' style="list-style:none;padding:0"' if title == "Do this next" else ""
            parts.append(f"<h4>{html.escape(title)}</h4><ul{style}>{listed}</ul>")
        return f'<div style="overflow-wrap:anywhere">{"".join(parts)}</div>'


def status(case: Given, on: dt.date | str | None = None) -> CaseStatus:
    """What follows from the answers of one workbook: the same as `workbook status CASE`.

    `case` is an open workbook, or the id or name of one. The result has `next` (what to do, in order, with `do`, `why`
    and `minutes`), `deadlines` (each with `due`, `text`, `rule` and `certainty`), `alerts`, `gaps` (records that one
    clinician has not seen), `ended`, `put_off`, `critical_path`, `next_date()` and `as_json()`. `on` is the day to
    count from, such as "2026-11-29"; today without it, and for a demo workbook its own day. NoSuchCase if there is no
    such workbook.

    >>> from workbook.case import Case
    >>> status(Case(), on="2026-11-29").next_date() is None
    True
    """
    found, today = chosen(case, "status")
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on or today
    known = rules.status(found, law.load(), day)
    return CaseStatus(**{field.name: getattr(known, field.name) for field in dataclasses.fields(known)})
