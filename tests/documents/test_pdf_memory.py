"""A server that makes many documents stays small."""

from __future__ import annotations

from datetime import date

import psutil
import pytest

from workbook.documents.render import pdf
from workbook.documents.tree import blocks as B  # noqa: N812

DAY = date(2026, 11, 22)


def one(turn: int) -> None:
    rows = [[f"Record {turn} {row}", "Received", f"{turn * row}"] for row in range(300)]
    pdf.render(B.document(f"Turn {turn}", [B.table("All", ["Name", "State", "Number"], rows)]), DAY)


@pytest.mark.long
def test_long_documents_leave_nothing_behind():
    for turn in range(3):
        one(turn)
    before = psutil.Process().memory_info().rss
    for turn in range(3, 23):
        one(turn)
    # Typst would cache the pages of the last ten, far more than this.
    assert psutil.Process().memory_info().rss - before < 40 * 2**20
