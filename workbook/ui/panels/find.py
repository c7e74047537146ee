"""Finds a question or an answer anywhere in the workbook. Knows the pages and the case; no widgets.

What is looked for is not kept: it is in no address, no log and no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...locale import tr
from .. import links
from ..asking import fields
from ..asking.fields import Ask, Each
from ..asking.pages import Page, pages
from ..forms import state as vals
from ..handle import OpenCase
from .base import Answer, draw
from .review import Card, Row, answer_of, cards_of, flat

MOST = 20  # results on one page
_DIGITS = 3  # of a number, wherever they are in it
_FILLERS = frozenset(
    [
        *("a", "an", "and", "are", "at", "did", "do", "does", "for", "from", "have", "i", "in", "is", "it", "me", "my"),
        *("number", "of", "on", "or", "our", "put", "that", "the", "their", "to", "was", "we", "what", "when", "where"),
        *("which", "who", "whose", "with", "write", "wrote"),
    ]
)
"""Words of a question that say nothing about what is looked for."""
_LONGEST = 200  # characters that are looked for


@dataclass(frozen=True)
class Hit:
    """One question, with its answer if it has one, and where it is."""

    question: str
    answer: str
    page: str
    href: str
    entry: str = ""

    @property
    def place(self) -> str:
        """Its page, and the entry it is in."""
        return f"{self.page}: {self.entry}" if self.entry else self.page

    @property
    def words(self) -> list[str]:
        """What it can be found by."""
        return words_of(f"{self.question} {self.answer} {self.place}")


class Find:
    """The state of one panel: what somebody looked for last."""

    def __init__(self) -> None:
        self.wanted = ""

    def view(self, handle: OpenCase) -> str:
        """The box to type in, and what was found."""
        if not handle.bound:
            return ""
        found = found_in(handle, self.wanted) if self.wanted else []
        groups = _by_place(found[:MOST])
        return draw("find", wanted=self.wanted, groups=groups, count=len(found), more=max(0, len(found) - MOST))

    def press(self, handle: OpenCase, value: Any) -> Answer:
        """Looks for what was typed."""
        wanted = value.get("wanted") if isinstance(value, dict) else ""
        self.wanted = wanted.strip()[:_LONGEST] if isinstance(wanted, str) else ""
        return self.view(handle)


def _by_place(found: list[Hit]) -> list[tuple[str, list[Hit]]]:
    """What was found, together by the page and the entry it is in; the place of the best one comes first."""
    groups: dict[str, list[Hit]] = {}
    for hit in found:
        groups.setdefault(hit.place, []).append(hit)
    return list(groups.items())


def found_in(handle: OpenCase, wanted: str) -> list[Hit]:
    """The questions and answers with all of these words, or the beginnings of them; those with an answer first.

    If nothing has all of them, the words of a question are left out: "where did I write the fax number" finds the fax.
    """
    asked = words_of(wanted)
    every: dict[tuple[str, str, str], Hit] = {}
    for page in pages():
        for hit in _hits(handle, page):
            every.setdefault((hit.question, hit.answer, hit.entry), hit)  # a question may be on two pages
    found = [hit for hit in every.values() if asked and _fits(hit, asked)]
    if not found and (asked := [word for word in asked if word not in _FILLERS]):
        found = [hit for hit in every.values() if _fits(hit, asked)]
    return sorted(found, key=lambda hit: (not hit.answer, -_weight(hit, asked)))


def words_of(text: str) -> list[str]:
    """The words of a text, without case and accents; the digits of a number as one word."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    numbers = [re.sub(r"\D", "", n) for n in re.findall(r"\+?\d[\d\s().-]{4,}\d", plain)]
    return [*re.findall(r"\w+", plain), *numbers]


def _fits(hit: Hit, asked: list[str]) -> bool:
    there = hit.words
    return all(any(word.startswith(part) or _in_number(part, word) for word in there) for part in asked)


def _in_number(part: str, word: str) -> bool:
    return len(part) >= _DIGITS and part.isdigit() and part in word


def _weight(hit: Hit, asked: list[str]) -> int:
    """How many of the words are in the question itself."""
    return sum(any(word.startswith(part) for word in words_of(hit.question)) for part in asked)


def _hits(handle: OpenCase, page: Page) -> Iterator[Hit]:
    title = tr(page.title)
    for mark in flat(page.marks):
        if isinstance(mark, Ask):
            row = answer_of(handle, mark, page)
            yield Hit(row.question, row.answer, title, row.href)
        elif isinstance(mark, Each):
            cards = cards_of(handle, mark, page)
            for card in cards:
                yield from _of_card(card, title)
            if not cards:
                yield from _unasked(handle, mark, page)


def _of_card(card: Card, title: str) -> Iterator[Hit]:
    """The answers of an entry; an entry without any is found by its name."""
    for row in card.rows or [Row(card.title, "", card.href)]:
        yield Hit(row.question, row.answer, title, row.href, card.title)


def _unasked(handle: OpenCase, mark: Each, page: Page) -> Iterator[Hit]:
    """The questions of a list that has no entry yet: where such an answer would go."""
    noun = handle.voice.say(mark.item or vals.noun(mark.path))
    for one in fields.asks(mark.fields):
        question = handle.voice.say(one.seen(mark.path).question)
        href = links.page(page.name, handle.case.id, mark.path)
        yield Hit(question, "", tr(page.title), href, noun)
