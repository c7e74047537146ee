"""The blank workbook for paper holds every line of the checklists, with room to write."""

from __future__ import annotations

import datetime as dt
import io

import pypdf

from workbook.content import seeds
from workbook.documents import export


def test_every_step_and_shipped_entry_stands_on_paper() -> None:
    data = export.make(None, "blank", "pdf", dt.date(2026, 11, 22))  # type: ignore[arg-type]
    text = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages).split())
    for number in range(1, 7):
        assert f"Step {number}:" in text
    for path in ("records.items", "visit.questions", "compare.tie_breaker"):
        for entry in seeds(path):
            words = getattr(entry, "text", "") or getattr(entry, "title", "")
            assert words.split("(")[0].strip() in text
    assert "{" not in text
    assert "911" in text
