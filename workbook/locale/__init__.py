"""The words in another language: `tr(text)` gives the text in the language in use. Knows no other room.

One `.po` file a language lies in this folder (`es.po`). English is the source. What a file lacks stays English.
`qps` is a made-up language for tests: it marks each text that passed through here.
"""

from __future__ import annotations

import contextvars
import functools
import os
import re
from pathlib import Path

HERE = Path(__file__).parent
PSEUDO = "qps"

_language: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)
_KEEP = re.compile(r"(\{[^{}]*\}|https?://\S+)")
_BLANK = re.compile(r"\{\w*\}")
_ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def tr(text: str) -> str:
    """The text in the language in use; the text itself where there is no translation.

    >>> use("qps"), tr("Save"), use("en"), tr("Save")
    (None, '⟦Sávé⟧', None, 'Save')
    """
    lang = language()
    if lang == "en" or not text.strip():
        return text
    return _pseudo(text) if lang == PSEUDO else _catalog(lang).get(text) or text


def N_(text: str) -> str:  # noqa: N802 - the name that tools for translators know
    """Marks a text in a table for the translators; `tr` gives its words when they are shown."""
    return text


def marked(text: str) -> str:
    """A text in the made-up language that shows it passed through here."""
    return _pseudo(text)


def use(lang: str) -> None:
    """From now on, here, words come in this language."""
    _language.set(lang)


def language() -> str:
    """The code of the language in use; `WORKBOOK_LANGUAGE` sets it for a whole process."""
    return _language.get() or os.environ.get("WORKBOOK_LANGUAGE", "en")


def languages() -> list[str]:
    """The codes of the languages there are words for."""
    return ["en", *sorted(f.stem for f in HERE.glob("*.po"))]


def _pseudo(text: str) -> str:
    if text.startswith("⟦"):
        return text
    parts = _KEEP.split(text)
    return "⟦" + "".join(p if i % 2 else p.translate(_ACCENTS) for i, p in enumerate(parts)) + "⟧"


@functools.cache
def _catalog(lang: str) -> dict[str, str]:
    file = HERE / f"{lang}.po"
    if not file.is_file():
        return {}
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        found = {str(m.id): str(m.string) for m in read_po(source) if m.id and m.string and not m.fuzzy}
    return {text: words for text, words in found.items() if _fits(text, words)}


def _fits(text: str, words: str) -> bool:
    """Whether a translation fills the same blanks: one with a blank of its own would break a page."""
    return {*_BLANK.findall(words)} <= {*_BLANK.findall(text)}
