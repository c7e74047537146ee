"""A server that makes many Word files stays small."""

from __future__ import annotations

import gc
from datetime import date

import psutil
import pytest

from workbook.documents.render import word
from workbook.documents.tree import blocks as B  # noqa: N812

from .kinds import document, png

DAY = date(2026, 11, 22)


def made(turn: int) -> int:
    link = f"https://example.org/{turn}/"
    rows = [[f"Record {turn} {row}", "Received", B.link("where", f"{link}{row}")] for row in range(60)]
    blocks = [B.table("All", ["Name", "State", "Link"], rows), B.image(png(60, 60 + turn), "A picture")]
    doc = document()
    return len(word.render({**doc, "blocks": [*doc["blocks"], *blocks]}, DAY))


@pytest.mark.slow
def test_files_leave_nothing_behind() -> None:
    for turn in range(5):
        made(turn)
    gc.collect()
    before = psutil.Process().memory_info().rss
    for turn in range(5, 30):
        assert made(turn) > 10_000
    gc.collect()
    assert psutil.Process().memory_info().rss - before < 12 * 2**20
