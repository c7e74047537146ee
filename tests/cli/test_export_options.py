"""`workbook export` rejects an option without effect, and a file in place of the folder, with one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from workbook.case import add
from workbook.cli import main
from workbook.store import open_store


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / "home"))
    case = add(builders.case(), "notes", {"id": "n1", "text": "A private note"})
    open_store().create(case)
    return case.id


@pytest.mark.parametrize(
    ("document", "form", "option", "told"),
    [
        ("comparison", "html", ["--without-first-conclusion"], "Only the summary and the packet index"),
        ("case-file", "json", ["--without-first-conclusion"], "Only the summary and the packet index"),
        ("questions", "html", ["--for", "family"], "Leave out --for"),
        ("comparison", "html", ["--large"], "no large print"),
        ("case-file", "json", ["--include", "notes.n1"], "nothing to choose"),
        ("questions", "html", ["--include", "notes.n2"], "does not exist"),
        ("calendar", "ics", ["--include", "goal"], "is included already"),
        ("summary", "html", ["--include", "notes.n2"], "cannot receive"),
    ],
)
def test_an_option_without_effect_is_rejected(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], document: str, form: str, option: list[str], told: str
) -> None:
    out = tmp_path / "out"
    assert main(["export", key, "--document", document, "--as", form, "--to", str(out), *option]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert not out.exists()


def test_a_second_language_is_an_option_only_where_one_ships(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["export", key, "--document", "case-file", "--as", "json", "--to", str(tmp_path / "out")]
    with pytest.raises(SystemExit):
        main([*asked, "--two-language", "es"])
    assert "Unrecognized arguments: --two-language" in capsys.readouterr().err
    monkeypatch.setattr("workbook.locale.languages", lambda: ("en", "es"))
    assert main([*asked, "--two-language", "es"]) == 1
    assert "Leave out --two-language" in capsys.readouterr().err


def test_the_options_that_a_document_has_are_taken(key: str, tmp_path: Path) -> None:
    for document, option in (
        ("packet-index", ["--without-first-conclusion"]),
        ("visit-sheet", ["--large"]),
        ("questions", ["--include", "notes.n1"]),
        ("summary", ["--large", "--for", "full", "--include", "notes.n1", "--without-first-conclusion"]),
    ):
        asked = ["export", key, "--document", document, "--as", "html", "--to", str(tmp_path / "out"), *option]
        assert main(asked) == 0


def test_summaries_for_two_readers_are_two_files(key: str, tmp_path: Path) -> None:
    for reader in ("clinician", "insurer", "family"):
        asked = ["export", key, "--document", "summary", "--as", "html", "--to", str(tmp_path / "out")]
        assert main([*asked, "--for", reader]) == 0
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {f"{key}-summary.html", f"{key}-summary-insurer.html", f"{key}-summary-family.html"}


@pytest.mark.parametrize("place", ["file", "file/inner"])
def test_a_file_in_place_of_the_folder_is_reported(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "file").write_text("here before")
    asked = ["export", key, "--document", "summary", "--as", "html", "--to", str(tmp_path / place)]
    assert main(asked) == 1
    assert capsys.readouterr().err == "There is a file where the folder should be. Choose a folder with --to.\n"
    assert (tmp_path / "file").read_text() == "here before"


def test_if_one_of_several_letters_exists_none_is_written(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = builders.case("two")
    for name in ("Lakeside", "Fable"):
        case = add(case, "records.requests", {"id": name.lower(), "to": name, "route": "access_self"})
    open_store().create(case)
    asked = ["export", "two", "--document", "records-request", "--as", "html", "--to", str(tmp_path)]
    assert main(asked) == 0
    written = sorted(tmp_path.glob("*.html"))
    for file in written[:-1]:
        file.unlink()
    assert main(asked) == 1
    assert "There is already a file" in capsys.readouterr().err
    assert sorted(tmp_path.glob("*.html")) == written[-1:]


def test_notes_to_the_sender_are_printed_and_not_in_the_file(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", key, "--document", "decision-note", "--as", "html", "--to", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(tmp_path / f"{key}-decision-note.html")]
    assert told.err.startswith(f"Before you send {key}-decision-note.html, check:\n  ")
    assert "  What was decided.\n" in told.err
    letter = (tmp_path / f"{key}-decision-note.html").read_text("utf-8")
    assert "What was decided." not in letter
