"""A file that is not a case is rejected with one sentence, and nothing of it is stored."""

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
def test_a_bad_file_is_rejected(kind: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(bad_files()[kind])
    assert main(["load", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert SECRET not in err
    main(["list"])
    assert capsys.readouterr().out == ""


def test_a_huge_file_is_rejected_unread(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    assert main(["load", str(file)]) == 1
    assert "too large" in capsys.readouterr().err


def odd_values() -> dict[str, dict[str, object]]:
    deep: object = "x"
    for _ in range(400):
        deep = [deep]
    half = "Ada \ud83d"  # a lone surrogate
    own = {"words": "Ride?", "kind": "text"}
    return {
        "half a letter in an own answer": {"own": {"ride": {**own, "value": half}}},
        "half a letter in its words": {"own": {"ride": {**own, "words": half, "value": "x"}}},
        "half a letter in a time": {"created": half, "updated": half},
        "half a letter in what is left out": {"left_out": [half]},
        "half a letter as a key": {"own": {half: {**own, "value": "x"}}},
        "half a letter in a name": {"nickname": half},
        "a deep own answer": {"own": {"ride": {**own, "value": deep}}},
        "a deep draft": {"drafts": {"goal.own_words": deep}},
        "a deep time": {"created": deep},
    }


@pytest.mark.parametrize("kind", odd_values())
def test_odd_values_give_a_workbook_or_a_message(
    kind: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps({**json.loads(dump(Case(nickname="Ada"))), **odd_values()[kind]}), "ascii")
    code = main(["load", str(file)])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    if code == 0:
        key = out.strip()
        assert main(["save", key, str(tmp_path / "again.json")]) == 0
        assert main(["status", key]) == 0
    else:
        assert (code, out, len(err.strip().splitlines())) == (1, "", 1)
    assert ("half" in kind and "key" not in kind) <= (code == 0)
