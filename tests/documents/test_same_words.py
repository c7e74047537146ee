"""A document has the same words in each of its formats: what a test reads on the web page is on paper too."""

from __future__ import annotations

import re

import pytest

from tests.documents import paper, word_parts
from workbook.documents import catalog, export
from workbook.session import demo

CASE = demo.cases()[0]
TREES = [name for name, document in catalog.DOCUMENTS.items() if {"html", "pdf"} <= {*document.formats}]


def words(text: str) -> set[str]:
    """The words, as far as each format writes them alike: letters and digits, without the marks between them."""
    return {word for word in re.findall(r"[^\W_]+", text) if len(word) > 1}


def on_the_page(name: str) -> set[str]:
    """The words of the web page, without check marks said aloud and the room for notes, if the paper has none left."""
    text = paper.text(CASE, name, paper.day_of(CASE), about=about(name)).replace("Room for notes", "")
    return words(re.sub(r"\b(To do|Done): ", "", text))


def about(name: str) -> str:
    """An entry the document can be about; empty where it is about the whole case."""
    return next((key for key, _ in catalog.subjects(catalog.DOCUMENTS[name], CASE, paper.day_of(CASE))), "")


@pytest.mark.parametrize("name", TREES)
def test_no_word_of_the_page_is_missing_on_paper(name: str) -> None:
    day = paper.day_of(CASE)
    shown = on_the_page(name)
    printed = "".join(page.extract_text() for page in paper.reader(CASE, name, day, about=about(name)).pages)
    run_together = re.sub(r"[\W_]+", "", printed)  # a word may be broken at the end of a line
    assert [word for word in sorted(shown) if word not in run_together] == []


@pytest.mark.parametrize("name", [n for n in TREES if "docx" in catalog.DOCUMENTS[n].formats])
def test_no_word_of_the_page_is_missing_in_word(name: str) -> None:
    day = paper.day_of(CASE)
    shown = on_the_page(name)
    written = re.sub(r"[\W_]+", "", word_parts.words(export.make(CASE, name, "docx", day, about=about(name))))
    assert [word for word in sorted(shown) if word not in written] == []
