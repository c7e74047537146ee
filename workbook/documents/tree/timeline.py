"""Draws a time line with the dates that count: layout and SVG. Knows no case and no page.

The only drawing, for pages and documents alike. A template inserts and escapes the text.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

WIDE, EDGE, GAP = 720, 56, 82  # the horizontal picture: its width, and the minimum space for a label
TALL, ROW, LONGEST = 340, 60, 34  # the vertical one: its width, the minimum step, the maximum extra for a long wait
MOST = 7  # days in a document's picture, one of them before today
_SIDE, _STEP = 86, 18  # of a document's horizontal picture: space for long labels at its ends, line height
_LINES = {"lying": (20, 3), "standing": (34, 3)}  # maximum characters on a line, and lines, of a label
_WARN, _CALM, _QUIET = "#8a4b00", "#0b5c6b", "#6b7780"
_TONES = {
    "deadline": ("diamond", _WARN),
    "visit": ("dot", _CALM),
    "wait": ("square", _CALM),
    "past": ("dot", _QUIET),
    "today": ("today", ""),
}
_SCREEN = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"


@dataclass(frozen=True)
class Point:
    """One day: its date and label lines, its shape (today, diamond, square or dot) and color."""

    on: dt.date
    day: str
    lines: tuple[str, ...]
    kind: str
    shape: str
    fill: str = _WARN
    classes: str = ""
    aside: str = ""


class Text(NamedTuple):
    """One line of text in the picture; y is its baseline."""

    x: int
    y: int
    words: str
    day: bool = False


def along(days: Sequence[dt.date], room: int, gap: int) -> list[int]:
    """Horizontal positions: by time, but never closer than a label needs."""
    free = room - gap * (len(days) - 1)
    spans = [(b - a).days ** 0.5 for a, b in pairwise(days)]  # distant dates must not squeeze the near ones
    whole = sum(spans) or 1
    places, at = [0], 0.0
    for span in spans:
        at += gap + free * span / whole
        places.append(round(at))
    return places


def down(days: Sequence[dt.date]) -> list[int]:
    """Vertical positions; a longer wait is a longer step."""
    places = [26]
    for a, b in pairwise(days):
        places.append(places[-1] + ROW + min(LONGEST, (b - a).days))
    return places


def draw(way: str, points: Sequence[Point], places: Sequence[int], **about: Any) -> Markup:
    """The picture as SVG, horizontal or vertical.

    `alt` is its label on a page; `alone` makes a complete file, in the `font` and on a white background if `ground` is
    set; `band` are two positions between which the line is heavy.
    """
    size = _size(way, points, places)
    usual = {"alt": "", "alone": False, "ground": False, "worded": True, "font": "", "band": None}
    texts = _texts(way, points, places, size["axis"])
    there = list(zip(points, places, texts, strict=True))
    return Markup(_template().render(d={**usual, **size, **about, "way": way, "points": there}))  # noqa: S704


def _size(way: str, points: Sequence[Point], places: Sequence[int]) -> dict[str, int]:
    if way == "standing":
        return {"wide": TALL, "high": places[-1] + 26 + _STEP * len(points[-1].lines), "axis": 18}
    above, below = (
        _STEP * (max(len(p.lines) for p in side) - 1) if side else -40 for side in (points[::2], points[1::2])
    )
    return {"wide": WIDE, "high": 168 + above + below, "axis": 84 + above}


def _texts(way: str, points: Sequence[Point], places: Sequence[int], axis: int) -> list[list[Text]]:
    """The text and position of each point's label: alternately above and below a horizontal line."""
    found = []
    for n, (point, at) in enumerate(zip(points, places, strict=True)):
        if way == "lying":
            top, x = (axis - 60 - _STEP * (len(point.lines) - 1) if n % 2 == 0 else axis + 48), at
        else:
            top, x = at + 1, axis + 26
        lines = [Text(x, top + 21 + _STEP * i, words) for i, words in enumerate(point.lines)]
        found.append([Text(x, top, point.day, day=True), *lines])
    return found


@cache
def _template() -> jinja2.Template:
    """The drawing template; it escapes text like those of the pages."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("timeline.svg.j2")


def svg(block: dict[str, Any], way: str, today: str) -> str:
    """The picture of a time line block as a standalone file; `today` is the word for it."""
    return str(draw(way, *_placed(block, way, today), alone=True, ground=True, font=_SCREEN))


def shapes(block: dict[str, Any], way: str, today: str) -> tuple[str, list[Text]]:
    """The same picture without text, and the texts with positions, for a renderer that sets them itself."""
    points, places = _placed(block, way, today)
    axis = _size(way, points, places)["axis"]
    drawn = draw(way, points, places, alone=True, worded=False)
    return str(drawn), [text for texts in _texts(way, points, places, axis) for text in texts]


def _placed(block: dict[str, Any], way: str, today: str) -> tuple[list[Point], list[int]]:
    points = _window(_points(block, today))
    days, (wide, most) = [p.on for p in points], _LINES[way]
    points = [replace(p, lines=_wrapped(p.lines[0], wide, most)) for p in points]
    places = [_SIDE + x for x in along(days, WIDE - 2 * _SIDE, GAP)] if way == "lying" else down(days)
    if way == "standing":
        longer = accumulate((len(p.lines) - 1 for p in points[:-1]), initial=0)
        places = [y + _STEP * more for y, more in zip(places, longer, strict=True)]
    return points, places


def rows(block: dict[str, Any], today: str) -> list[tuple[str, str]]:
    """Every day of the block in order, including today: date and label."""
    return [(p.day, p.lines[0]) for p in _points(block, today)]


def alt(block: dict[str, Any], today: str) -> str:
    """The same as one line of text."""
    days = "; ".join(f"{day}: {words}" for day, words in rows(block, today))
    return f"{block['label']}: {days}" if block["label"] else days


def is_whole(block: dict[str, Any], today: str) -> bool:
    """Whether the picture is complete: no date is left out and no text is truncated."""
    points = _points(block, today)
    whole = all(_wrapped(p.lines[0], *size) == _all(p.lines[0], size[0]) for p in points for size in _LINES.values())
    return whole and len(points) <= MOST


def _points(block: dict[str, Any], today: str) -> list[Point]:
    """One point a day; events of one day share it, with the look of the first."""
    rows = [(item["on"], item["day"], item["words"], item["tone"]) for item in block["items"]]
    rows.append((block["today"], block["day"], today, "today"))
    held: dict[str, list[tuple[str, str, str]]] = {}
    for on, day, words, tone in sorted(rows, key=lambda row: (row[0], row[3] != "today")):
        held.setdefault(on, []).append((day, words, tone))
    return [
        Point(
            dt.date.fromisoformat(on),
            here[0][0],
            ("; ".join(words for _day, words, _tone in here),),
            here[0][2],
            *_TONES[here[0][2]],
        )
        for on, here in held.items()
    ]


def _window(points: list[Point]) -> list[Point]:
    """The days next to today: one before it, the others ahead, as many as fit."""
    now = next(n for n, p in enumerate(points) if p.shape == "today")
    start = max(0, min(now - 1, len(points) - MOST))
    return points[start : start + MOST]


def _all(words: str, wide: int) -> tuple[str, ...]:
    return _wrapped(words, wide, 1000)


def _wrapped(words: str, wide: int, most: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(words, wide, max_lines=most, placeholder=" …")) or ("",)
