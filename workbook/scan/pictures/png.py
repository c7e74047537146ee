"""Writes small PNG files (RFC 2083): 8 bits, gray or in color. Knows the format only."""

from __future__ import annotations

import struct
import zlib

LARGEST = 25_000  # bytes of one picture
_KEPT = (0xFF, 0xFC, 0xF0)  # bits of each shade; fewer where a picture would be larger


def write(width: int, height: int, planes: list[bytes]) -> tuple[int, int, bytes]:
    """Width, height and bytes of a picture, of one plane of gray or three of color; never more than `LARGEST` bytes.

    A picture that is nearly noise gets fewer shades, and then fewer pixels.
    """
    while True:
        for kept in _KEPT:
            made = _written(width, height, [plane.translate(_table(kept)) for plane in planes])
            if len(made) <= LARGEST:
                return width, height, made
        planes = [
            b"".join(plane[row * width : (row + 1) * width : 2] for row in range(0, height, 2)) for plane in planes
        ]
        width, height = -(-width // 2), -(-height // 2)


def _table(kept: int) -> bytes:
    return bytes(n & kept for n in range(256))


def _written(width: int, height: int, planes: list[bytes]) -> bytes:
    pixels = planes[0]
    if len(planes) == 3:
        mixed = bytearray(3 * width * height)
        mixed[::3], mixed[1::3], mixed[2::3] = planes
        pixels = bytes(mixed)
    line = width * len(planes)
    rows = b"".join(b"\0" + pixels[start : start + line] for start in range(0, line * height, line))
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if len(planes) == 3 else 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
