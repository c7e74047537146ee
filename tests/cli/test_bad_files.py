"""A file that is not a case is refused in one sentence, and nothing is kept of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbook.case import Case, dump
from workbook.cli import main

SECRET = "Zebulon"


def bad_files() -> dict[str, bytes]:
    good = json.loads(dump(Case(nickname=SECRET)))
    return {
        "empty": b"",
        "not json": SECRET.encode(),
        "cut short": dump(Case(nickname=SECRET))[:-40],
        "another kind of file": b"\x89PNG\r\n\x1a\n" + SECRET.encode(),
        "a list": json.dumps([SECRET]).encode(),
        "foreign": json.dumps({"resourceType": "Patient", "name": SECRET}).encode(),
        "newer": json.dumps({**good, "schema_version": 99}).encode(),
        "damaged part": json.dumps({**good, "goal": SECRET}).encode(),
        "unknown key": json.dumps({**good, "surprise": SECRET}).encode(),
        "deep": b"[" * 200_000,
        "two with one id": json.dumps({**good, "tasks": [{"id": "aa"}, {"id": "aa"}]}).encode(),
    }


@pytest.mark.parametrize("kind", bad_files())
def test_it_is_refused(kind: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(bad_files()[kind])
    assert main(["load", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert SECRET not in err
    main(["list"])
    assert capsys.readouterr().out == ""


def test_a_huge_file_is_refused_unread(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    assert main(["load", str(file)]) == 1
    assert "too large" in capsys.readouterr().err
