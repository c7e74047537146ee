"""Each command does what its help says, and prints one sentence when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.case import Case, Mode, read
from workbook.cli import main
from workbook.store import open_store
from workbook.ui.handle import OpenCase
from workbook.ui.panels import workbooks


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_new_list_save_load_erase(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--nickname", "Knee"]) == 0
    (key,) = lines(capsys)
    assert main(["list", "--json"]) == 0
    assert [(c["id"], c["nickname"]) for c in json.loads(lines(capsys)[0])] == [(key, "Knee")]
    file = tmp_path / "case.json"
    assert main(["save", key, str(file)]) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    assert main(["load", str(file)]) == 0
    assert lines(capsys) == [key], "a file of a case that is here already is merged into it"
    assert main(["load", str(file), "--as-new"]) == 0
    (copy,) = lines(capsys)
    assert copy != key
    assert main(["erase", key, "--yes"]) == 0
    assert main(["erase", copy, "--yes"]) == 0
    capsys.readouterr()
    main(["list"])
    assert lines(capsys) == []


def test_demo_is_added_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    first = lines(capsys)
    assert main(["demo"]) == 0
    assert lines(capsys) == first
    assert len(first) == 2


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize("document", ["summary", "blank"])
def test_export_writes_a_file_and_never_replaces_one(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], document: str, form: str
) -> None:
    main(["demo"])
    key = lines(capsys)[0]
    command = ["export", key, "--document", document, "--as", form, "--to", str(tmp_path / "out")]
    assert main(command) == 0
    file = Path(lines(capsys)[0])
    assert file.name == f"{key}-{document}.{form}"
    before = file.read_bytes()
    assert main(command) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert main([*command, "--overwrite", "--today", "2026-11-25"]) == 0
    assert file.read_bytes()[:5] == before[:5]


def test_a_case_like_another_shares_the_person_and_not_the_decision(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo"])
    first = lines(capsys)[0]
    assert main(["new", "--like", first]) == 0
    key = lines(capsys)[0]
    main(["save", key, str(tmp_path / "a.json")])
    case = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert case["person"]["name"]
    assert not case["goal"]["own_words"]
    assert not case["opinions"]


def test_a_new_case_says_who_fills_it_in_and_who_the_patient_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def made(*given: str) -> Case:
        assert main(["new", *given]) == 0
        return read(open_store().read(lines(capsys)[0])[1])

    case = made("--by", "advocate", "--nickname", "Kidney", "--patient", "Omar Invented")
    assert (case.mode, case.nickname, case.person.name) == (Mode.ADVOCATE, "Kidney", "Omar Invented")
    assert made("--by", "caregiver").mode is Mode.CAREGIVER
    assert made().mode is Mode.SELF
    again = made("--like", case.id)
    assert (again.mode, again.person.name, again.nickname) == (Mode.ADVOCATE, "Omar Invented", "")
    assert made("--like", case.id, "--by", "self").mode is Mode.SELF
    with pytest.raises(SystemExit):
        main(["new", "--by", "nobody"])


def test_a_workbook_of_an_advocate_can_be_handed_over(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["new", "--by", "advocate", "--nickname", "Kidney"])
    handle = OpenCase(wanted=lines(capsys)[0])
    assert handle.case.mode is Mode.ADVOCATE
    assert "You fill this in for yourself" not in workbooks.view(handle)
    assert "Hand over to another advocate" in workbooks.view(handle)


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (["export", "nosuch", "--document", "summary", "--as", "pdf", "--to", "x"], 1, "not here"),
        (["save", "nosuch", "x.json"], 1, "not here"),
        (["erase", "nosuch", "--yes"], 1, "not here"),
        (["erase", "nosuch"], 2, "--yes"),
        (["load", "nosuch.json"], 1, "no file"),
        (["load", "."], 1, "folder"),
        (["open", "--port", "many"], 2, "--port"),
        (["open", "--port", "70000"], 2, "0 to 65535"),
        (["open", "--port", "-1"], 2, "0 to 65535"),
        (["status", "x", "--today", "0001-01-01"], 2, "1880"),
        (["facts", "--today", "9999-12-31"], 2, "2150"),
        (["fly"], 2, "fly"),
        (["export", "x", "--document", "summary", "--as", "pdf", "--to", "x", "--today", "soon"], 2, "2026-11-22"),
    ],
)
def test_wrong_use_gets_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str], code: int, says: str
) -> None:
    try:
        got = main(command)
    except SystemExit as stop:
        got = int(str(stop.code))
    out, err = capsys.readouterr()
    assert got == code
    assert out == ""
    assert says.lower() in err.lower()
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_unencodable_text_is_printed(home: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}

    def run(*command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-m", "workbook", *command], env=env, capture_output=True, check=False)

    assert run("new", "--nickname", "Großmutter 膝").returncode == 0
    told = run("list")
    assert (told.returncode, told.stderr) == (0, b"")
    assert "Großmutter 膝" in told.stdout.decode("utf-8")


def test_a_name_that_is_too_long_is_reported(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--nickname", "x" * 100_001]) == 1
    assert "longer than" in capsys.readouterr().err
    main(["demo"])
    key = lines(capsys)[0]
    assert main(["new", "--like", key, "--nickname", "x" * 100_001]) == 1


def test_the_pdf_of_everything_with_the_workbook_inside_is_a_backup(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--nickname", "Knee"]) == 0
    (key,) = lines(capsys)
    own = ["export", key, "--document", "summary", "--as", "pdf", "--with-case-file", "--to", str(tmp_path)]
    assert main(own) == 1, "a clinician's copy has nothing inside"
    assert "Only the PDF of everything" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.pdf"))
    assert main([*own, "--for", "full"]) == 0
    (file,) = lines(capsys)
    assert Path(file).name == f"{key}-summary-full-with-case-file.pdf"
    assert main(["erase", key, "--yes"]) == 0
    assert main(["load", file]) == 0
    assert lines(capsys) == [key]
    assert main(["list", "--json"]) == 0
    assert [c["nickname"] for c in json.loads(lines(capsys)[0])] == ["Knee"]


def test_a_story_for_a_computer_is_a_json_file(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    capsys.readouterr()
    for document in ("patient-story", "ips"):
        assert main(["export", "demo-breast", "--document", document, "--as", "fhir", "--to", str(tmp_path)]) == 0
        (file,) = lines(capsys)
        assert Path(file).name == f"demo-breast-{document}.json"
        assert json.loads(Path(file).read_text("utf-8"))["resourceType"] == "Bundle"
