"""The stories on all their days: expected results are present, about the right entry, and excluded ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import judge
from tests.rules.asking import FACTS, day
from tests.stories import load
from workbook import rules

ABOUT = {
    ("oncology", "2026-11-20"): {
        "A-04": {"records.items.a5"},
        "A-05": {"records.requests.ra1"},
        "A-07": {"records.requests.ra1"},
        "A-09": {"records.items.a5"},
        "A-10": {"records.media.media-1"},
        "A-27": {"records.items.a10"},
    },
    ("knee-advantage", "2026-09-16"): {
        "A-05": {"records.requests.rk1"},
        "A-06": {"records.requests.rk1"},
        "A-09": {"records.items.k2"},
        "A-17": {"insurance.denials.denial-1"},
        "A-18": {"insurance.referrals.referral-1"},
    },
    ("rheumatology-video", "2026-11-02"): {
        "A-05": {"records.requests.rr1"},
        "A-08": {"records.requests.rr1"},
        "A-13": {"records.items.r1"},
        "A-21": {"visit.appointments.visit-1"},
        "A-27": {"records.items.r3"},
        "A-30": {"clinicians.second"},
    },
    ("spine-medicare", "2027-01-06"): {
        "A-04": {"records.items.b1", "records.items.b3"},  # one an office: the second has two of them
        "A-07": {"records.requests.rb2"},
        "A-09": {"records.items.b3"},
        "A-11": {"records.media.media-1"},
        "A-25": {"opinions.opinion-first"},
        "A-30": {"clinicians.first"},
        "A-35": {"records.items.b3"},
    },
}


def test_there_are_days_to_check() -> None:
    assert len(judge.STORIES) >= 4
    assert len(judge.all_days()) >= 16


@pytest.mark.parametrize("story", judge.STORIES, ids=lambda s: s.stem)
def test_every_value_of_a_story_fits_its_field(story: Path) -> None:
    assert load(story).drafts == {}


@pytest.mark.parametrize(("story", "on"), judge.all_days(), ids=lambda v: v.stem if isinstance(v, Path) else v)
def test_a_story_meets_its_expectations(story: Path, on: str) -> None:
    found = rules.status(load(story), FACTS, day(on)).as_json()
    assert judge.complaints(judge.expectations(story)[on], found) == []


@pytest.mark.parametrize(("which", "on"), sorted(ABOUT))
def test_alerts_are_about_exactly_these_entries(which: str, on: str) -> None:
    (story,) = [s for s in judge.STORIES if s.stem == which]
    found = rules.status(load(story), FACTS, day(on)).alerts
    assert {key: {a.about for a in found if a.id == key} for key in ABOUT[which, on]} == ABOUT[which, on]


def test_the_judge_notices_what_is_missing() -> None:
    (story,) = [s for s in judge.STORIES if s.stem == "oncology"]
    expected = judge.expectations(story)["2026-11-20"]
    empty = {"deadlines": [], "alerts": [], "same_records_gaps": [], "critical_path": {"item": None}}
    told = len(expected["deadlines"]) + len(expected["alerts"])
    assert len(judge.complaints(expected, empty)) == told + 1


def test_the_judge_notices_what_should_not_be_there() -> None:
    listed = {"deadlines": [{"rule": "appeal", "about": "insurance.denials.x", "due": "2026-11-03"}], "alerts": []}
    assert judge.complaints({"not_deadlines": ["appeal", "estimate"]}, listed) == ["appeal is listed"]


def test_the_first_thing_to_do_is_to_get_the_ultrasound() -> None:
    (story,) = [s for s in judge.STORIES if s.stem == "oncology"]
    first = rules.status(load(story), FACTS, day("2026-11-20")).next[0]
    assert first.about == "records.items.a5"
    assert "straight to" in first.do
    assert "pick it up yourself" in first.do


def test_medicare_pays_for_a_third_opinion_once_the_first_two_differ() -> None:
    (story,) = [s for s in judge.STORIES if s.stem == "spine-medicare"]
    view = rules.View(load(story), FACTS, day("2027-01-22"))
    now = rules.status_of(view)
    card = rules.third_opinion(view, now.gaps, now.alerts)
    assert not card.is_open  # gaps first
    assert [f.id for f in card.medicare] == ["M-1", "M-2", "M-3", "M-6-2027"]
