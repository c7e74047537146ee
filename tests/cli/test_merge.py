"""`workbook merge` lists both answers where a merged file has another one, chooses, and takes a choice back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests import builders
from workbook.case import dump, put, read
from workbook.cli import main
from workbook.session.merge import handed_out
from workbook.store import open_store


@pytest.fixture
def differs(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of the one question where both sides changed the answer."""
    store = open_store()
    store.create(builders.case())
    copy = put(handed_out(store, "knee", dt.date(2026, 11, 30)), "goal.decide_by", "2026-12-24")
    (tmp_path / "back.json").write_bytes(dump(copy))
    ours = put(read(store.read("knee")[1]), "goal.decide_by", "2026-12-01").model_dump(mode="json")
    store.change("knee", "me", lambda _: ours)
    assert main(["load", str(tmp_path / "back.json")]) == 0
    assert "workbook merge knee" in capsys.readouterr().err
    assert main(["merge", "knee"]) == 0
    out, err = capsys.readouterr()
    key, *rest = out.strip().split("\t")
    assert rest == ["Decide by", "here: 2026-12-01", "in the file: 2026-12-24"]
    assert "--use-file ID" in err
    return key


def decide_by() -> str | None:
    return read(open_store().read("knee")[1]).goal.decide_by


def test_the_answer_of_the_file_is_used_and_the_choice_taken_back(
    differs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["merge", "knee", "--use-file", differs]) == 0
    assert decide_by() == "2026-12-24"
    number = capsys.readouterr().err.split()[-1]
    assert main(["merge", "knee", "--undo", number]) == 0
    assert decide_by() == "2026-12-01"


def test_ours_is_kept(differs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", "knee", "--keep", differs]) == 0
    assert decide_by() == "2026-12-01"
    capsys.readouterr()
    assert main(["merge", "knee"]) == 0
    assert capsys.readouterr() == ("", "No answers differ. There is nothing to choose.\n")


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["--keep", "nosuch"], 1, "nothing to choose with that id"),
        (["--keep", "a", "--undo", "1"], 2, "one at a time"),
        (["--undo", "999999"], 1, "can no longer be undone"),
        (["--undo", "x"], 1, "can no longer be undone"),
    ],
)
def test_a_mistake_gets_one_sentence(
    differs: str, capsys: pytest.CaptureFixture[str], options: list[str], code: int, says: str
) -> None:
    assert main(["merge", "knee", *options]) == code
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert says in err
