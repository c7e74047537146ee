"""The time line picture: days and labels. `documents.tree.timeline` draws it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...documents.tree.timeline import EDGE, GAP, ROW, WIDE, Point, along, down, draw
from ...locale import plural, tr
from ...locale.dates import show_day
from ...rules.timeline import short

if TYPE_CHECKING:
    from ...rules import Milestone

__all__ = ["EDGE", "GAP", "ROW", "WIDE", "away", "picture"]

BEFORE, AHEAD = 2, 5  # days shown before and after today; the list names all


@dataclass(frozen=True)
class Dot:
    """One day of the picture."""

    on: dt.date
    kind: str
    label: str
    left: str
    past: bool
    sure: bool


def picture(milestones: Sequence[Milestone], today: dt.date) -> dict[str, Any] | None:
    """The days with positions, horizontal and vertical, and the same as a list; None if there is no date."""
    if len(milestones) < 2:
        return None
    dots = _shown(_dots(milestones, today), today)
    days, points = [d.on for d in dots], [_point(d) for d in dots]
    xs, ys = [EDGE + x for x in along(days, WIDE - 2 * EDGE, GAP)], down(days)
    now = next(n for n, d in enumerate(dots) if d.kind == "today")
    safe = next((n for n, d in enumerate(dots) if d.kind == "safe"), None)
    rows = [
        {
            "day": show_day(m.on.isoformat(), weekday=True),
            "left": away((m.on - today).days),
            "words": tr(m.words),
            "sure": m.sure,
        }
        for m in milestones
        if m.kind != "today"
    ]
    alt = "; ".join(f"{_day(d.on)}: {d.label}" for d in dots)
    ways = {
        way: draw(
            way,
            points,
            places,
            alt=f"{tr('Time line')}: {alt}",
            band=(places[now], places[safe]) if safe is not None and safe > now else None,
        )
        for way, places in (("lying", xs), ("standing", ys))
    }
    return {
        **ways,
        "dots": [{"d": d, "x": x, "y": y} for d, x, y in zip(dots, xs, ys, strict=True)],
        "rows": rows,
        "more": len({m.on for m in milestones}) - len({d.on for d in dots}),
    }


def away(days: int) -> str:
    """How far a day is from today, in words."""
    if days < 0:
        return tr("yesterday") if days == -1 else plural("1 day ago", "{n} days ago", -days)
    near = (tr("today"), tr("tomorrow"))
    return near[days] if days < 2 else plural("in 1 day", "in {n} days", days)


def _dots(milestones: Sequence[Milestone], today: dt.date) -> list[Dot]:
    """One dot a day; milestones of the same day share it, named by the most important one."""
    rank = ("today", "safe", "decision", "visit", "treatment", "cut-off", "deadline")
    found = []
    for day in sorted({m.on for m in milestones}):
        here = sorted((m for m in milestones if m.on == day), key=lambda m: rank.index(m.kind))
        labels = list(dict.fromkeys(short(m) for m in here))
        label = labels[0] if len(labels) == 1 else tr("{label} and {n} more")
        label = label.replace("{label}", labels[0]).replace("{n}", str(len(labels) - 1))
        kind = here[0].kind
        found.append(Dot(day, kind, label, away((day - today).days), day < today, all(m.sure for m in here)))
    return found


def _shown(dots: list[Dot], today: dt.date) -> list[Dot]:
    now = next(n for n, d in enumerate(dots) if d.on == today)
    return dots[max(0, now - BEFORE) : now + 1 + AHEAD]


_SHAPES = {"today": "today", "treatment": "square"} | dict.fromkeys(("deadline", "cut-off", "decision"), "diamond")


def _point(dot: Dot) -> Point:
    """A dot as the drawing expects it."""
    shape = _SHAPES.get(dot.kind, "dot")
    look = f"wb-dot-{dot.kind}" if shape == "dot" else "wb-dot-past" if dot.past else ""
    aside = "" if dot.kind == "today" else dot.left
    return Point(dot.on, _day(dot.on), (dot.label,), dot.kind, shape, classes=f"wb-dot {look}".strip(), aside=aside)


def _day(day: dt.date) -> str:
    return f"{tr(calendar.month_abbr[day.month])} {day.day}"
