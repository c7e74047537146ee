"""The blank workbook for paper contains every line of the checklists, with space to write."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest

from workbook.content import seeds
from workbook.documents import export


def test_every_step_and_shipped_entry_is_printed() -> None:
    data = export.make(None, "blank", "pdf", dt.date(2026, 11, 22))  # type: ignore[arg-type]
    text = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages).split())
    for number in range(1, 7):
        assert f"Step {number}:" in text
    for path in ("records.items", "visit.questions", "compare.tie_breaker"):
        for entry in seeds(path):
            words = getattr(entry, "text", "") or getattr(entry, "title", "")
            assert words.split("(")[0].strip() in text
    for words in ("Medicines taken now", "Allergies and bad reactions", "Who saw what", "Second clinician saw it"):
        assert words in text
    assert "{" not in text
    assert "911" in text


@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_no_page_is_left_with_the_disclaimer_alone(paper: str) -> None:
    data = export.make(None, "blank", "pdf", dt.date(2026, 11, 22), paper=paper)  # type: ignore[arg-type]
    pages = [" ".join(p.extract_text().split()) for p in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert all(len(page) > 150 for page in pages)
    assert "Do they agree on the diagnosis?" in pages[-1]
    script = next(page for page in pages if "Read this aloud" in page)
    assert "What they said" in script  # the answers are written next to what is read aloud
