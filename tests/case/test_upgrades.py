"""Case files of every version ever written open today, and other files are refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbook.case import SCHEMA_VERSION, dump, parse, read
from workbook.case import migrations as room
from workbook.errors import BadFile

OLD = Path(__file__).parent / "old"


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_file_of_each_version_opens(version: int) -> None:
    case = parse((OLD / f"version-{version}.json").read_bytes())
    assert case.schema_version == SCHEMA_VERSION
    assert case.person.name == "Walter Example-Finch"
    assert case.viewed["r-mri"]["c-second"].how == "images"
    assert case.drafts == {"records.items.r-mri.received_on": "last week"}
    assert parse(dump(case)) == case


def test_todays_version_is_written_as_its_kept_file_says() -> None:
    content = (OLD / f"version-{SCHEMA_VERSION}.json").read_bytes()
    assert json.loads(dump(parse(content))) == json.loads(content), "a new shape needs a new version and an upgrade"


def test_upgrades_run_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(data: dict[str, Any]) -> dict[str, Any]:
        return {**{k: v for k, v in data.items() if k != "title"}, "nickname": data["title"]}

    def shouted(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "nickname": data["nickname"].upper()}

    monkeypatch.setattr(room, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(room, "UPGRADES", {1: renamed, 2: shouted})
    given = {"schema_version": 1, "title": "knee"}
    assert read(given).nickname == "KNEE"
    assert given == {"schema_version": 1, "title": "knee"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"{" * 100_000, "cannot be read"),
        (b'{"schema_version": 1, "nickname": "PLANTED', "cannot be read"),
        (b"[1, 2]", "not a workbook file"),
        (b'{"name": "PLANTED"}', "not a workbook file"),
        (b'{"schema_version": true}', "not a workbook file"),
        (b'{"schema_version": 0}', "not a workbook file"),
        (b'{"schema_version": 99}', "newer workbook"),
        (b'{"schema_version": 1, "goal": {"decide_by": "PLANTED"}}', "damaged"),
        (b'{"schema_version": 1, "PLANTED": 1}', "damaged"),
        (b'{"schema_version": 1, "notes": [{"id": "a"}, {"id": "a"}]}', "damaged"),
        (b'{"schema_version": 1, "id": "../../etc"}', "damaged"),
        (b" " * 50_000_001, "too large"),
    ],
)
def test_other_files_are_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence) as told:
        parse(content)
    assert "PLANTED" not in str(told.value)
    assert told.value.__cause__ is None
