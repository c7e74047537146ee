"""The bytes of one packed file: never more than declared, checked against their sum. Knows deflate and the limits."""

from __future__ import annotations

import zlib
from typing import BinaryIO, NamedTuple

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import Around, take

_CHUNK = 64 * limits.KIB


class Packed(NamedTuple):
    """What an archive declares of a file: its bytes packed and unpacked, its sum (CRC-32), and how it is packed."""

    packed: int
    size: int
    crc: int
    is_deflated: bool = True


def damaged() -> str:
    """What is said of a file that does not match its declaration."""
    return tr("It is damaged inside the archive. Ask for the archive again.")


class Member(Around):
    """The bytes of one member: never more than declared, and BadRecord if they do not match."""

    def __init__(self, stream: BinaryIO, packed: Packed) -> None:
        super().__init__(stream)
        self._packed, self._left = packed.packed, packed.size
        self._inflate = zlib.decompressobj(-15) if packed.is_deflated else None
        self._sum, self._expected = 0, packed.crc
        self._checked = False

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._next(min(len(buffer), self._left))
        self._left -= len(data)
        self._sum = zlib.crc32(data, self._sum)
        if not self._left and not self._checked:
            self._checked = True
            if self._sum != self._expected or self._next(1):
                raise BadRecord("damaged", damaged())
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        """Up to so many bytes; none only at the end. The caller may ask for one byte to check that nothing follows."""
        if self._inflate is None:
            data = self._raw(min(size, self._packed))
            if size and not data and self._left:
                raise BadRecord("damaged", damaged())
            return data
        data = b""
        while size and not data and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._raw(min(self._packed, _CHUNK))
            try:
                data = self._inflate.decompress(packed, size)
            except zlib.error:
                raise BadRecord("damaged", damaged()) from None
            if not packed and not data:
                break
        if size and not data and self._left:
            raise BadRecord("damaged", damaged())
        return data

    def _raw(self, size: int) -> bytes:
        data = take(self._stream, size)
        self._packed -= len(data)
        return data
