"""Each mark has a shape of its own, fits its square, and is never the only way to say something."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import combinations

import pytest
from lxml import etree

from workbook.case.opinions import How
from workbook.case.records import RecordItem, RecordKind
from workbook.documents import pictures
from workbook.documents.render import html, word
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree import marks
from workbook.errors import CannotExport

from . import word_parts as parts


def outline(mark: str) -> str:
    """The shapes without any color."""
    return re.sub(r'(fill|stroke|color)="[^"]*"', "", str(marks.svg(mark)))


@pytest.mark.parametrize(("one", "other"), [*combinations(marks.MARKS, 2)])
def test_marks_differ_without_color(one: str, other: str) -> None:
    assert outline(one) != outline(other)


@pytest.mark.parametrize("mark", marks.MARKS)
def test_a_mark_is_hidden_from_screen_readers_and_fits_its_square(mark: str) -> None:
    root = etree.fromstring(str(marks.svg(mark)).encode())
    assert root.get("aria-hidden") == "true"
    edge = marks.SIDE / 2
    for circle in root.iter("{*}circle"):
        reach = float(circle.get("r")) + float(circle.get("stroke-width", 0)) / 2
        assert abs(float(circle.get("cy", 0))) + reach <= edge
    for square in root.iter("{*}rect"):
        half = float(square.get("width")) / 2
        assert half * (2**0.5 if square.get("transform") else 1) <= edge
    assert "style" not in root.attrib


def test_a_color_cannot_become_markup() -> None:
    drawn = str(marks.shape("disc", 1, 2, ink='"><script>'))
    assert "<script" not in drawn


def test_an_unknown_mark_in_a_tree_is_rejected() -> None:
    with pytest.raises(CannotExport):
        B.check(B.document("T", [B.para({"t": "x", "mark": "smile"})]))


def test_a_marked_cell_says_the_same_in_words_everywhere() -> None:
    doc = B.document("T", [B.table("", ["Record", "Seen"], [["MRI", B.marked("half", "<b>report</b> only")]])])
    page = html.render(doc)
    assert "&lt;b&gt;report&lt;/b&gt; only" in page
    assert page.count('class="wb-mark-sign"') == 1
    assert 'class="keep marked"' in page
    assert "<b>report</b> only" in parts.words(word.render(doc, date(2026, 11, 22)))


@pytest.mark.parametrize("mark", marks.MARKS)
def test_a_word_file_has_the_mark_as_a_symbol_of_its_own(mark: str) -> None:
    seen = {}
    for one in marks.MARKS:
        doc = B.document("T", [B.table("", ["Record", "Seen"], [["MRI", B.marked(one, "images")]])])
        (sign,) = parts.body(word.render(doc, date(2026, 11, 22))).iter(f"{parts.W}sym")
        seen[one] = chr(int(sign.get(f"{parts.W}char"), 16))
    assert [*seen.values()].count(seen[mark]) == 1
    assert unicodedata.name(seen[mark])


@pytest.mark.parametrize("how", list(How))
@pytest.mark.parametrize("kind", [None, RecordKind.LAB, RecordKind.IMAGING_STUDY, RecordKind.SLIDES])
def test_every_way_of_seeing_has_a_mark_that_the_legend_explains(how: How, kind: RecordKind | None) -> None:
    mark, words = pictures.seen(how, RecordItem(id="r1", kind=kind))
    assert mark in pictures.LEGEND
    assert words
    unseen, _ = pictures.seen(how, RecordItem(id="r1", kind=kind), there=False)
    assert unseen == "dash"


def test_a_lab_result_that_was_read_was_seen_in_full() -> None:
    """There is nothing but the report, so "the report only" would read as a lack."""
    assert pictures.seen(How.REPORT_ONLY, RecordItem(id="r1", kind=RecordKind.LAB)) == ("disc", "Has read it")
    assert pictures.seen(How.REPORT_ONLY, RecordItem(id="r1", kind=RecordKind.IMAGING_STUDY))[0] == "half"
