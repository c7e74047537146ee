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
from collections.abc import Iterator
from typing import BinaryIO

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import refused, shown, take
from ..values import File, Source
from .locked import Locked
from .member import Member, Packed, damaged

_END = b"PK\x05\x06"  # of the central directory: APPNOTE.TXT 4.3.16
_LOCAL = struct.Struct("<4s22xHH")  # 4.3.7: signature, length of the name, length of the extra field
_CHUNK = 64 * limits.KIB


def members(archive: Source) -> Iterator[Source | File]:
    """The members of a zip as `archive.zip!/member`, sorted by name; unreadable ones as refused rows.

    Raises BadRecord if the archive is unreadable or a zip bomb.
    """
    total = 0
    names: set[str] = set()
    locked = Locked(archive)
    for info in sorted(_catalog(archive), key=lambda info: info.orig_filename):
        # Some Windows programs write `\\` between folders, against the standard (APPNOTE.TXT 4.4.17).
        name = info.orig_filename.replace("\\", "/")
        if info.is_dir() or name.endswith("/"):
            continue
        if len(name) > limits.PATH:
            why = tr("Its name is far too long. Unpack the archive yourself and choose the folder.")
            yield refused(f"{archive.path}!/{shown(name[:80])}…", why, info.file_size)
            continue
        path = f"{archive.path}!/{shown(name)}"
        if path in names:
            yield refused(path, tr("The archive has this name twice. Only the first was read."), info.file_size)
            continue
        names.add(path)
        is_locked = bool(info.flag_bits & 1)
        if why := _objection(info) or (locked.why_not() if is_locked else ""):
            yield refused(f"{archive.path}!/{shown(info.orig_filename)}", why, info.file_size, locked=is_locked)
            continue
        total += info.file_size
        if total > limits.ARCHIVE or total > limits.RATIO * archive.size + limits.SLACK:
            raise BadRecord("refused", tr("The archive unpacks to far more than it should. It was not opened further."))
        opened = functools.partial(_open, archive, info)
        if is_locked:
            opened = functools.partial(locked.open, info.header_offset, info.file_size)
        yield Source(path, info.file_size, opened, archive.changed, f"{info.CRC:08x}")


def is_it(head: bytes) -> bool:
    """Whether an archive with these first bytes is a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def has_end(tail: bytes) -> bool:
    """Whether the last bytes of a file are those of a zip: its end record leads to the end of the file."""
    place = tail.rfind(_END)
    if not 0 <= place <= len(tail) - 22:
        return False
    return place + 22 + int.from_bytes(tail[place + 20 : place + 22], "little") == len(tail)


def _catalog(archive: Source) -> list[zipfile.ZipInfo]:
    """The entries of an archive, if its end record says that they are not too many to read."""
    with archive.open() as stream:
        stream.seek(max(0, archive.size - limits.END))
        tail = take(stream, limits.END)
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
    if not info.flag_bits & 1 and info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return tr("It is packed in a way we do not read. Unpack the archive yourself and choose the folder.")
    if info.file_size > limits.RATIO * info.compress_size + limits.SLACK:
        return tr("It unpacks to far more than it should. It was not opened.")
    return ""


def _open(archive: Source, info: zipfile.ZipInfo) -> BinaryIO:
    """A stream of one member. Raises BadRecord if it is not at the given offset."""
    if info.header_offset < 0:  # the archive lost its beginning
        raise BadRecord("damaged", damaged())
    stream = archive.open()
    try:
        stream.seek(info.header_offset)
        start = take(stream, _LOCAL.size)
        if len(start) < _LOCAL.size or start[:4] != b"PK\x03\x04":
            raise BadRecord("damaged", damaged())
        _, name, extra = _LOCAL.unpack(start)
        stream.seek(name + extra, io.SEEK_CUR)
    except BaseException:
        stream.close()
        raise
    return io.BufferedReader(Member(stream, _packed(info)), _CHUNK)


def _packed(info: zipfile.ZipInfo) -> Packed:
    return Packed(info.compress_size, info.file_size, info.CRC, info.compress_type != zipfile.ZIP_STORED)
