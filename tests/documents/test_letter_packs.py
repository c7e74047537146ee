"""A letter is one pack file: its table defines it, and errors in it name the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.documents import paper
from workbook.cli import main
from workbook.documents import catalog
from workbook.errors import BadFile
from workbook.session import demo

RIDE = """
[letter]
title = "Request for a ride"
use = "Asks the office to help with the way there."
fills = "after-request"
about = "waiting-requests"
after = "follow-up"

[[entry]]
id = "subject"
part = "subject"
lines = ["A ride for {patient}"]

[[entry]]
id = "ask"
lines = ["{I ask|I ask for {patient}} for help with the way to your office.", "The request went out {on_sent}."]
"""


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A practice's own folder of letters."""
    monkeypatch.setenv("WORKBOOK_PACKS", str(tmp_path))
    (tmp_path / "letters").mkdir()
    return tmp_path / "letters"


def test_one_file_adds_a_letter_after_the_one_it_names(practice: Path) -> None:
    (practice / "ride-request.toml").write_text(RIDE, "utf-8")
    names = list(catalog.DOCUMENTS)
    assert names[names.index("follow-up") + 1] == "ride-request"
    case, today = demo.cases()[0], dt.date(2026, 11, 22)
    about = catalog.subjects(catalog.DOCUMENTS["ride-request"], case, today)[0][0]
    text = paper.text(case, "ride-request", about=about)
    assert "for help with the way to your office" in text
    assert "The request went out on" in text


def test_the_shipped_letters_stay_in_their_order() -> None:
    names = [name for name, document in catalog.DOCUMENTS.items() if document.letter]
    late = ["follow-up", "extension-reply", "privacy-officer", "complaint-draft"]
    assert names == ["questions", "records-request", *late, "ask-both", "decision-note", "appeal-packet"]


def test_a_practice_renames_a_letter_and_keeps_its_words(practice: Path) -> None:
    (practice / "follow-up.toml").write_text('[letter]\ntitle = "Reminder"\n', "utf-8")
    found = catalog.DOCUMENTS["follow-up"]
    assert (found.title, found.use) == ("Reminder", "When an office has not answered.")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ride", RIDE.replace('fills = "after-request"', 'fills = "after-reqest"'), 'mean "after-request"'),
        ("ride", RIDE.replace("title =", "titel ="), 'mean "title"'),
        ("ride", RIDE.replace('about = "waiting-requests"', "about = 3"), "text in quotes"),
        ("ride", RIDE.replace('title = "Request for a ride"', ""), 'needs "title"'),
        ("ride", "[letter", "cannot be read"),
        ("My Ride", RIDE, "small letters"),
        ("summary", RIDE, "Choose another one"),
    ],
)
def test_errors_name_the_file(practice: Path, name: str, text: str, said: str) -> None:
    (practice / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(BadFile) as told:
        list(catalog.DOCUMENTS)
    assert f"letters/{name}.toml" in str(told.value)
    assert said in str(told.value)


@pytest.mark.parametrize("name", ["Follow-up (old)", "old-draft"])
def test_a_draft_without_a_letter_table_is_left_alone(practice: Path, name: str) -> None:
    (practice / f"{name}.toml").write_text('[[entry]]\nid = "ask"\nlines = ["Hello."]\n', "utf-8")
    assert name not in catalog.DOCUMENTS


def test_a_wrong_letter_stops_no_other_command(practice: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (practice / "ride.toml").write_text(RIDE.replace("after-request", "nothing"), "utf-8")
    assert main(["demo"]) == 0
    assert main(["export", "demo-breast", "--document", "summary", "--as", "pdf", "--to", str(home)]) == 1
    assert "letters/ride.toml" in capsys.readouterr().err


def test_two_letters_that_name_each_other_are_both_listed(practice: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (practice / f"{name}.toml").write_text(RIDE.replace('"follow-up"', f'"{other}"'), "utf-8")
    assert {"one", "two"} <= {*catalog.DOCUMENTS}
