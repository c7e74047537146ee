"""What changed in a workbook, in words: the question, the answer before and after, and when. Knows no widgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..case import (
    Case,
    Item,
    Leaf,
    Own,
    Provenance,
    first_name,
    get,
    is_empty,
    item_type,
    label,
    leaves,
    words_at,
    words_for,
)
from ..case.log import Note, Visibility
from ..documents.summary.own_answers import entries, said
from ..errors import WorkbookError
from ..locale import tr
from ..session.changes import Changed, Times, changed
from ..store import Row, Store
from .answers import in_words
from .voice import Voice

_LONG = 160  # characters of an answer that a list shows
_FLAGS = ("private", "sensitive")
_SAID = ("source", "who", "on", "how")


class Change(NamedTuple):
    """One answer that came, changed or was removed; or a whole entry: `about` is its kind, `question` its name."""

    at: dt.datetime | None
    kind: str  # new, changed or removed
    about: str
    question: str
    before: str
    after: str
    by: str
    path: str
    private: bool
    sensitive: bool

    @property
    def day(self) -> str:
        """The day in this computer's time, as a case has it."""
        return self.at.date().isoformat() if self.at else ""

    @property
    def what(self) -> str:
        """The question, after the name of its entry."""
        return ": ".join(filter(None, (self.about, self.question)))

    @property
    def was(self) -> str:
        """The answer before, shortened."""
        return _short(self.before)

    @property
    def now(self) -> str:
        """The answer after, shortened."""
        return _short(self.after)

    @property
    def marked(self) -> str:
        """Whether it is private or sensitive, in words."""
        words = [tr("Private")] * self.private + [tr("Sensitive")] * self.sensitive
        return ", ".join(words)


class Found(NamedTuple):
    """The changes, the newest first; since when, and from when on the history has them, if that is later."""

    changes: list[Change]
    since: dt.datetime | None
    begins: dt.datetime | None


def found(store: Store, key: str, since: dt.date | None = None) -> Found:
    """What changed since the beginning of a day, else since somebody last looked, else as long as the history goes."""
    start = dt.datetime.combine(since, dt.time()).astimezone(dt.UTC).isoformat(timespec="seconds") if since else ""
    made = changed(store, key, start)
    listed = sorted(_changes(made), key=lambda one: one.at.timestamp() if one.at else 0, reverse=True)
    return Found(listed, _local(made.since), _local(made.begins))


def _changes(made: Changed) -> Iterator[Change]:
    times = Times(made.rows)
    yield from _of_entries(made, times)
    yield from _of_answers(made, times)
    yield from _of_own(made, times)
    yield from _of_drafts(made, times)
    yield from _of_sources(made, times)


def _of_entries(made: Changed, times: Times) -> Iterator[Change]:
    """Each entry of a list that was added or removed, with what it says."""
    olds, news = _by_place(made.before), _by_place(made.after)
    inside = {side: _by_entry(case) for side, case in ((True, made.after), (False, made.before))}
    for place, item in {**olds, **news}.items():
        if (place in olds) == (place in news):
            continue
        here = made.after if place in news else made.before
        parent = place.rpartition(".")[0]
        noun, name = _capital(tr(item_type(parent).NOUN)), label(here, parent, item.id)
        text = "; ".join(_told(here, inside[place in news].get(place, []), item)) or name
        sides = ("", text) if place in news else (text, "")
        yield _change(times, place.split("."), place, noun, "" if name == item.NOUN else name, *sides, item)


def _by_entry(case: Case) -> dict[str, list[Leaf]]:
    """The fields of each entry, by its path."""
    found: dict[str, list[Leaf]] = {}
    for leaf in leaves(case):
        if leaf.item:
            found.setdefault(_place_of(leaf), []).append(leaf)
    return found


def _told(case: Case, inside: list[Leaf], item: Item) -> Iterator[str]:
    """The answers of one entry, each with the short name of its question."""
    for leaf in inside:
        text = "" if is_empty(leaf.value) else in_words(case, leaf.words, leaf.value)
        if text and leaf.path.rpartition(".")[2] not in _FLAGS:
            yield f"{tr(leaf.words.short)}: {text}"
    for key, own in item.own.items():
        if answer := said(own):
            yield f"{own.words or key}: {answer}"


def _of_answers(made: Changed, times: Times) -> Iterator[Change]:
    olds, news = ({leaf.path: leaf for leaf in leaves(case)} for case in (made.before, made.after))
    was, is_ = _by_place(made.before), _by_place(made.after)
    for path, leaf in {**olds, **news}.items():
        old, new = olds.get(path), news.get(path)
        place = _place_of(leaf)
        if place and (place in was) != (place in is_):
            continue  # a part of an entry that came or went
        before, after = _text(made.before, old), _text(made.after, new)
        if before == after:
            continue
        about = label(made.after, place.rpartition(".")[0], leaf.item.id) if leaf.item else _cell(made.after, path)
        question = Voice(made.after.mode.value, first_name(made.after)).say(leaf.words.question)
        yield _change(times, path.split("."), path, about, question, before, after, leaf.item)


