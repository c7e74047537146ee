"""The board: a row a workbook that says what its status says; order, filters, days and the table for a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbook as wb
from tests.rules.anycase import TODAY, cases
from tests.stories import load
from workbook.case import Case, first_name
from workbook.cli import main
from workbook.practice import board, clients, kept
from workbook.practice.board import Wanted
from workbook.session import Change, Session, demo
from workbook.store import open_store
from workbook.ui.handle import OpenCase

DAY = "2126-11-29"
STORIES = Path(__file__).parents[1] / "rules" / "stories"


def stored(key: str, **sections: Any) -> None:
    open_store().create(Case.model_validate({"id": key, "nickname": key.title()} | sections))


def twenty() -> list[Case]:
    """Twenty synthetic clients: six lives, each seen on several days and filled in by several people."""
    lives = [*demo.cases(), *(load(file) for file in sorted(STORIES.glob("*.yaml")))]
    made = []
    for n in range(20):
        case, weeks = lives[n % len(lives)], n // len(lives)
        day = dt.date.fromisoformat(case.demo_today or "") + dt.timedelta(weeks=3 * weeks)
        mode = ("advocate", "caregiver", "self")[n % 3]
        made.append(Case.model_validate(case.model_dump() | {"id": f"c{n}", "demo_today": str(day), "mode": mode}))
    return made


@pytest.fixture
def practice(home: Path) -> None:
    stored("anna", mode="advocate", person={"name": "Anna Invented"}, goal={"decide_by": "2126-12-07"})
    stored("bob", goal={"decide_by": "2126-11-20", "kinds": ["other"]}, steps={"1-goal": True})
    stored("cy", tasks=[{"id": "t1", "what": "=Call()", "due": "2126-11-30"}], goal={"decide_by": "2126-12-30"})
    stored("gone", status="closed", goal={"decide_by": "2126-11-21"})
    stored("rests", status="paused")


def ids(**wanted: Any) -> list[str]:
    found = board.lines(open_store(), dt.date.fromisoformat(DAY))
    return [one.row.id for one in board.chosen(found, Wanted(**wanted))]


def test_the_board_shows_what_the_status_says_for_each_of_twenty_clients(capsys: pytest.CaptureFixture[str]) -> None:
    for case in twenty():
        open_store().create(case)
    rows, listed = {row.id: row for row in wb.board()}, {row.id: row for row in wb.cases()}
    assert len(rows) == 20
    for key, row in rows.items():
        assert main(["status", key, "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (row.next_date, row.what) == (listed[key].next_date, listed[key].what), key
        dated = [one for one in told["deadlines"] if one["due"]]
        first = [one["due"] for one in dated if one["due"] >= told["today"]]
        assert not first or row.next_date <= dt.date.fromisoformat(first[0]) or row.late
        late = [one for one in wb.status(key).deadlines if one.hard and one.due and not one.is_event]
        late = [one for one in late if one.due.isoformat() < told["today"]]
        assert row.late >= len(late), key
        assert not late or (row.late_since, row.late_what) <= (late[0].due, late[0].brief)
        blockers = [one["text"] for one in told["alerts"] if one["level"] == "blocker"]
        assert bool(row.blocked_by) == bool(blockers)
        assert not blockers or blockers[0].startswith(row.blocked_by)
        assert row.do == (told["next"][0]["do"] if told["next"] else "")
    assert len({row.turn for row in rows.values()}) > 2, "not everything is one person's turn"
    assert {bool(row.late) for row in rows.values()} == {True, False}


@pytest.mark.usefixtures("practice")
def test_what_is_late_comes_first_and_what_rests_last() -> None:
    rows = wb.board(DAY)
    assert [row.id for row in rows] == ["bob", "cy", "anna", "gone", "rests"]
    assert (rows[0].late, rows[0].late_days, rows[0].late_since) == (1, 9, dt.date(2126, 11, 20))
    assert rows[0].away == "9 days late"
    assert (rows[1].away, rows[1].what) == ("tomorrow", "=Call()"), "a task is a date, too"
    assert (rows[2].away, rows[2].next_date) == ("in 8 days", dt.date(2126, 12, 7))
    assert (rows[3].state, rows[3].next_date, rows[3].what) == ("closed", None, "")
    assert [row.id for row in rows.find("anna invented")] == ["anna"]
    assert str(rows.to_frame().dtypes["next_date"]) == "datetime64[s]"


@pytest.mark.usefixtures("practice")
def test_it_is_somebodys_turn() -> None:
    turns = {row.id: row.turn for row in wb.board(DAY)}
    assert turns["anna"] == "patient", "only she can say what it is for"
    assert turns["bob"] == "patient", "something is late, and he fills it in himself"
    assert turns["gone"] == ""


def test_a_plan_or_an_office_that_still_has_time_has_the_turn() -> None:
    asked = {"id": "q1", "to": "Office", "route": "access_self", "state": "sent", "received_by_holder_on": "2126-11-25"}
    ready = {"mode": "advocate", "goal": {"kinds": ["other"]}, "steps": {"1-goal": True}}
    stored("waits", **ready, records={"requests": [{**asked, "evidence": "letter"}]})
    (row,) = wb.board(DAY)
    assert (row.turn, row.late) == ("records office", 0)
    (row,) = wb.board("2127-02-01")
    assert (row.turn, row.late) == ("advocate", 1), "now somebody has to remind them"


def test_a_form_that_ends_before_it_is_needed_and_records_that_are_here() -> None:
    papers = [{"id": "p1", "kind": "poa", "state": "signed", "expires_on": "2126-12-01"}]
    items = [
        {"id": "a", "kind": "lab", "state": "received"},
        {"id": "b", "kind": "lab", "state": "requested"},
        {"id": "c", "kind": "lab", "need": "optional"},
    ]
    stored("short", goal={"decide_by": "2126-12-20"}, authorities=papers, records={"items": items})
    stored("long", goal={"decide_by": "2126-11-30"}, authorities=papers)
    rows = {row.id: row for row in wb.board(DAY)}
    assert rows["short"].authority == "Power of attorney: ends Dec 1, 2126, needed until Dec 20, 2126"
    assert rows["long"].authority == ""
    assert (rows["short"].records, rows["short"].here, rows["short"].needed) == ("1 of 2", 1, 2)


def test_barriers_are_named_with_who_works_on_them_until_they_are_solved() -> None:
    listed = [
        {"id": "b1", "kind": "transport", "who": "Ana"},
        {"id": "b2", "kind": "money", "solved": True},
        {"id": "b3", "kind": "fear", "who": "Bo", "private": True},
        {"id": "b4"},
    ]
    stored("far", barriers=listed)
    stored("near")
    rows = {row.id: row for row in wb.board(DAY)}
    assert rows["far"].barriers == ("Getting there (Ana works on it)", "a private barrier")
    assert ids(show="barriers") == ["far"]
    assert ids(words="getting there") == ["far"]


@pytest.mark.usefixtures("practice")
def test_search_filter_and_order() -> None:
    assert ids() == ["bob", "cy", "anna"]
    assert ids(order="name") == ["anna", "bob", "cy"]
    assert ids(show="late") == ["bob"]
    assert ids(show="closed") == ["gone"]
    assert ids(show="paused") == ["rests"]
    assert ids(show="all", words="INVENTED anna") == ["anna"]
    assert ids(words="=call") == ["cy"], "a task is found, too"
    assert ids(day=dt.date(2126, 11, 30)) == ["cy"]
    assert ids(turn="patient", words="bob") == ["bob"]
    assert ids(show="no such thing", order="nor this") == ["bob", "cy", "anna", "gone", "rests"]


@pytest.mark.usefixtures("practice")
def test_who_is_due_on_monday_is_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert dt.date(2126, 12, 2).weekday() == 0
    assert main(["board", "--on", DAY, "--due", "2126-11-30"]) == 0
    heads, line = capsys.readouterr().out.splitlines()
    assert heads.split("\t")[:4] == ["Date", "When", "Id", "Workbook"]
    assert len(heads.split("\t")) == 8
    assert line.split("\t")[:1] == ["2126-11-30"]
    assert "cy" in line.split("\t")
    assert main(["board", "--on", DAY, "--due", "monday"]) == 0
    assert "No workbook fits" in capsys.readouterr().err
    assert main(["board", "--due", "someday"]) == 2


@pytest.mark.usefixtures("practice")
def test_the_command_prints_the_rows_as_lines_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["board", "--on", DAY]) == 0
    assert [line.split("\t")[2] for line in capsys.readouterr().out.splitlines()] == ["Id", "bob", "cy", "anna"]
    assert main(["board", "--on", DAY, "--show", "all", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found] == [row.id for row in wb.board(DAY)]
    assert (found[0]["late_since"], found[1]["next_date"]) == ("2126-11-20", "2126-11-30")


@pytest.mark.usefixtures("practice")
def test_the_table_has_no_cell_that_runs_as_a_formula(tmp_path: Path) -> None:
    stored("evil", nickname="=HYPERLINK(1)", person={"name": "+1"}, goal={"decide_by": "2126-12-01"})
    file = tmp_path / "board.csv"
    assert main(["board", "--on", DAY, "--csv", str(file)]) == 0
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    evil = next(row for row in rows if row["id"] == "evil")
    assert (evil["name"], evil["patient"]) == ("'=HYPERLINK(1) +1", "'+1")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert file.stat().st_mode & 0o077 == 0
    assert main(["board", "--csv", str(file)]) == 1, "a file is never replaced unasked"


def test_two_workbooks_with_one_name_are_told_apart() -> None:
    stored("aaaa", nickname="Knee", person={"name": "Ana One"})
    stored("bbbb", nickname="Knee", person={"name": "Bo Two"})
    assert {row.name for row in wb.board(DAY)} == {"Knee, Ana", "Knee, Bo"}
    assert first_name(Case.model_validate({"person": {"name": "Ana One"}})) == "Ana"


# rows that are kept until the case or the day changes


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the workbooks whose row is worked out from now on."""
    made: list[str] = []
    whole = board.line_of
    monkeypatch.setattr(board, "line_of", lambda case, *more: made.append(case.id) or whole(case, *more))
    return made


