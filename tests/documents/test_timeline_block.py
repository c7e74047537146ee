"""A time line has its days in order, including today, loses nothing, and contains no markup of a person's."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from lxml import etree

from workbook.documents.render import html
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree import timeline
from workbook.documents.tree.text_width import width
from workbook.errors import CannotExport

from .hostile import NAMES, TEXTS

TODAY = date(2026, 11, 22)
WAYS = ("lying", "standing")
LONG = "Can wait until a clinician has looked at it again; Plan’s last day; Records due; Slides back"


def block(*items: tuple[int, str], **more: Any) -> dict[str, Any]:
    made = B.timeline("Days", TODAY, [(TODAY + timedelta(n), words, "deadline") for n, words in items])
    return B.check(B.document("T", [{**made, **more}]))["blocks"][0]


def texts(drawn: str) -> list[str]:
    return [element.text for element in etree.fromstring(drawn.encode()).iter("{*}text")]


class Box(NamedTuple):
    """Where one line of text is at most."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


def boxes(way: str, points: list[timeline.Point]) -> Iterator[list[Box]]:
    """The lines of each day of a picture, measured."""
    for texts in timeline.layout(way, points).texts:
        made = []
        for text in texts:
            wide = width(text.words, timeline.SIZE, bold=text.bold)
            wide += timeline.BESIDE + width(text.aside, timeline.SIZE) if text.aside else 0
            left = text.x - wide / 2 if way == "lying" else text.x
            made.append(Box(left, text.y - 0.8 * timeline.SIZE, left + wide, text.y + 0.2 * timeline.SIZE, text.words))
        yield made


def assert_legible(way: str, points: list[timeline.Point]) -> None:
    """No line leaves the picture, and none runs into another one or into the line with the days."""
    laid = timeline.layout(way, points)
    lines = [box for day in boxes(way, points) for box in day]
    for box in lines:
        assert box.left >= 0, box
        assert box.right <= laid.wide, box
        assert box.top >= 0, box
        assert box.bottom <= laid.high, box
        assert not (way == "lying" and box.top < laid.axis < box.bottom), box
    for a, b in combinations(lines, 2):
        apart = a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
        assert apart, (a, b)
    assert list(laid.places) == sorted(laid.places)
    assert all(b - a >= 2 * 10 for a, b in zip(laid.places, laid.places[1:], strict=False)), "marks do not touch"


DAYS = {
    "one": [(4, "Visit")],
    "today alone": [(0, "Visit")],
    "five": [(n, f"Plan’s last day {n}") for n in (1, 3, 8, 20, 40)],
    "twelve": [(n, "Plan’s last day and 2 more") for n in range(1, 13)],
    "equal": [(4, "Visit"), (4, "Slides back"), (4, "Records due")],
    "years away": [(-700, "Pathology"), (1, "Visit"), (2, "Records due"), (1500, "Slides back")],
    "long": [(n, LONG) for n in range(1, 8)],
    "wide letters": [(n, "WWWW MMMMM WWWWWWWWWWWWWW " * 3) for n in range(1, 8)],
    "one short, one long": [(1, "x"), (2, LONG), (3, "x"), (4, LONG), (300, LONG)],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("days", DAYS.values(), ids=DAYS)
def test_no_label_is_cut_off_or_overlaps(days: list[tuple[int, str]], way: str) -> None:
    points = timeline._window(timeline._points(block(*days), "Today"))
    assert_legible(way, points)
    shown = [box for day in boxes(way, points) for box in day]
    assert set(texts(timeline.svg(block(*days), way, "Today"))) == {box.words for box in shown}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", NAMES)
def test_any_text_stays_in_the_picture(name: str, way: str) -> None:
    some = block(*((n, TEXTS[name][:3000]) for n in range(1, 9)), day=TEXTS[name][:200])
    assert_legible(way, timeline._window(timeline._points(some, TEXTS[name][:40])))
    assert etree.fromstring(timeline.svg(some, way, "Today").encode()).tag.endswith("svg")


@pytest.mark.parametrize("way", WAYS)
def test_days_are_drawn_in_order_with_today_among_them(way: str) -> None:
    drawn = timeline.svg(block((9, "Visit"), (-3, "Pathology")), way, "Today")
    assert texts(drawn) == ["Nov 19, 2026", "Pathology", "Nov 22, 2026", "Today", "Dec 1, 2026", "Visit"]


def test_a_renderer_can_set_the_words_itself() -> None:
    many = block(*((n, "Two lines of words for each of these days") for n in range(1, 30)))
    for way in WAYS:
        drawn, words = timeline.shapes(many, way, "Today")
        assert sum(text.words.endswith("2026") for text in words) == timeline.MOST
        assert not list(etree.fromstring(drawn.encode()).iter("{*}text"))


def test_what_does_not_fit_the_picture_is_in_a_list() -> None:
    short, long = block((1, "Visit")), block((1, "A matter " * 20))
    assert timeline.is_whole(short, "Today")
    assert not timeline.is_whole(long, "Today")
    many = block(*((n, f"Day {n}") for n in range(1, 12)))
    page = html.render(B.document("T", [many]))
    assert all(f"</strong> Day {n}</li>" in page for n in range(1, 12))
    assert "<li>" not in html.render(B.document("T", [short]))


def test_days_that_fall_together_share_a_place() -> None:
    both = block((0, "Call the plan"), (4, "Visit"), (4, "Slides back"))
    assert timeline.rows(both, "Today") == [
        ("Nov 22, 2026", "Today; Call the plan"),
        ("Nov 26, 2026", "Visit; Slides back"),
    ]
    assert timeline.alt(both, "Today") == "Days: Nov 22, 2026: Today; Call the plan; Nov 26, 2026: Visit; Slides back"


def test_text_in_the_picture_is_escaped() -> None:
    page = html.render(B.document("T", [block((3, '<script>alert("x")</script> & ]]>'))]))
    pictures = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page)
    assert len(pictures) == 2
    for picture in pictures:
        root = etree.fromstring(base64.b64decode(picture))
        tags = {etree.QName(element).localname for element in root.iter()}
        assert tags <= {"svg", "g", "line", "rect", "circle", "text"}
        assert "alert" in " ".join(element.text for element in root.iter("{*}text"))
    assert "<script" not in page


@pytest.mark.parametrize("wrong", [{"today": "soon"}, {"today": "2026-13-01"}, {"items": [{"on": "2026-11-22"}]}])
def test_a_time_line_without_valid_dates_is_rejected(wrong: dict[str, Any]) -> None:
    with pytest.raises(CannotExport, match="blocks → 1"):
        block((1, "x"), **wrong)
