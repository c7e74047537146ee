"""Text in every script reaches a Word file, each in its own direction; a pair names its languages."""

from __future__ import annotations

import datetime as dt

import pytest

from workbook.documents.render import word
from workbook.documents.tree import blocks as B  # noqa: N812

from . import word_parts as parts
from .hostile import SEEDS, TEXTS, document, letter, some
from .test_hostile_text import noise

DAY = dt.date(2026, 11, 22)
W = parts.W
SCRIPTS = {
    "Arabic": "هل يمكن أن تنتظر الجراحة؟",
    "Hebrew": "האם אפשר לחכות עם הניתוח?",
    "Devanagari": "क्या ऑपरेशन वसंत तक रुक सकता है?",
    "Vietnamese": "Chẩn đoán có đúng không?",
    "Cyrillic": "Может ли операция подождать?",
    "Greek": "Μπορεί να περιμένει η εγχείρηση;",
}


def paragraphs(text: str) -> list[object]:
    made = word.render(B.document("T", [B.para([B.text(text, b=True)])]), DAY)
    return [p for p in parts.body(made).iter(f"{W}p") if parts.paragraph_words(p) == text]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_paragraph_has_its_own_direction(script: str) -> None:
    (found,) = paragraphs(SCRIPTS[script])
    rtl = script in ("Arabic", "Hebrew")
    assert (found.find(f"{W}pPr/{W}bidi") is not None) is rtl
    assert (found.find(f"{W}r/{W}rPr/{W}rtl") is not None) is rtl
    assert found.find(f"{W}r/{W}rPr/{W}bCs") is not None, "bold must hold for scripts of their own fonts too"


def test_the_second_language_of_a_pair_is_named() -> None:
    doc = B.document("T", [B.pair(["Hello"], ["Hola", "مرحبا"], "es"), B.pair(["Hello"], ["سلام"], "fa")])
    made = parts.body(word.render(doc, DAY))
    said = {
        parts.paragraph_words(p): [tuple(sorted(lang.attrib.values())) for lang in p.iter(f"{W}lang")]
        for p in made.iter(f"{W}p")
    }
    assert said["Hola"] == [("es",)]
    assert said["سلام"] == [("fa",)]
    assert said["Hello"] == []


@pytest.mark.parametrize("name", some(1))
def test_hostile_text_stays_text(name: str) -> None:
    parts.assert_safe(word.render(document(TEXTS[name]), DAY))
    parts.assert_safe(word.render(letter(TEXTS[name]), DAY))


@pytest.mark.parametrize("seed", SEEDS)
def test_random_text_stays_text(seed: int) -> None:
    parts.assert_safe(word.render(document(noise(seed)), DAY))


def test_what_looks_like_markup_or_a_field_is_shown_as_typed() -> None:
    text = '<w:p/> {PAGE} HYPERLINK "http://evil.example" =cmd|x!A1 & "quotes"'
    assert text in parts.words(word.render(B.document("T", [B.para(text)]), DAY))
