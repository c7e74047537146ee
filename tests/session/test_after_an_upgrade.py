"""A case stored by an older version: it opens, and its first change does not include the migration."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.builders import session
from workbook.case import SCHEMA_VERSION, migrations
from workbook.session import Change


def test_the_history_contains_only_the_persons_changes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session(home).store.close()

    def taller(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "visit": {**data["visit"], "after_notes": "from the upgrade"}}

    monkeypatch.setattr(migrations, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations, "UPGRADES", {SCHEMA_VERSION: taller})
    page = session(home)
    assert page.case.visit.after_notes == "from the upgrade"
    (result,) = page.apply([Change("put", "visit.note_taker", "A friend")]).results
    assert [d["path"] for row in page.store.history("knee") for d in row.deltas] == ["visit.note_taker"]
    page.undo(result.undo)
    assert page.store.read("knee")[1]["visit"]["after_notes"] == "from the upgrade"
    assert page.store.read("knee")[1]["schema_version"] == SCHEMA_VERSION + 1


LINE = "MRI (MR), knee, 2026-10-14: 3 images"


def _as_version_1(home: Path, change: Change) -> str:
    """Makes the change as version 1 did; gives what undoes it."""
    page = session(home)
    undo = page.apply([change]).results[0].undo
    with sqlite3.connect(home / "workbook.db") as db:
        body = json.loads(db.execute("select body from cases").fetchone()[0])
        db.execute("update cases set body = ?", (json.dumps({**body, "schema_version": 1}),))
    page.store.close()
    return undo


def test_a_removed_disc_comes_back_with_its_scans_as_entries(home: Path) -> None:
    session(home).apply([Change("add", "records.media", {"id": "d1", "found": LINE})])
    undo = _as_version_1(home, Change("remove", "records.media.d1"))
    page = session(home)
    page.undo(undo)
    disc = page.case.records.media["d1"]
    assert (disc.found, [(s.modality, s.on, s.images) for s in disc.scans]) == ("", [("MR", "2026-10-14", 3)])


def test_a_line_that_is_an_entry_by_now_is_not_doubled_by_an_undo(home: Path) -> None:
    session(home).apply([Change("add", "records.media", {"id": "d1", "found": LINE})])
    undo = _as_version_1(home, Change("put", "records.media.d1.found", f"{LINE}\nCT, 2026-10-15: 2 images"))
    page = session(home)
    (result,) = page.undo(undo).results
    assert (result.status, "no longer be undone" in result.problem) == ("gone", True)
    disc = page.case.records.media["d1"]
    assert (disc.found, [s.modality for s in disc.scans]) == ("", ["MR", "CT"])
