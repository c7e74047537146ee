"""The time line picture: days and labels. `documents.tree.timeline` draws it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...case.partial_dates import exact
from ...documents.tree.timeline import Point, draw
from ...locale import plural, tr
from ...locale.dates import show_day
from ...rules.timeline import short

if TYPE_CHECKING:
    from ...rules import Milestone

HALF_A_YEAR = 183  # days
NBSP = "\u00a0"
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
    """The picture in both directions, its days, and the same dates as a list; None if there is no date."""
    if len(milestones) < 2:
        return None
    dots = _shown(_dots(milestones, today), today)
    points = [_point(d, today) for d in dots]
    now = next(n for n, d in enumerate(dots) if d.kind == "today")
    safe = next((n for n, d in enumerate(dots) if d.kind == "safe"), None)
    band = (now, safe) if safe is not None and safe > now else None
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
    alt = f"{tr('Timeline')}: " + "; ".join(f"{p.day}: {p.words}" for p in points)
    drawn = {way: draw(way, points, alt=alt, band=band) for way in ("lying", "standing")}
    return {**drawn, "points": points, "rows": rows}


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
    drawn = [m for m in milestones if not m.is_quiet]
    for day in sorted({m.on for m in drawn}):
        here = sorted((m for m in drawn if m.on == day), key=lambda m: rank.index(m.kind))
        labels = list(dict.fromkeys(short(m) for m in here))
        more = tr("{label} and {n} more").replace(" ", NBSP).replace(f"{{label}}{NBSP}", "{label} ")  # stays together
        label = labels[0] if len(labels) == 1 else more
        label = label.replace("{label}", labels[0]).replace("{n}", str(len(labels) - 1))
        kind = here[0].kind
        found.append(Dot(day, kind, label, away((day - today).days), day < today, all(m.sure for m in here)))
    return found


def _shown(dots: list[Dot], today: dt.date) -> list[Dot]:
    now = next(n for n, d in enumerate(dots) if d.on == today)
    return dots[max(0, now - BEFORE) : now + 1 + AHEAD]


_SHAPES = {"today": "today", "treatment": "square"} | dict.fromkeys(("deadline", "cut-off", "decision"), "diamond")


def _point(dot: Dot, today: dt.date) -> Point:
    """A dot as the drawing expects it."""
    shape = _SHAPES.get(dot.kind, "disc")
    look = f"wb-dot-{dot.kind}" if shape == "disc" else "wb-dot-past" if dot.past else ""
    day = near_day(dot.on.isoformat(), today)
    if dot.kind == "today":
        return Point(dot.on, day, dot.label, dot.kind, shape, fill="#1d2733", classes="wb-now")
    return Point(dot.on, day, dot.label, dot.kind, shape, classes=f"wb-dot {look}".strip(), aside=dot.left)


def near_day(day: str, today: dt.date) -> str:
    """A short date; a whole day within half a year of today needs no year."""
    on = exact(day)
    if on is None or abs((on - today).days) > HALF_A_YEAR:
        return show_day(day, short=True)
    return f"{tr(calendar.month_abbr[on.month])} {on.day}"
