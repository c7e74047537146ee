"""Sample records for tests of the readers: the path of each file, and what independent programs found in it.

Files with a license that allows it are kept in tests/records. `python -m tests.fetch_samples` fetches the others.
"""

from __future__ import annotations

import csv
import functools
import json
from pathlib import Path
from typing import Any

import pytest

RECORDS = Path(__file__).with_name("records")
FETCHED = RECORDS / "fetched"
HOW = "a public sample that the project may not ship; to fetch it: uv run python -m tests.fetch_samples"


@functools.cache
def rows() -> tuple[dict[str, str], ...]:
    """The lines of the manifest."""
    with (RECORDS / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def place(path: str) -> Path:
    """The path of a sample, whether or not it has been fetched."""
    kept = {row["path"]: row["kept"] for row in rows()}.get(path, "yes") == "yes"
    return (RECORDS if kept else FETCHED) / path


def at(path: str) -> Path:
    """The path of a sample. If it has not been fetched, skips the test and says how to fetch it."""
    found = place(path)
    if not found.exists():
        pytest.skip(HOW)
    return found


def facts(*kinds: str) -> list[Any]:
    """A parameter for each sample of these kinds: its path, and what other programs found in it."""
    wanted = [row for row in rows() if row["kind"] in kinds]
    assert wanted, f"no sample of {kinds}"
    return [
        pytest.param(
            row["path"],
            json.loads(row["expected_json"]),
            id=Path(row["path"]).name,
            marks=() if place(row["path"]).exists() else pytest.mark.skip(HOW),
        )
        for row in wanted
    ]
