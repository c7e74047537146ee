"""The words that tell who a client is, and whether a text has one of them. Knows the case; repeats no name.

A page for one client goes into that client's site, where everybody who has the address can read it. So in such a page
each word of the client's names counts, and elsewhere only a whole name. Common words do not count alone.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ..case import Case
from ..documents.deidentify.text import NEVER_ALONE, WORDS
from ..folder import pages as page_files

_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}+")
_TITLED = r"(?i:mr|mrs|ms|miss|mx|dr|sr|sra)\.?\s+"
_ADDRESS = re.compile(r"\S+://\S+|\S+\.(?:gov|com|org|net)\S*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]")  # scripts that set no space between words


def whole_names(case: Case) -> set[str]:
    """The names that no shared page may have: all of two words or more, and single ones that are no common word."""
    own = _own_names(case)
    own = {name for name in own if len(_words(name)) > 1 or _telling(name)}
    return own | ({case.nickname} if _telling(case.nickname) else set())


def in_pages(texts: Iterable[str], names: Collection[str]) -> bool:
    """Whether one of these texts has a whole name."""
    pattern = whole(names)
    return pattern is not None and any(pattern.search(plain(text)) for text in texts)


def whole(names: Collection[str]) -> re.Pattern[str] | None:
    """Finds these names in a text that `plain` returned; None without a name of four letters or more."""
    long = sorted({plain(name.strip()) for name in names if len(name.strip()) >= 4})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, long))})(?!\w)", re.IGNORECASE) if long else None


def words(case: Case) -> re.Pattern[str] | None:
    """Finds a word of this client's names in a text that `plain` returned; None if nothing tells who it is.

    A common word counts only where it is used as a name: after "Mrs.", and, if it is a word of the client's own name,
    with a capital letter inside a sentence, as in "for Rose".

    >>> found = words(Case(nickname="Mrs. Ortiz", person={"name": "Rose Ortiz"}))
    >>> [bool(found.search(text)) for text in ("ORTIZ: knee", "Ask for Rose", "You rose early", "Before your visit")]
    [True, True, False, False]
    """
    own = _split(_own_names(case))
    every = own | _split([case.nickname])
    rare = {word for word in every if not _is_common(word) and len(word) > (2 if word.isascii() else 1)}
    common = every - rare
    spaced = sorted(word for word in rare if not _UNSPACED.search(word))
    parts = [rf"(?<!{_LETTER})(?i:{'|'.join(spaced)})(?!{_LETTER})"] if spaced else []
    parts += sorted(rare - set(spaced))
    if common:
        parts.append(rf"(?<!{_LETTER}){_TITLED}(?i:{'|'.join(sorted(common))})(?!{_LETTER})")
    if capital := sorted(word.capitalize() for word in common & own if len(word) > 2):
        parts.append(rf"(?<!{_LETTER})[a-z]+[ ](?:{'|'.join(capital)})(?!{_LETTER})")
    return re.compile("|".join(parts)) if parts else None


def texts_of(name: str, book: Any) -> list[str]:
    """What anybody can read of a page: its file's name, its titles and all its cells."""
    cells = ["".join(cell["source"]) for cell in book["cells"]]
    return [name, json.dumps(book.get("metadata", {}), ensure_ascii=False), *cells]


def plain(text: str) -> str:
    """The text without accents, so that a name is found with and without them; as many lines as before."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _own_names(case: Case) -> set[str]:
    person = case.person
    return {person.name, person.preferred_name, *(one.name for one in person.aliases.values())} - {""}


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(plain(text))]


def _split(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in _words(name)}


def _telling(name: str) -> bool:
    return any(not _is_common(word) for word in _words(name))


def _is_common(word: str) -> bool:
    return bool({word, word.removesuffix("s"), word.removesuffix("es")} & _common(page_files.shipped()))


@cache
def _common(pages: Path) -> frozenset[str]:
    """The listed words, and those that the shipped pages and packs write without a capital letter."""
    listed = tomllib.loads(Path(__file__).with_name("common_words.toml").read_text("utf-8")).values()
    packs = Path(__file__).parents[1] / "packs"
    texts = [file.read_text("utf-8") for file in sorted(packs.rglob("*.toml"))]
    for file in sorted(pages.glob("*.ipynb")):
        cells = json.loads(file.read_text("utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    shipped = {word for text in texts for word in _WORD.findall(_ADDRESS.sub(" ", text)) if word.islower()}
    return frozenset(NEVER_ALONE.union(WORDS, shipped, *(text.split() for text in listed)))
