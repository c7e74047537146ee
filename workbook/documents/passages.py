"""Marks each passage that is in the person's own language, so that it is read aloud in it. Knows trees and words.

A document in English quotes what a person typed, and that may be in another language. A screen reader speaks such a
passage in English sounds unless its language is marked (WCAG 2.2, 3.1.2 Language of Parts). The person says which
language they speak, so there is one candidate; a passage too short to tell, such as a name, is left as it is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 2  # common words of a language: one alone is in many a name
_NO_TONGUES = ("en", "names")


class _Tongue(NamedTuple):
    names: frozenset[str]
    words: frozenset[str]
    letters: re.Pattern[str] | None


def spoken(language: str) -> str:
    """The code of the first language other than English that a person's answer names; "" if there is none we know.

    >>> spoken("Spanish, and a little English"), spoken("English"), spoken("Klingon")
    ('es', '', '')
    """
    known = {name: code for code, one in _tongues().items() if code not in _NO_TONGUES for name in one.names}
    answer = unicodedata.normalize("NFC", language.casefold())
    return next((known[name] for name in re.split(r"[\s,;:./()-]+", answer) if name in known), "")


def is_in(text: str, code: str) -> bool:
    """Whether a text is in this language rather than in English.

    >>> is_in("Me duele la espalda desde hace un año.", "es"), is_in("Dr. María de la Cruz", "es")
    (True, False)
    """
    tongue = _tongues()[code]
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    if tongue.letters:
        letters = "".join(words)
        return 2 * len(tongue.letters.findall(letters)) > len(letters)
    own = [word.casefold() for word in words if word.casefold() in tongue.words and not word.istitle()]
    english = sum(word.casefold() in _tongues()["en"].words for word in words)
    return len(own) >= _ENOUGH and len(own) > english and not _tongues()["names"].words.issuperset(own)


def marked(tree: Any, language: str) -> Any:
    """The tree with `lang` on each run that is in the language that a person speaks; the same tree if we know none.

    The second language of a pair of columns is left as it is: its whole side is marked.
    """
    code = spoken(language)
    return _marked(tree, code) if code else tree


def _marked(node: Any, code: str) -> Any:
    if isinstance(node, list | tuple):
        return [_marked(one, code) for one in node]
    if not isinstance(node, dict):
        return node
    if "t" in node and "k" not in node:
        return {**node, "lang": code} if is_in(node["t"], code) else node
    return {key: value if key == "right" else _marked(value, code) for key, value in node.items()}


@cache
def _tongues() -> dict[str, _Tongue]:
    found = tomllib.loads(Path(__file__).with_name("passages.toml").read_text("utf-8"))
    return {
        code: _Tongue(
            frozenset(one["names"].split()),
            frozenset(one.get("words", "").split()),
            re.compile(f"[{one['letters']}]") if "letters" in one else None,
        )
        for code, one in found.items()
    }
