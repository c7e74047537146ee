"""Answers that differ after a merge: both in words, and the choice between them. Knows the case and the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import case as cases
from ..case import Case
from ..case.diff import apply, value_at
from ..case.migrations import current
from ..case.other_answers import OtherAnswer
from ..content import choices
from ..errors import BadFile, BadPath
from ..store import Store, Stored

REMOVED = "(removed)"
EMPTY = "(no answer)"


@dataclass(frozen=True, slots=True)
class Differs:
    """One question with the two answers in words; `id` is for `settle`."""

    id: str
    path: str
    question: str
    ours: str
    theirs: str


def differing(case: Case) -> list[Differs]:
    """The questions where a merged file has another answer, until somebody chooses."""
    return list(_differing(case))


def _differing(case: Case) -> Iterator[Differs]:
    state = case.model_dump(mode="json")
    for one in case.other_answers.values():
        ours = value_at(state, one.path)
        if one.settled or ours == one.value:
            continue
        theirs = REMOVED if one.gone else in_words(one.path, one.value)
        told = question(one.path, case, _as_there(state, one))
        yield Differs(one.id, one.path, told, in_words(one.path, ours, EMPTY), theirs)


def _as_there(state: dict[str, Any], one: OtherAnswer) -> Case:
    """The case with the other answer, as far as it fits: it names an entry that is only there."""
    try:
        return cases.read(apply(state, [{"path": one.path, "after": one.value}]))
    except (BadFile, KeyError, TypeError):
        return cases.read(state)


def settle(store: Store, key: str, other: str, *, take: bool) -> str:
    """Takes the answer of the file, or keeps ours; the row of the history, for `Session.undo`. "" if nothing changed.

    BadPath if there is no such question any more, or its entry is gone.
    """

    def edit(stored: Stored) -> dict[str, Any]:
        state = current(stored.body)
        case = cases.read(state)
        one = case.other_answers.get(other)
        if one is None:
            raise BadPath("This question was settled on another page. Load the page again.")
        return _settled(case, one, take=take).model_dump(mode="json")

    return store.change(key, "choice", edit, alone=True).rows[0]


def _settled(case: Case, one: OtherAnswer, *, take: bool) -> Case:
    if one.note in case.notes:  # what it says is now decided; undo brings it back
        case = cases.remove(case, f"notes.{one.note}")
    others = case.other_answers.with_item(one.model_copy(update={"settled": True}))
    case = case.model_copy(update={"other_answers": others})
    if not take:
        return case
    state = case.model_dump(mode="json")
    delta = {"path": one.path} if one.gone else {"path": one.path, "after": one.value}
    try:
        case = cases.read(apply(state, [delta]))
    except (BadFile, KeyError, TypeError):
        raise BadPath("This answer does not fit any more. Type it on its page instead.") from None
    if value_at(case.model_dump(mode="json"), one.path) != one.value:
        raise BadPath("The entry with this answer was removed. Type it on its page instead.")
    known = {path: said for path, said in case.provenance.items() if path != one.path}
    kept = known | {one.path: one.origin} if one.origin else known
    return case.model_copy(update={"provenance": kept})


def question(path: str, *held: Case) -> str:
    """The question at a path in short, with the name of its entry in the first case that has it."""
    words = cases.words_at(path) if not path.startswith("\x1f") else None
    short = words.short if words else ""
    for case in held:
        parent, entry = _entry(case, path)
        if entry:
            name = cases.label(case, parent, entry)
            return f"{name}, {short}" if short else name
    return short or path


def in_words(path: str, value: Any, empty: str = REMOVED) -> str:
    """A plain value of a case as the person would say it."""
    words = cases.words_at(path) if not path.startswith("\x1f") else None
    named = dict(choices(words)) if words else {}
    if cases.is_empty(value):
        return empty
    if isinstance(value, list):
        return ", ".join(named.get(str(one), str(one)) for one in value)
    if isinstance(value, dict):
        told = (one for key, one in value.items() if key != "id" and not cases.is_empty(one) and one is not False)
        return "; ".join(str(one) for one in told)
    return named.get(str(value), str(value))


def _entry(case: Case, path: str) -> tuple[str, str]:
    """The list and the entry that a path goes through; "" and "" if none."""
    steps = path.split(".")
    for end in range(1, len(steps)):
        parent = ".".join(steps[:end])
        try:
            held = cases.get(case, parent)
        except (BadPath, cases.Gone):  # a path of the other side
            return "", ""
        if isinstance(held, cases.Items):
            return (parent, steps[end]) if steps[end] in held else ("", "")
    return "", ""
