"""The page of dates: each with its sum and its rule; and what a page says when a date moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests.ui.pagekit import page
from workbook.case import Case
from workbook.case.change import Change
from workbook.store import open_store
from workbook.ui.derived import derived
from workbook.ui.handle import OpenCase

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LETTER = {"id": "d1", "what": "MRI-Invented", "state": "open", "notice_date": "2026-11-02"}


def handle(key: str, **sections: Any) -> OpenCase:
    open_store().create(Case.model_validate({"id": key, "demo_today": "2026-11-20", **sections}))
    made = OpenCase()
    made.bind(key)
    return made


def denied(key: str = "denied", **letter: Any) -> OpenCase:
    return handle(key, insurance={"plan": {"type": "medicare_advantage"}, "denials": [{**LETTER, **letter}]})


def test_an_empty_workbook_says_when_dates_appear() -> None:
    assert "There is no date yet" in page(wb.dates(handle("empty"))).html


def test_a_date_opens_to_its_sum_its_rule_and_the_words_of_the_law() -> None:
    html = page(wb.dates(denied())).html
    assert "Wednesday, January 6, 2027" in html  # November 2, 5 days for the mail, 60 days
    for day, words in (
        ("Monday, November 2, 2026", "The date on the letter."),
        ("Saturday, November 7, 2026", "5 more days."),
        ("Wednesday, January 6, 2027", "60 days later."),
    ):
        assert f"<strong>{day}</strong><br>{words}" in html
    assert "within 60 calendar days" in html
    assert "https://www.ecfr.gov/" in html
    assert 'title="Rule AP-advantage."' in html


def test_what_is_not_counted_yet_and_what_ended_are_apart() -> None:
    waiting = page(wb.dates(denied(notice_date=None))).html
    assert "Not counted yet: 1" in waiting
    sent = page(wb.dates(denied("sent", filed_on="2026-11-10"))).html
    assert "No longer counts: 1" in sent
    assert "The appeal was sent." in sent


def test_a_visit_that_moves_is_said_without_its_clinician() -> None:
    who = {"id": "c1", "name": "Dr. A. St. Invented", "role": "second"}
    visit = {"appointments": [{"id": "v1", "clinician": "c1", "start": "2026-12-01"}]}
    case = handle("moved", clinicians=[who], visit=visit)
    derived(case)
    case.session.apply([Change("put", "visit.appointments.v1.start", "2026-12-03")])
    (move,) = derived(case).moves
    assert move.words.startswith("The visit moved from Tuesday, December 1, 2026 to Thursday, December 3, 2026.")
    assert "Invented" not in move.words


def test_a_page_says_from_what_to_what_a_date_moved_and_why() -> None:
    case = denied()
    derived(case)
    case.session.apply([Change("put", "insurance.denials.d1.received_on", "2026-11-04")])
    (move,) = derived(case).moves
    assert (str(move.before), str(move.after)) == ("2027-01-06", "2027-01-03")
    assert move.words == (
        "The last day to appeal moved from Wednesday, January 6, 2027 to Sunday, January 3, 2027. "
        "It is now counted from Wednesday, November 4, 2026. The day the letter arrived."
    )
    case.session.apply([Change("put", "insurance.denials.d1.reason", "Not needed")])
    assert derived(case).moves == (move,)
    assert move.words in page(wb.still_open(case, "3-insurance")).html


def test_a_date_that_moves_another_one_is_told_beside_its_own_field() -> None:
    case = denied()
    form = page(wb.form(case, wb.each("insurance.denials", "received_on", "reason")))
    arrived = {"op": "put", "path": "insurance.denials.d1.received_on", "value": "2026-11-04"}
    assert "moved" not in form.change(arrived), "no panel of this page shows a date"
    page(wb.still_open(case, "3-insurance"))
    result = form.change({**arrived, "value": "2026-11-03"})
    assert result["moved"][0].startswith("The last day to appeal moved from Sunday, January 3, 2027 to Saturday")
    other = {"op": "put", "path": "insurance.denials.d1.reason", "value": "Not needed"}
    assert "moved" not in form.change(other)


def test_every_date_opens_the_clinics_last_day_to_its_sum_and_a_typed_one_to_its_page() -> None:
    who = {"id": "c1", "name": "Dr. Invented", "role": "second", "cut_off_rule": "Five business days before."}
    visit = {"appointments": [{"id": "v1", "clinician": "c1", "start": "2026-12-01", "state": "booked"}]}
    html = page(wb.dates(handle("opens", clinicians=[who], visit=visit, goal={"decide_by": "2026-12-20"}))).html
    assert html.count('<li class="wb-date">') == html.count('<details class="wb-why"') == 3
    assert "<strong>Tuesday, December 1, 2026</strong><br>The day of the visit." in html
    rule = "The clinic's rule for records: Five business days before."
    closed = "Weekends and federal holidays are not counted. Skipped: Thanksgiving Day (November 26, 2026)."
    assert f"<strong>Monday, November 23, 2026</strong><br>{rule} {closed}".replace("'", "&#39;") in html
    assert "This date was written down on the page “Set the goal”." in html
    typed = page(
        wb.dates(handle("typed", visit={"appointments": [{**visit["appointments"][0], "cut_off": "2026-11-25"}]}))
    )
    assert "This date was written down on the page “Get ready for the visit”." in typed.html


def brief(key: str, **sections: Any) -> str:
    return str(page(wb.dates(handle(key, **sections), "goal", without="You can come back at any time.")).html)


def test_the_page_of_the_decision_says_its_dates_instead_of_no_hurry() -> None:
    slot = {"what": "Spine surgery", "on": "2027-01-19", "state": "booked"}
    html = brief("booked", goal={"held_slot": slot, "decide_by": "2026-12-20"})
    assert "A treatment is booked for Tuesday, January 19, 2027: Spine surgery.</strong> (in 60 days)" in html
    assert html.index("The decision is due by") < html.index("A treatment is booked")
    assert "Ask until what day the treatment can be moved or canceled." in html
    assert "1-goal" in html
    assert "come back" not in html


@pytest.mark.parametrize(
    ("goal", "decision"),
    [
        ({}, {}),
        ({"held_slot": {"on": "2026-11-01"}}, {}),  # it has passed
        ({"held_slot": {"on": "2027-01-19", "canceled_on": "2026-11-10"}}, {}),
    ],
)
def test_without_a_date_to_come_it_says_only_that_one_can_come_back(goal: Any, decision: Any) -> None:
    assert brief("none", goal=goal, decision=decision) == "<p>You can come back at any time.</p>"


def test_the_last_day_to_cancel_is_not_asked_for_once_it_is_known() -> None:
    html = brief("known", goal={"held_slot": {"on": "2027-01-19", "cancel_by": "2026-12-15"}})
    assert "The treatment can be moved or canceled until Tuesday, December 15, 2026." in html
    assert "Ask until what day" not in html


def test_no_page_says_that_there_is_no_hurry() -> None:
    for notebook in sorted(NOTEBOOKS.glob("*.ipynb")):
        assert "no hurry" not in notebook.read_text("utf-8").casefold(), notebook.name
