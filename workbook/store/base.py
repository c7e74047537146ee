"""The interface of a store, and the plain values it returns. Knows errors and nothing else of ours."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..errors import StoreTrouble

Body = dict[str, Any]
"""A case as plain JSON values."""
_AT_ONCE = 50  # cases in memory while a list is read: full ones have 100 kB each


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of a list of cases."""

    id: str
    nickname: str
    mode: str
    updated: str
    synthetic: bool
    state: str = ""  # "paused" or "closed", as the person set it


@dataclass(frozen=True, slots=True)
class Stored:
    """A case as read inside a transaction."""

    version: int
    body: Body


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved change. `rows` names the history row of each state passed in; "" if nothing changed."""

    version: int
    time: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the history: who changed what, and when."""

    token: str
    writer: str
    started: str
    ended: str
    deltas: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """How far back the history of a case goes, and when somebody last looked at what changed; "" if not known."""

    begins: str
    seen: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A daily copy of the database."""

    day: dt.date
    path: Path
    cases: int = 0  # how many cases it contains, where that was checked


class Damaged(StoreTrouble):
    """The database is unreadable or gone; `copy` is the newest good copy, if any."""

    def __init__(self, sentence: str, copy: Copy | None) -> None:
        super().__init__(sentence)
        self.copy = copy


Edit = Callable[[Stored], Body | Sequence[Body]]
"""From the stored state to the new one, or to several states in a row that can each be undone alone."""


class Store(Protocol):
    """Where cases are stored. Every method may raise StoreTrouble, with a one-sentence message for the reader."""

    @property
    def home(self) -> Path:
        """The folder that contains everything."""

    def cases(self) -> list[Summary]:
        """All cases, last changed first; closed ones after the others."""

    def version(self, case_id: str) -> int:
        """The version number of the case's newest state; NoSuchCase if it is not in the store."""

    def read(self, case_id: str) -> tuple[int, Body]:
        """The newest state with its version; NoSuchCase if it is not in the store."""

    def read_many(self, case_ids: Iterable[str]) -> Iterator[tuple[str, int, Body]]:
        """The id, the version and the newest state of each of these, in their order, without those that are gone.

        For lists: they are read some at a time, and a practice's log says "listed", not "opened".
        """

    def create(self, case: Any, *, writer: str = "") -> Saved:
        """Stores a new case; StoreTrouble if its id exists already."""

    def adopt(self, body: Body, version: int, rows: Sequence[Row], kept: Kept) -> None:
        """Stores a case as another store has it, with its history; StoreTrouble if its id exists already."""

    def change(self, case_id: str, writer: str, edit: Edit, *, alone: bool = False) -> Saved:
        """Edits the case in one transaction: everything is stored, or nothing.

        In the history it is merged with the writer's recent changes at the same paths, unless it must stay separate.
        """

    def history(self, case_id: str) -> list[Row]:
        """The retained history, oldest first."""

    def kept(self, case_id: str) -> Kept:
        """How far back the history goes, and when `mark_seen` was last called; NoSuchCase if it is not in the store."""

    def mark_seen(self, case_id: str) -> str:
        """Notes that somebody looked at what changed, and returns the time; NoSuchCase if it is not in the store."""

    def row(self, case_id: str, token: str) -> Row | None:
        """One row of the history, as undo needs it; None if it is no longer retained."""

    def derived(self, stamp: str) -> dict[str, str]:
        """Texts that were worked out from cases and kept with this stamp, by id; none of a case that has changed."""

    def keep_derived(self, stamp: str, texts: Iterable[tuple[str, int, str]]) -> None:
        """Keeps such texts, each with the id and the version of its case; a change of the case removes its text."""

    def erase(self, case_id: str) -> None:
        """Erases the case from the database, its history and its copies."""

    def clear(self) -> None:
        """Erases every case and every file that was set aside; also works on a damaged database."""

    def copies(self) -> list[Copy]:
        """The daily copies, newest first."""

    def restore(self, copy: Copy | None) -> None:
        """Replaces the database, which is set aside, with the copy; with None, with an empty one."""

    def watch(self, case_id: str, hear: Callable[[], None]) -> Callable[[], None]:
        """Calls `hear`, in another thread, when somebody else may have changed the case; returns what ends it.

        A store that several people share hears at once. A file on one's own computer does not: a page looks again
        when it is shown.
        """

    def close(self) -> None:
        """Closes the files; the store reopens them on the next call."""


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    """The ids, as many at a time as `read_many` reads in one request."""
    rest = iter(keys)
    while some := list(itertools.islice(rest, _AT_ONCE)):
        yield some
