"""Shipped questions that a notebook asks in other words, as labels for documents. Knows the notebooks; no case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...case import Words, spoken, words_at
from ...documents import reworded
from ...locale import tr
from . import fields
from .catalog import everything
from .pages import pages


def register() -> None:
    """Documents of this process use the practice's words from now on."""
    reworded.use(labels)


def labels() -> dict[str, str]:
    """From the label of a shipped question in documents to the words in which a notebook asks it.

    A label that several questions share stays as it is: it would change in the wrong place.
    """
    asked = {path: words for page in pages() for path, words in _reworded(page.marks)}
    if not asked:
        return {}
    shared = Counter(_label(known.words) for known in everything() if known.words)
    found = {}
    for path, words in asked.items():
        base = words_at(path)
        if base and shared[_label(base)] == 1:
            found[_label(base)] = spoken(tr(words), "caregiver")
    return found


def _reworded(marks: tuple[fields.Mark, ...]) -> Iterator[tuple[str, str]]:
    for one in fields.asks(marks):
        if one.words and not one.own:
            yield one.path, one.words
    for each in fields.lists(marks):
        for one in fields.asks(each.fields):
            if one.words and not one.own:
                yield f"{each.path}.{one.path}", one.words


def _label(words: Words) -> str:
    return spoken(tr(words.short or words.question), "caregiver")
