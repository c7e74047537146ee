"""Case files of every past version open today, and other files are rejected with a message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.case.keep import keep
from workbook.case import SCHEMA_VERSION, dump, parse, put, read
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


def _lost(old: Any, new: Any, path: str = "") -> list[str]:
    """Paths at which the new data lacks or changes the old data."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [lost for key, value in old.items() for lost in _lost(value, new.get(key, "gone"), f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [lost for n, value in enumerate(old) for lost in _lost(value, new[n], f"{path}.{n}")]
    return [] if old == new else [path]


def test_the_current_format_loses_no_field() -> None:
    """A field may be added; one that moves, changes or goes away needs a new version and a migration."""
    content = (OLD / f"version-{SCHEMA_VERSION}.json").read_bytes()
    assert _lost(json.loads(content), json.loads(dump(parse(content)))) == []


def test_a_file_without_a_later_field_opens() -> None:
    data = json.loads((OLD / f"version-{SCHEMA_VERSION}.json").read_bytes())
    del data["goal"]["own_words"], data["tasks"]
    assert read(data).goal.own_words == ""


def test_a_file_with_an_unknown_field_asks_for_an_update() -> None:
    data = json.loads((OLD / f"version-{SCHEMA_VERSION}.json").read_bytes())
    data["goal"]["field_of_a_later_workbook"] = "PLANTED"
    with pytest.raises(BadFile, match="newer workbook") as told:
        read(data)
    assert "PLANTED" not in str(told.value)


def test_version_1_scan_lines_become_entries_and_typed_lines_stay() -> None:
    case = parse((OLD / "discs-of-version-1.json").read_bytes())
    disc = case.records.media["m-disc"]
    assert [(s.modality, s.body_part, s.on, s.images) for s in disc.scans] == [
        ("CT", "belly (abdomen)", "2026-11-03", 3),
        ("MG", "breast", "2026-10-14", 8),
        ("PT/CT", "", "2026-11-04", 200),
    ]
    assert disc.found.split("\n") == [
        "Uterus MRI, in Dr. Vane's folder",
        "US 2026-10-14 (12 images)",
        "MRI, 2026-13-40: 3 images",
        "Disc from Lakeside (CT), 2026-11-03: 3 images",
        "CT, Dr. Vane's knee, 2026-11-03: 3 images",
    ]
    assert [(s.modality, s.on, s.lacks) for s in disc.scans_missing] == [
        ("MR", "2026-10-14", ""),
        ("DX", "2026-10-15", "Cut short or damaged: 1 of 2 files."),
    ]
    assert disc.missing == "Ask Lakeside, 2026-10-14"
    typed = put(case, "records.media.m-disc.found", "CT, 2026-11-03: 3 images")
    assert parse(dump(typed)) == typed, "what is typed from now on is left as it is"


@pytest.mark.parametrize("records", [[], {"media": {}}, {"media": ["x"]}, {"media": [{"found": 1}]}])
def test_a_damaged_old_file_is_rejected_with_a_message(records: object) -> None:
    with pytest.raises(BadFile, match="damaged"):
        read({"schema_version": 1, "records": records})


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
        (b'{"schema_version": 1, "PLANTED": 1}', "newer workbook"),
        (b'{"schema_version": 1, "notes": [{"id": "a"}, {"id": "a"}]}', "damaged"),
        (b'{"schema_version": 1, "id": "../../etc"}', "damaged"),
        (b" " * 50_000_001, "too large"),
    ],
)
def test_other_files_are_rejected(content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence) as told:
        parse(content)
    assert "PLANTED" not in str(told.value)
    assert told.value.__cause__ is None


def test_a_new_version_is_kept_by_a_command_and_an_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "version-0.json").write_bytes((OLD / "version-1.json").read_bytes())
    kept = keep(tmp_path)
    assert parse(kept.read_bytes()).person.name == "Walter Example-Finch"
    with pytest.raises(SystemExit, match="kept already"):
        keep(tmp_path)
