"""Reads the files inside a zip one by one, without unpacking to disk. Knows the sources and the limits.

A zip can contain false metadata: names that escape the folder, wrong sizes. Only the offset of each
member is trusted; its data is counted and checked against the checksum.
"""

from __future__ import annotations

import functools
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ..locale import tr
from . import limits
from .errors import BadRecord
from .sources import refused, shown, take
from .values import File, Source

_END = b"PK\x05\x06"  # of the central directory: APPNOTE.TXT 4.3.16
_LOCAL = struct.Struct("<4s22xHH")  # 4.3.7: signature, length of the name, length of the extra field
_CHUNK = 64 * limits.KIB


def members(archive: Source) -> Iterator[Source | File]:
    """The members of a zip as `archive.zip!/member`, sorted by name; unreadable ones as refused rows.

    Raises BadRecord if the archive is unreadable or a zip bomb. Only zip is supported.
    """
    total = 0
    names: set[str] = set()
    for info in sorted(_catalog(archive), key=lambda info: info.orig_filename):
        # Some Windows programs write `\\` between folders, against the standard (APPNOTE.TXT 4.4.17).
        name = info.orig_filename.replace("\\", "/")
        if info.is_dir() or name.endswith("/"):
            continue
        path = f"{archive.path}!/{shown(name)}"
        if path in names:
            yield refused(path, tr("The archive has this name twice. Only the first was read."), info.file_size)
            continue
        names.add(path)
        if why := _objection(info):
            yield refused(f"{archive.path}!/{shown(info.orig_filename)}", why, info.file_size)
            continue
        total += info.file_size
        if total > limits.ARCHIVE or total > limits.RATIO * archive.size + limits.SLACK:
            raise BadRecord("refused", tr("The archive unpacks to far more than it should. It was not opened further."))
        yield Source(path, info.file_size, functools.partial(_open, archive, info), archive.changed)


def is_zip(head: bytes) -> bool:
    """Whether an archive with these first bytes is a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def _catalog(archive: Source) -> list[zipfile.ZipInfo]:
    """The entries of an archive, if its end record says that they are not too many to read."""
    with archive.open() as stream:
        stream.seek(max(0, archive.size - 66_000))
        tail = take(stream, 66_000)
        place = tail.rfind(_END)
        if 0 <= place <= len(tail) - 22:
            entries, catalog = struct.unpack_from("<HI", tail, place + 10)
            # A long directory has its true numbers in a second record (zip64).
            if zip64 := tail.rfind(b"PK\x06\x06", 0, place) + 1:
                entries, catalog = struct.unpack_from("<QQ", tail + bytes(56), zip64 + 31)
            if entries > limits.ENTRIES or catalog > limits.CATALOG:
                raise BadRecord("refused", _too_many())
        try:
            with zipfile.ZipFile(stream) as zipped:
                found = zipped.infolist()
        except (zipfile.BadZipFile, struct.error, ValueError, EOFError, OSError, NotImplementedError):
            why = tr("The archive is damaged or cut short. Ask for it again, or copy it again.")
            raise BadRecord("damaged", why) from None
    if len(found) > limits.ENTRIES:
        raise BadRecord("refused", _too_many())
    return found


def _too_many() -> str:
    return tr("The archive has too many files. Unpack it yourself and choose the folder.")


def _objection(info: zipfile.ZipInfo) -> str:
    """Why a member is not opened; "" if it may be."""
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/") or "\0" in name:
        return tr("Its name points outside the archive. It was not opened.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return tr("A link to another place. It was not followed.")
    if info.flag_bits & 1:
        return tr("It is locked with a password. Ask for the password, or for a copy that is not locked.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return tr("It is packed in a way we do not read. Unpack the archive yourself and choose the folder.")
    if info.file_size > limits.RATIO * info.compress_size + limits.SLACK:
        return tr("It unpacks to far more than it should. It was not opened.")
    return ""


def _open(archive: Source, info: zipfile.ZipInfo) -> BinaryIO:
    """A stream of one member. Raises BadRecord if it is not at the given offset."""
    stream = archive.open()
    try:
        stream.seek(info.header_offset)
        start = take(stream, _LOCAL.size)
        if len(start) < _LOCAL.size or start[:4] != b"PK\x03\x04":
            raise BadRecord("damaged", _damaged())
        _, name, extra = _LOCAL.unpack(start)
        stream.seek(name + extra, io.SEEK_CUR)
    except BaseException:
        stream.close()
        raise
    return io.BufferedReader(_Member(stream, info), _CHUNK)


def _damaged() -> str:
    return tr("It is damaged inside the archive. Ask for the archive again.")


class _Member(io.RawIOBase):
    """The bytes of one member: never more than declared, and BadRecord if they do not match."""

    def __init__(self, stream: BinaryIO, info: zipfile.ZipInfo) -> None:
        self._stream = stream
        self._packed, self._left = info.compress_size, info.file_size
        self._inflate = None if info.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-15)
        self._sum, self._expected = 0, info.CRC
        self._checked = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._next(min(len(buffer), self._left))
        self._left -= len(data)
        self._sum = zlib.crc32(data, self._sum)
        if not self._left and not self._checked:
            self._checked = True
            if self._sum != self._expected or self._next(1):
                raise BadRecord("damaged", _damaged())
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        """Up to so many bytes; none only at the end. The caller may ask for one byte to check that nothing follows."""
        if self._inflate is None:
            data = self._raw(min(size, self._packed))
            if size and not data and self._left:
                raise BadRecord("damaged", _damaged())
            return data
        data = b""
        while size and not data and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._raw(min(self._packed, _CHUNK))
            try:
                data = self._inflate.decompress(packed, size)
            except zlib.error:
                raise BadRecord("damaged", _damaged()) from None
            if not packed and not data:
                break
        if size and not data and self._left:
            raise BadRecord("damaged", _damaged())
        return data

    def _raw(self, size: int) -> bytes:
        data = take(self._stream, size)
        self._packed -= len(data)
        return data

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
