"""Rows of the board that were worked out before, so that a thousand workbooks open at once. Knows the store.

A row follows from its case, a day, the language, the facts and this program, and from nothing else. So it can be worked
out before its day comes. It is kept beside its case until one of the others changes, or its day is over.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .. import locale
from ..store import Store
from .board_row import BoardRow, Line
from .due import Due

Made = tuple[int, dt.date, Line]
"""A row that was worked out, with the version of its case and its day."""

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("case", "law", "rules", "packs", "locale", "practice")  # what a row follows from


ByDay = Mapping[str, tuple[int, str]]
"""The rows of one case as text, by day, each with the version of the case that it was worked out from."""


def stamp() -> str:
    """What a row rests on besides its case and its day: the language, the time zone, the files of rules and facts."""
    return f"{locale.language()} {'/'.join(time.tzname)} {_files(os.environ.get('WORKBOOK_PACKS', ''))}"


@functools.cache
def _files(packs: str) -> str:
    """A digest of the names, sizes and times of the files that decide what a row says."""
    roots = [*(_PACKAGE / room for room in _ROOMS), *(Path(one) for one in packs.split(os.pathsep) if one)]
    found = hashlib.sha256()
    for file in sorted(file for root in roots for file in root.rglob("*") if file.suffix in (".py", ".toml", ".po")):
        state = file.stat()
        found.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()[:16]


def rows(store: Store, mark: str) -> dict[str, ByDay]:
    """The rows with this stamp of the newest state of each case, by its id."""
    return {key: _by_day(text) for key, text in store.derived(mark).items()}


def line(held: ByDay | None, day: dt.date) -> Line | None:
    """The row for a day; None if it has to be worked out."""
    found = (held or {}).get(day.isoformat())
    return _line(json.loads(found[1])) if found else None


def keep(store: Store, mark: str, held: Mapping[str, ByDay], made: Iterable[Made], today: dt.date) -> None:
    """Keeps rows beside those that are held, as long as they are of the same version of the case; past days go."""
    new: dict[tuple[str, int], dict[str, tuple[int, str]]] = {}
    for version, day, one in made:
        text = json.dumps(one, default=_plain, ensure_ascii=False)  # on one line
        new.setdefault((one.row.id, version), {})[day.isoformat()] = version, text
    texts = []
    for (key, version), by_day in new.items():
        before = {day: row for day, row in held.get(key, {}).items() if row[0] == version and day >= today.isoformat()}
        lines = [f"{day} {number} {text}" for day, (number, text) in {**before, **by_day}.items()]
        texts.append((key, version, "\n".join(lines)))
    if texts:
        store.keep_derived(mark, texts)


def _by_day(text: str) -> ByDay:
    parts = (row.split(" ", 2) for row in text.split("\n"))
    return {day: (int(number), row) for day, number, row in parts}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _line(plain: Sequence[Any]) -> Line:
    row, nickname, first, late_short, coming, dates = plain
    made = BoardRow(*row)
    made = made._replace(
        next_date=_day(made.next_date), late_since=_day(made.late_since), barriers=tuple(made.barriers)
    )
    return Line(made, nickname, first, late_short, _dues(coming), _dues(dates))


def _dues(plain: Sequence[Any]) -> tuple[Due, ...]:
    return tuple(Due(dt.date.fromisoformat(due), *rest) for due, *rest in plain)


def _day(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
