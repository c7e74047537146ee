"""The history as a limited number of rows: typing is merged, clearing gets its own row. Knows deltas only.

Each row can be undone alone. So a change is merged into an earlier row only if no later row touches the same
paths and neither clears anything: "Undo" after clearing a story must bring the story back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from ..case.diff import Delta, steps_of
from .base import Kept, Row
from .trouble import Broken

TOGETHER = dt.timedelta(minutes=10)  # one writer's typing at one path within this time becomes one row
TIMES_THE_CASE = 10  # the history stays within this many times the size of the case
_COLUMNS = "row, writer, started, ended, deltas, alone"
_CHANGES = "writer not like '#%'"
_ROW_ITSELF = 120  # approximate bytes of a row besides its deltas
SEEN, BEGINS = "#seen", "#begins"
"""The writers of two rows without deltas: when somebody last looked at the changes, and how far back they are kept."""

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


CaseKey = str | int
"""What names a case in its database: its id, or a number in PostgreSQL."""


class Database(Protocol):
    """What runs a statement: SQLite's connection, or PostgreSQL's."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Any:
        """Runs it with its values, each in place of a `?`."""


def record(db: Database, case_id: CaseKey, writer: str, deltas: list[Delta], now: str, *, alone: bool = False) -> int:
    """The number of the row with these deltas: a merged row, or a new one where they must stay separate."""
    alone = alone or any(_empties(d) for d in deltas)
    since = max(_iso(dt.datetime.fromisoformat(now) - TOGETHER), noted(db, case_id, SEEN))
    touched = [_place(d) for d in deltas]
    rows = db.execute(
        f"select {_COLUMNS} from history where case_id = ? and ended >= ? and {_CHANGES} order by row desc limit 40",  # noqa: S608
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
        "insert into history (case_id, writer, started, ended, alone, size, deltas) values (?, ?, ?, ?, ?, ?, ?) "
        "returning row",
        (case_id, writer, now, now, int(alone), len(text.encode()) + _ROW_ITSELF, text),
    )
    return int(made.fetchone()[0])


def adopt(db: Database, case_id: CaseKey, rows: Iterable[Row], kept: Kept) -> None:
    """Keeps the rows of another store; each can still be undone alone, and nothing is merged into them."""
    for row in rows:
        add(db, case_id, row, _text(row.deltas))
    if kept.begins:
        note(db, case_id, BEGINS, kept.begins)
    if kept.seen:
        note(db, case_id, SEEN, kept.seen)


def add(db: Database, case_id: CaseKey, row: Row, deltas: str) -> int:
    """The number of a new row that is a copy of this one, with these deltas."""
    size = len(deltas.encode()) + _ROW_ITSELF
    made = db.execute(
        "insert into history (case_id, writer, started, ended, alone, size, deltas) values (?, ?, ?, ?, 1, ?, ?) "
        "returning row",
        (case_id, row.writer, row.started, row.ended, size, deltas),
    )
    return int(made.fetchone()[0])


def keep_within(db: Database, case_id: CaseKey, case_size: int, newest: set[int]) -> None:
    """Deletes the oldest rows until the history fits its limit; what was just written stays, so it can be undone."""
    asked = f"select row, size, ended from history where case_id = ? and {_CHANGES} order by row desc"  # noqa: S608
    room = TIMES_THE_CASE * case_size
    last = ""
    for row, size, ended in db.execute(asked, (case_id,)).fetchall():
        room -= size
        if room < 0 and row not in newest:
            db.execute("delete from history where row = ?", (row,))
            last = max(last, ended)
    if last:
        note(db, case_id, BEGINS, last)


def note(db: Database, case_id: CaseKey, what: str, now: str) -> None:
    """Keeps a time among the rows of the case; an earlier one of this kind is replaced."""
    db.execute("delete from history where case_id = ? and writer = ?", (case_id, what))
    db.execute(
        "insert into history (case_id, writer, started, ended, alone, size, deltas) values (?, ?, ?, ?, 1, 0, '[]')",
        (case_id, what, now, now),
    )


def noted(db: Database, case_id: CaseKey, what: str) -> str:
    """The time that was kept; "" if none was."""
    found = db.execute("select ended from history where case_id = ? and writer = ?", (case_id, what)).fetchone()
    return str(found[0]) if found else ""


def rows_of(db: Database, case_id: CaseKey, number: int | None = None) -> list[Row]:
    """All rows of a case, oldest first, or only the one with this number."""
    which, given = ("and row = ?", (case_id, number)) if number is not None else ("", (case_id,))
    found = db.execute(f"select {_COLUMNS} from history where case_id = ? and {_CHANGES} {which} order by row", given)  # noqa: S608
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
