"""Figures of one workbook or of all, as plain SVG: `wb.plot.timeline`, `wb.plot.caseload`. Knows the dates that count.

A figure displays itself in a notebook, fits a phone, and says the same in words in `figure.text`.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from .. import law, rules
from ..case import Case, first_name, told_apart
from ..documents.notebook.part import Part
from ..documents.summary.sections.ahead import picture
from ..documents.tree import blocks as B  # noqa: N812
from ..documents.tree import marks
from ..documents.tree import timeline as drawing
from ..documents.tree.text_width import wrapped
from ..errors import NotebookMistake
from ..locale.dates import show_day
from ..store import open_store
from .chosen import Given, chosen
from .due import Due, away, listed, open_cases

__all__ = ["Figure", "caseload", "timeline"]

_WIDE, _EDGE, _ROW, _TEXT = 360, 14, 66, 15  # of the caseload, in the picture's own unit: readable on a phone as it is
_INK, _SOFT, _LINE, _LATE, _SOON = "#1d2733", "#525e6b", "#c9d3da", "#8a4b00", "#0b5c6b"
_FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"


class Figure:
    """A picture that displays itself: `svg` is the file's text, `text` says the same in words."""

    def __init__(self, svg: str, text: str, blocks: Sequence[B.Block], shown: str = "") -> None:
        """`blocks` are what a document prints in its place; `shown` is the HTML of a notebook, else the picture."""
        self.svg, self.text = svg, text
        self._blocks, self._shown = list(blocks), shown or svg

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        style = "margin:0;max-width:100%;overflow-x:auto"
        return {
            B.MIME: {"blocks": self._blocks},
            "text/html": f'<figure style="{style}">{self._shown}</figure>',
            "image/svg+xml": self.svg,
            "text/plain": self.text,
        }


def timeline(case: Given, on: dt.date | str | None = None) -> Figure:
    """The dates that count in one workbook on a line: the last one before today, and up to six to come.

    `case` is an open workbook, or the id or name of one; `on` is the day to count from, such as "2026-11-29", today
    without it. `svg` is the picture, 720 wide in its own unit. NotebookMistake if there are fewer than two dates.

    >>> from workbook.case import Case
    >>> case = Case.model_validate({"goal": {"decide_by": "2026-12-20", "safe_wait": {"until": "2026-12-31"}}})
    >>> timeline(case, on="2026-11-29").text.count(";")
    2
    """
    found, today = chosen(case, "plot.timeline")
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on or today
    view = rules.View(found, law.load(), day)
    marks = rules.milestones_of(rules.every_date(view, rules.status_of(view)), day)
    made = picture([one for one in marks if not one.is_quiet], day)
    if not made:
        raise NotebookMistake("A timeline needs two dates, such as a visit and the day to decide by. This has fewer.")
    (block,) = made
    return Figure(
        drawing.svg(block, "lying", "Today"),
        drawing.alt(block, "Today"),
        made,
        str(Part(made)._repr_mimebundle_()["text/html"]),
    )


def caseload(cases: Iterable[Given] | None = None, *, weeks: int = 8, on: dt.date | str | None = None) -> Figure:
    """The coming weeks of several workbooks, a row each: what comes next, and a mark for every date.

    `cases` are open workbooks, ids or names; without it, all of this computer that `wb.due` lists. What is late is at
    the start of its row. `weeks` is how far ahead the picture goes, 1 to 52. The rows come in the order of their next
    dates, those without a date last. NotebookMistake if there is no workbook, or for other weeks.

    >>> from workbook.case import Case
    >>> knee = Case(nickname="Knee", goal={"decide_by": "2026-12-20"})
    >>> caseload([knee], on="2026-11-29").text
    'The next 8 weeks. Knee: in 21 days, Dec 20, 2026, decide by.'
    """
    if not 1 <= weeks <= 52:
        raise NotebookMistake("A caseload shows 1 to 52 weeks, such as wb.plot.caseload(weeks=8).")
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on or dt.datetime.now().astimezone().date()
    wanted = list(open_cases(open_store())) if cases is None else [chosen(one, "plot.caseload")[0] for one in cases]
    if not wanted:
        raise NotebookMistake("There is no workbook to show. wb.cases() lists those of this computer.")
    return coming(_rows(wanted, day), day, weeks)


