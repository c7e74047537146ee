"""The one file that is packed in a gzip (RFC 1952). Knows the sources and the limits."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import BinaryIO

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import head, shown, tail, take
from ..values import File, Source
from .member import Member, Packed, damaged

_HEADER = 64 * limits.KIB  # a name and a comment in the header are much shorter
_FIXED, _SUM = 10, 8  # bytes before the optional parts of the header, and after the data
_SUM_OF_HEADER, _EXTRA, _NAME, _COMMENT = 2, 4, 8, 16


def is_it(start: bytes) -> bool:
    """Whether an archive with these first bytes is a gzip."""
    return start.startswith(b"\x1f\x8b\x08")


def members(archive: Source) -> Iterator[Source | File]:
    """The file inside. Raises BadRecord if the archive is damaged, or unpacks to far more than it should."""
    start, end = head(archive, _HEADER), tail(archive, _SUM)
    begins = _data(start)
    if archive.size < begins + _SUM:
        raise BadRecord("damaged", tr("The archive is damaged or cut short. Ask for it again, or copy it again."))
    # The size is declared modulo 4 GiB; a longer file fails its sum when it is read that far.
    packed = Packed(archive.size - begins - _SUM, int.from_bytes(end[4:], "little"), int.from_bytes(end[:4], "little"))
    if packed.size > limits.RATIO * packed.packed + limits.SLACK:
        raise BadRecord("refused", tr("The archive unpacks to far more than it should. It was not opened further."))
    name = archive.path.replace("!/", "/").rpartition("/")[2]
    name = name[:-3] if name.casefold().endswith(".gz") else name
    name = f"{name[:-4]}.tar" if name.casefold().endswith(".tgz") else name
    path = f"{archive.path}!/{shown(name)}"
    yield Source(path, packed.size, functools.partial(_open, archive, begins, packed), archive.changed)


def _data(start: bytes) -> int:
    """Where the packed data begin: after the fixed header and its optional parts."""
    flags, place = start[3] if len(start) > _FIXED else 0, _FIXED
    if flags & _EXTRA:
        place += 2 + int.from_bytes(start[place : place + 2], "little")
    for part in (_NAME, _COMMENT):
        if flags & part:
            place = start.find(b"\0", place) + 1
            if not place:
                raise BadRecord("damaged", damaged())
    return place + (2 if flags & _SUM_OF_HEADER else 0)


def _open(archive: Source, begins: int, packed: Packed) -> BinaryIO:
    stream = archive.open()
    try:
        take(stream, begins)
    except BaseException:
        stream.close()
        raise
    return io.BufferedReader(Member(stream, packed), 64 * limits.KIB)
