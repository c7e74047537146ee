"""The lists of several workbooks: which there are, what is due, and what follows for one; in a notebook and as text."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.ui.pagekit import opened
from workbook.case import Case
from workbook.cli import main
from workbook.errors import NoSuchCase, NotebookMistake
from workbook.session import demo
from workbook.store import open_store
from workbook.ui.handle import OpenCase


def stored(key: str, **sections: Any) -> None:
    open_store().create(Case.model_validate({"id": key, "nickname": key.title()} | sections))


@pytest.fixture
def practice(home: Any) -> None:
    stored("anna", person={"name": "Anna Invented"}, goal={"decide_by": "2126-12-03"})
    stored("bob", goal={"decide_by": "2126-11-20"}, tasks=[{"id": "t1", "what": "Call <b>back</b>", "due": "2126-12"}])
    stored("closed", status="closed", goal={"decide_by": "2126-11-21"})


@pytest.mark.usefixtures("practice")
def test_the_workbooks_are_a_table_with_their_next_dates() -> None:
    rows = {row.id: row for row in wb.cases()}
    assert {*rows} == {"anna", "bob", "closed"}
    assert (rows["anna"].patient, rows["anna"].nickname) == ("Anna Invented", "Anna")
    assert rows["bob"].next_date == dt.date(2126, 11, 20)
    assert (rows["closed"].state, rows["closed"].next_date) == ("closed", None)
    assert [row.id for row in wb.cases().find("anna invented")] == ["anna"]
    assert len(wb.cases()[:2]) == 2
    frame = wb.cases().to_frame()
    assert str(frame.dtypes["next_date"]) == "datetime64[s]"


@pytest.mark.usefixtures("practice")
def test_what_is_due_is_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", "--on", "2126-11-29", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = wb.due("2126-11-29")
    assert [(row.due.isoformat(), row.case, row.text) for row in found] == [
        (one["due"], one["case"], one["text"]) for one in told
    ]
    assert [row.away for row in found][:1] == ["9 days late"]
    assert "<b>" not in found._repr_html_()
    assert "overflow-x:auto" in found._repr_html_(), "the page stays as wide as the phone"


def test_the_status_is_what_the_command_says(capsys: pytest.CaptureFixture[str]) -> None:
    for case in demo.cases():
        open_store().create(case)
    for given in ("demo-breast", wb.cases()[0].name):
        assert wb.status(given).next
    assert main(["status", "demo-breast"]) == 0
    assert repr(wb.status("demo-breast")) == capsys.readouterr().out.rstrip("\n")
    assert main(["status", "demo-breast", "--json"]) == 0
    assert wb.status("demo-breast").as_json() == json.loads(capsys.readouterr().out)
    assert "<h4>Deadlines</h4>" in wb.status("demo-breast")._repr_html_()


def test_an_open_workbook_and_a_case_have_a_status_too() -> None:
    handle = opened()
    assert wb.status(handle).as_json() == wb.status(handle.case).as_json() == wb.status("knee").as_json()


def test_an_unknown_workbook_is_reported_with_what_comes_near() -> None:
    opened()
    with pytest.raises(NoSuchCase, match=r"no workbook with that id or name on this computer. Did you mean knee\?"):
        wb.status("kne")
    with pytest.raises(NoSuchCase, match=r"wb\.cases\(\) lists them"):
        wb.status("zzz")
    with pytest.raises(NotebookMistake, match=r"Write wb\.status\(case\)"):
        wb.status(7)  # type: ignore[arg-type]


def test_two_workbooks_with_one_name_need_their_ids() -> None:
    stored("one", nickname="Knee")
    stored("two", nickname="Knee")
    with pytest.raises(NoSuchCase, match=r"Several workbooks have that name\. Use the id of one of them: "):
        wb.status("knee")


def test_a_public_demo_lists_only_what_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stored("real", goal={"decide_by": "2126-11-20"})
    monkeypatch.setenv("WORKBOOK_DEMO_ONLY", "1")
    assert list(wb.cases()) == []
    assert list(wb.due("2126-11-01")) == []
    with pytest.raises(NoSuchCase):
        wb.status("real")


def test_fields_say_how_each_is_answered_and_where_it_is_asked() -> None:
    found = {row.path: row for row in wb.fields()}
    assert found["goal.decide_by"].kind == "date"
    assert found["goal.decide_by"].page == "1-goal"
    assert "I have it" in found["records.items.state"].choices
    assert "4-records" in found["records.items.state"].page.split(", ")
    assert [row.path for row in wb.fields("records.items", find="fax what")] == []
    assert [row.path for row in wb.fields("goal", find="need DECIDE")] == ["goal.decide_by"]
    assert wb.fields().to_frame().shape[1] == 5
    assert "left" in wb.fields("goal")._repr_html_()


def test_a_hundred_workbooks_are_listed_in_a_second() -> None:
    import time

    for number in range(100):
        open_store().create(builders.case(f"c{number}"))
    wb.due()
    before = time.process_time()
    assert len(wb.cases()) == 100
    wb.due()
    assert time.process_time() - before < 3


def test_a_handle_of_another_kind_of_page_is_one_too() -> None:
    opened()
    assert wb.status(OpenCase()).today == dt.datetime.now().astimezone().date()
