"""`workbook check` says what is wrong, as text and JSON; the plugin says the same in pytest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check.folder import book, pack
from workbook.case import Case
from workbook.cli import main
from workbook.store import open_store

SLIP = 'wb.form(case, "goal.kindz")'
SENTENCE = "There is no question called goal.kindz. Did you mean goal.kinds?"
PLUGIN = ("-p", "workbook.check.plugin", "-p", "no:cacheprovider")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    book(tmp_path, "index")
    book(tmp_path, "1-goal", SLIP)
    pack(tmp_path, "seeds/visit.questions.toml", '[[entry]]\nid = "ask-wiat"\ngroup = "treatment"\ntext = "X?"\n')
    return tmp_path


def test_a_mistake_ends_with_1_and_notes_alone_with_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_a_day = ["check", str(folder), "--today", "2026-11-22"]  # later, facts are to be checked again: more notes
    assert main(of_a_day) == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"1-goal.ipynb, cell 2, line 1: {SENTENCE}"
    assert said.out.splitlines()[1].startswith("seeds/visit.questions.toml, line 2: Note: ")
    assert said.err == "1 mistake, 1 note.\n"
    (folder / "1-goal.ipynb").unlink()
    assert main(of_a_day) == 0
    assert capsys.readouterr().err == "No mistakes, 1 note.\n"


def test_the_json_has_each_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(folder), "--json"]) == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert first == {"file": "1-goal.ipynb", "sentence": SENTENCE, "cell": 2, "line": 1, "note": False}


def test_the_day_for_facts_can_be_given(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(folder), "--today", "2040-01-01"])
    assert "to be checked again by" in capsys.readouterr().out


def test_names_of_clients_come_from_the_store_and_are_not_printed(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_store().create(Case.model_validate({"id": "c1", "nickname": "Zed", "person": {"name": "Wilhelmina Oakes"}}))
    book(folder, "1-goal", "# Ask Wilhelmina Oakes first.")
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert "A client's name is in this notebook." in said.out
    assert "Oakes" not in said.out + said.err


def test_a_check_makes_no_store(folder: Path, home: Path) -> None:
    main(["check", str(folder)])
    assert not home.exists()


def test_pytest_checks_each_file(folder: Path, pytester: pytest.Pytester) -> None:
    done = pytester.runpytest_subprocess(*PLUGIN, "-v", "--workbook-check", str(folder))
    assert done.parseoutcomes()["failed"] == 1
    done.stdout.fnmatch_lines_random([f"*{name}*PASSED*" for name in ("index", "seeds/visit")])
    done.stdout.fnmatch_lines([f"*1-goal.ipynb, cell 2, line 1: {SENTENCE}"])
    assert "Traceback" not in done.stdout.str()


@pytest.mark.notebooks
def test_pytest_can_run_the_notebooks_too(tmp_path: Path, pytester: pytest.Pytester) -> None:
    book(tmp_path, "index", "assert case.case.person.name", "1 / 0")
    done = pytester.runpytest_subprocess(*PLUGIN, "--workbook-check", str(tmp_path), "--workbook-run")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["*index.ipynb, cell 3: ZeroDivisionError: division by zero*"])
