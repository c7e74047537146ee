"""An empty card is no answer: not for what is still open, not for what has started, not for the count of answers."""

from __future__ import annotations

import workbook as wb
from workbook.session import Change
from workbook.ui.asking.page_index import PageIndex
from workbook.ui.asking.pages import pages
from workbook.ui.handle import OpenCase
from workbook.ui.panels import progress, review

from .pagekit import opened, page

EMPTY = {"health.problems": "p1", "goal.values": "v1", "visit.appointments": "a1"}


def lacks(case: OpenCase, name: str) -> set[str]:
    found = next(p for p in pages() if p.name == name)
    return {path for _, path in progress.missing(case, found)}


def test_a_card_without_a_word_leaves_its_question_open() -> None:
    case = opened()
    before = {name: lacks(case, name) for name in ("1-goal", "5-visit")}
    assert {"health.problems", "goal.values"} <= before["1-goal"]
    case.session.apply([Change("add", path, {"id": key}) for path, key in EMPTY.items()])
    assert {name: lacks(case, name) for name in before} == before
    case.session.apply([Change("put", "health.problems.p1.label", "Worn cartilage")])
    assert "health.problems" not in lacks(case, "1-goal")


def test_it_does_not_start_a_page_and_is_not_counted() -> None:
    case = opened()
    found, places = next(p for p in pages() if p.name == "6-decide"), PageIndex(pages())
    assert not progress.status(case, found, places).started
    case.session.apply([Change("add", "compare.readiness", {"id": "r1"})])
    assert not progress.status(case, found, places).started
    assert review._section(case, found).count == 0
    case.session.apply([Change("put", "compare.readiness.r1.know", "no")])
    assert progress.status(case, found, places).started
    assert review._section(case, found).count == 1


def test_a_no_in_the_readiness_check_says_what_to_ask_next() -> None:
    found = next(p for p in pages() if p.name == "6-decide")
    (each,) = [m for m in found.marks if getattr(m, "path", "") == "compare.readiness"]
    said = {m.id: m.when for m in each.fields if hasattr(m, "id")}
    assert said == {f"ready-{name}": f"{name} in no, unknown" for name in ("know", "weighing", "support", "sure")}


def test_done_is_asked_once_something_is_done() -> None:
    case = opened(steps__1_goal=False)
    box = page(wb.done(case, "6-decide"))
    assert box.fields[0]["when"] == [{"path": "steps.6-decide.started"}]
    assert box.values["steps.6-decide.started"] is False
    page(wb.form(case, "decision.what")).set("What did you decide?", "Exercise first")
    assert box.values["steps.6-decide.started"] is True
    box.set("I am done with this step", True)
    assert case.case.steps["6-decide"]
