"""What an illness adds to a workbook: records, questions, choices to ask about. Knows the packs and the case; no clock.

A condition is one file, `conditions/NAME.toml`: a `[condition]` table with its title and the words that people write
who have it, then `[[entry]]` tables. Each entry has an `id` and a `list`: `records.items` or `visit.questions` (an
entry of that list, with its fields), or `goals`, `options`, `results`, `sources` (a text to read). A practice adds
files of its own in `WORKBOOK_PACKS`, or changes entries of a shipped one by their ids.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .. import locale
from ..case import Case, Item, item_type
from ..case.health import ABSENT
from ..errors import BadFile
from .layers import SHIPPED, checked, item_fields, layered, practice_folder, spoken

FOLDER = "conditions"
ADDS_TO = ("records.items", "visit.questions")
"""The lists to which a condition adds entries."""


class Note(BaseModel):
    """Something to read about a condition: a goal, a choice, a result that can change the plan, or a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    list: str
    text: str
    words: tuple[str, ...] = ()  # of a result: what the title of such a record contains
    title: str = ""  # of a source: who says it, and where
    url: str = ""


class Condition(BaseModel):
    """A condition with what it adds; `id` is the name of its file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    words: tuple[str, ...] = ()  # what people write who have it: a reason to ask, never to choose it for them
    added: dict[str, tuple[Item, ...]] = {}
    notes: tuple[Note, ...] = ()

    def of(self, kind: str) -> tuple[Note, ...]:
        """The notes of one list: goals, options, results or sources."""
        return tuple(note for note in self.notes if note.list == kind)


NOTES = ("goals", "options", "results", "sources")


def conditions() -> dict[str, Condition]:
    """Every condition by its id, in the order of their titles; BadFile for a file that cannot be read."""
    return _conditions(practice_folder(), locale.language())


def chosen(ids: Iterable[str]) -> tuple[Condition, ...]:
    """These conditions; one whose file is gone is left out."""
    known = conditions()
    return tuple(known[key] for key in dict.fromkeys(ids) if key in known)


def suggested(case: Case) -> tuple[Condition, ...]:
    """The conditions that the case's own words name, not chosen and not declined: a page asks, and never assumes."""
    goal = case.goal
    diagnoses = [one.label for one in case.health.problems.values() if one.certainty not in ABSENT]
    said = "\n".join([case.nickname, goal.about, goal.own_words, goal.decision, goal.held_slot.what, *diagnoses])
    return tuple(
        one
        for key, one in conditions().items()
        if key not in goal.conditions and declined(key) not in case.left_out and _names(said, one.words)
    )


def declined(key: str) -> str:
    """What `left_out` of a case has once somebody said that it is not about this condition."""
    return f"goal.conditions.{key}"


def _names(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of these words, whole: a plural counts, and so does a line break for a space."""
    found = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return any(re.search(rf"(?<!\w){word}(?:e?s)?(?!\w)", text, re.IGNORECASE) for word in found)


def added(path: str, ids: Iterable[str]) -> tuple[Item, ...]:
    """The entries that these conditions add to the list at the path."""
    return tuple(item for one in chosen(ids) for item in one.added.get(path, ())) if path in ADDS_TO else ()


def can_change_plan(title: str, ids: Iterable[str]) -> bool:
    """Whether one of these conditions lists a result with such a title as one that can change the plan."""
    found = (word for one in chosen(ids) for note in one.of("results") for word in note.words)
    return any(re.search(rf"\b{re.escape(word)}\b", title, re.IGNORECASE) for word in found)


@functools.cache
def _conditions(practice: str, _language: str) -> dict[str, Condition]:
    roots = [SHIPPED, *([Path(practice)] if practice else [])]
    names = sorted({file.stem for root in roots for file in (root / FOLDER).glob("*.toml")})
    made = (read(name, practice) for name in names)
    return {one.id: one for one in sorted(made, key=lambda one: one.title.casefold())}


def read(name: str, practice: str) -> Condition:
    """The condition in the file of this name, shipped or in the folder of a practice; BadFile names what is wrong."""
    file = f"{FOLDER}/{name}.toml"
    lists: dict[str, list[Item]] = {path: [] for path in ADDS_TO}
    notes = []
    for entry in layered(file, practice):
        kind = entry.get("list", "")
        if kind in lists:
            lists[kind].append(checked(item_type(kind), item_fields(entry), file))
        elif kind in NOTES:
            notes.append(checked(Note, spoken(entry), file))
        else:
            raise BadFile(f'{file}: entry "{entry["id"]}", field "list": write one of {", ".join((*ADDS_TO, *NOTES))}.')
    added = {path: tuple(items) for path, items in lists.items()}
    title, words = _head(file, practice)
    return Condition(id=name, title=title, words=words, added=added, notes=tuple(notes))


def _head(file: str, practice: str) -> tuple[str, tuple[str, ...]]:
    """The title and the words in the `[condition]` table; a practice's own replace the shipped ones."""
    head: dict[str, object] = {}
    for root in [SHIPPED, *([Path(practice)] if practice else [])]:
        if (root / file).is_file():
            found = tomllib.loads((root / file).read_text("utf-8")).get("condition", {})
            head |= found if isinstance(found, dict) else {"title": ""}
    title, words = head.get("title"), head.get("words", [])
    if set(head) - {"title", "words"} or not isinstance(title, str) or not title.strip():
        raise BadFile(f'{file}: write one [condition] table, with a line such as title = "Kidney stones".')
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise BadFile(f'{file}: in the [condition] table, write words = ["kidney stone", "kidney stones"].')
    return locale.tr(title), tuple(words)
