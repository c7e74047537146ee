"""`workbook due` lists the dates of all workbooks in the order of days, as text, JSON and a calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbook.case import Case
from workbook.cli import main
from workbook.store import open_store

REQUEST = {"id": "q1", "to": "Office-Invented", "route": "access_self", "state": "sent", "evidence": "letter"}


def stored(key: str, **sections: Any) -> None:
    open_store().create(Case.model_validate({"id": key, "nickname": key.title()} | sections))


@pytest.fixture
def practice(home: Path) -> None:
    stored("anna", records={"requests": [{**REQUEST, "received_by_holder_on": "2026-11-03"}]})
    stored("bob", goal={"decide_by": "2026-11-20"}, tasks=[{"id": "t1", "what": "Call back", "due": "2026-12-01"}])
    stored("closed", status="closed", goal={"decide_by": "2026-11-21"})
    stored("empty")


def run(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["due", "--on", "2026-11-29", *more]) == 0
    return capsys.readouterr().out


def test_all_cases_are_one_list_in_the_order_of_days(practice: None, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split("\t") for line in run(capsys).splitlines()]
    assert [line[:4] for line in lines] == [
        ["2026-11-20", "9 days late", "bob", "Bob"],
        ["2026-12-01", "in 2 days", "bob", "Bob"],
        ["2026-12-03", "in 4 days", "anna", "Anna"],
    ]
    assert lines[1][4] == "Call back"


def test_the_json_names_the_rule_and_the_day(practice: None, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "--json"))
    assert [(one["due"], one["case"], one["rule"]) for one in found] == [
        ("2026-11-20", "bob", "decide-by"),
        ("2026-12-01", "bob", "task"),
        ("2026-12-03", "anna", "records-access"),
    ]
    assert {tuple(one) for one in found} == {
        ("due", "case", "name", "rule", "about", "text", "certainty", "aim"),
    }


def test_the_calendar_holds_the_coming_dates_and_nothing_personal(
    practice: None, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(capsys, "--ics")
    assert text.startswith("BEGIN:VCALENDAR")
    assert text.count("BEGIN:VEVENT") == 2  # the past one needs no reminder
    assert "(anna)" in text
    assert "(bob)" in text
    assert "Office" not in text
    assert "Call back" not in text


def test_with_nothing_due_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due"]) == 0
    told = capsys.readouterr()
    assert (told.out, "Nothing is due" in told.err) == ("", True)
    assert main(["due", "--ics"]) == 1
    assert capsys.readouterr().err == "There are no upcoming dates in these workbooks.\n"


def test_each_line_says_whose_it_is_as_the_list_on_the_page_does(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goal = {"decide_by": "2026-12-05"}
    stored("one", nickname="Knee", person={"name": "Walter Example-Finch"}, goal=goal)
    stored("two", nickname="", person={"name": "Ana Example"}, goal=goal)
    stored("three", nickname="", goal=goal)
    named = {line.split("\t")[2]: line.split("\t")[3] for line in run(capsys).splitlines()}
    assert named == {"one": "Knee, Walter", "two": "Ana", "three": "(no name)"}
    assert "Ana" not in run(capsys, "--ics")


def texts(capsys: pytest.CaptureFixture[str], on: str) -> list[list[str]]:
    assert main(["due", "--on", on]) == 0
    return [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_a_visit_that_passed_unbooked_is_named_and_what_took_place_is_not_late(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = {"id": "v1", "clinician": "c1", "start": "2026-12-10", "state": "tentative"}
    who = {"id": "c1", "name": "Dr. Invented", "role": "second"}
    goal = {"held_slot": {"on": "2027-01-15"}, "decide_by": "2027-01-15"}
    stored("ann", clinicians=[who], visit={"appointments": [visit]}, goal=goal)
    (line,) = [one for one in texts(capsys, "2026-12-10") if one[0] == "2026-12-10"]
    assert (line[1], "may be on" in line[4]) == ("today", True)
    (line,) = [one for one in texts(capsys, "2026-12-11") if one[0] == "2026-12-10"]
    assert (line[1], line[4]) == ("1 day ago", "The visit with Dr. Invented was not booked, and its day has passed.")
    away = {one[4][:11]: one[1] for one in texts(capsys, "2027-01-16") if one[0] == "2027-01-15"}
    assert away == {"A treatment": "1 day ago", "The decisio": "1 day late"}


def test_what_was_put_off_and_letters_to_send_are_in_the_list(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = {"id": "q1", "to": "Lake Office", "scans": "MRI"}
    stored("ann", records={"requests": [letter]}, steps={"1-goal": True})
    assert ["2026-11-29", "today", "ann", "Ann", "Send the letter to Lake Office."] in texts(capsys, "2026-11-29")
    later = {"send-letter records/requests/q1": "2026-11-30"}
    stored("bea", records={"requests": [letter]}, postponed=later)
    found = [line for line in texts(capsys, "2026-11-29") if line[2] == "bea"]
    assert found == [["2026-11-30", "tomorrow", "bea", "Bea", "Send the letter to Lake Office."]]


def test_two_workbooks_are_told_apart_and_an_unsure_visit_is_not_known(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = {"appointments": [{"id": "v1", "start": "2026-12-10", "state": "tentative"}]}
    for key, first in (("aaaa1111", "Ana Example"), ("bbbb2222", "Bo Example")):
        stored(key, nickname="Knee", person={"name": first}, visit=visit)
    for key in ("cccc3333", "dddd4444"):
        stored(key, nickname="", visit=visit)
    found = json.loads(run(capsys, "--json"))
    assert {one["certainty"] for one in found} == {"not_booked"}
    assert {one["name"] for one in found} == {"Knee, Ana", "Knee, Bo", "(cccc33)", "(dddd44)"}


def test_the_calendar_has_what_was_put_off_and_the_letters_to_send(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = {"id": "q1", "to": "Lake Office", "scans": "MRI"}
    stored("ann", records={"requests": [letter]}, steps={"1-goal": True})
    later = {"send-letter records/requests/q1": "2026-11-30"}
    stored("bea", records={"requests": [letter]}, postponed=later, steps={"1-goal": True})
    stored("cay", records={"requests": [{**letter, "private": True}]}, steps={"1-goal": True})
    events = [event.replace("\r", "") for event in run(capsys, "--ics").split("BEGIN:VEVENT")[1:]]
    assert [("(ann)" in one, "DTSTART;VALUE=DATE:20261129" in one) for one in events if "(ann)" in one] == [
        (True, True)
    ]
    assert ["DTSTART;VALUE=DATE:20261130" in one for one in events if "(bea)" in one] == [True], "the day it comes back"
    assert not any("(cay)" in one or "Lake Office" in one for one in events), "private, and never what it is about"