def _of_own(made: Changed, times: Times) -> Iterator[Change]:
    """The answers to somebody's own questions, for the whole case and in entries."""
    olds, news = _own(made.before), _own(made.after)
    was, is_ = _by_place(made.before), _by_place(made.after)
    for path, (own, item) in {**olds, **news}.items():
        place = path.rpartition(".own.")[0]
        if place and (place in was) != (place in is_):
            continue
        before, after = (said(side[path][0]) if path in side else "" for side in (olds, news))
        if before != after:
            about = label(made.after, place.rpartition(".")[0], item.id) if item else ""
            change = _change(times, path.split("."), path, about, own.words or path, before, after, item)
            yield change._replace(private=change.private or own.private)


def _of_drafts(made: Changed, times: Times) -> Iterator[Change]:
    """What was typed and does not fit its question yet."""
    for path in {**made.before.drafts, **made.after.drafts}:
        before, after = made.before.drafts.get(path, ""), made.after.drafts.get(path, "")
        if before != after:
            question = _question(made.after, path)
            item = _item_at(made.after, path) or _item_at(made.before, path)
            yield _change(times, ["drafts", path], path, tr("Needs another look"), question, before, after, item)


def _of_sources(made: Changed, times: Times) -> Iterator[Change]:
    """Who said something and how it is known, where the answer itself is as before."""
    for path in {**made.before.provenance, **made.after.provenance}:
        old, new = made.before.provenance.get(path, Provenance()), made.after.provenance.get(path, Provenance())
        if old == new or _value(made.before, path) != _value(made.after, path):
            continue
        before, after = (_source(case, origin) for case, origin in ((made.before, old), (made.after, new)))
        question = _question(made.after, path)
        item = _item_at(made.after, path) or _item_at(made.before, path)
        if before != after and question:
            yield _change(times, ["facts", path], f"{path}@", tr("Said by"), question, before, after, item)


def _source(case: Case, origin: Provenance) -> str:
    words = ((words_for(Provenance, name), getattr(origin, name)) for name in _SAID)
    return ", ".join(text for known, value in words if known and (text := in_words(case, known, value)))


def _change(
    times: Times, steps: list[str], path: str, about: str, question: str, before: str, after: str, item: Item | None
) -> Change:
    row = times.of(*steps)
    kind = "new" if not before else "removed" if not after else "changed"
    private = bool(item and item.private) or (isinstance(item, Note) and item.visibility is Visibility.PRIVATE)
    sensitive = bool(item and item.sensitive)
    at = _local(row.ended) if row else None
    return Change(at, kind, about, question, before, after, _writer(row), path, private, sensitive)


def _writer(row: Row | None) -> str:
    """Who made the change, as far as the history knows: patient, caregiver, advocate, or a file that was loaded."""
    start = row.writer.partition("-")[0] if row else ""
    return {"self": "patient", "caregiver": "caregiver", "advocate": "advocate", "merge": "file"}.get(start, "")


def _by_place(case: Case) -> dict[str, Item]:
    return {f"{place}.{item.id}": item for place, item in entries(case, "")}


def _place_of(leaf: Leaf) -> str:
    """The path of the entry that a field is in; "" if it is in none."""
    if leaf.item is None:
        return ""
    start, found_id, _rest = leaf.path.partition(f".{leaf.item.id}.")
    return f"{start}.{leaf.item.id}" if found_id else ""


def _own(case: Case) -> dict[str, tuple[Own, Item | None]]:
    found: dict[str, tuple[Own, Item | None]] = {f"own.{key}": (own, None) for key, own in case.own.items()}
    for place, item in _by_place(case).items():
        found |= {f"{place}.own.{key}": (own, item) for key, own in item.own.items()}
    return found


def _text(case: Case, leaf: Leaf | None) -> str:
    return in_words(case, leaf.words, leaf.value) if leaf else ""


def _cell(case: Case, path: str) -> str:
    """The record and the clinician of a cell of the grid."""
    steps = path.split(".")
    if steps[0] != "viewed":
        return ""
    return ", ".join(filter(None, (label(case, "records.items", steps[1]), label(case, "clinicians", steps[2]))))


def _question(case: Case, path: str) -> str:
    words = words_at(path)
    return Voice(case.mode.value, first_name(case)).say(words.question) if words else ""


def _item_at(case: Case, path: str) -> Item | None:
    return next((item for place, item in _by_place(case).items() if path.startswith(place + ".")), None)


def _value(case: Case, path: str) -> Any:
    try:
        return get(case, path)
    except WorkbookError:
        return None


def _local(stamp: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(stamp).astimezone() if stamp else None


def _short(text: str) -> str:
    text = "; ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
