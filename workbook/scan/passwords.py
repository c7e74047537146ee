"""The password that a person gives for locked files of one scan. It is in memory during that scan and kept nowhere.

Knows nothing else. A wrong password is tried once a file; none is ever guessed.
"""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Iterator

from ..locale import tr
from .errors import BadRecord

_given: contextvars.ContextVar[str] = contextvars.ContextVar("password", default="")


@contextlib.contextmanager
def using(password: str) -> Iterator[None]:
    """Opens locked files with this password for the work inside; "" leaves the one that is given already."""
    before = _given.get()
    _given.set(password or before)
    try:
        yield
    finally:
        _given.set(before)


def given() -> str:
    """The password of this scan; "" if none was given."""
    return _given.get()


def wrong() -> BadRecord:
    """The error for a locked file that the given password does not open."""
    return BadRecord("refused", tr("The password does not open it. Check it, and type it again."), locked=True)


def needed() -> str:
    """What is said of a locked file when no password was given."""
    return tr("It is locked with a password. Ask for the password, or for a copy that is not locked.")
