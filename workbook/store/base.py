"""What any store can do, and the plain values it answers with. Knows errors and nothing else of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..errors import StoreTrouble

Body = dict[str, Any]
"""A case as plain JSON values."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of workbooks shows of one."""

    id: str
    nickname: str
    mode: str
    updated: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A case as it stands inside a transaction."""

    version: int
    body: Body


@dataclass(frozen=True, slots=True)
class Saved:
    """A change that is on disk. `rows` names the history row of each state handed in; "" where nothing changed."""

    version: int
    time: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the history: who changed what, from when to when."""

    token: str
    writer: str
    started: str
    ended: str
    deltas: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One day's copy of everything."""

    day: dt.date
    path: Path
    cases: int = 0  # how many workbooks are in it, where somebody looked


class Damaged(StoreTrouble):
    """The database cannot be read any more, or is gone; `copy` is the newest good copy, if there is one."""

    def __init__(self, sentence: str, copy: Copy | None) -> None:
        super().__init__(sentence)
        self.copy = copy


Edit = Callable[[Stored], Body | Sequence[Body]]
"""From what is stored to what shall be: one new state, or one after the other where each can be undone alone."""


class Store(Protocol):
    """Where cases live. Every method may raise StoreTrouble, with one sentence for the reader."""

    @property
    def home(self) -> Path:
        """The folder that holds everything."""

    def cases(self) -> list[Summary]:
        """All cases, the last changed first."""

    def version(self, case_id: str) -> int:
        """The number of the case's newest state; NoSuchCase if it is not here."""

    def read(self, case_id: str) -> tuple[int, Body]:
        """The newest state with its number; NoSuchCase if it is not here."""

    def create(self, case: Any, *, writer: str = "") -> Saved:
        """A new case is stored; StoreTrouble if one with its id is here already."""

    def change(self, case_id: str, writer: str, edit: Edit, *, alone: bool = False) -> Saved:
        """The case is edited in one transaction: all of it is stored, or nothing is.

        In the history it joins what the writer did there just now, unless it stands alone.
        """

    def history(self, case_id: str) -> list[Row]:
        """What was changed, oldest first, as far back as is kept."""

    def row(self, case_id: str, token: str) -> Row | None:
        """One row of the history: what an undo needs; None when it is no longer kept."""

    def erase(self, case_id: str) -> None:
        """No word of the case is left in the home: not in the database, its history or its copies."""

    def clear(self) -> None:
        """Every case is erased, and all that was set aside; also where the database is damaged."""

    def copies(self) -> list[Copy]:
        """The daily copies, newest first."""

    def restore(self, copy: Copy | None) -> None:
        """The copy takes the place of the database, which is set aside; with None, an empty one does."""

    def close(self) -> None:
        """Lets go of the files; the store opens them again when asked something."""
