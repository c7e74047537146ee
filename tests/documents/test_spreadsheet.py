"""The tables for a spreadsheet: words as headings, dates that sort, nothing private, and no formula."""

from __future__ import annotations

import csv
import io

import pytest

from tests import builders
from tests.documents import paper
from tests.documents.full_case import full_case
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.errors import CannotExport

TABLES = ("records-table", "calls-table", "questions-table", "time-table")


def table(case: Case, name: str, **wanted: object) -> list[dict[str, str]]:
    data = export.make(case, name, "csv", paper.TODAY, **wanted)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_row_has_the_short_names_of_the_questions_and_dates_that_sort() -> None:
    rows = table(full_case(), "records-table")
    assert len(rows) == 40
    assert rows[1]["Kind"] == "Imaging report"
    assert rows[1]["Date"] == "2026-02-02"
    calls = table(full_case(), "calls-table")
    assert len(calls) == 12
    assert calls[0]["Prior authorization: Answer"] == "It depends"
    assert calls[0]["Length"] == "20"
    assert len(table(full_case(), "questions-table")) == 24


def test_a_column_without_answers_is_left_out() -> None:
    case = add(Case(), "time", {"id": "t1", "on": "2026-11-02", "minutes": 30, "what": "Call"})
    assert table(case, "time-table") == [{"Date": "2026-11-02", "Minutes": "30", "Done": "Call"}]


def test_private_entries_and_their_names_stay_out_unless_included() -> None:
    case = put(builders.case(), "records.items.r-mri.private", True)
    assert [row["Record"] for row in table(case, "records-table")] == ["Report of the MRI"]
    assert "MRI of the left knee" not in str(table(case, "records-table"))
    assert len(table(case, "records-table", include=frozenset({"records.items.r-mri"}))) == 2
    case = put(builders.case(), "clinicians.c-second.sensitive", True)
    assert "Quill" not in str(table(case, "records-table"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "＝1", '"; =1'])
def test_no_cell_runs_as_a_formula(text: str) -> None:
    case = put(builders.case(), "records.items.r-mri.title", text)
    (cell,) = [row["Record"] for row in table(case, "records-table") if "MRI" not in row["Record"]]
    assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_list_says_so(name: str) -> None:
    with pytest.raises(CannotExport, match="This list is empty"):
        export.make(Case(), name, "csv", paper.TODAY)
