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


def pdf(*pages: str, more: bytes = b"", end: bytes = b"%%EOF") -> bytes:
    """A small PDF with a line of text a page; `more` is put among its objects."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj".encode(),
    ]
    for n, text in enumerate(pages):
        words = f"BT /F 12 Tf 50 700 Td ({text}) Tj ET".encode()
        page = f"{10 + 2 * n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {11 + 2 * n} 0 R"
        parts.append(f"{page}/Resources<</Font<</F 3 0 R>>>>>>endobj".encode())
        parts.append(b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj" % (11 + 2 * n, len(words), words))
    return b"\n".join([*parts, more, b"trailer<</Root 1 0 R>>", end])
