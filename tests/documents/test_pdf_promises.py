"""A PDF is tagged, titled, numbered and reproducible."""

from __future__ import annotations

import io
from datetime import date

import pdfua
import pytest
from pypdf import PdfReader

from workbook.documents.render import pdf
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.errors import CannotExport

from .kinds import document, png, structure

DAY = date(2026, 11, 22)


def read(printed: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(printed))


def texts(printed: bytes) -> list[str]:
    return [page.extract_text() for page in read(printed).pages]


@pytest.mark.parametrize(("paper", "size"), [("us-letter", 10), ("a4", 14)])
def test_checker_finds_nothing(tmp_path, paper, size):
    path = tmp_path / "kinds.pdf"
    path.write_bytes(pdf.render(document(paper=paper, size=size, watermark="Made up"), DAY))
    report = pdfua.validate(str(path))
    assert [f"{finding.rule_id} {finding.message}" for finding in report.findings] == []


def test_headings_are_tagged_without_skipping_a_level():
    doc = B.document("T", [B.heading(2, "a"), B.heading(6, "b"), B.callout("c", [B.heading(2, "d")])])
    assert [tag for tag, _node in structure(pdf.render(doc, DAY)) if tag[:1] == "H"] == ["H1", "H2", "H3", "H2"]


def test_tables_tag_their_header_cells_with_a_scope():
    cells = [node for tag, node in structure(pdf.render(document(), DAY)) if tag == "TH"]
    assert [str(node["/A"][0]["/Scope"]) for node in cells] == ["/Column", "/Column"]


def test_same_document_and_day_give_the_same_bytes():
    first = pdf.render(document(), DAY)
    assert pdf.render(document(), DAY) == first
    assert pdf.render(document(), date(2026, 11, 23)) != first


def test_title_language_bookmarks_and_paper():
    letter = read(pdf.render(document(lang="es-MX"), DAY))
    assert letter.metadata.title == "Every kind"
    assert letter.trailer["/Root"]["/Lang"] == "es-MX"
    assert [mark.title for mark in letter.outline if not isinstance(mark, list)] == ["Every kind"]
    assert tuple(letter.pages[0].mediabox)[2:] == (612, 792)
    sheet = read(pdf.render(document(paper="a4"), DAY)).pages[0].mediabox
    assert (round(sheet[2]), round(sheet[3])) == (595, 842)


def test_every_page_has_its_number_and_the_watermark():
    pages = texts(pdf.render(document(watermark="Made-up example"), DAY))
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in words
        assert "Made-up example" in words
    assert "Not medical advice." in pages[-1]


def test_the_renderers_texts_can_be_translated():
    words = {"page": "Página {page} de {pages}"}
    assert "Página 1 de 1" in texts(pdf.render(B.document("T", [B.para("x")], words=words), DAY))[0]


def test_long_table_repeats_its_header_and_loses_no_row():
    rows = [[f"Record {n:03}", "Received"] for n in range(200)]
    pages = texts(pdf.render(B.document("T", [B.table("All", ["Name of it", "State"], rows)]), DAY))
    assert all("Name of it" in words for words in pages)
    assert sum(words.count("Record ") for words in pages) == 200


def test_a_tall_table_leaves_room_to_write():
    rows = [[f"Row {n}", ""] for n in range(25)]
    pages = [
        len(texts(pdf.render(B.document("T", [B.table("", ["a", "b"], rows, tall=tall)]), DAY)))
        for tall in (False, True)
    ]
    assert pages == [1, 2]


@pytest.mark.parametrize("broken", [b"no picture at all", png()[:40], b"\xff\xd8\xff broken"])
def test_damaged_picture_is_named_instead(broken):
    doc = B.document("T", [B.para("Before"), B.image(broken, "A scan of a knee"), B.para("After")])
    printed = pdf.render(doc, DAY)
    assert b"pdfuaid" in read(printed).trailer["/Root"]["/Metadata"].get_data()
    assert "[A scan of a knee]" in texts(printed)[0]


def test_an_invalid_tree_names_the_position_and_no_text():
    doc = document()
    doc["blocks"][1] = {"k": "para", "c": [{"t": "my secret", "colour": "red"}]}
    with pytest.raises(CannotExport, match="blocks → 2 → para → c → 1") as problem:
        pdf.render(doc, DAY)
    assert "secret" not in str(problem.value)
