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
from workbook.documents.tables.data_frames import LISTS, Frames
from workbook.errors import CannotExport, NotebookMistake
from workbook.session import demo


def request(**values: Any) -> pd.Series:
    case = add(builders.case(), "records.requests", {"id": "q1", "to": "Imaging", **values})
    return wb.frames(case).requests.iloc[0]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("case", [Case(id="empty0"), *demo.cases(), builders.large_case()], ids=lambda c: c.id)
@pytest.mark.parametrize("name", LISTS)
def test_the_columns_and_types_are_as_documented(case: Case, name: str) -> None:
    table = wb.frames(case)[name]
    told = getattr(Frames, name).__doc__ + "seen_by more_answers"
    for column, kind in table.dtypes.astype(str).items():
        plain = re.sub(r"^answers\.\w+", "answers.referral", str(column).removesuffix("_day"))
        assert plain in told, f"{column} is not in the docstring"
        kinds = {"minutes": "Int64", "fee_asked": "float64", "fee_paid": "float64", "top": "boolean"}
        checks = dict.fromkeys(("extension.second_time", "no_clock_known"), "boolean")
        wanted = {**kinds, **checks}.get(str(column), "string")
        assert kind == ("datetime64[s]" if str(column).endswith("_day") else wanted), column
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
    row = wb.frames(case).calls.iloc[0]
    assert row["when_day"] == pd.Timestamp(2026, 11, 4, 14, 10)
    assert wb.frames(case).calls["minutes"].sum() == 9


def test_who_saw_what_and_what_others_answered() -> None:
    case = add(builders.case(), "visit.questions", {"id": "q1", "text": "Wait?", "own": {}})
    case = add(case, "visit.more_answers", {"id": "m1", "question": "q1", "clinician": "c-first", "words": "No."})
    tables = wb.frames(case)
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
    tables, whole = wb.frames(case), wb.frames(case, private=True)
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
    read = rows(wb.frames(case).csv("records"))[0]["quality"]
    assert read == (harmless(kept) if kept.strip() or not kept else kept)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", " =", "＝", "\n+"])
def test_a_formula_is_text(start: str, tmp_path: Path) -> None:
    formula = f"{start}cmd|' /C calc'!A1"
    assert harmless(formula) == f"'{formula}"
    case = put(builders.case(), "records.items.r-mri.quality", formula)
    (file,) = [f for f in wb.frames(case).to_csv(tmp_path / "new") if f.stem == "records"]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert file.stat().st_mode & 0o077 == 0
    for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r\n＝")]


def test_mistakes_get_a_message(tmp_path: Path) -> None:
    tables = wb.frames(Case())
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotExport, match="could not be written"):
        tables.to_csv(tmp_path / "taken")
    with pytest.raises(NotebookMistake, match="The tables are: records, requests, calls, questions, timeline"):
        tables.csv("recrods")
    with pytest.raises(NotebookMistake, match=r"wb\.frames\(case\)"):
        wb.frames("knee")  # type: ignore[arg-type]


def test_a_handle_works_too_and_shows_no_answers(home: Path) -> None:
    from workbook.store import open_store

    open_store().create(builders.case())
    tables = wb.frames(wb.open_case())
    assert tables["records"] is tables.records
    assert repr(tables) == "<tables and their rows: records: 2, requests: 0, calls: 1, questions: 0, timeline: 0>"
