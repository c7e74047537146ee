"""A phone number, a date or an address next to right-to-left words keeps its order, in every format."""

from __future__ import annotations

import ctypes
import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.documents import lettered
from tests.documents.hostile import TEXTS
from workbook.case import Case, add, put
from workbook.documents import export
from workbook.documents.render import html, pdf, word
from workbook.documents.tree import bidi, blocks
from workbook.documents.tree.clean import clean

DAY = dt.date(2026, 11, 28)
AHMED = "\u0623\u062d\u0645\u062f \u0639\u0644\u064a"
DAVID = "\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9"
PHONE = "(410) 555-0101"
VALUES = [
    *(PHONE, "+1 614-555-0188", "1-800-555-0101 ext. 2", "$1,250.50"),
    *("Nov 4, 2026", "November 28, 2026", "12/11/2026", "2026-11-28"),
]
DOCUMENTS = ("summary", "records-request", "call-script", "questions", "ask-both", "visit-sheet")
SENTENCES = [
    AHMED + " {v}",
    AHMED + ", {v}",
    "Call " + AHMED + " {v}",
    "Call " + AHMED + ", {v}, today",
    "{v} " + AHMED,
    AHMED + " ({v})",
    AHMED + "\n{v}\n" + AHMED,
    AHMED + " {v} " + AHMED + " {v}",
    AHMED + ": {v}; " + AHMED,
]


def arabic() -> Case:
    """A case whose people and offices have Arabic names, with numbers next to them."""
    case = lettered.paper(lettered.case("advocate", "provider_to_provider"))
    for path, value in (
        ("person.name", AHMED),
        ("person.address", f"{AHMED}\n12 Elm Street, Suite 5"),
        ("person.phone", "(614) 555-0127"),
        ("parties.helper.name", AHMED),
        ("parties.helper.phone", PHONE),
        ("clinicians.second.name", AHMED),
        ("clinicians.second.facility", AHMED),
        ("clinicians.second.phone", PHONE),
        ("clinicians.second.records_to", f"{AHMED} 12 Elm Street\nFax (410) 555-0199"),
        ("insurance.plan.phone", PHONE),
        ("insurance.plan.name", AHMED),
    ):
        case = put(case, path, value)
    return add(case, "facilities", {"id": "f", "name": "Harrow Ridge", "fax": "(410) 555-0188", "department": AHMED})


def seen(data: bytes) -> list[str]:
    """The visual lines of a PDF: letters from left to right, by position."""
    return [line for page in pages(data) for line in page]


def pages(data: bytes) -> Iterator[list[str]]:
    """The lines of each page."""
    for page in pypdfium2.PdfDocument(data):
        words = page.get_textpage()
        rows: dict[int, list[tuple[float, str]]] = {}
        for n in range(words.count_chars()):
            sign = words.get_text_range(n, 1)
            x, y = ctypes.c_double(), ctypes.c_double()
            pypdfium2.raw.FPDFText_GetCharOrigin(words, n, x, y)
            if sign.strip() and not re.search("[\u2066-\u2069]", sign):
                rows.setdefault(round(y.value), []).append((x.value, sign))
        yield [together(_line(sorted(row, key=lambda pair: pair[0]))) for row in rows.values()]


def _line(row: list[tuple[float, str]]) -> str:
    """The letters of one line; a wide gap separates two columns."""
    ends = [row[0][0], *(x for x, _ in row)]
    return "".join(f"\u00a6{sign}" if x - before > 30 else sign for (x, sign), before in zip(row, ends, strict=False))


def together(value: str) -> str:
    """Without spaces. PDFium mirrors brackets on a line with right-to-left words, so any bracket matches."""
    return re.sub(r"[()]", "|", re.sub(r"\s", "", value))


