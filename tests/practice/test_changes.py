"""What changed in a workbook since an earlier day: in words, with when, and with what the history no longer has."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from tests import builders
from tests.builders import Clock
from tests.ui.pagekit import opened, page
from workbook.case import dump
from workbook.cli import main
from workbook.errors import NoSuchCase, NotebookMistake
from workbook.session import Change, Session
from workbook.session.changes import changed
from workbook.session.merge import merge
from workbook.store import open_store
from workbook.ui.changes import found


def edited(*changes: Change, who: str = "self") -> Session:
    made = Session(open_store(), "knee", who)
    made.apply(changes)
    return made


def told(**asked: Any) -> dict[str, tuple[str, str, str]]:
    return {row.path: (row.kind, row.before, row.after) for row in wb.changes("knee", **asked)}


@pytest.fixture(autouse=True)
def knee(home: Path) -> None:
    open_store().create(builders.case("knee"))


def test_each_change_has_its_question_and_both_answers() -> None:
    edited(
        Change("put", "goal.decide_by", "2026-12-20"),
        Change("put", "goal.safe_wait.said_by", "Dr. Invented"),
        Change("put", "own.ride", "A taxi"),
        Change("put", "viewed.r-mri.c-first.how", "report_only"),
        Change("put", "records.items.r-mri.state", "received"),
        Change("put", "visit.note_taker", ""),
    )
    assert told() == {
        "goal.decide_by": ("changed", "December 7, 2026", "December 20, 2026"),
        "goal.safe_wait.said_by": ("new", "", "Dr. Invented"),
        "own.ride": ("changed", "My neighbor", "A taxi"),
        "viewed.r-mri.c-first.how": ("new", "", "Read the report only"),
        "records.items.r-mri.state": ("new", "", "I have it"),
        "visit.note_taker": ("removed", "My sister", ""),
    }
    rows = {row.path: row for row in wb.changes("knee")}
    assert rows["goal.decide_by"].question == "When do you need to decide?"
    assert rows["records.items.r-mri.state"].about == "MRI of the left knee"
    assert rows["viewed.r-mri.c-first.how"].about == "MRI of the left knee, Dr. Solveig Marsh-Invented"
    assert {row.at.date() for row in rows.values() if row.at} == {dt.datetime.now().astimezone().date()}
    assert {row.by for row in rows.values()} == {"patient"}


def test_an_entry_that_came_or_went_is_one_line() -> None:
    edited(
        Change("add", "tasks", {"id": "t1", "what": "Call the plan", "due": "2026-12-01"}),
        Change("remove", "records.items.r-report"),
    )
    assert told() == {
        "tasks.t1": ("new", "", "To do: Call the plan; By: December 1, 2026"),
        "records.items.r-report": (
            "removed",
            "Kind: Imaging report; Record: Report of the MRI; Goes with: MRI of the left knee",
            "",
        ),
    }
    assert {row.kind for row in wb.changes("knee")} == {"new", "removed"}


def test_what_is_as_before_is_no_change() -> None:
    edited(Change("put", "goal.own_words", "Something else"))
    edited(Change("put", "goal.own_words", builders.WALTER["goal.own_words"]))
    assert told() == {}
    said = wb.changes("knee").note
    assert said.startswith("Nothing has changed. The history here begins on ")
    assert said.endswith("What changed before that day is not listed.")
    assert repr(wb.changes("knee")) == said


def test_private_and_sensitive_answers_are_marked() -> None:
    edited(
        Change("add", "tasks", {"id": "t1", "what": "A", "private": True}),
        Change("add", "tasks", {"id": "t2", "what": "B", "sensitive": True}),
        Change("add", "notes", {"id": "n1", "text": "C"}),
        Change("add", "notes", {"id": "n2", "text": "D", "visibility": "patient"}),
    )
    assert {row.path: (row.private, row.sensitive) for row in wb.changes("knee")} == {
        "tasks.t1": (True, False),
        "tasks.t2": (False, True),
        "notes.n1": (True, False),
        "notes.n2": (False, False),
    }
    assert "Private" in wb.changes("knee")._repr_html_()


def test_a_draft_and_a_source_are_changes_too() -> None:
    edited(Change("put", "goal.decide_by", "in spring"), Change("put", "goal.own_words@source", "clinician_said"))
    assert told() == {
        "goal.decide_by": ("new", "", "in spring"),
        "goal.own_words@": ("new", "", "A clinician said so"),
    }


def test_a_mark_begins_the_list_anew_and_splits_what_is_typed(tmp_path: Path) -> None:
    clock = Clock()
    made = builders.session(tmp_path, clock=clock)
    made.apply([Change("put", "goal.own_words", "One")])
    clock.forward(minutes=1)
    made.store.mark_seen("knee")
    assert found(made.store, "knee").changes == []
    clock.forward(minutes=1)
    made.apply([Change("put", "goal.own_words", "Two")])
    (one,) = found(made.store, "knee").changes
    assert (one.before, one.after) == ("One", "Two"), "typing goes on in a row of its own after a mark"
    assert found(made.store, "knee").since == clock.now - dt.timedelta(minutes=1)
    assert len(found(made.store, "knee", dt.date(2026, 11, 1)).changes) == 1
    assert found(made.store, "knee", dt.date(2026, 11, 1)).changes[0].before.startswith("I want to know")


def test_a_day_is_counted_from_its_beginning(tmp_path: Path) -> None:
    clock = Clock()
    made = builders.session(tmp_path, clock=clock)
    for words in ("One", "Two", "Three"):
        clock.forward(days=2)
        made.apply([Change("put", "goal.own_words", words)])
    (one,) = found(made.store, "knee", clock.now.astimezone().date()).changes
    assert (one.before, one.after) == ("Two", "Three")


def test_what_the_history_no_longer_has_is_said(tmp_path: Path) -> None:
    clock = Clock()
    made = builders.session(tmp_path, clock=clock)
    first = clock.now
    for number in range(40):
        clock.forward(hours=12)
        made.apply([Change("put", "goal.own_words", f"{number} " * 2000)])
        made.apply([Change("put", "visit.note_taker", str(number))])
    whole = found(made.store, "knee", (first - dt.timedelta(days=1)).date())
    assert whole.begins is not None
    assert whole.begins > first + dt.timedelta(days=3), "the oldest rows are gone"
    assert not whole.changes[0].before.startswith("I want")
    recent = found(made.store, "knee", (clock.now - dt.timedelta(days=1)).date())
    assert recent.begins is None


def test_a_row_that_cannot_be_read_any_more_ends_the_list(tmp_path: Path) -> None:
    clock = Clock()
    made = builders.session(tmp_path, clock=clock)
    for path, words in (("goal.own_words", "One"), ("visit.note_taker", "Ann"), ("goal.own_words", "Two")):
        clock.forward(hours=1)
        made.apply([Change("put", path, words)])
    import sqlite3

    with sqlite3.connect(tmp_path / "workbook.db") as db:
        db.execute("""update history set deltas = '[{"path":"goal.gone","before":"x","after":"y"}]' where row = 3""")
    result = changed(made.store, "knee")
    assert [row.token for row in result.rows] == ["4"]
    assert (result.before.goal.own_words, result.after.goal.own_words) == ("One", "Two")
    assert result.begins == (clock.now - dt.timedelta(hours=1)).isoformat(timespec="seconds")


def test_what_a_loaded_file_brought_says_so() -> None:
    copy = open_store().read("knee")[1]
    from workbook.case import read

    theirs = read({**copy, "person": {**copy["person"], "phone": "216-555-0101"}})
    merge(open_store(), theirs, dt.date(2026, 11, 30))
    assert [(row.path, row.by) for row in wb.changes("knee")] == [("person.phone", "file")]


def test_the_command_says_the_same_and_marks(capsys: pytest.CaptureFixture[str]) -> None:
    edited(Change("put", "own.ride", "=HYPERLINK()"), Change("put", "goal.decide_by", "2026-12-20"))
    assert main(["changes", "knee", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["path"] for row in rows} == {"own.ride", "goal.decide_by"}
    assert set(rows[0]) == set(wb.changes("knee")[0]._fields)
    assert main(["changes", "knee", "--seen"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["changed", "When do you need to decide?", "December 7, 2026", "December 20, 2026"] in [x[1:] for x in lines]
    assert main(["changes", "knee"]) == 0
    out = capsys.readouterr()
    assert (out.out, "Nothing has changed since" in out.err) == ("", True)
    assert main(["changes", "nobody"]) == 1


def test_a_mistake_is_one_sentence() -> None:
    with pytest.raises(NoSuchCase, match=r"Did you mean knee\?"):
        wb.changes("kne")
    with pytest.raises(NotebookMistake, match=r"Write wb\.changes\(case\)"):
        wb.changes(7)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="Invalid isoformat"):
        wb.changes("knee", since="Monday")


def test_the_page_lists_them_and_a_press_marks_them_as_seen() -> None:
    open_store().erase("knee")
    handle = opened()
    edited(Change("put", "own.ride", "<b>A taxi</b>"), Change("add", "notes", {"id": "n1", "text": "For me"}))
    driver = page(wb.workbooks(handle))
    assert "What changed so far: 2" in " ".join(driver.html.split())
    assert "&lt;b&gt;A taxi" in driver.html
    assert "Private" in driver.html
    driver.press("I have seen these")
    assert "What changed" not in driver.html
    assert "Marked as seen" in driver.html


def test_a_page_without_a_change_says_nothing() -> None:
    assert "What changed" not in page(wb.workbooks(wb.open_case())).html


def test_erasing_leaves_no_mark(home: Path) -> None:
    open_store().mark_seen("knee")
    open_store().erase("knee")
    assert b"#seen" not in (home / "workbook.db").read_bytes()
    with pytest.raises(NoSuchCase):
        open_store().mark_seen("knee")


def test_a_mark_is_no_part_of_a_case_file_or_of_undo() -> None:
    store = open_store()
    before = store.version("knee"), dump(builders.case("knee"))
    store.mark_seen("knee")
    assert (store.version("knee"), store.history("knee")) == (before[0], [])
