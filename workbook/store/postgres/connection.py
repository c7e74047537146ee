"""One connection to PostgreSQL: opened when first used, opened again when it is lost. Knows SQL and errors only."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ...errors import StoreTrouble
from . import errors

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

SCHEMA = "workbook"
_WAIT = 10  # seconds for another one's lock, and for the server to answer
_leaked: list[Any] = []  # a forked child must not use or close the parent's connection


class Link:
    """Statements for one database. Each is written for SQLite as well: `?` stands for a value."""

    def __init__(self, address: str) -> None:
        """`address` is a connection string, such as `postgresql:///workbook`."""
        self.address = address
        self._lock = threading.RLock()
        self._db: Connection | None = None
        self._process = 0
        self._checked = False

    def execute(self, statement: str, values: Sequence[Any] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Runs one statement with its values, which are never part of the text."""
        return self._open().execute(statement.replace("%", "%%").replace("?", "%s").encode(), values)

    @contextmanager
    def transaction(self) -> Iterator[Link]:
        """All or nothing. A connection that was lost since the last use is opened again first; not one lost inside."""
        import psycopg

        with self._lock, errors.as_sentences():
            try:
                self._ready()
                with self._open().transaction():
                    yield self
            except psycopg.Error as error:
                if errors.is_lost(error):
                    self.close()
                raise

    def _ready(self) -> None:
        """A connection that answers, for a schema of this program's version."""
        import psycopg

        try:
            self._open().execute("select 1")
        except psycopg.Error as error:
            if not errors.is_lost(error):
                raise
            self.close()
            self._open().execute("select 1")
        if not self._checked:
            from .migrate import check

            check(self)
            self._checked = True

    def _open(self) -> Connection:
        if self._db is not None and self._process != os.getpid():
            _leaked.append(self._db)
            self._db = None
        if self._db is None:
            self._db = connect(self.address)
            self._process = os.getpid()
        return self._db

    def close(self) -> None:
        """Closes the connection; the next statement opens another one."""
        with self._lock:
            if self._db is not None and self._process == os.getpid():
                with suppress(Exception):
                    self._db.close()
            self._db = None


def connect(address: str, *, schema: str = SCHEMA) -> Connection:
    """A new connection; StoreTrouble if psycopg is not installed or the address cannot be read."""
    try:
        import psycopg
    except ImportError:
        raise StoreTrouble(errors.MISSING) from None
    try:
        from psycopg.conninfo import conninfo_to_dict

        given = conninfo_to_dict(address)
    except psycopg.Error:
        raise StoreTrouble(errors.NOT_AN_ADDRESS) from None
    options = f"-c search_path={schema},pg_temp -c lock_timeout={_WAIT}s -c statement_timeout=60s"
    asked = {"connect_timeout": _WAIT, "application_name": "workbook", "keepalives_idle": 60, **given}
    return psycopg.connect(**{**asked, "options": options}, autocommit=True)  # type: ignore[arg-type]
