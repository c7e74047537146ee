"""What the tests of the reading room share: the public samples, where they are, and small made files."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

# Public files that may not be copied into the project: they lie beside it where it is developed.
SAMPLES = Path(__file__).parents[3] / "shared" / "records" / "samples"

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public sample records are not beside the project")


def manifest() -> dict[str, dict[str, Any]]:
    """The facts that independent programs found in each sample, by its path."""
    if not SAMPLES.is_dir():
        return {}
    with (SAMPLES / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return {row["path"]: {"kind": row["kind"], **json.loads(row["expected_json"])} for row in csv.DictReader(lines)}


@pytest.fixture
def samples() -> Path:
    """The folder of public samples; the test is skipped where it is not there."""
    if not SAMPLES.is_dir():
        pytest.skip("the public sample records are not beside the project")
    return SAMPLES