@pytest.mark.usefixtures("practice")
def test_a_row_is_worked_out_once_and_again_after_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch)
    first = board.lines(open_store())
    assert sorted(made) == ["anna", "bob", "cy", "gone", "rests"]
    assert board.lines(open_store()) == first
    assert len(made) == 5, "nothing has changed"
    Session(open_store(), "anna").apply([Change("put", "goal.decide_by", "2126-12-08")])
    (row,) = [row for row in wb.board() if row.id == "anna"]
    assert (row.next_date, made[5:]) == (dt.date(2126, 12, 8), ["anna"])


@pytest.mark.usefixtures("practice")
def test_another_day_and_other_rules_are_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    board.lines(open_store())
    made = counted(monkeypatch)
    wb.board(DAY)
    assert len(made) == 5, "a day that was asked for is not kept, and not taken from today"
    board.lines(open_store())
    assert len(made) == 5
    monkeypatch.setattr(kept, "_files", lambda _packs: "other rules")
    board.lines(open_store())
    assert len(made) == 10


# rows that are worked out before their day comes


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setattr(board, "_now", lambda: day)


@pytest.mark.usefixtures("practice")
def test_what_was_worked_out_ahead_is_only_read_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today, store = dt.date(2126, 11, 29), open_store()
    days = [today + dt.timedelta(days=n) for n in range(board.AHEAD + 1)]
    fresh = []
    for day in days:
        on(monkeypatch, day)
        monkeypatch.setattr(kept, "_files", lambda _packs: "only for this look")
        fresh.append(board.lines(store))
    monkeypatch.setattr(kept, "_files", lambda _packs: "rules")
    on(monkeypatch, today)
    board.lines(store)
    rests: list[float] = []
    assert board.ahead(store, rest=rests.append) == 5 * board.AHEAD
    assert len(rests) == 5
    assert board.ahead(store) == 0, "everything is there"
    made = counted(monkeypatch)
    for day, expected in zip(days, fresh, strict=True):
        on(monkeypatch, day)
        assert board.lines(store) == expected
    assert made == []
    on(monkeypatch, days[-1] + dt.timedelta(days=1))
    board.lines(store)
    assert len(made) == 5, "what was not worked out ahead is worked out now"


