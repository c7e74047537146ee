"""The picture of the dates that count: where each mark stands, and its words. Knows the marks; draws nothing itself."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..locale import tr
from ..locale.dates import show_day

if TYPE_CHECKING:
    from ..rules import Mark

WIDE, EDGE, GAP = 720, 56, 82  # the lying picture: its width, and the least room for a label
TALL, ROW, LONGEST = 340, 60, 34  # the standing one: its width, the least step, what a long wait may add
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


def picture(marks: Sequence[Mark], today: dt.date) -> dict[str, Any] | None:
    """The days with their places, lying and standing, and the same as a list; None while no day is known."""
    if len(marks) < 2:
        return None
    dots = _shown(_dots(marks, today), today)
    xs, ys = _along(dots, WIDE - 2 * EDGE, GAP), _down(dots)
    now = next(n for n, d in enumerate(dots) if d.kind == "today")
    safe = next((n for n, d in enumerate(dots) if d.kind == "safe"), None)
    rows = [
        {
            "day": show_day(m.on.isoformat(), weekday=True),
            "left": away((m.on - today).days),
            "words": tr(m.words),
            "sure": m.sure,
        }
        for m in marks
        if m.kind != "today"
    ]
    return {
        "dots": [
            {"d": d, "day": _day(d.on), "x": EDGE + x, "y": y, "up": n % 2 == 0}
            for n, (d, x, y) in enumerate(zip(dots, xs, ys, strict=True))
        ],
        "wide": WIDE,
        "tall": TALL,
        "height": ys[-1] + 44,
        "band": (now, safe) if safe is not None and safe > now else None,
        "alt": "; ".join(f"{_day(d.on)}: {d.label}" for d in dots),
        "rows": rows,
        "more": len({m.on for m in marks}) - len({d.on for d in dots}),
    }


def _listed(mark: Mark, today: dt.date) -> dict[str, Any]:
    left = away((mark.on - today).days)
    return {"day": show_day(mark.on.isoformat(), weekday=True), "left": left, "words": mark.words, "sure": mark.sure}


def away(days: int) -> str:
    """How far a day is from today, as one says it."""
    if days < 0:
        return tr("yesterday") if days == -1 else tr("{n} days ago").replace("{n}", str(-days))
    near = (tr("today"), tr("tomorrow"))
    return near[days] if days < 2 else tr("in {n} days").replace("{n}", str(days))


def _dots(marks: Sequence[Mark], today: dt.date) -> list[Dot]:
    """One dot a day; several marks on a day share it, named by the one that matters most."""
    rank = ("today", "safe", "decision", "visit", "treatment", "cut-off", "deadline")
    found = []
    for day in sorted({m.on for m in marks}):
        here = sorted((m for m in marks if m.on == day), key=lambda m: rank.index(m.kind))
        labels = list(dict.fromkeys(_label(m) for m in here))
        label = labels[0] if len(labels) == 1 else tr("{label} and {n} more")
        label = label.replace("{label}", labels[0]).replace("{n}", str(len(labels) - 1))
        kind = here[0].kind
        found.append(Dot(day, kind, label, away((day - today).days), day < today, all(m.sure for m in here)))
    return found


def _label(mark: Mark) -> str:
    """Two or three words for a mark."""
    named = {
        "today": tr("Today"),
        "visit": tr("Visit"),
        "treatment": tr("Treatment"),
        "safe": tr("Can wait until"),
        "decision": tr("Decide by"),
        "cut-off": tr("Records in"),
    }
    if mark.kind in named:
        return named[mark.kind]
    if mark.about.startswith("records.requests."):
        return tr("Records due")
    if mark.about.startswith("records.materials."):
        return tr("Slides back")
    return tr("Plan’s last day") if mark.about.startswith("insurance.") else tr("Last day")


def _shown(dots: list[Dot], today: dt.date) -> list[Dot]:
    now = next(n for n, d in enumerate(dots) if d.on == today)
    return dots[max(0, now - BEFORE) : now + 1 + AHEAD]


def _along(dots: Sequence[Dot], room: int, gap: int) -> list[int]:
    """Places along the line: by time, but never nearer than a label needs."""
    free = room - gap * (len(dots) - 1)
    spans = [(b.on - a.on).days ** 0.5 for a, b in pairwise(dots)]  # far days must not squeeze the near ones
    whole = sum(spans) or 1
    places, at = [0], 0.0
    for span in spans:
        at += gap + free * span / whole
        places.append(round(at))
    return places


def _down(dots: Sequence[Dot]) -> list[int]:
    """Places down the line; a longer wait is a longer step."""
    places = [26]
    for a, b in pairwise(dots):
        places.append(places[-1] + ROW + min(LONGEST, (b.on - a.on).days))
    return places


def _day(day: dt.date) -> str:
    return f"{tr(calendar.month_abbr[day.month])} {day.day}"
