"""A letter has the usual layout: sender, date, recipient, subject line, then the text."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from workbook.documents.catalog import NOTES
from workbook.documents.render import html, pdf, word
from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.errors import CannotExport

from .kinds import structure

DAY = date(2026, 11, 22)
ORDER = [
    "Ada Example",
    "12 Elm Street",
    "November 22, 2026",
    "Harrow Ridge",
    "Records office",
    "Re: my records",
    "Dear",
]


def letter(**about: Any) -> dict[str, Any]:
    head = B.letter(["Ada Example", "", "12 Elm Street"], "November 22, 2026", ["Harrow Ridge", "Records office"])
    return B.document(
        "Records request", [B.para("Dear office,")], **{"letter": head, "subject": "Re: my records"} | about
    )


def pages(printed: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages]


def in_order(words: str) -> bool:
    places = [words.find(part) for part in ORDER]
    return -1 not in places and places == sorted(places)


def test_its_parts_are_in_the_order_of_a_letter() -> None:
    page = html.render(letter())
    assert in_order(re.sub(r"<style>.*</style>", "", page, flags=re.S))
    assert in_order(pages(pdf.render(letter(), DAY))[0])
    assert "Records request" not in pages(pdf.render(letter(), DAY))[0], "the title names the file, not the letter"


def test_without_a_subject_line_the_title_is_used() -> None:
    assert "<h1>Records request</h1>" in html.render(letter(subject=""))
    headings = [tag for tag, _node in structure(pdf.render(letter(subject=""), DAY)) if tag == "H1"]
    assert headings == ["H1"]


def test_a_disclaimer_only_where_one_is_given() -> None:
    assert "<footer>" not in html.render(letter())
    assert "Not advice." in pages(pdf.render(letter(footer="Not advice."), DAY))[0]
    assert "Page 1 of 1" in pages(pdf.render(letter(), DAY))[0]


@pytest.mark.parametrize("render", [html.render, lambda doc: pdf.render(doc, DAY), lambda doc: word.render(doc, DAY)])
def test_a_tree_with_notes_to_its_sender_is_rejected(render: Any) -> None:
    with pytest.raises(CannotExport):
        render({**letter(), NOTES: ["Sign this letter."]})


def test_an_invalid_letter_is_rejected() -> None:
    with pytest.raises(CannotExport, match="letter"):
        html.render(letter(letter={"sender": ["Ada"], "date": "x", "to": [], "ps": "x"}))


def test_two_languages_are_side_by_side_each_tagged() -> None:
    doc = B.document("T", [B.pair(["Hello"], ["Hola"], "es"), B.pair(["Hello"], ["مرحبا"], "ar")])
    page = html.render(doc)
    assert '<div lang="es" dir="ltr">\n<p>Hola</p>' in page
    assert '<div lang="ar" dir="rtl">' in page
    named = {str(node["/Lang"]) for _tag, node in structure(pdf.render(doc, DAY)) if "/Lang" in node}
    assert {"es", "ar"} <= named


def test_both_sides_of_a_pair_have_headings_of_one_level() -> None:
    sides = [[B.heading(2, "One"), B.heading(3, "a")], [B.heading(2, "Uno"), B.heading(3, "a")]]
    assert re.findall(r"<h(\d)", html.render(B.document("T", [B.pair(*sides, "es")]))) == ["1", "2", "3", "2", "3"]


@pytest.mark.parametrize("lines", range(34, 42))
def test_a_signature_is_never_alone_on_a_page(lines: int) -> None:
    end = [B.para("Thank you,"), B.lines(1, "Signature"), B.para("Ada Example signs")]
    doc = letter()
    made = pages(pdf.render({**doc, "blocks": [B.para("\n".join(["Line"] * lines)), *end]}, DAY))
    (last,) = [page for page in made if "Signature" in page]
    assert "Thank you," in last
    assert "Ada Example signs" in last
