"""The folder of a drop box: files come in whole or not at all, and never too many. Knows files, limits and the home.

A file is written under another name, brought to the disk, and only then renamed. Its name is random.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..errors import StoreTrouble
from ..locale import N_
from ..store import home_dir
from .limits import Limits

ASIDE = "aside"  # what could not be taken into a workbook
_B64 = rb"[A-Za-z0-9+/]"
HEADER = re.compile(rb"age-encryption\.org/v1\n-> X25519 %b{43}\n%b{43}\n--- %b{43}\n" % (_B64, _B64, _B64))
HEADER_SIZE = 168
SMALLEST = HEADER_SIZE + 16 + 16  # with the nonce and the tag of an empty text
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_NAME = re.compile(r"[0-9a-f]{32}\.age")

UNUSABLE = "The folder of the drop box cannot be used: {why}. Choose another with --box."
NOT_OURS = "The folder of the drop box belongs to somebody else, or others can read it. Choose another with --box."

BUSY = N_("The drop box is being opened on another page or by another program. Wait a minute, then try again.")


def place() -> Path:
    """The folder of this advocate: the one that WORKBOOK_DROP_BOX names, or one beside the workbooks."""
    named = os.environ.get("WORKBOOK_DROP_BOX")
    return Path(named) if named else home_dir() / "drop-box"


class Refused(Exception):
    """A file that is not taken; `str(error)` is "full", "large" or "kind"."""


class Box:
    """Where the files wait until an advocate opens them."""

    def __init__(
        self,
        folder: Path,
        limits: Limits | None = None,
        free: Callable[[Path], int] = lambda at: shutil.disk_usage(at).free,
    ) -> None:
        self.folder, self.limits, self._free = folder, limits or Limits(), free
        self._coming: dict[Path, int] = {}

    def prepare(self) -> None:
        """Makes the folder, for its owner alone, and tidies it; StoreTrouble if it cannot be used."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = self.folder.stat()
            if os.name == "posix" and (found.st_uid != os.getuid() or found.st_mode & 0o077):
                raise StoreTrouble(NOT_OURS)
        except OSError as error:
            raise StoreTrouble(UNUSABLE.format(why=error.strerror or "unknown reason")) from None
        self.tidy()

    def tidy(self) -> None:
        """Removes what a server that was ended has left unfinished, once nobody can still be sending it."""
        old = time.time() - 2 * self.limits.body_time
        with suppress(OSError):
            for part in self.folder.glob(".*.part"):
                if part not in self._coming and part.stat().st_mtime < old:
                    part.unlink(missing_ok=True)

    def waiting(self) -> list[Path]:
        """The files that wait, the oldest first."""
        if not self.folder.is_dir():
            return []
        found = sorted((state.st_mtime_ns, name) for name, state in self._files())
        return [self.folder / name for _time, name in found]

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        for one in os.scandir(self.folder):
            if _NAME.fullmatch(one.name):
                with suppress(FileNotFoundError):  # the advocate has just opened it
                    yield one.name, one.stat()

    def begin(self, size: int) -> Part:
        """Room for a file of that size; Refused if there is none."""
        if size > self.limits.file:
            raise Refused("large")
        if size < SMALLEST:
            raise Refused("kind")
        sizes = [found.st_size for _name, found in self._files()]
        sizes += [*self._coming.values(), size]
        if len(sizes) > self.limits.files or sum(sizes) > self.limits.bytes:
            raise Refused("full")
        if self._free(self.folder) - sum(self._coming.values()) - size < self.limits.free:
            raise Refused("full")
        with _full():
            part = Part(self, size)
        self._coming[part.path] = size
        return part

    def gone(self, part: Part) -> None:
        """The file is in the folder, or never will be."""
        self._coming.pop(part.path, None)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Keeps a second program from opening the files at the same time; StoreTrouble if another one does."""
        if not self.folder.is_dir():
            yield
            return
        with (self.folder / ".opening").open("wb") as file:
            try:
                _lock(file)
            except OSError:
                raise StoreTrouble(BUSY) from None
            yield

    def set_aside(self, file: Path) -> Path:
        """Moves a file out of those that wait; nothing is deleted."""
        goal = self.folder / ASIDE / file.name
        goal.parent.mkdir(mode=0o700, exist_ok=True)
        return file.replace(goal)


class Part:
    """A file on its way."""

    def __init__(self, box: Box, size: int) -> None:
        name = secrets.token_hex(16)
        self._box, self._size, self._got, self._head = box, size, 0, b""
        self.path, self._goal = box.folder / f".{name}.part", box.folder / f"{name}.age"
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(self.path, flags, 0o600), "wb", buffering=0)
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Adds a piece; Refused if this is no sealed file, or the disk is full."""
        self._got += len(data)
        if self._got > self._size:
            raise Refused("large")
        if len(self._head) < HEADER_SIZE:
            self._head += data[: HEADER_SIZE - len(self._head)]
            if len(self._head) == HEADER_SIZE and not HEADER.fullmatch(self._head):
                raise Refused("kind")
        self._sum.update(data)
        view = memoryview(data)
        with _full():
            while view:
                view = view[self._file.write(view) :]

    def keep(self) -> str:
        """Brings the file to the disk under its own name; its checksum. After this it stays, whatever happens."""
        if self._got != self._size:
            raise Refused("kind")
        with _full():
            os.fsync(self._file.fileno())
            self._file.close()
            self.path.replace(self._goal)
            _sync(self._goal.parent)
        return self._sum.hexdigest()

    def drop(self) -> None:
        """Removes what has come of an unfinished file; does nothing to one that is kept."""
        self._box.gone(self)
        self._file.close()
        self.path.unlink(missing_ok=True)


@contextmanager
def _full() -> Iterator[None]:
    """Turns a full disk into Refused; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Refused("full") from None
        raise


def _lock(file: IO[bytes]) -> None:
    """Locks the file until it is closed, also by the end of the program; OSError if another program has."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync(folder: Path) -> None:
    """Brings the name to the disk; some systems cannot open a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
