"""Lists the files to read: in a folder, or one file. Knows the values, the limits and the disk.

Links out of the folder are not followed and only regular files are opened: a link may lead anywhere, a pipe
would block.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..locale import tr
from . import limits
from .errors import BadRecord
from .values import File, Source

# O_NONBLOCK: opening a pipe that replaced a file must not block. Not all systems have all of them.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def walk(root: Path) -> Iterator[Source | File]:
    """Each regular file under a folder in path order, or the one file; what is not opened as a refused row.

    Paths are relative to the folder. Raises BadRecord if there is nothing, or too much to scan.
    """
    top = os.fspath(root)
    try:
        found = root.stat()
        if not stat.S_ISDIR(found.st_mode):
            yield _entry(os.path.realpath(top), shown(root.name), found)
            return
        os.scandir(top).close()
    except FileNotFoundError:
        raise BadRecord("refused", tr("There is no folder or file with that name. Look for it again.")) from None
    except OSError:
        raise BadRecord("refused", tr("This folder cannot be read. Check who may open it.")) from None
    for count, one in enumerate(_folder(top), 1):
        if count > limits.FILES:
            raise BadRecord("refused", tr("There are too many files here. Choose a smaller folder."))
        yield one


def one(place: Path) -> Source | File:
    """One file of a folder, as from `walk`. Raises OSError if it is gone."""
    return _entry(os.fspath(place), shown(place.name), place.lstat())


def _folder(top: str) -> Iterator[Source | File]:
    """The files of a folder and its subfolders; uses an explicit stack, because folders can be nested very deep."""
    stack = [(iter(_listing(top)), "", set[str]())]
    while stack:
        entries, prefix, names = stack[-1]
        entry = next(entries, None)
        if entry is None:
            stack.pop()
            continue
        path = prefix + _unlike(shown(entry.name), names)
        try:
            if entry.is_symlink():
                yield refused(path, tr("A link to another place. It was not followed."))
            elif not entry.is_dir(follow_symlinks=False):
                yield _entry(entry.path, path, entry.stat(follow_symlinks=False))
            elif len(stack) >= limits.DEPTH:
                yield refused(path, tr("This folder is nested too deeply. Choose it directly."))
            else:
                stack.append((iter(_listing(entry.path)), f"{path}/", set()))
        except OSError:
            yield refused(path, tr("It cannot be read. Check who may open it, or copy it from the disc again."))


def _listing(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _entry(place: str, path: str, found: os.stat_result) -> Source | File:
    if not stat.S_ISREG(found.st_mode):
        return refused(path, tr("Not a regular file. It was not opened."))
    there = _OnDisk(place, found.st_size, found.st_mtime_ns)
    return Source(path, found.st_size, there.open, there.changed)


class _OnDisk:
    """A file on disk as it was when it was listed. Small, because a disc has thousands of them."""

    __slots__ = ("_modified", "_place", "_size")

    def __init__(self, place: str, size: int, modified: int) -> None:
        self._place, self._size, self._modified = place, size, modified

    def open(self) -> BinaryIO:
        """An unbuffered stream. Raises BadRecord if the file cannot be opened or is no longer a regular file."""
        try:
            handle = os.open(self._place, _FLAGS)
        except OSError:
            why = tr("It cannot be read. Check who may open it, or copy it from the disc again.")
            raise BadRecord("refused", why) from None
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return io.FileIO(handle)
        os.close(handle)
        raise BadRecord("refused", tr("Not a regular file. It was not opened."))

    def changed(self) -> bool:
        """Whether another file is there now, or none."""
        try:
            found = os.lstat(self._place)  # a Path takes five times as long
        except OSError:
            return True
        return found.st_size != self._size or found.st_mtime_ns != self._modified


def refused(path: str, why: str, size: int = 0, *, locked: bool = False) -> File:
    """The row of a file that was not opened; `locked` if a password would open it."""
    return File(path, "other", "refused", why, size, locked=locked)


def whole(source: Source, limit: int = limits.TEXT) -> bytes:
    """All bytes of a file. Raises BadRecord if it is larger than the limit, or unreadable."""
    if source.size > limit:
        raise BadRecord("refused", tr("The file is too large to be a record of this kind. It was not read."))
    return head(source, limit)


def head(source: Source, size: int) -> bytes:
    """The first bytes of a file. Raises BadRecord if it is unreadable."""
    with source.open() as stream:
        return take(stream, size)


def tail(source: Source, size: int) -> bytes:
    """The last bytes of a file; a member of an archive is read through, keeping only so much."""
    with source.open() as stream:
        if stream.seekable():
            stream.seek(max(0, source.size - size))
            return take(stream, size)
        last = b""
        while chunk := take(stream, limits.MIB):
            last = (last + chunk)[-size:]
        return last


def digest(source: Source) -> str:
    """The SHA-256 of a file. Raises BadRecord if it is unreadable."""
    found = hashlib.sha256()
    with source.open() as stream:
        while chunk := take(stream, limits.MIB):
            found.update(chunk)
    return found.hexdigest()


def take(stream: BinaryIO, size: int) -> bytes:
    """The next bytes of a stream, fewer only at its end. Raises BadRecord on a read error."""
    try:
        data = stream.read(size)
        while 0 < len(data) < size and (more := stream.read(size - len(data))):
            data += more
    except OSError:
        raise BadRecord("damaged", unreadable_part()) from None
    return data


def unreadable_part() -> str:
    """What is said of a file of which the disc does not give all bytes."""
    return tr("This file cannot be read from the disc. Clean the disc, or ask for a new copy.")


class Around(io.RawIOBase):
    """A stream that is read from another one, which ends with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def shown(name: str) -> str:
    """A printable, encodable name; other characters become replacement characters.

    >>> shown("caf\\udce9.txt"), shown("scan\\n.dcm")
    ('caf�.txt', 'scan�.dcm')
    """
    if name.isascii() and name.isprintable():
        return name
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") or c in _BIDI else c for c in name)


def _unlike(name: str, names: set[str]) -> str:
    """The name, made different from one in the same folder that looks the same."""
    while name in names:
        name += "�"
    names.add(name)
    return name
