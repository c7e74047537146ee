"""A notebook gets one object of a scan: a summary to read, and tables with fixed columns and types."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import workbook.scan as scan
from tests.scan import made
from tests.scan.discs import breast_disc, wrong_disc
from tests.scan.found import case
from workbook.errors import WorkbookError
from workbook.scan.match import checking
from workbook.scan.show import looked
from workbook.scan.show.looked import Looked
from workbook.scan.values import File, HealthRecord, Inventory, Listed, Patient, Result, Series, Sign, Study

TABLES = ("files", "studies", "series", "documents", "results", "whose")


def record() -> HealthRecord:
    return HealthRecord(
        "a.json",
        "fhir",
        Patient("Ada Quill", "1970"),
        date="2026-11",
        medications=[Listed("Aspirin"), Listed("Aspirin"), Listed("None known")],
        labs=2,
        results=[
            Result("CA 15-3", "<28", "U/mL", "0-30", "2026-11-01", code="83083-6"),
            Result("HER2", "Negative", date="2026"),
        ],
    )


def test_a_disc_becomes_tables(tmp_path: Path) -> None:
    found = scan.look(breast_disc(tmp_path))
    assert len(found) == len(found.files) == 6
    assert found.files.modality.unique().tolist() == ["MG"]
    assert found.files.groupby("date").size().to_dict() == {"2026-10-14": 4, "2026-10-16": 2}
    assert found.files.medications.isna().all()
    assert found.studies[["date", "images"]].values.tolist() == [["2026-10-14", 4], ["2026-10-16", 2]]
    assert found.series.images.sum() == 6
    assert found.studies.date_day.dt.month.tolist() == [10, 10]
    assert found.files is found.files, "made once"
    assert repr(found) == "<6 files: 2 scans with 6 images>"
    assert str(found).startswith("6 files looked at.")


def test_numbers_are_numbers_and_what_is_not_said_is_missing() -> None:
    study = Study(
        "1.2", Patient("Ada"), parts=[Series("1.2.3", "4", "AXIAL", images=9, frames=9, gaps=((7, 8), (12, 12)))]
    )
    found = Looked(Inventory(files=[File("a.json", "fhir")], studies=[study], documents=[record()]))
    (one,) = found.documents.to_dict("records")
    assert (one["date"], one["birth"], one["medications"], one["medication_names"]) == ("2026-11", "1970", 2, "Aspirin")
    assert pd.isna(one["date_day"])
    assert pd.isna(one["title"])
    assert found.results.value_number.tolist()[0] == 28.0
    assert pd.isna(found.results.value_number[1])
    assert found.results.value.tolist() == ["<28", "Negative"]
    assert str(found.results.date_day[0].date()) == "2026-11-01"
    assert found.series.missing_numbers.tolist() == ["7-8, 12"]


@pytest.mark.parametrize("table", TABLES)
def test_each_column_is_explained_and_has_its_type_in_an_empty_table_too(table: str) -> None:
    empty, full = Looked(Inventory()), Looked(Inventory(files=[File("a", "fhir", document=record())]))
    full.inventory.documents = [record()]
    full.inventory.studies = [Study("1", Patient(), parts=[Series("2")])]
    full.inventory.signs = [Sign("Ada Quill", paths=["a", "b"], files=2)]
    one, other = getattr(empty, table), getattr(full, table)
    assert one.empty
    assert len(other)
    assert one.dtypes.to_dict() == other.dtypes.to_dict()
    words = set(re.findall(r"\w+", inspect.getdoc(getattr(Looked, table)) or ""))
    assert {name.removesuffix("_day") for name in one.columns} <= words
    types = inspect.getdoc(Looked) or ""
    assert all(str(kind).partition("[")[0] in types for kind in one.dtypes)


def test_the_summary_is_escaped_and_has_no_script(tmp_path: Path) -> None:
    name = "<script>alert(1)</script>^Ada"
    (tmp_path / "a.dcm").write_bytes(made.image(PatientName=name, StudyDescription="\"><b onclick='x'>"))
    (tmp_path / "<b>.zzz").write_bytes(bytes(9))
    shown = scan.look(tmp_path)._repr_html_()
    tags: list[tuple[str, list[Any]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
            tags.append((tag, [key for key, _ in attrs]))

    Tags().feed(shown)
    assert {tag for tag, _ in tags} == {"div", "h3", "ul", "li"}
    assert {key for _, keys in tags for key in keys} <= {"class", "style", "dir"}
    assert "&lt;script&gt;" in shown
    assert "max-width" in shown
    assert "overflow-wrap: anywhere" in shown


def test_a_long_part_of_the_summary_is_cut_and_says_so() -> None:
    found = Looked(
        Inventory(documents=[HealthRecord(f"{n}.txt", "text") for n in range(500)], files=[File("a", "text")])
    )
    shown = found._repr_html_()
    assert shown.count("<li") < 2 * looked.MOST
    assert "490 more." in shown


def test_a_case_is_compared_and_another_person_stops_it(tmp_path: Path) -> None:
    mine = scan.look(breast_disc(tmp_path / "mine"), case())
    assert "This is you." in mine._repr_html_()

    class Handle:
        case = case()

    other = scan.look(wrong_disc(tmp_path / "other"), Handle())
    assert "Stop here." in other._repr_html_()
    assert checking.is_someone_else(other.inventory)
    assert len(scan.look(tmp_path / "other", case(), go_on=True)) > len(other)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    found = scan.look(breast_disc(tmp_path), progress=lambda done, of, so_far: done < 2)
    assert len(found) == 2
    assert found.inventory.stopped


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((3,), "needs a folder"),
        ((None,), "needs a folder"),
        (("/no/such/disc",), "no folder or file with that name"),
        (("a\0b",), "This could not be read."),
        ((".", "demo"), "needs the open workbook"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_traceback(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(WorkbookError, match=words) as told:
        scan.look(*arguments)
    assert told.value._render_traceback_() == [str(told.value)]
    assert "Traceback" not in str(told.value)


def test_without_pandas_only_the_tables_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = scan.look(breast_disc(tmp_path))
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert "2 scans" in found._repr_html_()
    with pytest.raises(WorkbookError, match="because they need pandas"):
        _ = found.series


def test_a_scan_loads_pandas_only_for_a_table(tmp_path: Path) -> None:
    code = (
        "import sys, workbook.scan as scan\n"
        f"found = scan.look({str(breast_disc(tmp_path))!r}); found._repr_html_(); len(found)\n"
        "print('pandas' in sys.modules); found.files; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_an_unknown_name_is_reported() -> None:
    with pytest.raises(AttributeError, match="nothing called lok"):
        _ = scan.lok
    assert scan.__all__ == ["look"]
