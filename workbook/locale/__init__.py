"""Translations: `tr(text)` returns the text in the current language. Knows no other room.

There is one `.po` file a language in this folder (`es.po`). English is the source, and the fallback.
`qps` is a pseudo-language for tests: it marks each text that passed through here.
"""

from __future__ import annotations

import contextvars
import functools
import gettext
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

HERE = Path(__file__).parent
PSEUDO = "qps"

_language: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)
_KEEP = re.compile(r"(\{[^{}]*\}|https?://\S+)")
_BLANK = re.compile(r"\{\w*\}")
_ACCENTS = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")


def tr(text: str) -> str:
    """The text in the current language; unchanged if there is no translation.

    >>> use("qps"), tr("Save"), use("en"), tr("Save")
    (None, '⟦Sávé⟧', None, 'Save')
    """
    lang = language()
    if lang == "en" or not text.strip():
        return text
    return _pseudo(text) if lang == PSEUDO else _catalog(lang).get(text) or text


def plural(one: str, many: str, n: int) -> str:
    """The text for a count, with `{n}` filled in: a language may have more than two forms.

    >>> plural("1 image", "{n} images", 1), plural("1 image", "{n} images", 40)
    ('1 image', '40 images')
    """
    lang = language()
    text = one if n == 1 else many
    if lang == PSEUDO:
        text = _pseudo(text)
    elif lang != "en":
        forms, which = _plurals(lang)
        found = forms.get((one, many), ())
        at = which(n)
        text = found[at] if at < len(found) and found[at] else text
    return text.replace("{n}", str(n))


def marked(text: str) -> str:
    """A text in the pseudo-language, which shows that it passed through here."""
    return _pseudo(text)


def N_(text: str) -> str:  # noqa: N802 - the name that translation tools expect
    """Marks a text in a table for extraction; `tr` translates it when it is displayed."""
    return text


def use(lang: str) -> None:
    """Sets the current language of this context."""
    _language.set(lang)


def language() -> str:
    """The code of the current language; `WORKBOOK_LANGUAGE` sets it for a whole process."""
    return _language.get() or os.environ.get("WORKBOOK_LANGUAGE", "en")


@contextmanager
def one_language() -> Iterator[None]:
    """Looks the language up once for all the work inside: the environment is slow to ask thousands of times."""
    token = _language.set(language())
    try:
        yield
    finally:
        _language.reset(token)


def languages() -> list[str]:
    """The codes of the available languages."""
    return ["en", *sorted(f.stem for f in HERE.glob("*.po"))]


def _pseudo(text: str) -> str:
    if text.startswith("⟦"):
        return text
    parts = _KEEP.split(text)
    return "⟦" + "".join(p if i % 2 else p.translate(_ACCENTS) for i, p in enumerate(parts)) + "⟧"


@functools.cache
def _read(lang: str) -> Catalog | None:
    file = HERE / f"{lang}.po"
    if not file.is_file():
        return None
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        return read_po(source)


@functools.cache
def _catalog(lang: str) -> dict[str, str]:
    found = _read(lang) or ()
    return {m.id: m.string for m in found if isinstance(m.id, str) and isinstance(m.string, str) and _is_good(m)}


@functools.cache
def _plurals(lang: str) -> tuple[dict[tuple[str, ...], tuple[str, ...]], Callable[[int], int]]:
    """The plural forms, and the language's rule that selects among them (`Plural-Forms` of its file)."""
    found = _read(lang)
    if found is None:
        return {}, lambda n: int(n != 1)
    forms = {tuple(m.id): _words(m.string) for m in found if isinstance(m.id, tuple | list) and _is_good(m)}
    return forms, gettext.c2py(found.plural_expr)


def _is_good(message: Message) -> bool:
    """Whether a translation exists and has the same placeholders."""
    ids, words = _words(message.id), _words(message.string)
    return bool(ids[0]) and all(words) and not message.fuzzy and all(_fits(ids[-1], text) for text in words)


def _words(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _fits(text: str, words: str) -> bool:
    """Whether a translation has the same placeholders: an unknown one would break a page."""
    return {*_BLANK.findall(words)} <= {*_BLANK.findall(text)}
