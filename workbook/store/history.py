"""The history as a limited number of rows: typing is merged, clearing gets its own row. Knows deltas only.

Each row can be undone alone. So a change is merged into an earlier row only if no later row touches the same
paths and neither clears anything: "Undo" after clearing a story must bring the story back.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from typing import Any

from ..case.diff import Delta, steps_of
from .base import Row
from .trouble import Broken

TOGETHER = dt.timedelta(minutes=10)  # one writer's typing at one path within this time becomes one row
TIMES_THE_CASE = 10  # the history stays within this many times the size of the case
_COLUMNS = "row, writer, started, ended, deltas, alone"
_ROW_ITSELF = 120  # approximate bytes of a row besides its deltas

SCHEMA = """
create table if not exists history (
    row integer primary key autoincrement,
    case_id text not null,
    writer text not null,
    started text not null,
    ended text not null,
    alone integer not null,
    size integer not null,
    deltas text not null
);
create index if not exists history_of_case on history (case_id, row);
"""


def record(
    db: sqlite3.Connection, case_id: str, writer: str, deltas: list[Delta], now: str, *, alone: bool = False
) -> int:
    """The number of the row with these deltas: a merged row, or a new one where they must stay separate."""
    alone = alone or any(_empties(d) for d in deltas)
    since = _iso(dt.datetime.fromisoformat(now) - TOGETHER)
    touched = [_place(d) for d in deltas]
    rows = db.execute(
        f"select {_COLUMNS} from history where case_id = ? and ended >= ? order by row desc limit 40",  # noqa: S608
        (case_id, since),
    )
    for held in rows.fetchall():
        row = _row(held)
        if not _meet(touched, [_place(d) for d in row.deltas]):
            continue
        apart = alone or held[5] or row.writer != writer or not since <= row.started <= now  # the clock was set back
        joined = None if apart else _joined(row, deltas)
        if joined is None:
            break
        text = _text(joined)
        db.execute(
            "update history set ended = ?, size = ?, deltas = ? where row = ?",
            (now, len(text.encode()) + _ROW_ITSELF, text, held[0]),
        )
        return int(held[0])
    text = _text(deltas)
    made = db.execute(
        "insert into history (case_id, writer, started, ended, alone, size, deltas) values (?, ?, ?, ?, ?, ?, ?)",
        (case_id, writer, now, now, alone, len(text.encode()) + _ROW_ITSELF, text),
    )
    return int(made.lastrowid or 0)


def keep_within(db: sqlite3.Connection, case_id: str, case_size: int, newest: set[int]) -> None:
    """Deletes the oldest rows until the history fits its limit; what was just written stays, so it can be undone."""
    rows = db.execute("select row, size from history where case_id = ? order by row desc", (case_id,)).fetchall()
    room = TIMES_THE_CASE * case_size
    for row, size in rows:
        room -= size
        if room < 0 and row not in newest:
            db.execute("delete from history where row = ?", (row,))


def rows_of(db: sqlite3.Connection, case_id: str, number: int | None = None) -> list[Row]:
    """All rows of a case, oldest first, or only the one with this number."""
    which, given = ("and row = ?", (case_id, number)) if number is not None else ("", (case_id,))
    found = db.execute(f"select {_COLUMNS} from history where case_id = ? {which} order by row", given)  # noqa: S608
    return [_row(held) for held in found.fetchall()]


def _row(held: tuple[Any, ...]) -> Row:
    try:
        deltas = json.loads(held[4])
    except (ValueError, TypeError, RecursionError):
        raise Broken from None
    return Row(token=str(held[0]), writer=held[1], started=held[2], ended=held[3], deltas=deltas)


def _joined(row: Row, deltas: list[Delta]) -> list[Delta] | None:
    """The row's deltas merged with the new ones; None if the new ones touch other paths."""
    firsts = {d["path"]: d for d in row.deltas}
    if any(d["path"] not in firsts for d in deltas):
        return None
    news = {d["path"]: d for d in deltas}
    return [{**d, "after": news[d["path"]]["after"]} if d["path"] in news else d for d in row.deltas]


def _empties(delta: Delta) -> bool:
    """Whether this clears, removes or moves something."""
    empties = delta.get("after") in (None, "", [], {}) and delta.get("before") not in (None, "", [], {})
    return empties or delta["path"].endswith("#order")


def _place(delta: Delta) -> list[str]:
    return [s.removesuffix("#order") for s in steps_of(delta["path"])]


def _meet(some: list[list[str]], others: list[list[str]]) -> bool:
    """Whether two paths are equal or one contains the other."""
    return any(a[: len(b)] == b[: len(a)] for a in some for b in others)


def _text(deltas: list[Delta]) -> str:
    return json.dumps(deltas, ensure_ascii=False, separators=(",", ":"))


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")
