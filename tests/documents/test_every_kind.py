"""Every renderer supports each kind of block, with all its text, and rejects unknown kinds."""

from __future__ import annotations

import html as markup
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from workbook.documents.render import html, pdf, word
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.errors import CannotExport

from . import word_parts as parts
from .kinds import SEEN, document, structure

DAY = date(2026, 11, 22)
RENDERERS = {"html": html, "pdf": pdf, "docx": word}
WORDY = {"t", "label", "alt", "day", "words"}


def said(node: Any, key: str = "") -> Iterator[str]:
    """Every text a reader should see of a block."""
    if isinstance(node, str) and (key in WORDY or key == "options"):
        yield from node.split()
    elif isinstance(node, list):
        for inner in node:
            yield from said(inner, key)
    elif isinstance(node, dict):
        for name, inner in node.items():
            yield from said(inner, name)


def in_html(doc: dict[str, Any]) -> str:
    page = re.sub(r"<style>.*?</style>", "", html.render(doc), flags=re.S)
    described = " ".join(re.findall(r'alt="([^"]*)"', page))
    return markup.unescape(f"{re.sub('<[^>]*>', ' ', page)} {described}")


def in_pdf(doc: dict[str, Any]) -> str:
    printed = pdf.render(doc, DAY)
    described = [str(node["/Alt"]) for _tag, node in structure(printed) if "/Alt" in node]
    return " ".join([*(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages), *described])


def in_word(doc: dict[str, Any]) -> str:
    made = word.render(doc, DAY)
    described = [shape._inline.docPr.get("descr") for shape in parts.opened(made).inline_shapes]
    return " ".join([parts.words(made), *described])


def test_the_sample_contains_every_kind() -> None:
    assert set(SEEN) == B.KINDS


@pytest.mark.parametrize("read", [in_html, in_pdf, in_word])
@pytest.mark.parametrize("kind", sorted(B.KINDS))
def test_a_kind_is_rendered_with_all_its_text(kind: str, read: Any) -> None:
    block, own = SEEN[kind]
    made = read(B.document("Kinds", [B.para("Before it"), block, B.para("After it")]))
    assert [w for w in said(block) if w not in made] == []
    assert own in made
    places = [made.index("Before it"), made.index("After it")]
    assert places == sorted(places)


def test_a_page_break_starts_a_new_page() -> None:
    doc = B.document("Kinds", [B.para("Before it"), B.pagebreak(), B.table("", ["x"], [["After it"]])])
    assert [("After it" in page.extract_text()) for page in PdfReader(io.BytesIO(pdf.render(doc, DAY))).pages] == [
        False,
        True,
    ]
    assert html.render(doc).count('class="pagebreak"') == 1
    body = parts.body(word.render(doc, DAY))
    assert len(list(body.iter(f"{parts.W}pageBreakBefore"))) == 1


@pytest.mark.parametrize("name", RENDERERS)
def test_an_unknown_kind_is_rejected_not_skipped(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    doc = B.document("T", [{"k": "hologram", "c": [{"t": "Lost words"}]}])
    render = RENDERERS[name].render
    arguments = (doc,) if name == "html" else (doc, DAY)
    with pytest.raises(CannotExport, match="blocks → 1"):
        render(*arguments)
    # Also without validation, as when the schema has a new kind before the renderer does.
    module = pdf.typeset if name == "pdf" else RENDERERS[name]
    monkeypatch.setattr(module, "check", lambda unchecked: unchecked)
    with pytest.raises(Exception, match=r"hologram|could not be made"):
        render(*arguments)


def test_everything_together() -> None:
    doc = document(watermark="Made-up example.")
    for made in (in_html(doc), in_pdf(doc), in_word(doc)):
        assert [own for _block, own in SEEN.values() if own not in made] == []
