"""A stream in pieces that the browser keeps, outside of Python's memory. Knows bytes and how a piece is kept.

A zip is written in order, but the head of each file once more when its sum is known, and a file that cannot be read is
cut off again: so it can be read, overwritten and truncated. Only its last piece is in Python's memory.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

PIECE = 4 << 20  # bytes


class Pieces(io.RawIOBase):
    """A stream to write. `keep` makes a piece of bytes, `read` gives its bytes back."""

    def __init__(self, keep: Callable[[bytes], Any], read: Callable[[Any], bytes], piece: int = PIECE) -> None:
        self._keep, self._read, self._piece = keep, read, piece
        self._kept: list[Any] = []  # full pieces
        self._last, self._place = bytearray(), 0

    @property
    def size(self) -> int:
        """The bytes written so far."""
        return len(self._kept) * self._piece + len(self._last)

    def parts(self) -> list[Any]:
        """All pieces in order."""
        return [*self._kept, self._keep(bytes(self._last))]

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        self._place = max(place + (0, self._place, self.size)[whence], 0)
        return self._place

    def truncate(self, size: int | None = None) -> int:
        size = self._place if size is None else size
        if size < self.size:
            at, left = divmod(size, self._piece)
            last = self._last if at == len(self._kept) else bytearray(self._read(self._kept[at]))
            self._kept, self._last = self._kept[:at], last[:left]
        return size

    def write(self, data: Any, /) -> int:
        rest = memoryview(data).cast("B")
        count = len(rest)
        if self._place > self.size:
            raise ValueError("a gap")  # a zip has none
        while rest:
            rest = rest[self._put(rest) :]
        return count

    def _put(self, data: memoryview) -> int:
        """Writes what fits the piece at the current place; returns how much."""
        at, start = divmod(self._place, self._piece)
        part = data[: self._piece - start]
        if at < len(self._kept):
            held = bytearray(self._read(self._kept[at]))
            held[start : start + len(part)] = part
            self._kept[at] = self._keep(bytes(held))
        else:
            self._last[start : start + len(part)] = part
            if len(self._last) == self._piece:
                self._kept.append(self._keep(bytes(self._last)))
                self._last = bytearray()
        self._place += len(part)
        return len(part)
