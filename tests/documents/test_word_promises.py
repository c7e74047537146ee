"""A Word file is titled, numbered, reproducible, and has real styles that an advocate can change."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile

import docx
import pytest

from workbook.documents import export
from workbook.documents.render import word
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.session import demo

from . import word_parts as parts
from .kinds import document, png

DAY = dt.date(2026, 11, 22)


def test_same_document_and_day_give_the_same_bytes() -> None:
    first = word.render(document(), DAY)
    time.sleep(2.1)  # a zip stores times in steps of two seconds
    assert word.render(document(), DAY) == first
    assert word.render(document(), DAY + dt.timedelta(1)) != first


def test_title_language_day_and_nobodys_name() -> None:
    made = word.render(document(lang="es-MX"), DAY)
    about = parts.opened(made).core_properties
    assert (about.title, about.language) == ("Every kind", "es-MX")
    assert about.created.date() == about.modified.date() == DAY
    assert {about.author, about.last_modified_by, about.comments, about.keywords, about.category} == {""}
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert not [n for n in names if "thumbnail" in n or "custom" in n or "app.xml" in n]


@pytest.mark.parametrize(("paper", "inches"), [("us-letter", (8.5, 11)), ("a4", (8.27, 11.69))])
def test_paper(paper: str, inches: tuple[float, float]) -> None:
    section = parts.opened(word.render(document(paper=paper), DAY)).sections[0]
    assert (section.page_width.inches, section.page_height.inches) == pytest.approx(inches, abs=0.01)


@pytest.mark.parametrize("size", [10, 14])
def test_text_is_as_large_as_asked_for(size: int) -> None:
    styles = parts.opened(word.render(document(size=size), DAY)).styles
    assert styles["Normal"].font.size.pt == size
    assert styles["Heading 1"].font.size.pt > size


def test_every_page_has_its_number_and_the_watermark() -> None:
    section = parts.opened(word.render(document(watermark="Made up"), DAY)).sections[0]
    for footer in (section.first_page_footer, section.footer):
        fields = [e.get(f"{parts.W}instr").strip() for e in footer._element.iter(f"{parts.W}fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert "Ada Example\tPage 1 of 1" in parts.paragraph_words(footer._element)
    assert section.header.paragraphs[0].text == "Made up"
    assert parts.words(word.render(document(watermark="Made up"), DAY)).startswith("Made up\n")


def test_headings_lists_and_captions_are_words_own_styles() -> None:
    blocks = [
        B.heading(2, "a"), B.heading(3, "b"), B.listing(["c"]), B.listing(["d"], ordered=True), B.table("e", ["f"], [])
    ]  # fmt: skip
    used = parts.styles(word.render(B.document("T", blocks), DAY))
    assert used[:6] == ["Title", "Title rule", "Heading 1", "Heading 2", "List Bullet", "List Number"]
    assert "Caption" in used


def test_each_ordered_list_begins_at_one() -> None:
    blocks = [B.listing(["a", "b"], ordered=True), B.listing(["c"], ordered=True)]
    made = parts.body(word.render(B.document("T", blocks), DAY))
    counts = [n.get(f"{parts.W}val") for n in made.iter(f"{parts.W}numId")]
    assert counts[0] == counts[1] != counts[2]


def test_a_table_repeats_its_header_and_has_a_name() -> None:
    made = parts.opened(word.render(B.document("T", [B.table("Records", ["Name", "State"], [["x", "y"]] * 80)]), DAY))
    rows = made.tables[0]._tbl.tr_lst
    assert [row.find(f".//{parts.W}tblHeader") is not None for row in rows] == [True] + [False] * 80
    assert made.tables[0]._tbl.find(f".//{parts.W}tblCaption").get(f"{parts.W}val") == "Records"


def test_a_picture_has_alternative_text_and_fits_the_page() -> None:
    made = parts.opened(word.render(B.document("T", [B.image(png(3000, 20), "A scan of a knee")]), DAY))
    (shape,) = made.inline_shapes
    assert shape._inline.docPr.get("descr") == "A scan of a knee"
    assert shape.width.inches <= 7


@pytest.mark.parametrize("broken", [b"no picture at all", png()[:40], b"\xff\xd8\xff broken", b""])
def test_damaged_picture_is_named_instead_or_kept(broken: bytes) -> None:
    made = word.render(B.document("T", [B.image(broken, "A scan of a knee"), B.para("After")]), DAY)
    held = docx.Document(io.BytesIO(made))
    alt = [shape._inline.docPr.get("descr") for shape in held.inline_shapes]
    assert "[A scan of a knee]" in parts.words(made) or alt == ["A scan of a knee"]
    assert "After" in parts.words(made)


def test_a_summary_takes_less_than_half_a_second() -> None:
    tree = export.tree(demo.cases()[0], "summary", dt.date(2026, 12, 3))
    word.render(tree, DAY)
    start = time.process_time()
    word.render(tree, DAY)
    assert time.process_time() - start < 0.5


def test_a_signature_stays_with_its_text_and_a_small_table_on_one_page() -> None:
    blocks = [B.para("Thank you,"), B.lines(1, "Signature"), B.para("Ada"), B.table("", ["a"], [["x"], ["y"]])]
    made = parts.body(word.render(B.document("T", blocks), DAY))
    kept = {parts.paragraph_words(p): p.find(f".//{parts.W}keepNext") is not None for p in made.iter(f"{parts.W}p")}
    assert kept["Thank you,"]
    assert kept["x"]
    assert not kept["y"]
