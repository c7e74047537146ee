"""A time line has its days in order, including today, loses nothing, and contains no markup of a person's."""

from __future__ import annotations

import base64
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from workbook.documents.render import html
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree import timeline
from workbook.errors import CannotExport

TODAY = date(2026, 11, 22)


def block(*items: tuple[int, str], **more: Any) -> dict[str, Any]:
    made = B.timeline("Days", TODAY, [(TODAY + timedelta(n), words, "deadline") for n, words in items])
    return B.check(B.document("T", [{**made, **more}]))["blocks"][0]


def texts(drawn: str) -> list[str]:
    return [element.text for element in etree.fromstring(drawn.encode()).iter("{*}text")]


@pytest.mark.parametrize("way", ["lying", "standing"])
def test_days_are_drawn_in_order_with_today_among_them(way: str) -> None:
    drawn = timeline.svg(block((9, "Visit"), (-3, "Pathology")), way, "Today")
    assert texts(drawn) == ["Nov 19, 2026", "Pathology", "Nov 22, 2026", "Today", "Dec 1, 2026", "Visit"]


def test_labels_never_overlap() -> None:
    many = block(*((n, "Two lines of words for each of these days") for n in range(1, 30)))
    for way, axis in (("lying", 0), ("standing", 1)):
        drawn, words = timeline.shapes(many, way, "Today")
        places = sorted({text[axis] for text in words if text.day})
        assert len(places) == timeline.MOST
        assert all(b - a >= (timeline.GAP if way == "lying" else 60) for a, b in pairwise(places))
        root = etree.fromstring(drawn.encode())
        assert all(0 < text.y < int(root.get("height")) for text in words)
        assert not list(root.iter("{*}text")), "the page sets the words itself"


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
