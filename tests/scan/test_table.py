"""The inventory as data frames: one row a file and one row a study, with missing values empty."""

from __future__ import annotations

from pathlib import Path

from tests.scan.discs import breast_disc
from workbook.scan.match import checking
from workbook.scan.show.table import COLUMNS, frame, studies
from workbook.scan.values import File, Inventory


def test_one_row_a_file_and_one_a_study(tmp_path: Path) -> None:
    found = checking.look(breast_disc(tmp_path))
    table = frame(found)
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 6
    assert frame(str(tmp_path)).equals(table)
    assert table.modality.unique().tolist() == ["MG"]
    assert table.groupby("date").size().to_dict() == {"2026-10-14": 4, "2026-10-16": 2}
    assert table.medications.isna().all()
    assert studies(found)[["date", "images"]].values.tolist() == [["2026-10-14", 4], ["2026-10-16", 2]]


def test_nothing_found_is_an_empty_table_and_a_refused_file_a_row() -> None:
    assert frame(Inventory()).empty
    assert studies(Inventory()).empty
    row = frame(Inventory(files=[File("x.zip", "archive", "refused", "It is closed with a password.")])).iloc[0]
    assert (row.status, row.why) == ("refused", "It is closed with a password.")
