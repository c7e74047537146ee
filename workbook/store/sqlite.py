"""The store for a personal computer: one SQLite file, standard library only. Knows case values as JSON.

Each change is one transaction with synchronous=FULL: when `change` returns, it is on disk. The write-ahead log
lets pages read while one writes. Deleted data is overwritten (secure_delete), and an erase also empties the log.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .. import where
from ..case.diff import diff
from ..case.migrations import current
from ..errors import NoSuchCase, StoreTrouble
from . import copies, derived, history
from .base import Body, Copy, Damaged, Edit, Kept, Row, Saved, Stored, Summary, batches
from .file import EMPTY, File, empty_log
from .home import make_private
from .trouble import CLOSE_OTHERS, FULL, NO_ROOM_TO_ERASE, Broken, is_damage, of_disk, of_file

# No other answer of a case is called "status", and the marks of a text someone typed are escaped. It is among the first
# ones of a body, after the name, which is at most six times as long in JSON. Searching the rest would take far longer.
_LIST = """
select id, nickname, mode, updated, synthetic,
    case when instr(head, '"status":"closed"') then 'closed' when instr(head, '"status":"paused"') then 'paused' else ''
    end as state
from (select *, substr(body, 1, 600 + 6 * length(nickname)) as head from cases)
order by state = 'closed', updated desc, id
"""
LONGEST_TOKEN = 18  # digits; SQLite's own numbers are hardly longer


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class SQLiteStore:
    """A SQLite file in a folder that only this user can read."""

    def __init__(self, home: Path, *, now: Callable[[], dt.datetime] = _now, patience: float = 10.0) -> None:
        self.home = home
        self.file = home / "workbook.db"
        self._kept = File(self.file)
        self._now = now
        self._patience = patience  # seconds to wait for another writer
        self._lock = threading.RLock()
        self._no_copy_before = 0.0

    def cases(self) -> list[Summary]:
        with self._asked() as db:
            rows = db.execute(_LIST)
            return [Summary(key, name, mode, at, bool(made), state) for key, name, mode, at, made, state in rows]

    def version(self, case_id: str) -> int:
        with self._asked() as db:
            return int(_one(db.execute("select version from cases where id = ?", (case_id,)).fetchone())[0])

    def read(self, case_id: str) -> tuple[int, Body]:
        with self._asked() as db:
            stored = _stored(db, case_id)
            return stored.version, stored.body

    def read_many(self, case_ids: Iterable[str]) -> Iterator[tuple[str, int, Body]]:
        for some in batches(case_ids):
            with self._asked() as db:
                marks = ",".join("?" * len(some))
                rows = db.execute(f"select id, version, body from cases where id in ({marks})", some).fetchall()  # noqa: S608
                found = {key: _checked(version, text) for key, version, text in rows}
            for key in filter(found.__contains__, some):
                yield key, found[key].version, found[key].body

    def create(self, case: Any, *, writer: str = "") -> Saved:
        now = self._stamp()
        body = case if isinstance(case, dict) else case.model_dump(mode="json")
        body = {**body, "created": body.get("created") or now, "updated": now}
        with self._changing() as db:
            if db.execute("select 1 from cases where id = ?", (body["id"],)).fetchone():
                raise StoreTrouble("A workbook with this id is here already. Nothing was changed.")
            _write(db, body, 1)
            history.note(db, body["id"], history.BEGINS, now)
        return Saved(1, now)

    def adopt(self, body: Body, version: int, rows: Sequence[Row], kept: Kept) -> None:
        with self._changing() as db:
            if db.execute("select 1 from cases where id = ?", (body["id"],)).fetchone():
                raise StoreTrouble("A workbook with this id is here already. Nothing was changed.")
            _write(db, body, version)
            history.adopt(db, body["id"], rows, kept)

    def change(self, case_id: str, writer: str, edit: Edit, *, alone: bool = False) -> Saved:
        now = self._stamp()
        with self._changing() as db:
            stored = _stored(db, case_id)
            made = edit(stored)
            states = [made] if isinstance(made, dict) else list(made)
            rows, last = [], stored.body
            for state in states:
                deltas = diff(last, state)
                row = history.record(db, case_id, writer, deltas, now, alone=alone) if deltas else ""
                rows.append(str(row))
                last = state
            if not any(rows):
                return Saved(stored.version, stored.body.get("updated") or now, tuple(rows))
            size = _write(db, {**last, "id": case_id, "updated": now}, stored.version + 1)
            history.keep_within(db, case_id, size, {int(r) for r in rows if r})
        return Saved(stored.version + 1, now, tuple(rows))

    def history(self, case_id: str) -> list[Row]:
        with self._asked() as db:
            return history.rows_of(db, case_id)

    def kept(self, case_id: str) -> Kept:
        with self._asked() as db:
            _one(db.execute("select 1 from cases where id = ?", (case_id,)).fetchone())
            begins = history.noted(db, case_id, history.BEGINS)
            if not begins:  # from an older version, which did not note it
                rows = history.rows_of(db, case_id)
                begins = rows[0].started if rows else ""
            return Kept(begins, history.noted(db, case_id, history.SEEN))

    def mark_seen(self, case_id: str) -> str:
        now = self._stamp()
        with self._changing() as db:
            _one(db.execute("select 1 from cases where id = ?", (case_id,)).fetchone())
            history.note(db, case_id, history.SEEN, now)
        return now

    def row(self, case_id: str, token: str) -> Row | None:
        if not (token.isascii() and token.isdigit() and len(token) <= LONGEST_TOKEN):
            return None
        with self._asked() as db:
            return next(iter(history.rows_of(db, case_id, int(token))), None)

    def derived(self, stamp: str) -> dict[str, str]:
        with self._asked() as db:
            return derived.fresh(db, stamp)

    def keep_derived(self, stamp: str, texts: Iterable[tuple[str, int, str]]) -> None:
        with self._asked() as db:
            if not self._kept.fixed:
                derived.keep(db, stamp, texts)

    def erase(self, case_id: str) -> None:
        while True:
            try:
                self._erase(case_id)
                break
            except StoreTrouble as error:
                if str(error) != FULL:
                    raise
                older = self.copies()[1:]  # they take space, and an erase must not wait for them
                if not older:
                    raise StoreTrouble(NO_ROOM_TO_ERASE) from None
                with of_disk():
                    copies.drop(older[-1].path)
        self._scrub()

    def _erase(self, case_id: str) -> None:
        """Erases the case from copies and database; the log still contains old pages."""
        with self._asked() as db:
            _one(db.execute("select 1 from cases where id = ?", (case_id,)).fetchone())
            if self._kept.fixed:
                raise of_file(None)
            for copy in self.copies():  # this is slow, and other pages can save meanwhile
                copies.erase_from(copy, case_id)
        with self._changing() as db:
            _one(db.execute("select 1 from cases where id = ?", (case_id,)).fetchone())
            db.execute("delete from history where case_id = ?", (case_id,))
            db.execute("delete from cases where id = ?", (case_id,))
            for copy in self.copies():  # one may have been made meanwhile, and must not bring back what is erased
                copies.erase_from(copy, case_id, again=True)
            copies.clear_leftovers(self.home)
            shutil.rmtree(self.home / "files" / case_id, ignore_errors=True)
            db.execute("insert or replace into unfinished values ('scrub')")  # done at the next opening otherwise

    def clear(self) -> None:
        with self._lock, of_disk():
            try:
                with self._changing() as db:
                    db.execute("delete from history")
                    db.execute("delete from cases")
                    db.execute("insert or replace into unfinished values ('scrub')")
                    self._clear_beside()
            except Damaged:
                self._clear_beside()
                copies.drop(self.file)
                return
        self._scrub()

    def _clear_beside(self) -> None:
        for copy in self.copies():
            copies.drop(copy.path)
        copies.clear_leftovers(self.home)
        shutil.rmtree(self.home / "files", ignore_errors=True)

    def copies(self) -> list[Copy]:
        return copies.copies_in(self.home)

    def restore(self, copy: Copy | None) -> None:
        with self._lock, of_disk():
            self.close()
            make_private(self.home)
            stamp = self._now().strftime("%Y-%m-%d-%H%M%S")
            copies.swap(self.file, copy, self.home / f"damaged-{stamp}.db", EMPTY)
            if copy is not None:
                with self._changing() as db:  # higher than any version that pages of the lost database may have seen
                    db.execute("update cases set version = version + 1000000")
                    db.execute("update sqlite_sequence set seq = seq + 1000000 where name = 'history'")

    def watch(self, case_id: str, hear: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    def close(self) -> None:
        with self._lock:
            self._kept.close()

    def _stamp(self) -> str:
        return self._now().astimezone(dt.UTC).isoformat(timespec="seconds")

    @contextmanager
    def _asked(self) -> Iterator[sqlite3.Connection]:
        """The connection; errors become one-sentence messages."""
        with self._lock, of_disk():
            try:
                yield self._connection()
            except sqlite3.Error as error:
                if is_damage(error):
                    self.close()
                    raise self._damaged() from None
                raise of_file(error) from None

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """An exclusive write transaction: all or nothing."""
        with self._asked() as db:
            if self._kept.fixed:
                raise of_file(None)
            db.execute("begin immediate")
            try:
                self._copy_of_the_day()
                yield db
                db.execute("commit")
            except BaseException:
                if db.in_transaction:
                    with suppress(sqlite3.Error):
                        db.execute("rollback")
                raise

    def _copy_of_the_day(self) -> None:
        """Runs before the day's first change. A failed copy must not keep an answer from being saved."""
        if time.monotonic() < self._no_copy_before or where.in_browser():  # there, the browser keeps two images
            return
        try:
            copies.take(self.file, self.home, self._now().astimezone())
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and is_damage(error):
                raise
            self._no_copy_before = time.monotonic() + 600

    def _connection(self) -> sqlite3.Connection:
        if self._kept.missing and copies.any_with_workbooks(self.home):
            self.close()
            raise self._damaged()  # not a first start: creating an empty database would push out the copies
        return self._kept.connection(self._patience)

    def _damaged(self) -> Damaged:
        gone = self._kept.missing
        what = f"Your workbooks cannot be opened: the file they are in is {'missing or empty' if gone else 'damaged'}"
        kept = "" if gone else " The damaged file is kept."
        copy = copies.newest_good(self.home)
        if copy is None:
            again = "If you downloaded a case file, start over, then load that file."
            return Damaged(f"{what}, and there is no copy to go back to.{kept and ' The file is kept.'} {again}", None)
        day = f"{copy.day:%B} {copy.day.day}, {copy.day.year}"
        many = "1 workbook" if copy.cases == 1 else f"{copy.cases} workbooks"
        return Damaged(
            f"{what}. There is a good copy from {day}, with {many}. You can go back to it. "
            f"What was typed later is not in it.{kept}",
            copy,
        )

    def _scrub(self) -> None:
        """Rewrites the database and empties its log, which contains old pages; waits for pages that are reading."""
        until = time.monotonic() + self._patience
        while True:
            with self._asked() as db:
                if empty_log(db):
                    return
            if time.monotonic() > until:
                raise StoreTrouble(CLOSE_OTHERS)
            time.sleep(0.05)


def _one(row: Any) -> Any:
    if row is None:
        raise NoSuchCase("This workbook is not here. It may have been erased.")
    return row


def _stored(db: sqlite3.Connection, case_id: str) -> Stored:
    return _checked(*_one(db.execute("select version, body from cases where id = ?", (case_id,)).fetchone()))


def _checked(version: Any, text: Any) -> Stored:
    try:
        body = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        raise Broken from None
    if not isinstance(version, int) or not isinstance(body, dict):
        raise Broken
    return Stored(version, current(body))


def _write(db: sqlite3.Connection, body: Body, version: int) -> int:
    """The size of what was written."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    db.execute(
        "insert or replace into cases (id, version, nickname, mode, synthetic, updated, body) values (?,?,?,?,?,?,?)",
        (
            body["id"],
            version,
            body.get("nickname") or "",
            body.get("mode") or "",
            bool(body.get("synthetic")),
            body["updated"],
            text,
        ),
    )
    return len(text.encode())
