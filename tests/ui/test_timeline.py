"""The picture of the dates that count: in order, legible, and the same text as a list."""

from __future__ import annotations

import datetime as dt

import pytest

import workbook as wb
from tests.documents.test_timeline_block import assert_legible
from tests.ui.pagekit import opened, page
from workbook import rules
from workbook.case import Case
from workbook.law import load
from workbook.rules import Milestone, status
from workbook.ui.panels import timeline

TODAY = dt.date(2026, 12, 3)
KINDS = ("safe", "decision", "visit", "treatment", "cut-off", "deadline")


def milestones(*days: int, kind: str = "deadline", about: str = "") -> list[Milestone]:
    made = [Milestone(TODAY + dt.timedelta(d), kind, f"In {d} days.", about) for d in days]
    return sorted([*made, Milestone(TODAY, "today", "Today", "")], key=lambda m: m.on)


@pytest.mark.parametrize(
    "days", [(1,), (0,), (1, 2, 3, 4, 5), (-4, -3, 1, 400, 900), (0, 0, 1), tuple(range(1, 13)), (-2, -1, 5000)]
)
@pytest.mark.parametrize("way", ["lying", "standing"])
def test_days_are_in_order_and_their_labels_legible(days: tuple[int, ...], way: str) -> None:
    found = timeline.picture(milestones(*days, about="insurance.denials.d1"), TODAY)
    assert found is not None
    points = found["points"]
    assert_legible(way, points)
    assert [p.on for p in points] == sorted(p.on for p in points)
    assert len(found["rows"]) == len(days), "the list names every date, also those the picture has no room for"


@pytest.mark.parametrize("way", ["lying", "standing"])
def test_the_longest_labels_of_every_kind_are_whole(way: str) -> None:
    """The last one was cut off at the right edge: "Can wait until and 1 n"."""
    busy = [Milestone(TODAY + dt.timedelta(n * n), k, "x.", "insurance.a") for n, k in enumerate(KINDS, 1)]
    twice = [Milestone(m.on, "deadline", "y.", "records.requests.b") for m in busy]
    found = timeline.picture(sorted([*busy, *twice, *milestones()], key=lambda m: m.on), TODAY)
    assert found is not None
    assert all(point.words.endswith("and\u00a01\u00a0more") for point in found["points"][2:])
    assert_legible(way, found["points"])
    assert "…" not in found[way]


def test_a_longer_wait_is_a_longer_step() -> None:
    from workbook.documents.tree.timeline import layout

    found = timeline.picture(milestones(1, 300), TODAY)
    assert found is not None
    for way in ("lying", "standing"):
        first, second, third = layout(way, found["points"]).places
        assert third - second > second - first


def test_without_a_date_there_is_no_picture() -> None:
    assert timeline.picture(milestones(), TODAY) is None


def test_events_of_one_day_share_a_position() -> None:
    both = [
        *milestones(6, kind="treatment"),
        Milestone(TODAY + dt.timedelta(6), "deadline", "x.", "records.requests.a"),
    ]
    found = timeline.picture(sorted(both, key=lambda m: m.on), TODAY)
    assert found is not None
    assert [p.words for p in found["points"]] == ["Today", "Treatment and\u00a01\u00a0more"]


def test_a_day_of_another_year_says_which() -> None:
    found = timeline.picture(milestones(4, 400), TODAY)
    assert found is not None
    assert [p.day for p in found["points"]] == ["Dec 3", "Dec 7", "Jan 7, 2028"]


@pytest.mark.parametrize(("days", "words"), [(-2, "2 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow")])
def test_how_far_a_day_is(days: int, words: str) -> None:
    assert timeline.away(days) == words


def test_the_first_page_shows_it_with_its_text() -> None:
    shown = page(wb.home(opened(demo_today="2026-12-03", goal__safe_wait__until="2026-12-18"))).html
    assert 'role="img" aria-label="Timeline: Dec 3: Today; Dec 7: Decide by; Dec 18: Can wait until"' in shown
    assert "<strong>Monday, December 7, 2026</strong>, in 4 days. The decision is due by" in shown
    assert "wb-band" in shown
    assert "style=" not in shown
    assert "<script" not in shown


def test_each_date_that_counts_is_drawn() -> None:
    """A deadline of every section of a case: one that cannot be drawn would leave the first page empty."""
    today = dt.date(2026, 11, 29)
    case = Case.model_validate(
        {
            "id": "invented",
            "goal": {
                "decide_by": "2027-01-20",
                "held_slot": {"on": "2027-01-15"},
                "safe_wait": {"until": "2027-02-01"},
            },
            "insurance": {
                "plan": {"type": "medicare_advantage"},
                "prior_auths": [{"id": "p1", "state": "submitted", "submitted_on": "2026-11-24"}],
                "denials": [
                    {"id": "d1", "what": "MRI", "notice_date": "2026-10-12"},
                    {"id": "d2", "what": "CT", "state": "lost", "level": "external", "decided_on": "2026-11-27"},
                ],
            },
            "records": {"requests": [{"id": "q1", "route": "access_self", "sent_on": "2026-11-20"}]},
            "visit": {"appointments": [{"id": "v1", "start": "2026-12-20", "cut_off": "2026-12-14"}]},
        }
    )
    days = rules.milestones(status(case, load(), today))
    assert {m.rule for m in days} >= {"appeal", "next-appeal", "prior-auth", "visit", "cut-off", "held-slot"}
    drawn = timeline.picture(days, today)
    assert drawn is not None
    assert "Last day to appeal" in drawn["lying"]
