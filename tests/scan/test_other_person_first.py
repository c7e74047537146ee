"""Another person's disc is reported first, whatever else is wrong with the scan (A-11)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.scan import made
from tests.scan.discs import breast_disc
from workbook.cli import main
from workbook.scan.match import checking
from workbook.scan.show import json_form, report
from workbook.scan.values import Directory, File, Inventory, Person
from workbook.session import demo
from workbook.store import open_store


@pytest.fixture
def story(home: Any) -> None:
    open_store().create(demo.cases()[0])


def others_disc(folder: Path, **fields: Any) -> Path:
    return made.disc(folder, PatientName="Otherperson^Jordan", PatientBirthDate="19610215", **fields)


def test_a_dicomdir_naming_another_person_is_not_an_empty_disc(
    story: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    disc = others_disc(tmp_path / "disc")
    assert main(["scan", str(disc), "--case", "demo-breast"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("It names another person.\n")
    assert "Stop here." in words
    assert "Jordan Otherperson, no birth date. This is someone else." in words
    assert "There are no files here" not in words
    assert "November 3" not in words, "nothing of the other person's records is shown"
    assert main(["scan", str(disc), "--case", "demo-breast", "--json", "-"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told)[:2] == ["stopped", "patients"]
    assert "Stop here." in told["stopped"]
    assert [p["verdict"] for p in told["patients"]] == ["other"]


def test_continuing_reports_the_other_person_first_too(
    story: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    breast_disc(tmp_path)
    others_disc(tmp_path / "other")
    assert main(["scan", str(tmp_path), "--case", "demo-breast", "--yes-second-patient"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("It names another person.\n")
    assert (
        words.index("another person") < words.index("There are files from 2 people here.") < words.index("Whose it is")
    )


@pytest.mark.parametrize(
    "found",
    [
        Inventory(dicomdir=[Directory("DICOMDIR")], stopped="x"),
        Inventory(files=[File("a", "other", "refused", "It is locked.")], stopped="x"),
        Inventory(files=[File("a", "archive", "damaged", "It is damaged.")]),
        Inventory(),
    ],
)
def test_no_file_status_hides_the_patient(found: Inventory) -> None:
    found.patients = [Person("Jordan Otherperson", "1961-02-15", verdict="other")]
    rows = report.sections(found, demo.cases()[0])
    assert rows[0][0] == "It names another person."
    found.patients[0].verdict = "same"
    words = "\n".join(line for title, lines in report.sections(found, demo.cases()[0]) for line in (title, *lines))
    assert "This is the patient." in words
    assert "There are no files here" not in words


def test_a_garbled_name_is_reported_as_unreadable(
    story: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"SpecificCharacterSet": "ISO_IR 100", "PatientBirthDate": "19720309"}
    one = made.dataset(**fields)
    one.PatientName = "张^小东".encode("gb18030").decode("latin-1")
    (tmp_path / "a.dcm").write_bytes(made.written(one))
    for more in ([], ["--case", "demo-breast"]):
        assert main(["scan", str(tmp_path), *more]) == 0
        words = capsys.readouterr().out
        assert "A name that cannot be read (" in words
        assert "someone else" not in words
    assert "We cannot tell whether this is the patient. The letters of the name are damaged." in words
    found = checking.look(tmp_path, demo.cases()[0])
    assert "The letters of the name are damaged" in json_form.as_json(found)["patients"][0]["note"]