def drawn(each: list[dict[str, Any]]) -> list[str]:
    """The text of each block, rendered on its own page."""
    apart = [piece for block in each for piece in (blocks.pagebreak(), block)][1:]
    return ["\n".join(page) for page in pages(pdf.render(blocks.document("T", apart), DAY))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_in_a_pdf_the_value_runs_left_to_right(sentence: str) -> None:
    count = sentence.count("{v}")
    made = [(value, block) for value in VALUES for block in around(sentence.format(v=value), count)]
    found = drawn([block for _value, block in made])
    assert len(found) == len(made)
    for (value, block), words in zip(made, found, strict=True):
        assert words.count(together(value)) >= count, (block["k"], value)


def around(text: str, count: int) -> list[dict[str, Any]]:
    """Blocks that contain these words."""
    return [
        blocks.para(text),
        blocks.para(text, lines=True),
        blocks.details([(text.split("\n")[0], text)]),
        blocks.listing([text]),
        blocks.callout(text.split("\n")[0], [text]),
        blocks.table("", ["A", "B"], [["x", text]], [1, 9]),
        blocks.checks([(False, text, text)]),
        *([blocks.pair(["x"], [text], "ar")] if count == 1 else []),
    ]


def test_in_a_letter_the_lines_keep_their_side_and_their_order() -> None:
    data = export.make(arabic(), "records-request", "pdf", DAY, about="q")
    lines = seen(data)
    for value in (PHONE, "Fax (410) 555-0199", "Fax (410) 555-0188", "12 Elm Street", "November 28, 2026"):
        assert any(together(value) in line for line in lines), value
    words = list(pypdfium2.PdfDocument(data))[-1].get_textpage()
    at = words.get_text_range().index("BCPA")
    _, low, _, high = words.get_charbox(at)
    row = [words.get_charbox(n) for n in range(words.count_chars()) if words.get_text_range(n, 1).strip()]
    assert min(x for x, y, _, _ in row if low - 4 < y < high) < 75, "the name under the line begins where the line does"


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize("reader", ["clinician", "family"])
def test_in_every_document_each_number_keeps_its_order(document: str, reader: str) -> None:
    if reader == "family" and document != "summary":
        return
    about = {"about": "q"} if document == "records-request" else {}
    data = export.make(arabic(), document, "pdf", DAY, reader=reader, **about)
    lines = "\n".join(seen(data))
    assert not re.search(r"555-01\d\d\|[0-9]{3}|01\d\d-555", lines)
    assert re.search(r"\|(410|614)\|555-01\d\d", lines) or document == "visit-sheet"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_on_a_web_page_text_of_the_other_direction_is_isolated(sentence: str) -> None:
    page = html.render(blocks.document("T", [blocks.para(sentence.format(v=PHONE))]))
    shown = page[page.index("<main>") : page.index("</main>")]
    plain = re.sub(r"<[^>]+>", "", shown.replace("<br>", "\n")).strip()
    assert plain == sentence.format(v=PHONE), "no sign is added to the words"
    against = re.compile(rf'(?:<p dir="rtl">|<bdi dir="rtl">)(?:(?!</?bdi|</p).)*{re.escape(PHONE)}', re.DOTALL)
    assert not against.search(shown), "it is never a bare part of words that read the other way"
    assert "<bdi" in shown


def test_text_of_one_direction_is_unchanged() -> None:
    for text in ("Plain words, (410) 555-0101", AHMED, ""):
        page = html.render(blocks.document("T", [blocks.para(text)]))
        assert "<bdi" not in page
        assert not set(bidi.isolated(text, bidi.block_way(text), flat=False)) & set("\u2066\u2067\u2069")


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("lines", [False, True])
def test_in_word_the_value_has_a_run_with_its_direction(sentence: str, lines: bool) -> None:
    made = word.render(blocks.document("T", [blocks.para(sentence.format(v=PHONE), lines=lines)]), DAY)
    (words,) = [p for p in docx.Document(io.BytesIO(made)).paragraphs if AHMED in p.text]
    assert words.text.replace("\u200e", "") == sentence.format(v=PHONE)
    turned = words._p.pPr.find(qn("w:bidi")) is not None
    held = [run for run in words.runs if "410" in run.text]
    assert len(held) == sentence.count("{v}")
    for run in words.runs:
        leftward = run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
        assert leftward == (AHMED in run.text) or not re.search(r"\w", run.text), run.text
        if "410" in run.text and turned:
            assert re.search(f"\u200e\\(?{re.escape(PHONE)}\\)?\u200e", run.text)
    assert not (lines and turned), "lines of an address stay on their side"


def test_a_direction_mark_keeps_the_order_where_runs_are_ignored() -> None:
    """LibreOffice uses the letters alone: a left-to-right mark is between an Arabic word and a number."""
    made = word.render(blocks.document("T", [blocks.para(f"Call {AHMED} {PHONE}")]), DAY)
    (words,) = [p.text for p in docx.Document(io.BytesIO(made)).paragraphs if AHMED in p.text]
    assert words == f"Call \u200e{AHMED}\u200e {PHONE}"


@pytest.mark.parametrize("text", [t[:400] for t in TEXTS.values()])
@pytest.mark.parametrize("base", ["ltr", "rtl"])
@pytest.mark.parametrize("flat", [True, False])
def test_isolating_changes_no_text(text: str, base: str, flat: bool) -> None:
    words = clean(text)
    found = bidi.lines(words, base, flat=flat)
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in found) == words
    signed = bidi.isolated(words, base, flat=flat)
    assert re.sub("[\u2066-\u2069]", "", signed) == words
    for line in signed.split("\n"):
        assert len(re.findall("[\u2066\u2067]", line)) == line.count("\u2069"), "each that opens is closed on its line"
