"""Takes the few pixels that a small picture needs. Knows the description of the pixels and streams.

Rows are read one by one, and only those needed: a mammogram of 24 MB costs as much as a slice.
"""

from __future__ import annotations

import sys
from array import array
from typing import BinaryIO, NamedTuple

from .. import limits, sources
from ..values import Source
from .described import Described, NoPicture

LONG = 160  # pixels of the long side of a picture
_FINE = 2 * LONG  # of what is taken for it: two by two become one pixel
_SKIPPED = 64 * limits.MIB  # of a file that can only be read from its start
_NATIVE = "<" if sys.byteorder == "little" else ">"


class Plan(NamedTuple):
    """Which pixels are taken: each `step`th of these rows, `width` in a row."""

    step: int
    rows: tuple[int, ...]
    width: int


def plan(one: Described) -> Plan:
    """Which pixels a picture needs: about twice its size, with square pixels."""
    height = one.rows * one.stretch
    step = max(1, -(-int(max(height, one.columns)) // _FINE))
    rows = min(_FINE, max(1, round(height / step)))
    return Plan(step, tuple((2 * n + 1) * one.rows // (2 * rows) for n in range(rows)), -(-one.columns // step))


def kind(one: Described) -> str:
    """The type code of an array of samples."""
    code = {8: "B", 16: "H", 32: "I"}[one.bits]
    # The sign of a value that fills only a part of its bytes is made later.
    return code.lower() if one.is_signed and one.stored == one.bits else code


def read(source: Source, one: Described, wanted: Plan) -> list[array[int]]:
    """The samples of the middle frame, one array for each color. Raises NoPicture if they are not all there."""
    start = one.place + one.frame * (one.frames // 2)
    # Colors lie side by side, or each in a plane of its own.
    planes, colors = (one.samples, 1) if one.is_planar else (1, one.samples)
    line = one.columns * colors * one.bits // 8
    found = [array(kind(one)) for _ in range(one.samples)]
    with source.open() as stream:
        reader = _Reader(stream)
        for plane in range(planes):
            for row in wanted.rows:
                samples = array(kind(one), reader.at(start + (plane * one.rows + row) * line, line))
                for color in range(colors):
                    found[plane + color] += samples[color :: wanted.step * colors]
    return in_native_order(found, one)


def in_native_order(found: list[array[int]], one: Described) -> list[array[int]]:
    """Samples in the byte order of this machine; changes the arrays."""
    if one.order != _NATIVE:
        for samples in found:
            samples.byteswap()
    return found


class _Reader:
    """Parts of a stream, in order; a part that is asked for twice in a row is read once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._can_seek = stream, stream.seekable()
        self._place, self._last, self._data = 0, -1, b""

    def at(self, place: int, size: int) -> bytes:
        """So many bytes from an offset."""
        if place != self._last:
            self._go(place)
            self._data, self._last = sources.take(self._stream, size), place
            self._place = place + size
            if len(self._data) < size:
                raise NoPicture("damaged")
        return self._data

    def _go(self, place: int) -> None:
        if self._can_seek:
            self._stream.seek(place)
            return
        if not self._place <= place <= _SKIPPED:
            raise NoPicture("odd")
        while self._place < place:
            skipped = len(sources.take(self._stream, min(place - self._place, limits.MIB)))
            if not skipped:
                raise NoPicture("damaged")
            self._place += skipped
