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
    assert named == {"one": "Knee", "two": "Ana", "three": "(no name)"}
    assert "Ana" not in run(capsys, "--ics")
