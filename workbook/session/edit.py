"""Applies one change to a case and reports the outcome. Pure: knows the case and its shipped entries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from .. import case as cases
from ..case import Case, Gone, Items, Provenance, Source
from ..case.change import UNSET, Change
from ..case.field_types import LONGEST, clean
from ..case.skips import answered, is_skip
from ..content import entries, seeds_of
from ..errors import BadPath, BadValue


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one change.

    `saved`: on disk. `kept`: invalid for its field; the text is stored as a draft and `problem` says why.
    `overwrote`: on disk, and `other` is the value it replaced from another page. `gone`: the path no longer
    exists. `users` names the references to a removed entry. `undo` is the argument for `Session.undo`.
    """

    path: str
    status: Literal["saved", "kept", "overwrote", "gone"]
    value: Any = None
    problem: str = ""
    other: Any = None
    users: tuple[str, ...] = ()
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """When the changes were saved, as which version, with one result each."""

    time: str
    version: int
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """A case after a change, and the change's result."""

    case: Case
    result: Result


def edited(case: Case, change: Change, says: Source, mine: Mapping[str, Any], seen: Mapping[str, str]) -> Edited:
    """The case with the change applied as far as possible.

    `mine` is what this page last wrote, by path; `seen` are the drafts it wrote or displays.
    """
    try:
        if change.op == "add":
            return _add(case, change, says)
        if change.op == "remove":
            return _remove(case, change)
        if change.op == "move":
            return _move(case, change)
        if is_skip(change.path):
            return _skip(case, change)
        return _put(case, change, says, mine, seen)
    except Gone:
        return Edited(case, Result(change.path, "gone", problem="This entry was removed on another page."))
    except BadPath as error:
        return Edited(case, Result(change.path, "gone", problem=str(error)))


def with_shipped(case: Case, path: str) -> Case:
    """The case with the shipped entry on the path stored; unchanged if there is none."""
    found = _list_in(case, path)
    return cases.touch(case, *found, seeds_of(case, found[0])) if found else case


def _list_in(case: Case, path: str) -> tuple[str, str] | None:
    """The list and entry id that the path goes through, if any."""
    steps = path.partition("@")[0].split(".")
    for i in range(1, len(steps)):
        place = ".".join(steps[:i])
        if isinstance(cases.get(case, place), Items):
            return place, steps[i]
    return None


def _put(case: Case, change: Change, says: Source, mine: Mapping[str, Any], seen: Mapping[str, str]) -> Edited:
    path, start = change.path, case
    case = with_shipped(case, path)
    held = cases.to_plain(cases.get(case, path))
    try:
        new = cases.put(case, path, change.value)
    except BadValue as error:
        return _draft(case, change, str(error), held)
    if path == "insurance.plan.type" and held != mine.get(path, UNSET):  # otherwise this page corrects its own answer
        new = cases.with_former_plan(new, held)
    value = cases.to_plain(cases.get(new, path))
    draft = new.drafts.get(path)
    if draft is not None:
        new = new.model_copy(update={"drafts": {k: v for k, v in new.drafts.items() if k != path}})
    new = _with_origin(new, path, says, changed=_bare(value) != _bare(held))
    known = [_bare(v) for v in (change.based, mine.get(path, UNSET)) if v is not UNSET]
    theirs = change.based is not UNSET and _bare(held) not in (*known, _bare(value))
    result = Result(path, "overwrote" if theirs else "saved", value=value, other=held if theirs else None)
    if not theirs and change.based is not UNSET and draft not in (None, seen.get(path), change.based, change.value):
        result = replace(result, status="overwrote", other=draft)  # typed on another page, which could not save it
    return Edited(start if new == start else new, result)


def _skip(case: Case, change: Change) -> Edited:
    """The case after a skip. A shipped entry stays untouched; a question of one removed elsewhere is no more."""
    try:
        new = cases.put(with_shipped(case, change.path), change.path, change.value)
    except Gone:
        return Edited(case, Result(change.path, "saved"))
    if new.skipped != case.skipped:
        case = case.model_copy(update={"skipped": new.skipped})
    return Edited(case, Result(change.path, "saved", value=cases.get(case, change.path)))


