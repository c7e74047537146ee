"""A page hears at once of what a colleague changes, and of nothing else."""

from __future__ import annotations

import queue

import pytest

from tests.builders import case
from tests.chromium import PATIENCE
from workbook.errors import NoSuchCase
from workbook.session import Change, Session

WAIT = PATIENCE / 1000


def test_a_change_is_heard_and_a_change_of_another_case_is_not(practice) -> None:
    ada = practice.store("ada")
    for key in ("knee", "hip"):
        ada.create(case(key))
        practice.team("ada").share(key, "north")
    heard: queue.Queue[str] = queue.Queue()
    stops = [practice.store("cleo").watch(key, lambda key=key: heard.put(key)) for key in ("knee", "hip")]
    try:
        practice.wait_until_heard(2)
        Session(ada, "knee").apply([Change("put", "nickname", "New")])
        assert heard.get(timeout=WAIT) == "knee"
        Session(ada, "hip").apply([Change("put", "nickname", "New")])
        assert heard.get(timeout=WAIT) == "hip"
        assert heard.empty()
    finally:
        for stop in stops:
            stop()


def test_what_may_not_be_seen_cannot_be_heard(practice) -> None:
    practice.store("ada").create(case())
    with pytest.raises(NoSuchCase):
        practice.store("ben").watch("knee", lambda: None)
    assert practice.sql("select channel from workbook.cases", role="ben") == [], "nor is the name of the channel known"
