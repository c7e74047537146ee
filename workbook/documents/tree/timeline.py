"""Draws a time line with the dates that count: layout and SVG. Knows no case and no page.

The only drawing, for pages and documents alike. A template inserts and escapes the text. Labels are measured, so none
is cut off at the edge or runs into another one, in whatever font the picture is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from . import marks
from .text_width import width, wrapped

SIZE = 15  # of the text, in the picture's own unit
WIDE, TALL = 720, 310  # the widths of the horizontal and of the vertical picture
MOST = 8  # days for which a horizontal picture has space, whatever their labels
LABEL, APART, EDGE = 152, 14, 6  # the horizontal one: the width of a label, the space between two, and at the edge
CLOSE = 36  # the minimum distance of two marks on the line
STEP, LONGEST = 34, 30  # the vertical one: the minimum space below a label, the maximum extra for a long wait
ROW, FIRST = 18, 20  # the height of a line, and of the first line below the day
LINES = 3  # lines of a label; a longer one is cut and belongs in a list
BESIDE = 8  # between a date and how far it is
_AXIS = 18  # of the vertical picture
_WARN, _CALM, _QUIET = "#8a4b00", "#0b5c6b", "#6b7780"
_TONES = {
    "deadline": ("diamond", _WARN),
    "visit": ("disc", _CALM),
    "wait": ("square", _CALM),
    "past": ("disc", _QUIET),
    "today": ("today", "#1d2733"),
}
_SCREEN = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"


@dataclass(frozen=True)
class Point:
    """One day: its date and label, its shape (today, diamond, square or disc) and color."""

    on: dt.date
    day: str
    words: str
    kind: str
    shape: str
    fill: str = _WARN
    classes: str = ""
    aside: str = ""


class Text(NamedTuple):
    """One line of text in the picture; y is its baseline, x its start or, in a horizontal picture, its middle."""

    x: float
    y: float
    words: str
    bold: bool = False
    aside: str = ""


class Layout(NamedTuple):
    """Where everything is: the size, the line, the marks along it, the lines of text of each day."""

    wide: int
    high: int
    axis: int
    places: tuple[int, ...]
    texts: tuple[tuple[Text, ...], ...]


def layout(way: str, points: Sequence[Point]) -> Layout:
    """The positions of a horizontal ("lying") or vertical ("standing") picture of these days."""
    return _lying(points) if way == "lying" else _standing(points)


def draw(way: str, points: Sequence[Point], **about: Any) -> Markup:
    """The picture as SVG, horizontal or vertical.

    `alt` is its label on a page; `alone` makes a complete file, in the `font` and on a white background if `ground` is
    set; `band` are two days, by their number, between which the line is heavy.
    """
    laid = layout(way, points)
    usual = {
        "alt": "",
        "alone": False,
        "ground": False,
        "worded": True,
        "font": "",
        "size": SIZE,
        "beside": BESIDE,
        "band": None,
    }
    about = {**usual, **about}
    if about["band"]:
        about["band"] = [laid.places[n] for n in about["band"]]
    there = list(zip(points, laid.places, laid.texts, strict=True))
    found = {**about, "way": way, "wide": laid.wide, "high": laid.high, "axis": laid.axis, "points": there}
    return Markup(_template().render(d=found, mark=_mark))  # noqa: S704


def _mark(point: Point, x: float, y: float) -> Markup:
    ring = point.shape == "today"
    edge = "" if ring else "#fff"
    return marks.shape(point.shape, x, y, ink=point.fill, ground="#fff", edge=edge, look=point.classes)


def _lying(points: Sequence[Point]) -> Layout:
    """Labels alternate above and below the line, so that each side has space for wide ones."""
    lines = [_lines(p, LABEL) for p in points]
    widths = [max(width(words, SIZE, bold=bold) for words, bold in here) for here in lines]
    places = _along([p.on for p in points], widths)
    above, below = (max((len(here) for here in side), default=0) for side in (lines[::2], lines[1::2]))
    axis = 44 + ROW * above
    texts = []
    for n, (here, at) in enumerate(zip(lines, places, strict=True)):
        top = axis - 38 - ROW * (len(here) - 1) if n % 2 == 0 else axis + 46
        texts.append(tuple(Text(at, top + ROW * i, words, bold) for i, (words, bold) in enumerate(here)))
    return Layout(WIDE, axis + (40 + ROW * below if below else 20), axis, places, tuple(texts))


def _along(days: Sequence[dt.date], widths: Sequence[float]) -> tuple[int, ...]:
    """Horizontal positions: by time, but never closer than the labels need."""
    if len(days) == 1:
        return (WIDE // 2,)
    least: list[float] = []
    for n, wide in enumerate(widths):
        needs = [EDGE + wide / 2]
        if n:
            needs.append(least[-1] + CLOSE)
        if n > 1:  # the label before it on its side of the line
            needs.append(least[n - 2] + (widths[n - 2] + wide) / 2 + APART)
        least.append(max(needs))
    free = min(WIDE - EDGE - wide / 2 - at for wide, at in zip(widths, least, strict=True))
    spans = [(b - a).days ** 0.5 for a, b in pairwise(days)]  # distant dates must not squeeze the near ones
    whole, far, places = sum(spans) or 1, 0.0, [least[0]]
    for span, at in zip(spans, least[1:], strict=True):
        far += max(0.0, free) * span / whole
        places.append(at + far)
    return tuple(round(at) for at in places)


def _standing(points: Sequence[Point]) -> Layout:
    """One day below the other; a longer wait is a longer step."""
    left = _AXIS + 26
    room = TALL - left - EDGE
    texts: list[tuple[Text, ...]] = []
    places: list[int] = []
    at = 26
    for n, point in enumerate(points):
        wait = min(LONGEST, (point.on - points[n - 1].on).days) if n else 0
        at += wait
        places.append(at)
        lines, aside = _lines(point, room), point.aside
        fits = width(point.day, SIZE, bold=True) + BESIDE + width(aside, SIZE) <= room
        if aside and not fits:
            lines += [(words, False) for words in wrapped(aside, room, SIZE, most=2)[0]]
        here = [Text(left, at + 1 + (FIRST - ROW if i else 0) + ROW * i, w, b) for i, (w, b) in enumerate(lines)]
        if aside and fits:
            here[0] = here[0]._replace(aside=aside)
        texts.append(tuple(here))
        at += ROW * (len(lines) - 1) + STEP
    return Layout(TALL, round(texts[-1][-1].y) + 14, _AXIS, tuple(places), tuple(texts))


def _lines(point: Point, room: float) -> list[tuple[str, bool]]:
    """The lines of a day and whether each is bold: its date is, its label only today."""
    bold = point.shape == "today"
    days, _ = wrapped(point.day, room, SIZE, bold=True, most=2)
    words, _ = wrapped(point.words, room, SIZE, bold=bold, most=LINES)
    return [*((line, True) for line in days), *((line, bold) for line in words)]


def _is_whole(point: Point) -> bool:
    rooms = (LABEL, TALL - _AXIS - 26 - EDGE)
    bold = point.shape == "today"
    return all(wrapped(point.words, room, SIZE, bold=bold, most=LINES)[1] for room in rooms)


@cache
def _template() -> jinja2.Template:
    """The drawing template; it escapes text like those of the pages."""
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template("timeline.svg.j2")


def svg(block: dict[str, Any], way: str, today: str) -> str:
    """The picture of a time line block as a standalone file; `today` is the word for it."""
    return str(draw(way, _window(_points(block, today)), alone=True, ground=True, font=_SCREEN))


def shapes(block: dict[str, Any], way: str, today: str) -> tuple[str, list[Text]]:
    """The same picture without text, and the texts with positions, for a renderer that sets them itself."""
    points = _window(_points(block, today))
    drawn = draw(way, points, alone=True, worded=False)
    return str(drawn), [text for texts in layout(way, points).texts for text in texts]


def rows(block: dict[str, Any], today: str) -> list[tuple[str, str]]:
    """Every day of the block in order, including today: date and label."""
    return [(p.day, p.words) for p in _points(block, today)]


def alt(block: dict[str, Any], today: str) -> str:
    """The same as one line of text."""
    days = "; ".join(f"{day}: {words}" for day, words in rows(block, today))
    return f"{block['label']}: {days}" if block["label"] else days


def is_whole(block: dict[str, Any], today: str) -> bool:
    """Whether the picture is complete: no date is left out and no text is truncated."""
    points = _points(block, today)
    return len(points) <= MOST and all(map(_is_whole, points))


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
            "; ".join(words for _day, words, _tone in here),
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
