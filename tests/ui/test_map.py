"""Every page shows whose workbook it is and the progress of each step, derived from the notebooks' questions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page
from workbook.session import Change
from workbook.ui.asking.page_index import PageIndex
from workbook.ui.asking.pages import count, labels, pages, steps
from workbook.ui.panels import progress

PAGES = {
    "index": ("Start", ["wb.home(case)"]),
    "1-goal": ("Your goal", ['wb.form(case, "goal.kinds", "goal.decide_by", "goal.stakes")']),
    "2-clinician": ("Choose who", ['wb.form(case, wb.each("facilities", "name"))']),
    "8-mine": ("Our own step", ['wb.form(case, wb.ask("own.parking", "Where to park?"))']),
    "reading": ("Something to read", []),
}


@pytest.fixture(autouse=True)
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, (title, cells) in PAGES.items():
        source = ["import workbook as wb\ncase = wb.open_case()", *cells]
        made: list[dict[str, Any]] = [{"cell_type": "code", "source": s, "metadata": {}} for s in source]
        prose = {"cell_type": "markdown", "source": f"# {title}\n\nFirst words. More words.", "metadata": {}}
        book = {"metadata": {"title": title}, "cells": [prose, *made]}
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(book))
    monkeypatch.setenv("WORKBOOK_NOTEBOOKS", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "case=knee")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/2-clinician.ipynb")
    return tmp_path


def test_the_map_names_the_workbook_and_each_step_in_words() -> None:
    shown = page(wb.steps(opened())).html
    assert "<strong>Knee</strong>" in shown
    one, two = ('<span class="wb-step-number">1</span> Your goal', '<span class="wb-step-number">2</span> Choose who')
    assert f'<a href="1-goal.ipynb?case=knee">{one}</a> <span class="wb-status">Done' in shown
    assert f'<a href="2-clinician.ipynb?case=knee" aria-current="page">{two}</a>' in shown
    assert ">Step 2 of 3<" in shown
    assert "Our own step" in shown, "an advocate's own notebook is a step like any other"


def test_a_made_up_case_is_marked_with_its_own_today() -> None:
    shown = page(wb.steps(opened(demo_today="2026-11-03"))).html
    assert "Made-up case. Today: November 3, 2026." in shown


def test_a_name_is_never_markup() -> None:
    shown = page(wb.steps(opened(nickname="<script>alert(1)</script>"))).html
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


def test_status_follows_the_answers_and_the_box() -> None:
    case = opened(steps__1_goal=False)
    map_ = page(wb.steps(case))
    done = page(wb.done(case, "2-clinician"))
    assert map_.html.count('"wb-status">Not started') == 4, "two open steps, drawn for phone and desk"
    page(wb.form(case, wb.each("facilities", "name"))).change(
        {"op": "add", "path": "facilities", "value": {"id": "fac234", "name": "Lakeside"}}
    )
    assert (
        'aria-current="page"><span class="wb-step-number">2</span> Choose who</a> <span class="wb-status">Started'
        in map_.html
    )
    done.set("I am done with this step", True)
    assert case.case.steps["2-clinician"] is True
    assert 'Choose who</a> <span class="wb-status">Done' in map_.html


def test_the_first_page_says_what_to_do_first_and_the_next_date() -> None:
    shown = page(wb.home(opened(demo_today="2026-12-04"))).html
    assert "<h2>Do this next</h2>" in shown
    assert shown.partition("<figure")[0].count("<strong>") == 2, "one thing to do, and one date"
    assert shown.partition("<figure")[0].count('<li dir="auto">') == 2, "two more"
    assert re.search(r"<h2>Step \d of 3: ", shown)
    assert "Book the visit, and write down the date." in shown
    assert "About 10 minutes." in shown
    assert "Next date, in 3 days:" in shown
    assert "The decision is due by Monday, December 7, 2026." in shown


def test_the_shipped_steps_are_six(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBOOK_NOTEBOOKS")
    found = labels(pages())
    assert list(found.values()) == ["1", "2", "3", "4a", "4b", "5", "6a", "6b"]
    assert (found["4-requests"], found["6-decide"], count(pages())) == ("4b", "6b", 6)
    assert not {"7-packet", "help", "summary", "index"} & found.keys()


def test_an_answer_given_on_another_page_starts_no_second_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKBOOK_NOTEBOOKS")
    case, places = opened(person__name="Ana", person__birth_date="1960-01-02"), PageIndex(pages())
    lists = ("records.requests", "visit.appointments", "clinicians")
    filled = [Change("remove", f"{path}.{key}") for path in lists for key in case.session.shown(path)]
    paper = Change("add", "authorities", {"id": "a1", "kind": "hipaa_authorization"})
    visit = Change("add", "visit.appointments", {"id": "v1", "start": "2027-01-15"})
    case.session.apply([*filled, paper, visit])
    found = {p.name: progress.status(case, p, places).words for p in pages() if p.step}
    assert {name: found[name] for name in ("2-clinician", "3-insurance", "4-requests", "5-visit")} == {
        "2-clinician": "Not started", "3-insurance": "Started", "4-requests": "Not started", "5-visit": "Started",
    }  # fmt: skip


def test_without_open_main_questions_the_rest_is_described() -> None:
    case = opened(goal__kinds=["confirm_diagnosis"], goal__stakes="high")
    assert "Every question on this page has an answer." in page(wb.still_open(case, "1-goal")).html


def test_optional_questions_that_are_open_are_not_called_answered(notebooks: Path) -> None:
    cell = 'wb.form(case, "goal.decide_by", wb.group("More", "goal.stakes"))'
    book = json.loads((notebooks / "1-goal.ipynb").read_text())
    book["cells"][-1]["source"] = cell
    (notebooks / "9-new.ipynb").write_text(json.dumps(book))
    shown = page(wb.still_open(opened(), "9-new")).html
    assert "You answered the main questions." in shown
    assert "Every question" not in shown


def test_a_private_entry_is_not_the_next_date() -> None:
    case = opened(demo_today="2026-12-05", goal__decide_by=None)
    form = page(wb.form(case, wb.each("tasks", "what", "due", "private")))
    form.change({"op": "add", "path": "tasks", "value": {"id": "task22", "what": "Secret", "due": "2026-12-06"}})
    assert "Next date, tomorrow" in page(wb.home(case)).html
    form.open()
    form.set("Keep this out of everything I share", True, within="tasks.task22")
    assert "Next date" not in page(wb.home(case)).html


def test_past_or_finished_events_are_not_the_next_date() -> None:
    case = opened(demo_today="2026-12-05", goal__decide_by=None)
    form = page(wb.form(case, wb.each("opinions", "written_on"), wb.each("tasks", "what", "due", "finished")))
    form.change({"op": "put", "path": "opinions.o-first.written_on", "value": "2026-12-05"})
    assert "Next date" not in page(wb.home(case)).html
    form.change({"op": "add", "path": "tasks", "value": {"id": "task22", "what": "Call.", "due": "2026-12-06"}})
    shown = page(wb.home(case)).html
    assert 'Next date, tomorrow:</strong> Sunday, December 6, 2026. <span dir="auto">Call.</span>' in shown
    form.change({"op": "put", "path": "tasks.task22.finished", "value": True})
    assert "Next date" not in page(wb.home(case)).html


def test_missing_answers_are_listed_with_links() -> None:
    case = opened()
    shown = page(wb.still_open(case, "1-goal")).html
    assert '<a href="#goal.stakes">How much is at stake for you?</a>' in shown
    assert "When do you need to decide?" not in shown
    assert "Not written down yet: place" in page(wb.still_open(case)).html, "without a name it is this page"


def test_the_notebooks_define_the_steps() -> None:
    assert [p.name for p in steps()] == ["1-goal", "2-clinician", "8-mine"]


@pytest.mark.parametrize(("mode", "is_there"), [("advocate", True), ("caregiver", False), ("self", False)])
def test_an_advocate_gets_from_each_page_to_all_workbooks(notebooks: Path, mode: str, is_there: bool) -> None:
    book = {
        "metadata": {"title": "All"},
        "cells": [
            _cell("markdown", "# All"),
            _cell("code", "import workbook as wb\ncase = wb.open_case()"),
            _cell("code", "wb.clients(case)"),
        ],
    }
    (notebooks / "board.ipynb").write_text(json.dumps(book))
    shown = page(wb.steps(opened(mode=mode))).html
    assert ('<a href="board.ipynb">All workbooks</a>' in shown) is is_there


def _cell(kind: str, source: str) -> dict[str, Any]:
    return {"cell_type": kind, "source": source, "metadata": {}}
