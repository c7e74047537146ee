"""Merges a copy of a workbook that comes back into the one it was made from. Knows the case and the store; no page.

A copy for a client is noted in the workbook, so the history knows what both had in common: what only the copy changed
since then is taken. A copy that a client sends is noted on both sides, so of the next one only what is newer is taken.
Without that, only what ours has never had is taken. Where both have an answer, ours stays, and the
other is kept for somebody to choose (`differing`), with a private note that says it in words.
"""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .. import case as cases
from ..case import Items
from ..case.diff import Delta, apply, diff, steps_of, value, value_at
from ..case.log import ExportRecord, Note, Visibility
from ..case.migrations import current
from ..case.other_answers import OtherAnswer
from ..store import Row, Store, Stored
from .differing import REMOVED, in_words, question

_OURS = (
    "id",
    "schema_version",
    "fact_pack_version",
    "created",
    "updated",
    "mode",
    "nickname",
    "demo_today",
    "synthetic",
    "hand_overs",
    "other_answers",
)
_ONLY_NEW = ("notes", "time", "exports")  # a copy for a client is without ours, so what it lacks was not removed
_NOTE = "A loaded file has another answer. {question}: {answer}"
MARK, SENT = "A workbook for the client", "A workbook for the advocate"  # profiles of the notes of such copies
_UNGUESSABLE = 33  # a letter, because ids begin with one, and 128 bits


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer that both sides changed: its path, its question in short, the answer that was not taken, and ours."""

    path: str
    question: str
    answer: str
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: the paths that were taken from the copy, and the conflicts."""

    taken: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def older(self) -> bool:
        """Whether the copy is a state that the workbook had before, or has now."""
        return not self.taken and not self.conflicts


Base = Callable[[Sequence[dict[str, Any]], dict[str, Any]], dict[str, Any] | None]


def merge(store: Store, copy: cases.Case, today: dt.date, base: Base | None = None) -> Merged:
    """Merges the copy into the workbook with its id, in one change that can be undone. NoSuchCase if there is none.

    `base` finds what both had in common, like `base_of`, which is used without it.
    """
    theirs = copy.model_dump(mode="json")
    rows = store.history(copy.id)
    done = Merged()

    def edit(stored: Stored) -> dict[str, Any]:
        nonlocal done
        ours = current(stored.body)
        states = _history(ours, rows)
        new, done = merged((base or base_of)(states, theirs), ours, theirs, today, states)
        return new if not done.older else stored.body

    store.change(copy.id, "merge", edit, alone=True)
    return done


def handed_out(store: Store, key: str, today: dt.date) -> cases.Case:
    """The copy for a client, without private notes and time, and with a mark that is noted in the workbook, too."""
    # Anybody can hand in a file: nobody can guess 128 bits, so a copy with this mark is one that was handed out.
    mark = {"id": f"m{secrets.token_hex(16)}", "profile": MARK, "on": today.isoformat()}

    def edit(stored: Stored) -> dict[str, Any]:
        ours = current(stored.body)
        return {**ours, "exports": [*ours["exports"], mark]}

    store.change(key, "hand out", edit, alone=True)
    return for_client(cases.read(store.read(key)[1]))


def for_client(case: cases.Case) -> cases.Case:
    """The case as a client has it: without private notes, time and what advocates do among themselves."""
    case = _with_notes(case, lambda note: note.visibility is Visibility.PATIENT)
    empty = {"time": type(case.time)(), "hand_overs": Items(), "other_answers": Items()}
    mode = cases.Mode.SELF if case.mode is cases.Mode.ADVOCATE else case.mode  # the client's own pages speak to them
    return case.model_copy(update={**empty, "mode": mode})


def to_send(case: cases.Case, mark: str, today: dt.date) -> cases.Case:
    """The copy that a client sends: without notes "only for me", and with a mark of its own."""
    copy = _with_notes(case, lambda note: note.visibility is not Visibility.PRIVATE)
    return sent(copy, mark, today)


