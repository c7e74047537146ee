"""A letter that only a practice has is named on the command line, with the practice's folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.test_letters_everywhere import full
from tests.documents.test_letters_of_ones_own import CLINIC
from workbook.cli import main
from workbook.store import open_store


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    made = tmp_path / "practice"
    assert main(["init", str(made)]) == 0
    (made / "packs" / "letters").mkdir(parents=True)
    (made / "packs" / "letters" / "longer-visit.toml").write_text(CLINIC, "utf-8")
    capsys.readouterr()
    return made


def _export(folder: Path, name: str, out: Path) -> int:
    case = full()
    if not open_store().cases():
        open_store().create(case)
    wanted = ["--document", name, "--as", "html", "--practice", str(folder), "--to", str(out)]
    return main(["export", case.id, *wanted])


def test_the_letter_is_written(folder: Path, tmp_path: Path) -> None:
    assert _export(folder, "longer-visit", tmp_path) == 0
    made = list(tmp_path.glob("*longer-visit*.html"))
    assert made
    assert "Please book a longer one" in made[0].read_text("utf-8")


def test_a_wrong_name_lists_the_practices_letters_too(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _export(folder, "longer-visits", tmp_path) == 1
    err = capsys.readouterr().err
    assert "There is no document with that name." in err
    assert "longer-visit" in err
