"""Translates errors of SQLite and the disk into one sentence for the reader. Knows errors only."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import StoreTrouble

FULL = "The disk is full, so this could not be saved. What was saved before is safe. Free some space, then try again."
READ_ONLY = (
    "The folder with your workbooks cannot be written to, so this could not be saved. What was saved before is safe."
)
BUSY = "Another page is saving at this moment, so this could not be saved yet. It is tried again."
NOT_OPENED = "The folder with your workbooks could not be opened. Check that it is there and that you may use it."
DISK = "The disk could not save or read the answers. What was saved before is safe. Try again in a moment."
NO_ROOM_TO_ERASE = (
    "The disk is full, so the workbook could not be erased yet. Free some space, then erase it again: "
    "until then it is still here."
)
CLOSE_OTHERS = (
    "The workbook was erased, but traces of it may be left on the disk while another page reads. "
    "Close the other pages, then open the workbook again: that clears the rest."
)

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BAD_LETTERS = "Could not decode to UTF-8"  # raised by Python's own module, without a SQLite error code
_SENTENCES = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: NOT_OPENED,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}


class Broken(sqlite3.DatabaseError):
    """SQLite's integrity check failed."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is damaged, rather than access to it."""
    return isinstance(error, Broken) or _code(error) in _DAMAGE or str(error).startswith(_BAD_LETTERS)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another page has the lock, for now."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def of_file(error: sqlite3.Error | None) -> StoreTrouble:
    """The message for a SQLite error; without one, for a read-only disk."""
    return StoreTrouble(READ_ONLY if error is None else _SENTENCES.get(_code(error), DISK))


@contextmanager
def of_disk() -> Iterator[None]:
    """The message for an operating system error."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreTrouble(FULL) from None
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise StoreTrouble(READ_ONLY) from None
        raise StoreTrouble(NOT_OPENED) from None


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
