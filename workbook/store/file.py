"""The SQLite file: private, with safe settings, opened once a process and reopened when replaced. Knows files."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from .. import where
from ..errors import StoreTrouble
from . import history
from .home import make_private, refuse_other_owners
from .trouble import Broken, is_busy

SHAPE = 1  # of the tables; cases have their own schema version
_TABLES = """
create table if not exists cases (
    id text primary key,
    version integer not null,
    nickname text not null,
    mode text not null,
    synthetic integer not null,
    updated text not null,
    body text not null
) without rowid;
create table if not exists unfinished (what text primary key) without rowid;
"""
EMPTY = f"begin immediate; {_TABLES} {history.SCHEMA} pragma user_version = {SHAPE}; commit;"
_SAFE = ("journal_mode = wal", "synchronous = full", "secure_delete = on", "temp_store = memory")
_IN_MEMORY = ("journal_mode = memory", "synchronous = off", *_SAFE[2:])  # in the browser, which keeps an image of it
_CHECKED_WHEN_OPENED = 8_000_000  # bytes; a larger file is only checked when the daily copy is made
_leaked: list[sqlite3.Connection] = []  # a forked child must not use or close the parent's connection


class File:
    """Opens the database file. `fixed` means that it is on a read-only disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fixed = False
        self._db: sqlite3.Connection | None = None
        self._opened: tuple[int, int, int] | None = None  # process, device and file that the connection belongs to

    @property
    def missing(self) -> bool:
        """Whether the file is missing or empty, as after a full disk or a failed copy."""
        try:
            return self.path.stat().st_size == 0
        except FileNotFoundError:
            return True

    def connection(self, patience: float) -> sqlite3.Connection:
        """The open connection; reopened after a fork or when a copy has replaced the file."""
        here = self._identity()
        if self._db is not None and here == self._opened:
            return self._db
        self.close()
        refuse_other_owners(self.path.parent, self.path)
        if here is None:
            make_private(self.path.parent)
            with suppress(FileExistsError):
                os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        address = self._address()
        db = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        self._db, self._opened = db, self._identity()
        return db

    def close(self) -> None:
        """Closes the file."""
        if self._db is not None:
            if self._opened and self._opened[0] != os.getpid():
                _leaked.append(self._db)
            else:
                self._db.close()
        self._db = self._opened = None

    def _address(self) -> str:
        """The URI of the file; on a read-only disk it is opened as immutable if its log is empty."""
        log = Path(f"{self.path}-wal")
        self.fixed = not os.access(self.path, os.W_OK) or not os.access(self.path.parent, os.W_OK)
        how = ("?mode=ro" if log.exists() and log.stat().st_size else "?immutable=1") if self.fixed else ""
        return f"{self.path.absolute().as_uri()}{how}"

    def _prepare(self, db: sqlite3.Connection) -> None:
        shape = db.execute("pragma user_version").fetchone()[0]
        if shape > SHAPE:
            raise StoreTrouble("These workbooks were written by a newer version. Update the workbook, then try again.")
        small = self.path.stat().st_size <= _CHECKED_WHEN_OPENED
        if small and db.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise Broken
        if self.fixed:
            return
        for setting in _IN_MEMORY if where.in_browser() else _SAFE:
            db.execute(f"pragma {setting}")
        if shape < SHAPE:
            db.executescript(EMPTY)
        if db.execute("select 1 from unfinished").fetchone():
            with suppress(sqlite3.OperationalError):  # another page is busy: the next opening does it
                empty_log(db)

    def _identity(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        return os.getpid(), found.st_dev, found.st_ino


def empty_log(db: sqlite3.Connection) -> bool:
    """Whether the database was rewritten and its log, which contains old pages, is now empty."""
    try:
        db.execute("vacuum")
        if db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]:
            return False
        db.execute("delete from unfinished")
    except sqlite3.OperationalError as error:
        if is_busy(error):
            return False
        raise
    return True