def sent(case: cases.Case, mark: str, today: dt.date) -> cases.Case:
    """The case with the note that it was sent, by which later copies are known to follow that one."""
    made = ExportRecord.model_validate({"id": mark, "profile": SENT, "on": today.isoformat()})
    return case.model_copy(update={"exports": case.exports.with_item(made)})


def is_known(ours: cases.Case, copy: cases.Case) -> bool:
    """Whether this very copy that a client sent was merged before."""
    marks = [one.id for one in copy.exports.values() if one.profile == SENT]
    return bool(marks) and marks[-1] in ours.exports


def is_of_ours(ours: cases.Case, copy: cases.Case) -> bool:
    """Whether the copy goes back to one that was handed out, which nobody else can know.

    Marks of an earlier version are too short for that: somebody can still load such a copy on purpose.
    """
    given = {one.id for one in ours.exports.values() if one.profile == MARK and len(one.id) >= _UNGUESSABLE}
    return any(one.id in given for one in copy.exports.values() if one.profile == MARK)


def _with_notes(case: cases.Case, wanted: Callable[[Note], bool]) -> cases.Case:
    for name in [note.id for note in case.notes.values() if not wanted(note)]:
        case = cases.remove(case, f"notes.{name}")
    return case


def _history(ours: dict[str, Any], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The states of ours, newest first, as far back as the history is kept and can be read."""
    states = [ours]
    for row in reversed(rows):
        try:
            states.append(apply(states[-1], row.deltas, back=True))
        except (KeyError, TypeError, ValueError):  # from an older version: what is before it cannot be compared
            break
    return states


def base_of(states: Sequence[dict[str, Any]], theirs: dict[str, Any]) -> dict[str, Any] | None:
    """The state of ours in which the copy was handed out, with what came from it since then.

    None if it was not handed out, or that state is no longer kept.
    """
    given, sends = _marked(theirs, MARK), _marked(theirs, SENT)
    pairs = list(itertools.pairwise(states))
    for back, (newer, older) in enumerate(pairs):
        if (_marked(newer, MARK) - _marked(older, MARK)) & given:
            return _with_sends(newer, pairs[:back], sends)
    return None


def _with_sends(
    base: dict[str, Any], later: Sequence[tuple[dict[str, Any], dict[str, Any]]], sends: set[str]
) -> dict[str, Any]:
    """The state with what was taken from copies that came before this one; from another device's, nothing."""
    for newer, older in reversed(later):
        came = _marked(newer, SENT) - _marked(older, SENT)
        if came and came <= sends:
            with suppress(KeyError, TypeError, ValueError):  # what it changed is not in the state: ours stays then
                base = apply(base, diff(older, newer))
    return base


def _marked(state: dict[str, Any], profile: str) -> set[str]:
    return {one["id"] for one in state.get("exports", []) if one.get("profile") == profile}


def _told(deltas: Sequence[Delta]) -> list[Delta]:
    """Those that may be taken from a copy."""
    return [d for d in deltas if (steps := steps_of(d["path"])) and steps[0] not in _OURS and _is_new(steps, d)]


def _is_new(steps: Sequence[str], delta: Delta) -> bool:
    section = steps[0].removesuffix("#order")
    if section not in _ONLY_NEW:
        return True
    return len(steps) == 2 and "before" not in delta and not steps[0].endswith("#order")


def merged(
    base: dict[str, Any] | None,
    ours: dict[str, Any],
    theirs: dict[str, Any],
    today: dt.date,
    states: Sequence[dict[str, Any]] = (),
) -> tuple[dict[str, Any], Merged]:
    """The merged state, valid as a case, and what came of it. BadFile if the two do not fit together."""
    now, copy = cases.read(ours), cases.read(theirs)
    if base is not None:
        take, clash = _three_ways(base, ours, theirs)
    else:
        take, clash = _two_ways(ours, theirs, states)
    case = cases.read(apply(ours, take))
    conflicts = []
    for path in dict.fromkeys(_whole_of(delta, ours) for delta in clash):
        other = _other(path, theirs, copy, today)
        if not _is_settled(case, other):
            told = question(path, now, copy)
            answer = REMOVED if other.gone else in_words(path, other.value)
            conflicts.append(Conflict(path, told, answer, in_words(path, value_at(ours, path))))
            case = _kept(case, other, _NOTE.format(question=told, answer=answer), today)
    return case.model_dump(mode="json"), Merged(tuple(delta["path"] for delta in take), tuple(conflicts))


def _whole_of(delta: Delta, ours: dict[str, Any]) -> str:
    """The path of what differs: the whole entry, if we removed the one that the other side changed."""
    steps = steps_of(delta["path"])
    for end in range(1, len(steps)):
        inside = value_at(ours, ".".join(steps[:end]))
        if isinstance(inside, list) and steps[end] not in [one.get("id") for one in inside if isinstance(one, dict)]:
            return ".".join(steps[: end + 1])
    return str(delta["path"])


def _other(path: str, theirs: dict[str, Any], copy: cases.Case, today: dt.date) -> OtherAnswer:
    """What the copy has at this path."""
    there = value_at(theirs, path)
    told = {"value": there, "gone": there is None, "origin": copy.provenance.get(path), "on": today.isoformat()}
    return OtherAnswer.model_validate({"id": cases.new_id(), "path": path, **told})


def _is_settled(case: cases.Case, other: OtherAnswer) -> bool:
    """Whether somebody kept ours when a file had this same answer before."""
    known = (one for one in case.other_answers.values() if one.path == other.path and one.value == other.value)
    return any(one.settled for one in known)


def _kept(case: cases.Case, other: OtherAnswer, text: str, today: dt.date) -> cases.Case:
    """The case with the other answer to choose, in place of an earlier one at its path, and with a note of it."""
    note = next((one for one in case.notes.values() if one.text == text), None)
    if note is None:
        told = {"text": text, "visibility": Visibility.PRIVATE, "on": today.isoformat()}
        note = Note.model_validate({"id": cases.new_id(), **told})
        case = case.model_copy(update={"notes": case.notes.with_item(note)})
    before = next((one for one in case.other_answers.values() if one.path == other.path), None)
    if before is not None and before.value == other.value:
        return case
    others = case.other_answers.without(before.id) if before else case.other_answers
    made = other.model_copy(update={"note": note.id})
    return case.model_copy(update={"other_answers": others.with_item(made)})


def _three_ways(base: Any, ours: Any, theirs: Any) -> tuple[list[Delta], list[Delta]]:
    """What to take, and what both sides changed since `base`."""
    mine = [steps_of(d["path"]) for d in diff(base, ours)]
    take, clash = [], []
    for delta in _told(diff(base, theirs)):
        steps = steps_of(delta["path"])
        if not any(_meet(other, steps) for other in mine):
            take.append(delta)
        elif _asked(steps) and value(ours, delta) != value(theirs, delta):
            clash.append(delta)
    return take, clash


def _two_ways(ours: Any, theirs: Any, states: Sequence[Any]) -> tuple[list[Delta], list[Delta]]:
    """The same without a common state: nothing that ours has is replaced or removed, and nothing old comes back."""
    take, clash = [], []
    for delta in _told(diff(ours, theirs)):
        after = delta.get("after")
        if delta["path"].startswith("exports."):  # a mark says that all of a copy was known here
            continue
        if cases.is_empty(after) or delta["path"].endswith("#order") or any(value(s, delta) == after for s in states):
            continue
        if not cases.is_empty(delta.get("before")):
            clash += [delta] if _asked(steps_of(delta["path"])) else []
        elif "before" in delta or not any(value(state, delta) is not None for state in states):
            take.append(delta)
    return take, clash


def _asked(steps: Sequence[str]) -> bool:
    """Whether the path is an answer, and not what the workbook notes about one."""
    marks = ("facts", "drafts", "skipped", "postponed", "steps", "left_out")
    return steps[0] not in marks and not steps[-1].endswith("#order")


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two paths are equal or one contains the other; the order of a list meets another order of it only."""
    a, b = list(one), list(other)
    if a[-1].endswith("#order") or b[-1].endswith("#order"):
        return a == b
    return a[: len(b)] == b[: len(a)]
