"""Each kind of block is drawn by both renderers."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from workbook.documents import blocks as B  # noqa: N812
from workbook.documents import html, pdf

from .kinds import SEEN, document, structure

DAY = date(2026, 11, 22)


def test_the_sample_holds_every_kind_there_is():
    assert set(SEEN) == B.KINDS


@pytest.mark.parametrize("kind", sorted(B.KINDS))
def test_kind_is_drawn_in_html_and_pdf(kind):
    block, word = SEEN[kind]
    before, after = B.para("Before it"), B.para("After it")
    doc = B.document("Kinds", [before, block, after])
    page, printed = html.render(doc), pdf.render(doc, DAY)
    reader = PdfReader(io.BytesIO(printed))
    text = "".join(sheet.extract_text() for sheet in reader.pages)
    assert word in page
    assert len(reader.pages) == (2 if kind == "pagebreak" else 1)
    if kind == "pagebreak":
        assert 'class="pagebreak"' in page
    elif kind == "image":
        assert len(reader.pages[0].images) == 1
        assert "Beechnut drawing" in [str(node.get("/Alt")) for _tag, node in structure(printed)]
    else:
        assert word in text
    assert "Before it" in text
    assert "After it" in text


def test_everything_together():
    doc = document(mark="Made-up example.")
    assert pdf.render(doc, DAY).startswith(b"%PDF-")
    page = html.render(doc)
    assert all(word in page for _block, word in SEEN.values())
