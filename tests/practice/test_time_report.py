"""The time report: sums by workbook and kind of work, what is not counted, and a table that is safe to open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from workbook.case import Case
from workbook.cli import main
from workbook.session import demo
from workbook.store import open_store


def stored(key: str, *entries: tuple[str | None, int | None, str | None], **more: Any) -> None:
    time = [
        {"id": f"t{n}", "on": on, "minutes": minutes, "kind": kind, "what": "A secret word", "billable": n == 0}
        for n, (on, minutes, kind) in enumerate(entries)
    ]
    open_store().create(Case.model_validate({"id": key, "nickname": key.title(), "time": time} | more))


@pytest.fixture(autouse=True)
def practice(home: Path) -> None:
    stored(
        "anna",
        ("2026-11-03", 30, "plan"),
        ("2026-11-30", 45, "plan"),
        ("2026-11", 15, None),
        ("2026-10-31", 99, "plan"),
        ("2026-12-01", 99, "plan"),
        ("2026", 99, "plan"),
        (None, 99, "plan"),
        ("2026-11-04", None, "plan"),
    )
    stored("bob", ("2026-11-01", 61, "records"), status="closed", nickname="=HYPERLINK(1)")
    stored("empty")
    for case in demo.cases():
        open_store().create(case)


def test_the_sums_of_a_month() -> None:
    made = wb.time_report("2026-11-01", "2026-11-30")
    assert [(row.case, row.kind, row.entries, row.minutes, row.billable_minutes) for row in made] == [
        ("bob", "Getting records", 1, 61, 61),
        ("anna", "Insurance plan", 2, 75, 30),
        ("anna", "No kind given", 1, 15, 0),
    ]
    assert {row.case: (row.minutes, row.hours) for row in made.totals} == {"bob": (61, 1.02), "anna": (90, 1.5)}
    assert (made.total.minutes, made.total.entries, made.total.billable_minutes) == (151, 4, 91)
    assert made.note.endswith("Not counted: 3 entries without a whole date or without minutes.")


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [("2026-11-03", "2026-11-03", 30), ("2026-10-01", "2026-12-31", 349), ("2026-11-01", "2026-11-29", 91)],
)
def test_the_first_and_the_last_day_count(first: str, last: str, minutes: int) -> None:
    assert wb.time_report(first, last).total.minutes == minutes


def test_no_word_of_an_entry_is_in_it() -> None:
    made = wb.time_report("2026-11-01", "2026-11-30")
    for shown in (repr(made), made._repr_html_(), made.csv()):
        assert "secret" not in shown
    assert "All workbooks" in repr(made)


def test_the_table_is_safe_in_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(wb.time_report("2026-11-01", "2026-11-30").csv())))
    assert rows[0] == ["Id", "Workbook", "Kind of work", "Entries", "Minutes", "Hours", "Minutes to be billed"]
    assert rows[1] == ["bob", "'=HYPERLINK(1)", "Getting records", "1", "61", "1.02", "61"]
    assert rows[-1] == ["", "All workbooks", "All kinds of work", "4", "151", "2.52", "91"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_command_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    span = ["time-report", "--from", "2026-11-01", "--to", "2026-11-30"]
    assert main([*span, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"]["minutes"], told["not_counted"], len(told["rows"])) == (151, 3, 3)
    assert main(span) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == ["", "All workbooks", "All kinds of work", "2.52 h", "1.52 h to be billed"]
    file = tmp_path / "time.csv"
    assert main([*span, "--csv", str(file)]) == 0
    assert file.read_text("utf-8-sig").splitlines()[0].startswith("Id,")
    assert main([*span, "--csv", str(file)]) == 1
    assert main(["time-report", "--from", "2026-11-30", "--to", "2026-11-01"]) == 2


def test_without_days_it_is_this_month() -> None:
    today = dt.datetime.now().astimezone().date()
    made = wb.time_report()
    assert (made.start, made.end) == (today.replace(day=1), today)


def test_a_mistake_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="not before its first day"):
        wb.time_report("2026-11-30", "2026-11-01")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        wb.time_report("Monday")


def test_a_report_of_nothing_says_so() -> None:
    assert "No time is written down for these days." in repr(wb.time_report("2020-01-01", "2020-12-31"))
