"""A small line of a test's values over time, as SVG. Knows trends; draws no limits and judges nothing."""

from __future__ import annotations

import datetime as dt
from html import escape

from ...locale import tr
from ...locale.dates import show_day
from ..results import Trend

WIDTH, HEIGHT, EDGE = 160, 40, 4  # units of the drawing; the page sets its size
_MOST = 200  # points


def plot(trend: Trend) -> str:
    """The SVG of a test with at least two numbers on different days; "" for any other."""
    points = trend.points[-_MOST:]
    days = [dt.date.fromisoformat(day).toordinal() for day, _ in points]
    values = [value for _, value in points]
    if len({*days}) < 2:
        return ""
    span, rise = days[-1] - days[0], max(values) - min(values)

    def place(day: int, value: float) -> str:
        x = EDGE + (WIDTH - 2 * EDGE) * (day - days[0]) / span
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * ((value - min(values)) / rise if rise else 0.5)
        return f"{x:.1f},{y:.1f}"

    places = [place(day, value) for day, value in zip(days, values, strict=True)]
    last_x, last_y = places[-1].split(",")
    words = tr("From {first} on {from_day} to {last} on {to_day}").format(
        first=f"{values[0]:g}",
        from_day=show_day(points[0][0]),
        last=f"{values[-1]:g}",
        to_day=show_day(points[-1][0]),
    )
    return (
        f'<svg class="wb-trend" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(words)}">'
        f'<polyline points="{" ".join(places)}" fill="none" stroke="currentColor" stroke-width="2"/>'
        f'<circle cx="{last_x}" cy="{last_y}" r="3" fill="currentColor"/></svg>'
    )