def coming(rows: Sequence[tuple[str, list[Due]]], day: dt.date, weeks: int = 8) -> Figure:
    """The picture of these workbooks: the name and the dates of each, the earliest first."""
    rows = [(name, [one for one in found if one.due >= day or not one.is_event]) for name, found in rows]
    lines = [f"{name}: {_next(found, day)}" for name, found in rows]
    title = f"The next {weeks} weeks" if weeks > 1 else "The next week"
    text = f"{title}. {'. '.join(lines)}."
    return Figure(_drawn(rows, day, weeks, text), text, [B.para(title + "."), B.listing(lines)])


def _rows(cases: Sequence[Case], day: dt.date) -> list[tuple[str, list[Due]]]:
    """The name of each workbook and its dates in order; the workbook with the earliest one first."""
    found = listed(cases, day)
    # A picture may hang on a wall, so the patient's first name is in it only where two nicknames are alike.
    names = told_apart((case.id, case.nickname, first_name(case)) for case in cases)
    dates = {key: list(group) for key, group in groupby(sorted(found, key=lambda one: one.case), lambda one: one.case)}
    rows = [
        (names[case.id] or "No name", dates.get(case.id, [])) for case in {case.id: case for case in cases}.values()
    ]
    return sorted(rows, key=lambda row: (not row[1], row[1][0].due if row[1] else day, row[0]))


def _next(found: Sequence[Due], day: dt.date) -> str:
    if not found:
        return "no date"
    return f"{_away(found[0], day)}, {show_day(found[0].due.isoformat(), short=True)}, {_lower(found[0].short)}"


def _away(one: Due, day: dt.date) -> str:
    return away((one.due - day).days, is_event=one.is_event)


def _lower(words: str) -> str:
    """What is due in a few words: a picture that hangs on a wall names no office."""
    return words[:1].lower() + words[1:]


def _drawn(rows: Sequence[tuple[str, list[Due]]], day: dt.date, weeks: int, alt: str) -> str:
    """The picture: for each workbook its name, what comes next, and its dates on a line from today on."""
    high = _ROW * len(rows) + 34
    size = f'viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" height="{high}" style="max-width:100%;height:auto"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(alt)}" {size}',
        f' font-family="{_FONT}" font-size="{_TEXT}"><title>{html.escape(alt)}</title>',
        f'<rect width="{_WIDE}" height="{high}" fill="#fff"/>',
    ]
    for number, (name, found) in enumerate(rows):
        top = _ROW * number
        coming = _next(found, day)
        parts += [_said(_EDGE, top + 20, name, _INK, bold=True), _said(_EDGE, top + 38, coming, _SOFT)]
        axis = top + 53
        parts.append(f'<path d="M{_EDGE} {axis}H{_WIDE - _EDGE}" stroke="{_LINE}" stroke-width="3"/>')
        for one in reversed(found):  # the earliest is drawn last, on top of the others
            days = (one.due - day).days
            if days > weeks * 7:
                continue
            late = days < 0 and not one.is_event
            place = _EDGE + 9 + (_WIDE - 2 * _EDGE - 18) * max(0, days) / (weeks * 7)
            shape, ink = ("diamond", _LATE) if late else ("disc" if one.is_event else "diamond", _SOON)
            parts.append(str(marks.shape(shape, round(place, 1), axis, ink=ink, edge="#fff")))
    end = day + dt.timedelta(weeks=weeks)
    last = show_day(end.isoformat(), short=True)
    parts.append(_said(_EDGE, high - 10, "Today", _SOFT))
    parts.append(_said(_WIDE - _EDGE, high - 10, last, _SOFT, anchor="end"))
    return "".join([*parts, "</svg>"])


def _said(x: float, y: float, words: str, ink: str, *, bold: bool = False, anchor: str = "start") -> str:
    (line,), _whole = wrapped(words, _WIDE - 2 * _EDGE, _TEXT, bold=bold, most=1)
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x}" y="{y}" fill="{ink}" text-anchor="{anchor}"{weight}>{html.escape(line)}</text>'
