"""One table says what made a file another person's, or left it open: which name or birth date was found where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import workbook.scan as scan
from tests.scan import made
from tests.scan.discs import breast_disc, image, wrong_disc
from tests.scan.found import case
from workbook.scan.match import checking
from workbook.scan.show import json_form, report, whose

REPORT = "MAMMOGRAM REPORT\nPatient: Jordan Otherperson  DOB: 02/15/1961\n"


def told(folder: Path, mine: Any = None) -> list[tuple[str, str, str | None, str]]:
    return [(one.name, one.place, one.verdict, one.why) for one in checking.look(folder, mine).signs]


def test_the_patients_own_disc_needs_no_table(tmp_path: Path) -> None:
    assert told(breast_disc(tmp_path), case()) == []
    assert told(tmp_path) == []


def test_another_persons_disc_says_what_was_found_where(tmp_path: Path) -> None:
    found = checking.look(wrong_disc(tmp_path), case())
    (row,) = whose.rows(found)
    assert row.follows == "Someone else. The name is different."
    assert row.where.startswith("as the patient of ")
    assert found.files[0].path.rpartition("/")[2] in row.where
    assert (
        f"{row.found} ({row.where}). {row.follows}" in dict(report.sections(found, case()))["How we know whose it is"]
    )


def test_a_discs_own_list_counts_as_a_place(tmp_path: Path) -> None:
    disc = made.disc(tmp_path / "disc", PatientName="Otherperson^Jordan")
    ((name, place, verdict, _),) = told(disc, case())
    assert (name, place, verdict) == ("Jordan Otherperson", "list", "other")


def test_words_of_a_document_and_files_that_name_nobody_are_rows(tmp_path: Path) -> None:
    breast_disc(tmp_path)
    (tmp_path / "report.txt").write_text("MAMMOGRAM REPORT\nPatient: Jordan Otherperson\n", "utf-8")
    (tmp_path / "note.txt").write_text("A note without any name.\n", "utf-8")
    assert told(tmp_path, case()) == [
        (
            "Jordan Otherperson",
            "text",
            "cannot tell",
            "A document here names another person, or another birth date. Open it and check whose it is.",
        ),
        ("", "field", "cannot tell", "These files do not name anyone."),
    ]


def test_without_a_case_each_of_several_people_is_a_row(tmp_path: Path) -> None:
    breast_disc(tmp_path)
    who = {"name": "OKONKWO^WALTER", "birth": "19530621", "modality": "US", "day": "20261120", "part": "KNEE"}
    image(tmp_path / "X", **who, study="x")
    found = scan.look(tmp_path)
    assert sorted(found.whose.name) == ["MARISOL QUINTERO-BATHORY", "WALTER OKONKWO"]
    assert found.whose.files.tolist() == [6, 1]
    assert found.whose.verdict.isna().all()
    rows = json_form.as_json(found.inventory)["whose"]
    assert [row["paths"] for row in rows if row["name"] == "WALTER OKONKWO"] == [["X"]]


@pytest.mark.parametrize("go_on", [False, True])
def test_going_on_does_not_hide_who_it_is(tmp_path: Path, go_on: bool) -> None:
    breast_disc(tmp_path / "a")
    wrong_disc(tmp_path / "b")
    found = checking.look(tmp_path, case(), go_on=go_on)
    assert [one.verdict for one in found.signs] == ["other"]
