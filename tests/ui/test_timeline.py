"""The picture of the dates that count: in order, without overlaps, and the same text as a list."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.rules import Milestone
from workbook.ui.panels import timeline

TODAY = dt.date(2026, 12, 3)


def milestones(*days: int, kind: str = "deadline", about: str = "") -> list[Milestone]:
    made = [Milestone(TODAY + dt.timedelta(d), kind, f"In {d} days.", about) for d in days]
    return sorted([*made, Milestone(TODAY, "today", "Today", "")], key=lambda m: m.on)


@pytest.mark.parametrize("days", [(1,), (1, 2, 3, 4, 5), (-4, -3, 1, 400, 900), (0, 0, 1), tuple(range(1, 30))])
def test_days_are_in_order_with_space_for_labels(days: tuple[int, ...]) -> None:
    found = timeline.picture(milestones(*days), TODAY)
    assert found is not None
    dots = found["dots"]
    assert all(b["x"] - a["x"] >= timeline.GAP for a, b in pairwise(dots))
    assert all(b["y"] - a["y"] >= timeline.ROW for a, b in pairwise(dots))
    assert dots[0]["x"] >= timeline.EDGE
    assert dots[-1]["x"] <= timeline.WIDE - timeline.EDGE
    assert [d["d"].on for d in dots] == sorted(d["d"].on for d in dots)
    assert len(found["rows"]) == len(days), "the list names every date, also those the picture has no room for"


def test_a_longer_wait_is_a_longer_step() -> None:
    found = timeline.picture(milestones(1, 300), TODAY)
    assert found is not None
    (near, far) = (b["x"] - a["x"] for a, b in pairwise(found["dots"]))
    assert far > near


def test_without_a_date_there_is_no_picture() -> None:
    assert timeline.picture(milestones(), TODAY) is None


def test_events_of_one_day_share_a_position() -> None:
    both = [
        *milestones(6, kind="treatment"),
        Milestone(TODAY + dt.timedelta(6), "deadline", "x.", "records.requests.a"),
    ]
    found = timeline.picture(sorted(both, key=lambda m: m.on), TODAY)
    assert found is not None
    assert [d["d"].label for d in found["dots"]] == ["Today", "Treatment and 1 more"]


@pytest.mark.parametrize(("days", "words"), [(-2, "2 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow")])
def test_how_far_a_day_is(days: int, words: str) -> None:
    assert timeline.away(days) == words


def test_the_first_page_shows_it_with_its_text() -> None:
    shown = page(wb.home(opened(demo_today="2026-12-03", goal__safe_wait__until="2026-12-18"))).html
    assert 'role="img" aria-label="Time line: Dec 3: Today; Dec 7: Decide by; Dec 18: Can wait until"' in shown
    assert "<strong>Monday, December 7, 2026</strong>, in 4 days. The decision is due by" in shown
    assert "wb-band" in shown
    assert "style=" not in shown
    assert "<script" not in shown
