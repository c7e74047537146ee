"""How much of each list a summary prints, so that it keeps to its pages. Knows no case.

What a list leaves out is counted and named by the document that has it: nothing disappears without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ...locale import plural, tr
from ..tree import blocks as B  # noqa: N812

T = TypeVar("T")
_MANY = 10**6


@dataclass(frozen=True, slots=True)
class Limits:
    """The most entries of each list, and the most characters of an answer; the default cuts nothing."""

    letters: int = _MANY  # of an answer in a table or a list
    story: int = _MANY  # of a longer answer: own words, the main problem, what was tried
    diagnoses: int = _MANY
    results: int = _MANY
    opinions: int = _MANY
    topics: int = _MANY  # rows of the table of opinions
    scans: int = _MANY
    differences: int = _MANY  # records that not everyone has seen alike
    questions: int = _MANY
    medicines: int = _MANY
    events: int = _MANY
    records: int = _MANY
    contacts: int = _MANY
    own: int = _MANY
    large: bool = False  # large print: lists instead of tables of many columns


ALL = Limits()
"""Nothing is cut."""

LEVELS = (
    Limits(700, 900, 10, 14, 4, 9, 14, 8, 7, 40, 14, 14, 9, 8),
    Limits(500, 700, 8, 10, 4, 9, 12, 4, 7, 24, 8, 8, 8, 6),
    Limits(400, 500, 6, 10, 4, 8, 10, 2, 7, 20, 6, 4, 7, 4),
    Limits(300, 450, 6, 8, 4, 7, 10, 0, 7, 20, 3, 0, 7, 3),
    Limits(240, 400, 6, 8, 4, 6, 8, 0, 6, 16, 0, 0, 6, 2),
    Limits(200, 340, 5, 7, 4, 5, 8, 0, 5, 12, 0, 0, 5, 2),
    Limits(160, 300, 4, 6, 4, 4, 7, 0, 5, 10, 0, 0, 5, 1),
    Limits(130, 260, 4, 5, 4, 3, 6, 0, 4, 10, 0, 0, 4, 1),
    Limits(110, 220, 3, 4, 3, 3, 5, 0, 3, 8, 0, 0, 3, 0),
    Limits(90, 180, 2, 3, 3, 3, 4, 0, 3, 8, 0, 0, 3, 0),
    Limits(70, 150, 2, 3, 2, 2, 3, 0, 3, 6, 0, 0, 2, 0),
    Limits(50, 100, 1, 2, 2, 2, 2, 0, 3, 5, 0, 0, 2, 0),
    Limits(36, 80, 1, 2, 2, 2, 2, 0, 3, 4, 0, 0, 1, 0),
    Limits(30, 64, 1, 1, 2, 2, 1, 0, 3, 3, 0, 0, 1, 0),
    Limits(24, 48, 1, 1, 1, 2, 1, 0, 3, 2, 0, 0, 1, 0),
)
"""From roomy to tight. The last one fits its pages whatever was typed."""


def vital(limits: Limits) -> int:
    """The most characters of what a clinician cannot do without: question, decision, diagnosis, recommendation."""
    return max(limits.letters, 44 if limits.large else 160)


def facts(rows: Iterable[tuple[str, list[B.Run]]], limits: Limits) -> list[B.Block]:
    """Short facts in two columns; in large print one below the other, where half a page is too narrow."""
    found = [(name, value) for name, value in rows if value]
    if limits.large:
        return [B.para([B.text(f"{name}: ", b=True), *value]) for name, value in found]
    return [B.details(found)] if found else []


def shorter(text: str, most: int) -> str:
    """The text, or its beginning up to a word's end with an ellipsis.

    >>> shorter("Pain in the left leg", 12), shorter("Pain", 12)
    ('Pain in the\xa0…', 'Pain')
    """
    if len(text) <= most:
        return text
    begun = text[:most].rstrip()
    at_end = text[most].isspace() or text[most - 1].isspace()
    whole = begun if at_end or " " not in begun else begun.rsplit(None, 1)[0]
    return f"{whole.rstrip(' ,;:.')}\u00a0…"  # the dots stay with the last word


def first(items: Sequence[T], most: int) -> tuple[list[T], int]:
    """The first entries, and how many are left."""
    kept = list(items[:most])
    return kept, len(items) - len(kept)


def others(count: int, where: str = "") -> str:
    """The line about what a list leaves out: how many, and the document that has them; "" for none."""
    if not count:
        return ""
    more = plural("1 more", "{n} more", count)
    return tr("{more}, in the {document}").format(more=more, document=where) if where else more
