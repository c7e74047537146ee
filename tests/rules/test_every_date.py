"""One list of dates: whatever a page or a list of a practice shows is in it, in the words of its time."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest

import workbook as wb
from tests.rules import judge
from tests.rules.asking import FACTS, case, day
from tests.stories import load
from tests.ui.pagekit import page
from workbook.case import Case
from workbook.locale.dates import show_day
from workbook.practice.due import of_case
from workbook.rules import Dated, View, every_date, milestones_of, next_of, status_of
from workbook.session.demo import cases
from workbook.store import open_store
from workbook.ui.handle import OpenCase

DAYS = [(load(story), on) for story, on in judge.all_days()] + [(one, one.demo_today or "") for one in cases()]
SAID = re.compile(r"\b(?:[A-Z][a-z]+day), ([A-Z][a-z]+ \d{1,2}, \d{4})")
AHEAD = re.compile(r"\b(must|is due|can be|can wait|needs the|ends on|may be on|says by)\b")


def dates(of: Case, on: str) -> tuple[Dated, ...]:
    view = View(of, FACTS, day(on))
    return every_date(view, status_of(view))


def listed(of: Case, on: str) -> tuple[str, str]:
    """The page of all dates and the first page, as text."""
    open_store().create(of.model_copy(update={"demo_today": on}))
    handle = OpenCase()
    handle.bind(of.id)
    pages = [page(wb.dates(handle)).html, page(wb.home(handle)).html]
    plain = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in pages]
    return plain[0], plain[1]


@pytest.mark.parametrize(("of", "on"), DAYS, ids=lambda v: v if isinstance(v, str) else v.id)
def test_every_date_that_is_shown_anywhere_is_on_the_page_of_dates_and_on_the_time_line(of: Case, on: str) -> None:
    found, today = dates(of, on), day(on)
    everything, home = listed(of, on)
    marked = {(one.on, one.words) for one in milestones_of(found, today)}
    known = status_of(View(of, FACTS, today))
    first = next_of(found, today)
    shown = [(one.due, one.text) for one in of_case(of, today)] + ([(first.on, first.text)] if first else [])
    for on_day, text in shown:
        assert show_day(on_day.isoformat(), short=True) in everything
        assert " ".join(text.split()) in everything
        assert (on_day, text) in marked
    assert ("Next date" in home) == (first is not None)
    for step in known.next:
        for said in SAID.findall(f"{step.why} {step.do}"):
            there = [*(one.on for one in found), *(one.due for one in known.ended if one.due)]
            assert said in {show_day(one.isoformat()) for one in there}, step


def test_what_nobody_counts_is_listed_until_it_is_there() -> None:
    records = {"items": [{"id": "r1", "title": "MRI-Invented", "expected_on": "2026-12-10"}]}
    steps = {"tie_breaker": [{"id": "s1", "text": "Ask both.", "due": "2026-11-20"}]}
    estimates = [{"id": "e1", "to": "Clinic-Invented", "scheduled_for": "2026-12-12"}]
    more: dict[str, Any] = {"compare": steps, "insurance": {"estimates": estimates}}
    of = case(records=records, tasks=[{"id": "t1", "what": "Call", "due": "2026-12-11"}], **more)
    found = {(one.rule, one.on.isoformat()) for one in dates(of, "2026-11-29")}
    assert found >= {("arrival", "2026-12-10"), ("task", "2026-12-11"), ("planned", "2026-12-12")}
    assert ("tie-breaker", "2026-11-20") in found, "a step whose day has passed is still to do"
    records["items"][0]["state"] = "received"
    steps["tie_breaker"][0]["finished"] = "yes"
    of = case(records=records, tasks=[{"id": "t1", "what": "Call", "due": "2026-12-11", "finished": True}], **more)
    assert {one.rule for one in dates(of, "2026-11-29")} & {"arrival", "task", "tie-breaker"} == set()


def test_a_private_step_is_listed_without_its_words_and_never_put_forward() -> None:
    step = {"id": "s1", "text": "Secret-Words", "due": "2026-12-10", "private": True}
    found = dates(case(compare={"tie_breaker": [step]}), "2026-11-29")
    assert [one.text for one in found] == ["Something to do"]
    assert next_of(found, dt.date(2026, 11, 29)) is None


@pytest.mark.parametrize(("of", "on"), DAYS, ids=lambda v: v if isinstance(v, str) else v.id)
def test_a_day_that_has_passed_is_told_in_the_past(of: Case, on: str) -> None:
    for later in (0, 30, 400):
        today = day(on) + dt.timedelta(days=later)
        for one in dates(of, today.isoformat()):
            if one.line and one.on < today:
                assert not AHEAD.search(one.line.brief), one.line.brief
