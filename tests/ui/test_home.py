"""The first page: a step can be put off and taken back, links say what they open, the next date is one sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest

import workbook as wb
from tests.ui.driver import Driver
from tests.ui.pagekit import page
from workbook.case import Case
from workbook.case.change import Change
from workbook.store import open_store
from workbook.ui.asking.page_index import PageIndex
from workbook.ui.asking.pages import labels, pages
from workbook.ui.handle import OpenCase
from workbook.ui.panels import home

SATURDAY, MONDAY = "2026-11-21", "2026-11-23"


@pytest.fixture(autouse=True)
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_APP", "voila")
    monkeypatch.setenv("QUERY_STRING", "case=calls")
    monkeypatch.setenv("SCRIPT_NAME", "/voila/render/index.ipynb")


def calls(today: str = SATURDAY, **sections: Any) -> OpenCase:
    """A case in which the clinic wants a record that an office still has."""
    plain: dict[str, Any] = {
        "steps": {"1-goal": True, "3-insurance": True},
        "clinicians": [{"id": "c1", "name": "Dr. Invented", "role": "second"}],
        "visit": {"appointments": [{"id": "v1", "clinician": "c1", "start": "2026-12-03", "cut_off": "2026-11-24"}]},
        "records": {"items": [{"id": "r1", "title": "MRI", "facility": "Lake Hospital", "state": "requested"}]},
    }
    open_store().create(Case.model_validate({"id": "calls", "demo_today": today, **plain, **sections}))
    made = OpenCase()
    made.bind("calls")
    return made


def first(home: Driver) -> str:
    found = re.search(r"<strong>(.+?)</strong>", home.html)
    return found[1] if found else ""


def test_a_call_that_nobody_answers_today_is_put_off_and_comes_back_on_its_day() -> None:
    case = calls()
    home = page(wb.home(case))
    assert first(home).startswith("Call Lake Hospital on Monday, November 23, 2026.")
    assert "I will do it on Monday" in home.html
    key = re.search(r'data-press="put-off" data-value="([^"]+)"', home.html)
    assert key is not None
    told = home.ask({"do": "press", "name": "put-off", "value": key[1]})
    assert told["text"].startswith("Put off until Monday, November 23, 2026.")
    assert not first(home).startswith("Call Lake Hospital")
    assert "Put off: 1" in home.html
    assert open_store().read("calls")[1]["postponed"] == {key[1]: MONDAY}
    assert first(page(wb.home(case))) == first(home), "it is saved"
    case.session.apply([Change("put", "demo_today", MONDAY)])
    assert first(page(wb.home(case))).startswith("Call Lake Hospital.")


def test_what_was_put_off_can_be_taken_back_and_a_past_day_is_forgotten() -> None:
    case = calls(postponed={"A-99 old": "2026-11-02"})
    home = page(wb.home(case))
    key = re.search(r'data-press="put-off" data-value="([^"]+)"', home.html)
    assert key
    home.ask({"do": "press", "name": "put-off", "value": key[1]})
    assert case.case.postponed == {key[1]: MONDAY}
    home.ask({"do": "press", "name": "take-back", "value": key[1]})
    assert case.case.postponed == {}
    assert first(home).startswith("Call Lake Hospital")
    before = home.html
    home.ask({"do": "press", "name": "put-off", "value": "A-99 gone"})
    assert (home.html, case.case.postponed) == (before, {}), "a step that is no longer there"


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (SATURDAY, "They come back on Monday, November 23, 2026."),
        ("2026-11-12", "They come back tomorrow."),
    ],
)
def test_if_all_is_put_off_the_page_says_so_and_when_it_comes_back(today: str, told: str) -> None:
    home = page(wb.home(calls(today)))
    while key := re.search(r'data-press="put-off" data-value="([^"]+)"', home.html):
        home.ask({"do": "press", "name": "put-off", "value": key[1]})
    assert f"You put these off. {told}" in home.html
    assert "Nothing else" not in home.html
    assert "Do this next" not in home.html


def test_a_link_beside_a_task_names_no_other_task() -> None:
    html = page(wb.home(calls())).html.partition("wb-home-steps")[0]
    assert ">Open step 4a: the records</a>" in html
    assert "Gather the records" not in html


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("goal.safe_wait", "Write the answer in step 1"),
        ("insurance.plan.type", "Write the answer in step 3"),
        ("records.items.r1", "Open step 4a: the records"),
    ],
)
def test_a_task_to_ask_someone_says_that_its_answer_goes_into_the_step(about: str, words: str) -> None:
    """ "Ask Dr. Ruiz how long it can wait" opened "step 1: the goal", as if that were the one to ask."""
    place = PageIndex(pages()).of(about)
    assert place
    assert home._open(place.page, labels(pages())[place.page.name], about) == words


def test_the_next_date_is_one_sentence_and_the_rest_is_folded() -> None:
    appointment = {"id": "v1", "clinician": "c1", "start": "2026-12-03", "cut_off": "2026-11-29"}
    html = page(wb.home(calls(visit={"appointments": [appointment]}))).html
    shown = html.partition('class="wb-next"')[2].partition("<details")[0]
    assert "Records must be at the clinic by Sunday, November 29, 2026." in shown
    assert "weekend" not in shown
    assert "That is a weekend, so aim for Friday, November 27, 2026." in html.partition("How this date was counted")[2]


def test_a_date_of_a_list_can_be_the_next_one() -> None:
    html = page(wb.home(calls(tasks=[{"id": "t1", "what": "Pick up the disc", "due": "2026-11-22"}]))).html
    assert "Next date, tomorrow:" in html
    assert "Pick up the disc." in html


def test_the_steps_are_headed_by_the_one_to_do_next_and_what_is_late_says_so() -> None:
    from workbook.session.demo import cases
    from workbook.store import open_store

    for demo in cases():
        open_store().create(demo)
        case = OpenCase()
        case.bind(demo.id)
        html = page(wb.home(case)).html
        button = re.search(r'<a class="wb-button"[^>]*>(?:Open|Write the answer in) step (\w+)', html)
        head = re.search(r"<h2>Step (\w+) of 6:", html)
        assert button
        assert head
        assert head[1] == button[1]
        (then,) = re.findall(r'<h2>Then</h2>\n<ul class="wb-then">(.*?)</ul>', html, re.S) or [""]
        rows = then.split("<li")[1:]
        late = ["Late:" in row for row in rows]
        assert late == sorted(late, reverse=True)
        assert all("follow-up letter today" not in row or "Late:" in row for row in rows)
        assert "To check:" not in html, "what is on the steps is counted beside them"


@pytest.mark.parametrize(
    ("state", "sentence"), [("closed", "This case is closed."), ("paused", "This case is paused.")]
)
def test_a_case_that_rests_says_so_and_can_go_on(state: str, sentence: str) -> None:
    case = calls(status=state)
    home = page(wb.home(case))
    assert sentence in home.html
    assert home.press("Open it again")["text"] == "It is open again."
    assert sentence not in home.html
    assert open_store().read("calls")[1]["status"] is None


def test_a_list_says_which_workbooks_rest_and_puts_the_closed_ones_last(monkeypatch: pytest.MonkeyPatch) -> None:
    calls(status="closed")
    open_store().create(Case(id="back", nickname="Back", status="paused"))
    open_store().create(Case(id="hip", nickname='"status":"closed"'))
    rows = [(row.id, row.state) for row in open_store().cases()]
    assert sorted(rows[:2]) == [("back", "paused"), ("hip", "")]  # made in one second, or in two
    assert rows[2] == ("calls", "closed")
    monkeypatch.setenv("QUERY_STRING", "")
    shown = page(wb.home(wb.open_case())).html
    assert shown.index("Paused.") < shown.index("Closed.")
