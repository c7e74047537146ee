"""Whether a name may be a known one with lost letters. Knows the words of names only.

ASCII-only programs drop `ö` and `ñ`, or replace them with a symbol, a space or another letter. The
result looks like a different name, but with the same birth date it is more likely this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from .names import words

_MOST, _FEWEST = 8, 4  # compared words of a name, letters that must remain
_ACCENTED = frozenset("aeiouyncsz")  # letters with an accent in many languages, though a case may omit it


def may_be_damaged(found: tuple[str, ...], known: str, *, whole: bool = False) -> bool:
    """Whether the words may be the known name without accented letters; `whole` requires more than its family name.

    >>> may_be_damaged(("j", "rgen", "bj", "rkstr", "m"), "Jürgen Björkström")
    True
    >>> may_be_damaged(("jorun", "bjerke"), "Jürgen Björkström")
    False
    """
    if not found or len(found) > _MOST or sum(map(len, found)) < _FEWEST:
        return False
    given, family = _ways(known)
    if any(way.fullmatch(text) for text in _turned(found) for way in given):
        return True
    if any(way.fullmatch(text) for less in _without_middle(found) for text in _turned(less) for way in given):
        return True
    return not whole and any(way.fullmatch("".join(found)) for way in family)


@lru_cache(maxsize=64)
def _ways(known: str) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Patterns of what may remain of a known name: of its first word with some of the others, and of those alone."""
    parts = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", re.sub("['’‘`´]", "", known)))[:_MOST]
    left = [_left(part) for part in parts]
    runs = ["".join(left[a:b]) for a in range(1, len(left)) for b in range(a + 1, len(left) + 1)]
    return [re.compile(left[0] + run) for run in runs], [re.compile(run) for run in runs]


def _left(word: str) -> str:
    """A pattern of what may remain of a word: accented letters lost or replaced, at most a few others lost."""
    plain = ["".join(words(c)) for c in word]
    marked = [not c.isascii() for c in word]
    if any(marked):
        return "".join(rf"(?:{p}|{p}e|\w)?" if m else p for p, m in zip(plain, marked, strict=True))
    # Typed without accents. At most a quarter of the letters is lost, and never the first one.
    kept = "".join(f"{p}?" if n and p in _ACCENTED else p for n, p in enumerate(plain))
    return rf"(?=\w{{{len(word) - -(-len(word) // 4)}}}){kept}"


def _turned(found: tuple[str, ...]) -> Iterator[str]:
    """The words as one string, starting at each of them."""
    return ("".join(found[n:] + found[:n]) for n in range(len(found)))


def _without_middle(found: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The words without some between the first and the last: a middle name is not a difference."""
    return (found[:a] + found[b:] for a in range(1, len(found)) for b in range(a + 1, len(found)))
