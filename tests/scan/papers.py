"""Records for the tests of this room: public samples where they are, and bytes as a file that can be read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from workbook.scan.values import Source

SAMPLES = Path(__file__).parents[3] / "shared" / "records" / "samples"


def source(data: bytes, path: str = "record") -> Source:
    return Source(path, len(data), lambda: io.BytesIO(data))


def sample(path: str) -> Source:
    """A public sample, by its path; the test is skipped where the samples are not."""
    if not SAMPLES.is_dir():
        pytest.skip("the public sample records are not beside this checkout")
    return source((SAMPLES / path).read_bytes(), path)


def facts(*kinds: str) -> list[Any]:
    """A parameter for each sample of a kind: its path and the facts that other programs found."""
    if not SAMPLES.is_dir():
        return [pytest.param("", {}, marks=pytest.mark.skip("the public sample records are not beside this checkout"))]
    with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        return [
            pytest.param(row["path"], json.loads(row["expected_json"]), id=Path(row["path"]).name)
            for row in csv.DictReader(rows)
            if row["kind"] in kinds
        ]
