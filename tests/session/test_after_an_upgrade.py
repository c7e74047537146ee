"""A case stored by an older version: it opens, and its first change does not include the migration."""

from __future__ import annotations

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
