"""The first page, the menu and a step say the same about a step, and no count contradicts what a page says."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import opened, page

STATUS = r'<a href="([^"?]+)[^>]*>.*?<span class="wb-status">([^<]+)</span>'


@pytest.fixture(autouse=True)
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "case=knee")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/index.ipynb")


def told(html: str) -> dict[str, str]:
    return dict(re.findall(STATUS, html))


# a step marked as done; then a date appears that asks something
@pytest.mark.parametrize("more", [{}, {"goal__decide_by": "2026-11-01"}, {"goal__held_slot__on": "2026-11-28"}])
def test_the_first_page_and_the_menu_say_the_same(more: dict[str, Any]) -> None:
    case = opened(demo_today="2026-11-22", **more)
    home, menu = told(page(wb.home(case)).html), told(page(wb.steps(case)).html)
    assert home
    assert home == {name: menu[name] for name in home}
    assert home["1-goal.ipynb"].startswith("Done"), "what a person ticked stays ticked, whatever there is to check"


def test_a_date_that_asks_something_is_told_beside_done() -> None:
    case = opened(demo_today="2026-11-22", goal__decide_by="2026-11-01")
    assert told(page(wb.home(case)).html)["1-goal.ipynb"] == "Done, 1 to check"


def test_no_step_counts_what_nobody_has_to_answer() -> None:
    case = opened(demo_today="2026-11-22", steps__1_goal=False)
    shown = page(wb.still_open(case, "1-goal")).html
    assert "What has no answer here yet" in shown
    assert not re.search(r"<summary>[^<]*no answer[^<]*\d", shown)
    assert not re.search(r"Look through[^<]*\d", page(wb.review(case)).html)


def test_a_name_alone_is_not_called_an_answer_to_the_main_questions() -> None:
    case = opened(demo_today="2026-11-22", steps__2_clinician=False)
    assert "You answered the main questions" not in page(wb.still_open(case, "2-clinician")).html


def test_a_step_that_is_explained_in_a_box_leads_to_the_box() -> None:
    html = page(wb.home(opened(demo_today="2026-11-22"))).html
    ways = re.findall(r'href="(1-goal[^"]*)"', html)
    assert any("check=A-02" in way and "#" not in way for way in ways), ways


def test_a_letter_that_lacks_an_answer_is_never_called_answered() -> None:
    case = opened(demo_today="2026-11-22")
    letter = {"id": "q9", "to": "Office-Invented", "scans": "MRI"}
    form = page(wb.form(case, wb.each("records.requests", "to", "scans")))
    form.change({"op": "add", "path": "records.requests", "value": letter})
    shown = page(wb.still_open(case, "4-requests")).html
    assert "You answered the main questions" not in shown
    assert 'href="#records.requests.q9.route"' in shown


def test_an_entry_with_one_open_main_question_is_not_all_there_is_to_answer() -> None:
    from workbook.session.demo import cases
    from workbook.store import open_store
    from workbook.ui.asking.pages import pages
    from workbook.ui.handle import OpenCase
    from workbook.ui.panels import progress

    for demo in cases():
        open_store().create(demo)
        case = OpenCase()
        case.bind(demo.id)
        for one in pages():
            told = page(wb.still_open(case, one.name)).html if one.step else ""
            if "You answered the main questions" in told:
                assert not progress.has_begun_entry(case, one)
                assert not progress.missing(case, one)