@pytest.mark.usefixtures("practice")
def test_a_change_takes_away_the_rows_of_all_days(monkeypatch: pytest.MonkeyPatch) -> None:
    today, store = dt.date(2126, 11, 29), open_store()
    on(monkeypatch, today)
    board.lines(store)
    board.ahead(store, rest=lambda _: None)
    Session(store, "anna").apply([Change("put", "goal.decide_by", "2126-11-30")])
    on(monkeypatch, today + dt.timedelta(days=1))
    made = counted(monkeypatch)
    (row,) = [one.row for one in board.lines(store) if one.row.id == "anna"]
    assert (row.away, made) == ("today", ["anna"])


def test_rows_of_an_earlier_state_are_not_kept_beside_those_of_the_next(home: Path) -> None:
    stored("anna")
    store, day = open_store(), dt.date(2126, 11, 29)
    line = board.line_of(Case(id="anna"), board.law.load(), day)
    kept.keep(store, "m", {}, [(1, day, line), (1, day + dt.timedelta(1), line)], day)
    before = kept.rows(store, "m")
    assert {*before["anna"]} == {"2126-11-29", "2126-11-30"}
    Session(store, "anna").apply([Change("put", "goal.stakes", "high")])
    assert kept.rows(store, "m") == {}
    kept.keep(store, "m", before, [(2, day + dt.timedelta(2), line)], day)
    assert {*kept.rows(store, "m")["anna"]} == {"2126-12-01"}
    kept.keep(store, "m", kept.rows(store, "m"), [(2, day + dt.timedelta(3), line)], day + dt.timedelta(3))
    assert {*kept.rows(store, "m")["anna"]} == {"2126-12-02"}, "past days go"


