"""Texts that break renderers, by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from workbook.documents.tree import blocks as B  # noqa: N812
from workbook.documents.tree import markdown

DAY = date(2026, 11, 22)
TEXTS = {
    "typst markup": '#panic("x") #let a = 1 $ sqrt(2) $ *b* _i_ @label <tag> \\u{2764} // note /* more */ `raw` = H',
    "html markup": "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</style></title></pre><!-- ]]>",
    "template markup": "{{ 6 * 7 }} {% include 'x' %} {# c #} ${y} %(z)s",
    "control characters": "a\x00b\x07c\x1bd\x7fe\x85f\x9fg\x0bh\x0ci",
    "half characters": "one\ud800two\udfffthree",
    "never characters": "a\ufffeb\uffffc\U0001fffed\ufdd0e",
    "private use": "a\ue000b\uf8ffc\U000f0000d\U0010fffde",
    "direction overrides": "safe\u202eevil\u202c and \u2066more\u2069",
    "invisible characters": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg\u034fh\U000e0041i",
    "piled marks": "Z" + "\u0301\u0323" * 300 + " then \u0301 alone",
    "Vietnamese": "Chẩn đoán có đúng không? Bệnh nhân Nguyễn Thị Hồng",
    "Spanish": "¿Qué pruebas apoyan este diagnóstico? Señor Núñez, ¡gracias!",
    "Arabic": "هل يمكن أن تنتظر الجراحة؟ Dr. Brandt ٤٥٦",
    "Hebrew": "האם אפשר לחכות עם הניתוח?",
    "Chinese": "手术可以等到春天吗？",
    "Korean": "수술을 봄까지 미뤄도 될까요?",
    "Hindi": "क्या ऑपरेशन वसंत तक रुक सकता है?",
    "emoji": "pain 7/10 😖, then ❤️, 👩🏽‍⚕️ and 🇺🇸",
    "many words": "word " * 20_000,
    "one long word": "x" * 100_000,
    "many lines": "a\n" * 10_000,
    "dangerous links": "[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example) <javascript:x>",
    "a skin tone alone": "\U0001f3fb",
    "a variation selector alone": "\ufe0f",
    "nothing": "",
    "blanks": " \t \n ",
}

HUGE = ("many words", "one long word", "many lines")
# A parameter for each text by name; the huge ones are slow.
NAMES = [pytest.param(name, marks=pytest.mark.slow if name in HUGE else ()) for name in TEXTS]
# Seeds of random texts: some always, more with --all.
SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 25))]


def some(turn: int, of: Iterable[Any] = TEXTS) -> list[Any]:
    """A parameter for each name: every fifth one, starting at `turn`, always; the others with --all.

    Tests of other documents start elsewhere, so that each text is used in some document every time.
    """
    slow = pytest.mark.slow
    return [pytest.param(name, marks=() if n % 5 == turn and name not in HUGE else slow) for n, name in enumerate(of)]


def letter(text: str) -> dict[str, Any]:
    """The same document as a letter."""
    return document(text, letter=B.letter([text[:300], text[:40]], text[:40], [text[:300]]))


def document(text: str, **about: Any) -> dict[str, Any]:
    """A document with the text in every place that can contain text."""
    short = text[:300]
    return B.document(
        f"T {short}",
        [
            B.heading(2, text[:2000]),
            B.heading(4, short),
            B.para(text),
            B.para([B.text(short, b=True, i=True, code=True, href=text[:50])]),
            B.listing([text[:2000], [B.para(short), B.quote([short])]]),
            B.checks([(True, short, text[:50])]),
            B.details([(text[:60], short), ("Label", text[:3000])]),
            B.callout(short, [text[:1000]], "warn"),
            B.table(short, ["A", text[:60] or "B", "C"], [[text[:3000], short, "x"], [short]], [1, 1, 1]),
            B.answer(short, [text[:40], short], hint=short, lines=1),
            B.lines(1, short),
            B.pre(text[:5000]),
            B.pair([text[:500]], [text[:500]], "ar"),
            B.timeline(short, DAY, [(DAY, short, "past"), (date(2027, 1, 2), text[:2000], "deadline")]),
            *markdown.to_blocks(text),
        ],
        subject=short,
        prepared=short,
        footer=short,
        watermark=short,
        **about,
    )
