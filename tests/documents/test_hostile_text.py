"""Both documents are made from any typed text, and none of it becomes markup."""

from __future__ import annotations

import io
import random
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from workbook.documents.render import html, pdf
from workbook.documents.tree import marks

from .hostile import NAMES, SEEDS, TEXTS, document, letter, some

DAY = date(2026, 11, 22)
# All tags and attributes of our pages.
TAGS = """html head meta title style body header main footer h1 h2 h3 h4 h5 h6 p a strong em code br ul ol li span
small dl dt dd div table caption colgroup col thead tbody tr th td blockquote pre img figure figcaption picture
source bdi"""
OUR_TAGS = set(TAGS.split())
OUR_LINKS = ("http://", "https://", "mailto:", "tel:")


class Tags(HTMLParser):
    """Every tag and attribute that a browser would parse."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def assert_safe(page: str) -> None:
    page.encode("utf-8")
    for mark in marks.MARKS:  # exactly our own drawings; any other is a stranger's
        page = page.replace(str(marks.svg(mark)), "")
    found = Tags(page)
    assert found.tags <= OUR_TAGS
    assert not [name for name, _value in found.attributes if name.startswith("on") or name == "style"]
    assert all(value.startswith(OUR_LINKS) for name, value in found.attributes if name == "href")
    assert all(value.startswith("data:image/") for name, value in found.attributes if name in ("src", "srcset"))


def assert_ua(printed: bytes) -> int:
    reader = PdfReader(io.BytesIO(printed))
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data(), "the standard was given up"
    return len(reader.pages)


@pytest.mark.parametrize("name", NAMES)
def test_named_text(name):
    doc = document(TEXTS[name])
    assert_safe(html.render(doc))
    assert assert_ua(pdf.render(doc, DAY)) < 700


@pytest.mark.parametrize("name", some(2))
def test_named_text_in_a_letter(name):
    assert_safe(html.render(letter(TEXTS[name])))
    assert_ua(pdf.render(letter(TEXTS[name]), DAY))


def noise(seed: int) -> str:
    """Any code points, with many characters of markup."""
    dice = random.Random(seed)
    pool = [chr(dice.randrange(0x110000)) for _ in range(60)] + [chr(dice.randrange(0x600)) for _ in range(60)]
    return "".join(dice.choices(pool + list('#$*_`@<>\\/"{}[]()&;=-+~\n') * 3, k=dice.randrange(1, 160)))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_text(seed):
    doc = document(noise(seed))
    assert_safe(html.render(doc))
    assert_ua(pdf.render(doc, DAY))


@pytest.mark.long
def test_much_random_text():
    for seed in range(1000, 1300):
        test_random_text(seed)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=200))
def test_any_text(text):
    doc = document(text)
    assert_safe(html.render(doc))
    assert_ua(pdf.render(doc, DAY))