@given(cases(), st.integers(0, 40))
def test_a_row_worked_out_on_one_day_for_a_later_one_is_the_row_of_that_day(case: Case, later: int) -> None:
    """It is read back from its text as it was made, and nothing but the case and its day is in it."""
    facts, day = board.law.load(), TODAY + dt.timedelta(days=later)
    text = json.dumps(board._on_day(case, facts, day), default=kept._plain, ensure_ascii=False)
    assert "\n" not in text
    held = {day.isoformat(): (1, text)}
    case = Case.model_validate(case.model_dump())  # as it is read on that day
    assert kept.line(held, day) == board._on_day(case, facts, day)
    assert kept.line(held, day + dt.timedelta(days=1)) is None


@pytest.mark.usefixtures("practice")
def test_the_page_works_ahead_only_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    handle = OpenCase()
    few = clients.Clients()
    few.view(handle)
    assert few._ahead is None
    monkeypatch.setattr(clients, "MANY", 5)
    many = clients.Clients()
    many.view(handle)
    assert many._ahead is not None
    many._ahead.join(60)
    now = dt.datetime.now().astimezone().date()
    rows = kept.rows(open_store(), kept.stamp())
    assert {*rows["anna"]} == {(now + dt.timedelta(days=n)).isoformat() for n in range(board.AHEAD + 1)}
