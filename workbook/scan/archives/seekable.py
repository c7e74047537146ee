"""A member of an archive that can be read from any place, as an archive inside it must be. Knows the limits."""

from __future__ import annotations

import io
import tempfile
import threading
from dataclasses import replace
from typing import IO, BinaryIO

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import take
from ..values import Source


def seekable(source: Source) -> Source:
    """The same file, unpacked once: in memory if it is small, else in a temporary file without a name.

    The system frees that file with the last stream, however the program ends. Raises BadRecord if it is too large.
    """
    if source.size > limits.INNER:
        raise BadRecord("refused", tr("The archive inside is too large. Unpack it and choose the folder."))
    unpacked = _Unpacked(source.size)
    with source.open() as stream:
        while data := take(stream, limits.MIB):
            unpacked.held.write(data)
    return replace(source, open=lambda: io.BufferedReader(_Stream(unpacked)))


class _Unpacked:
    """A temporary file, closed when nothing can read it any more."""

    def __init__(self, size: int) -> None:
        self.held: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=limits.IN_MEMORY)  # noqa: SIM115
        self.size, self.lock = size, threading.Lock()

    def __del__(self) -> None:
        self.held.close()


class _Placed(io.RawIOBase):
    """A stream of a known size with a place of its own."""

    def __init__(self, size: int) -> None:
        self._size, self._place = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        return self._place


class _Stream(_Placed):
    """One reader of a file that several read in turn."""

    def __init__(self, unpacked: _Unpacked) -> None:
        super().__init__(unpacked.size)
        self._unpacked = unpacked

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with self._unpacked.lock:
            self._unpacked.held.seek(self._place)
            data = self._unpacked.held.read(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


def window(stream: BinaryIO, start: int, size: int) -> BinaryIO:
    """A part of a seekable stream as a stream of its own."""
    return io.BufferedReader(_Window(stream, start, size))


class _Window(_Placed):
    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__(size)
        self._stream, self._start = stream, start

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), max(self._size - self._place, 0))
        self._stream.seek(self._start + self._place)
        data = take(self._stream, wanted)
        if wanted and not data:
            raise BadRecord("damaged", tr("It is damaged inside the archive. Ask for the archive again."))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
