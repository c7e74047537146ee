"""Opens what waits in a drop box, and merges each file into its workbook. Knows the box, the key and the store.

Anybody can write to a drop box. A file counts as a client's if it goes back to a copy that was handed out to them:
nobody else knows the mark of that copy. Any other is set aside, not deleted, and somebody may load it on purpose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import case as cases
from ..errors import BadFile, NoSuchCase, WorkbookError
from ..locale import N_
from ..session.merge import Merged, is_known, is_of_ours, merge
from ..store import Store
from . import key
from .box import Box

UNKNOWN = N_("It belongs to no workbook that you have here.")
UNMARKED = N_("It does not go back to the copy that you gave this client.")
UNFIT = N_("It does not fit the workbook that you have here. Ask the client for their case file.")
_MOST = 100_000_000  # bytes of a file that somebody names


@dataclass(frozen=True, slots=True)
class Came:
    """One file: where it is now, when it came, its workbook, and what came of it. `why` says why it was set aside."""

    file: Path
    when: dt.datetime
    key: str = ""
    merged: Merged | None = None
    why: str = ""

    @property
    def answers(self) -> list[str]:
        """The paths of what was taken, without the note that the copy was sent."""
        return [path for path in (self.merged.taken if self.merged else ()) if not path.startswith("exports.")]


def open_all(store: Store, box: Box, identity: Any, today: dt.date) -> Iterator[Came]:
    """Opens each file that waits. What was merged is removed from the box; what was not is set aside.

    StoreTrouble if somebody opens the same box at this moment.
    """
    with box.opening():
        for file in box.waiting():
            came = None
            with suppress(FileNotFoundError):  # somebody has removed it by hand
                came = _opened(store, box, file, identity, today)
            if came:
                yield came


def _opened(store: Store, box: Box, file: Path, identity: Any, today: dt.date) -> Came:
    when = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    try:
        copy = _read(file, identity)
        ours = _of(store, copy)
        done = Merged() if is_known(ours, copy) else merge(store, copy, today)
    except (BadFile, NoSuchCase, KeyError, TypeError, ValueError) as error:
        why = str(error) if isinstance(error, WorkbookError) else UNFIT  # another error's words may be a patient's
        return Came(box.set_aside(file), when, why=why)
    file.unlink(missing_ok=True)
    return Came(file, when, copy.id, done)


def load(store: Store, file: Path, identity: Any, today: dt.date) -> Came:
    """Loads one file that somebody names, whoever it is from: merged if its workbook is here, else as a new one."""
    when = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    copy = _read(file, identity)
    if copy.id in {row.id for row in store.cases()}:
        return Came(file, when, copy.id, merge(store, copy, today))
    store.create(copy)
    return Came(file, when, copy.id)


def _read(file: Path, identity: Any) -> cases.Case:
    with file.open("rb") as source:
        return cases.parse(key.opened(source.read(_MOST), identity))


def _of(store: Store, copy: cases.Case) -> cases.Case:
    """The workbook that the copy belongs to; BadFile if there is none, or it is not a client's copy of it."""
    if copy.id not in {row.id for row in store.cases()}:
        raise BadFile(UNKNOWN)
    ours = cases.read(store.read(copy.id)[1])
    if not is_of_ours(ours, copy):
        raise BadFile(UNMARKED)
    return ours
