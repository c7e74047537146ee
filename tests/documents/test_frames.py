"""The lists of a case as data frames: correct types, nothing private by default, and CSV without formulas."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbook as wb
from tests import builders
from tests.documents.hostile import TEXTS, some
from workbook.case import Case, add, put
from workbook.documents.tables.csv_safe import harmless
from workbook.documents.tables.data_frames import LISTS
from workbook.documents.tables.tables import Tables
from workbook.errors import CannotExport, NotebookMistake
from workbook.session import demo


def request(**values: Any) -> pd.Series:
    case = add(builders.case(), "records.requests", {"id": "q1", "to": "Imaging", **values})
    return wb.tables(case).requests.iloc[0]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("case", [Case(id="empty0"), *demo.cases(), builders.large_case()], ids=lambda c: c.id)
@pytest.mark.parametrize("name", [*LISTS, "deadlines", "own_answers"])
def test_the_columns_and_types_are_as_documented(case: Case, name: str) -> None:
    table = wb.tables(case)[name]
    told = getattr(Tables, name).__doc__ + "seen_by more_answers"
    for column, kind in table.dtypes.astype(str).items():
        plain = re.sub(r"^answers\.\w+", "answers.referral", str(column).removesuffix("_day"))
        assert plain in told, f"{column} is not in the docstring"
        numbers = ("minutes", "pages", "slot_minutes", "distance_miles", "images_max_age_months")
        checks = ("extension.second_time", "no_clock_known", "top", "finished", "billable", "counts")
        kinds = {**dict.fromkeys(numbers, "Int64"), **dict.fromkeys(checks, "boolean")}
        kinds |= {"fee_asked": "float64", "fee_paid": "float64"}
        is_day = str(column).endswith("_day") or (name == "deadlines" and column in ("due", "aim"))
        assert kind == ("datetime64[s]" if is_day else kinds.get(str(column), "string")), column
    assert list(table.index) == list(range(len(table)))


def test_dates_money_and_names_have_computable_types() -> None:
    row = request(sent_on="2026-11-02", fee_asked="1,250.50", route="access_self", items=("r-mri", "r-report"))
    assert row["sent_on_day"] == pd.Timestamp(2026, 11, 2)
    assert row["fee_asked"] == 1250.5
    assert pd.isna(row["fee_paid"])
    assert row["route"] == "The patient asks for a copy"
    assert row["items"] == "MRI of the left knee; Report of the MRI"
    for unsure in ("2026-11", "2026-11-02~", "unknown"):
        row = request(received_by_holder_on=unsure)
        assert row["received_by_holder_on"] == unsure
        assert pd.isna(row["received_by_holder_on_day"])


def test_a_call_keeps_its_clock_time_and_its_minutes() -> None:
    case = put(
        put(builders.case(), "insurance.calls.call1.when", "2026-11-04T14:10"), "insurance.calls.call1.minutes", 9
    )
    row = wb.tables(case).calls.iloc[0]
    assert row["when_day"] == pd.Timestamp(2026, 11, 4, 14, 10)
    assert wb.tables(case).calls["minutes"].sum() == 9


def test_who_saw_what_and_what_others_answered() -> None:
    case = add(builders.case(), "visit.questions", {"id": "q1", "text": "Wait?", "own": {}})
    case = add(case, "visit.more_answers", {"id": "m1", "question": "q1", "clinician": "c-first", "words": "No."})
    tables = wb.tables(case)
    assert tables.records.iloc[0]["seen_by"] == "Dr. Teodor Quill-Invented: Saw the images"
    assert tables.questions.iloc[0]["more_answers"] == "Dr. Solveig Marsh-Invented: No."


def test_private_entries_and_their_names_are_left_out() -> None:
    case = builders.case()
    case = add(case, "records.items", {"id": "x1", "title": "SECRET", "private": True})
    case = add(case, "clinicians", {"id": "x2", "name": "Dr. SECRET", "sensitive": True})
    case = add(case, "records.requests", {"id": "q1", "to": "Imaging", "items": ["x1", "r-mri"]})
    case = put(case, "viewed.r-mri.x2.how", "images")
    case = put(case, "records.items.r-mri.needed_for", ["x2", "c-second"])
    own = {"mood": {"value": "SECRET", "private": True}, "parking": {"value": "Lot B"}}
    case = add(case, "records.items", {"id": "x3", "title": "Lab results", "own": own})
    tables, whole = wb.tables(case), wb.tables(case, private=True)
    assert "SECRET" not in "".join(tables.csv(name) for name in tables)
    assert tables.records["own.parking"].dropna().tolist() == ["Lot B"]
    assert tables.requests.iloc[0]["items"] == "MRI of the left knee"
    assert whole.requests.iloc[0]["items"] == "SECRET; MRI of the left knee"
    assert whole.records.loc[whole.records["private"], "title"].tolist() == ["SECRET"]
    assert "own.mood" in whole.records


@pytest.mark.parametrize("name", some(0))
def test_any_text_round_trips_through_a_spreadsheet(name: str) -> None:
    case = put(builders.case(), "records.items.r-mri.quality", TEXTS[name])
    kept = case.records.items["r-mri"].quality
    read = rows(wb.tables(case).csv("records"))[0]["quality"]
    assert read == (harmless(kept) if kept.strip() or not kept else kept)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", " =", "＝", "\n+"])
def test_a_formula_is_text(start: str, tmp_path: Path) -> None:
    formula = f"{start}cmd|' /C calc'!A1"
    assert harmless(formula) == f"'{formula}"
    case = put(builders.case(), "records.items.r-mri.quality", formula)
    (file,) = [f for f in wb.tables(case).to_csv(tmp_path / "new") if f.stem == "records"]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.stat().st_mode & 0o077 == 0
    for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r\n＝")]


def test_mistakes_get_a_message(tmp_path: Path) -> None:
    tables = wb.tables(Case())
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotExport, match="could not be written"):
        tables.to_csv(tmp_path / "taken")
    with pytest.raises(NotebookMistake, match=r"The tables are: records, requests, calls, .*Did you mean records\?"):
        tables.csv("recrods")
    with pytest.raises(NotebookMistake, match=r"wb\.tables\(case\)"):
        wb.tables("knee")  # type: ignore[arg-type]


def test_a_handle_works_too_and_shows_no_answers(home: Path) -> None:
    from workbook.store import open_store

    open_store().create(builders.case())
    tables = wb.tables(wb.open_case())
    assert tables["records"] is tables.records
    assert repr(tables) == (
        "<tables and their rows: records: 2, requests: 0, calls: 1, questions: 0, timeline: 0, tasks: 0, time: 0, "
        "clinicians: 2, results: 0, deadlines: 1, own_answers: 1>"
    )


def test_own_answers_are_a_table_with_the_words_that_were_asked() -> None:
    own = {"mood": {"words": "Mood?", "value": "SECRET", "private": True}, "ride": {"words": "A ride?", "value": "yes"}}
    bus = {"bus": {"words": "By bus?", "value": "yes", "kind": "yesno"}}
    case = builders.case(own=bus)
    case = add(case, "records.items", {"id": "x1", "title": "Lab results", "own": own})
    case = add(case, "records.items", {"id": "x2", "title": "SECRET", "private": True, "own": own})
    table = wb.tables(case).own_answers
    rows = {row.path: row for row in table.itertuples()}
    assert (rows["own.bus"].question, rows["own.bus"].answer) == ("By bus?", "Yes")
    assert rows["records.items.x1.own.ride"].entry == "Lab results"
    assert "SECRET" not in table.to_csv()
    assert wb.tables(case, private=True).own_answers["answer"].tolist().count("SECRET") == 2


def test_deadlines_are_those_of_the_status() -> None:
    for case in demo.cases():
        table, found = wb.tables(case).deadlines, wb.status(case).deadlines
        assert table["text"].tolist() == [line.text for line in found]
        assert [None if pd.isna(day) else day.date() for day in table["due"]] == [line.due for line in found]


def test_a_name_that_is_not_there_is_reported_with_what_comes_near() -> None:
    tables = wb.tables(Case())
    for look in (lambda: tables.deadline, lambda: tables["deadline"], lambda: tables.csv("deadline")):
        with pytest.raises(NotebookMistake, match=r"Did you mean deadlines\?"):
            look()
    assert not hasattr(tables, "nothing_like_it")
    assert tables.get("nothing") is None


def test_the_tables_show_their_columns() -> None:
    shown = wb.tables(builders.case())._repr_html_()
    assert "<td" in shown
    assert "overflow-wrap:anywhere" in shown
    assert "MRI" not in shown, "an overview has no answers"


def test_an_own_answer_in_a_note_is_left_out():
    own = {"mood": {"words": "Mood?", "value": "Low"}}
    case = Case.model_validate({"notes": [{"id": "n1", "text": "To me", "own": own}], "own": own})
    assert wb.tables(case).own_answers["path"].tolist() == ["own.mood"]
