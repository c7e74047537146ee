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
    code = {1: "B", 8: "B", 16: "H", 32: "I"}[one.bits]
    # The sign of a value that fills only a part of its bytes is made later.
    return code.lower() if one.is_signed and one.stored == one.bits else code


def read(source: Source, one: Described, wanted: Plan) -> list[array[int]]:
    """The samples of the middle frame, one array for each color. Raises NoPicture if they are not all there."""
    if one.bits == 1:
        return [_bits(source, one, wanted)]
    start = one.place + one.frame * (one.frames // 2)
    if one.is_halved:
        return _halved(source, one, wanted, start)
    # Colors lie side by side, or each in a plane of its own.
    planes, colors = (one.samples, 1) if one.is_planar else (1, one.samples)
    line = one.columns * colors * one.bits // 8
    found = [array(kind(one)) for _ in range(one.samples)]
    with source.open() as stream:
        reader = _Reader(stream, one.place if one.is_swapped else None)
        for plane in range(planes):
            for row in wanted.rows:
                samples = array(kind(one), reader.at(start + (plane * one.rows + row) * line, line))
                for color in range(colors):
                    found[plane + color] += samples[color :: wanted.step * colors]
    return in_native_order(found, one)


def _halved(source: Source, one: Described, wanted: Plan, start: int) -> list[array[int]]:
    """Brightness and two differences of color, of which two pixels have one each."""
    line = 2 * one.columns
    found = [array("B") for _ in range(3)]
    with source.open() as stream:
        reader = _Reader(stream, one.place if one.is_swapped else None)
        for row in wanted.rows:
            data = reader.at(start + row * line, line)
            planes = [bytearray(one.columns) for _ in range(3)]
            for plane, (left, right) in zip(planes, ((0, 1), (2, 2), (3, 3)), strict=True):
                plane[::2], plane[1::2] = data[left::4], data[right::4]
            for samples, plane in zip(found, planes, strict=True):
                samples.frombytes(plane[:: wanted.step])
    return found


def _bits(source: Source, one: Described, wanted: Plan) -> array[int]:
    """Pixels of one bit, the first in the lowest bit of its byte; a row may begin within a byte (PS3.5, 8.1.1)."""
    found = array("B")
    with source.open() as stream:
        reader = _Reader(stream, one.place if one.is_swapped else None)
        for row in wanted.rows:
            first = (one.frames // 2 * one.rows + row) * one.columns
            place, shift = first // 8, first % 8
            data = reader.at(one.place + place, -(-(shift + one.columns) // 8))
            whole = int.from_bytes(data, "little") >> shift
            text = f"{whole & (1 << one.columns) - 1:0{one.columns}b}"[::-1]
            found.extend(map(int, text[:: wanted.step]))
    return found


def in_native_order(found: list[array[int]], one: Described) -> list[array[int]]:
    """Samples in the byte order of this machine; changes the arrays."""
    if one.order != _NATIVE:
        for samples in found:
            samples.byteswap()
    return found


class _Reader:
    """Parts of a stream, in order; a part that is asked for twice in a row is read once.

    With `swapped`, an offset, the bytes of each pair from there on changed places.
    """

    def __init__(self, stream: BinaryIO, swapped: int | None = None) -> None:
        self._stream, self._can_seek, self._swapped = stream, stream.seekable(), swapped
        self._place, self._last, self._data = 0, -1, b""

    def at(self, place: int, size: int) -> bytes:
        """So many bytes from an offset."""
        if self._swapped is None:
            return self._at(place, size)
        before = (place - self._swapped) % 2
        data = bytearray(self._at(place - before, before + size + (before + size) % 2))
        data[::2], data[1::2] = data[1::2], data[::2]
        return bytes(data[before : before + size])

    def _at(self, place: int, size: int) -> bytes:
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
