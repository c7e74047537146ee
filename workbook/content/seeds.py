"""The entries that a list of a workbook starts with, from packs for every case and for conditions. Knows the case."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from .. import locale
from ..case import Case, Item, Items, Words, item_type, shown
from .conditions import FOLDER, added, conditions
from .layers import checked, item_fields, layered, practice_folder

OWN_WORDS = "own-words"
"""The id of the question for the visit that is the person's own words of the goal."""

_QUESTIONS = "visit.questions"
_SHORT = 300  # characters of a question that can be read at a glance


def seeds(path: str, of: Iterable[str] = ()) -> tuple[Item, ...]:
    """The entries that every new case starts with in the list at this path, such as `records.items`; usually none.

    `of` are ids of conditions: with them, also the entries that they add, which come first, because they fit best.
    """
    ready = _seeds(path, practice_folder(), locale.language())
    if not of:
        return ready
    known = {seed.id for seed in ready}
    more = tuple(seed for seed in added(path, of) if seed.id not in known)
    return (*more, *ready)


def seeds_of(case: Case, path: str) -> tuple[Item, ...]:
    """The entries that this case starts with in the list at the path: those of every case and of its conditions.

    The questions for the visit begin with the person's own words for what they want to know.
    """
    ready = seeds(path, case.goal.conditions)
    mine = _own_question(case) if path == _QUESTIONS else ""
    return (item_type(path).model_validate({"id": OWN_WORDS, "text": mine}), *ready) if mine else ready


def _own_question(case: Case) -> str:
    """What the person most wants to know, if it fits a list of questions; of a longer text, what it asks."""
    text = " ".join(case.goal.own_words.split())
    if len(text) <= _SHORT:
        return text
    asks = [part for part in re.split(r"(?<=[.?!])\s+", text) if part.endswith("?")]
    return next((joined for n in range(len(asks), 0, -1) if len(joined := " ".join(asks[:n])) <= _SHORT), "")


def seed(path: str, key: str) -> Item | None:
    """The entry with this id that some workbook starts with in the list at the path; None if there is none."""
    return _by_id(path, practice_folder(), locale.language()).get(key)


def choices(words: Words) -> tuple[tuple[str, str], ...]:
    """The choices of a question, each with its words: its own ones, or the conditions there are packs for."""
    if words.choices or words.choices_from != "conditions":
        return words.choices
    return tuple((one.id, one.title) for one in conditions().values())


def entries(case: Case, path: str) -> Items[Any]:
    """The entries that this case shows in the list at the path, the untouched ones in place."""
    return shown(case, path, seeds_of(case, path))


@functools.cache
def _by_id(path: str, _practice: str, _language: str) -> dict[str, Item]:
    return {one.id: one for one in seeds(path, conditions())}


@functools.cache
def _seeds(path: str, practice: str, language: str) -> tuple[Item, ...]:
    file = f"seeds/{path}.toml"
    return tuple(checked(item_type(path), item_fields(entry), file) for entry in layered(file, practice))


def is_ready_made(path: str, item: Item) -> bool:
    """Whether an entry has the title of a ready-made line: it names a kind, such as "Lab results", no one thing."""
    ready = seed(path, item.id)
    title = getattr(item, item.TITLE[0], "")
    return bool(title) and ready is not None and locale.tr(title) == getattr(ready, item.TITLE[0])


def called(path: str, item: Item) -> str:
    """The few words for a ready-made entry within a sentence (`called` in its pack); "" for an entry of one's own."""
    if not is_ready_made(path, item):
        return ""
    short = _called(path, practice_folder()).get(item.id, "")
    return locale.tr(short) if short else str(getattr(item, item.TITLE[0]))


def said_once(path: str, key: str) -> tuple[str, ...]:
    """What a ready-made entry said in earlier versions (`once` in its pack), as somebody may have kept it."""
    return _once(path, practice_folder()).get(key, ())


@functools.cache
def _called(path: str, practice: str) -> dict[str, str]:
    return {e["id"]: e["called"] for e in _raw(path, practice) if isinstance(e.get("called"), str)}


@functools.cache
def _once(path: str, practice: str) -> dict[str, tuple[str, ...]]:
    return {e["id"]: tuple(e["once"]) for e in _raw(path, practice) if isinstance(e.get("once"), list)}


def _raw(path: str, practice: str) -> Iterator[dict[str, Any]]:
    yield from layered(f"seeds/{path}.toml", practice)
    for name in conditions():
        yield from layered(f"{FOLDER}/{name}.toml", practice)