def _bare(value: Any) -> Any:
    """Normalizes every kind of empty to one."""
    return None if cases.is_empty(value) else value


def _draft(case: Case, change: Change, problem: str, held: Any) -> Edited:
    words = cases.words_at(change.path)
    if words and words.kind == "last4":  # the rest of that number is never stored, not even in a draft
        return Edited(case, Result(change.path, "kept", value=held, problem=problem))
    value = change.value
    text = clean(str(value) if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False))
    if len(text) <= LONGEST:  # longer text stays on the page, marked as not saved
        case = answered(case.model_copy(update={"drafts": {**case.drafts, change.path: text}}), change.path)
    return Edited(case, Result(change.path, "kept", value=held, problem=problem))


def _with_origin(case: Case, path: str, says: Source, *, changed: bool) -> Case:
    """The source of a value is whoever types it, until the page states another."""
    words = cases.words_at(path) if changed and "@" not in path else None
    if words is None or not words.source:
        return case
    origin = case.provenance.get(path, Provenance())
    if origin != Provenance(source=origin.source):
        return case
    filled = _bare(cases.to_plain(cases.get(case, path))) is not None
    return cases.put(case, path + "@", Provenance(source=says) if filled else None)


def _add(case: Case, change: Change, says: Source) -> Edited:
    path, value = change.path, dict(change.value or {})
    new = with_shipped(case, f"{path}.{change.before}") if change.before else case
    try:
        new = cases.add(new, path, value, change.before)
        problem = ""
    except BadValue as error:
        problem = str(error)
        new = _add_what_fits(new, change, value, says)
        if new is case:
            return Edited(case, Result(path, "kept", problem=problem))
    made = cases.to_plain(cases.get(new, path).get(value.get("id")))
    return Edited(new, Result(f"{path}.{value['id']}", "kept" if problem else "saved", value=made, problem=problem))


def _add_what_fits(case: Case, change: Change, value: dict[str, Any], says: Source) -> Case:
    """The entry with its valid values; the invalid ones become drafts in it."""
    try:
        new = cases.add(case, change.path, {"id": value.get("id", "")}, change.before)
    except BadValue:
        return case
    for name, given in value.items():
        place = f"{change.path}.{value['id']}.{name}"
        if name != "id" and cases.words_at(place) is not None:
            new = _put(new, Change("put", place, given), says, {}, {}).case
    return new


def _remove(case: Case, change: Change) -> Edited:
    path = change.path
    parent, _, key = path.rpartition(".")
    shipped = any(s.id == key for s in seeds_of(case, parent)) if isinstance(cases.get(case, parent), Items) else False
    new = with_shipped(case, path)
    if key not in (cases.get(new, parent) or ()):
        return Edited(case, Result(path, "saved"))  # already removed: repeating it is harmless
    users = tuple(dict.fromkeys(_name(case, leaf) for leaf in cases.users(new, path)))
    held = cases.to_plain(cases.get(new, path))
    new = cases.remove(new, path)
    if shipped:
        new = cases.leave_out(new, parent, key)
    return Edited(new, Result(path, "saved", other=held, users=users))


def _name(case: Case, leaf: cases.Leaf) -> str:
    if leaf.item is None:
        return leaf.words.short
    place, noun = leaf.path.partition(f".{leaf.item.id}.")[0], leaf.item.NOUN
    name = cases.label(case, place, leaf.item.id)
    return noun if name == noun else f"{name} ({noun})"


def _move(case: Case, change: Change) -> Edited:
    """Stores all shipped entries of the list first: an untouched one would move with its predecessor."""
    parent, _, key = change.path.rpartition(".")
    new = case
    ready = seeds_of(case, parent)
    for seed in ready if key in entries(case, parent) else ():
        new = cases.touch(new, parent, seed.id, ready)
    new = cases.move(new, change.path, change.before)
    order = list(cases.get(new, parent))
    return Edited(case if new == case else new, Result(change.path, "saved", value=order))
