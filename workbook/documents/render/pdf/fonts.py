"""The typefaces that printed documents use, and the characters they can draw. Reads font wheels only.

Fonts come from installed wheels, never from the system, so a page looks the same on every computer. What a
font can draw is read from its own character map (a few milliseconds): no table of ours can fall behind the
fonts, and an extra wheel such as `noto-cjk-sans-otc` counts as soon as it is installed.
"""

from __future__ import annotations

import importlib.util
import struct
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple


class Family(NamedTuple):
    """A typeface by its name in Typst and the wheel that brings it."""

    name: str
    module: str


# In order of choice: the first that can draw a sign does so.
FAMILIES = (
    Family("Source Sans 3", "fontpkg_source_sans_3"),
    Family("Noto Sans", "fontpkg_noto_sans"),
    Family("Noto Sans Arabic", "fontpkg_noto_sans_arabic"),
    Family("Noto Sans CJK SC", "noto_cjk_sans_otc"),
)


def folder(family: Family) -> Path | None:
    """Where the wheel keeps its files; None where it is not installed."""
    found = importlib.util.find_spec(family.module)
    return Path(found.origin).parent if found and found.origin else None


@cache
def installed() -> tuple[Family, ...]:
    """The families that are here."""
    return tuple(family for family in FAMILIES if folder(family))


def folders() -> list[str]:
    """The folders to hand to Typst."""
    return [str(folder(family)) for family in installed()]


@cache
def covered() -> tuple[frozenset[int], ...]:
    """For each installed family, the code points that it can draw upright in its regular face."""
    sets = []
    for family in installed():
        found = folder(family)
        files = sorted(path for path in (found.rglob("*") if found else ()) if path.suffix in _SUFFIXES)
        # An italic can lack what the regular face has. Typst then leans the next family, so only the
        # characters that every face of a family has are counted.
        faces = [characters(path) for path in files]
        sets.append(frozenset.intersection(*faces) if faces else frozenset())
    return tuple(sets)


_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}


def characters(path: Path) -> frozenset[int]:
    """The code points in a font file's character map."""
    with path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12)
            start = _number(file, ">I")
        file.seek(start + 4)
        tables = _number(file, ">H")
        file.seek(start + 12)
        for _ in range(tables):
            tag, _sum, offset, length = struct.unpack(">4sIII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                return _cmap(file.read(length))
    return frozenset()


def _number(file: BinaryIO, form: str) -> int:
    value: int = struct.unpack(form, file.read(struct.calcsize(form)))[0]
    return value


def _cmap(data: bytes) -> frozenset[int]:
    count = struct.unpack_from(">H", data, 2)[0]
    found: set[int] = set()
    for i in range(count):
        offset = struct.unpack_from(">HHI", data, 4 + 8 * i)[2]
        form = struct.unpack_from(">H", data, offset)[0]
        if form == 4:
            found |= _format4(data, offset)
        elif form == 12:
            found |= _format12(data, offset)
    return frozenset(found)


def _format4(data: bytes, at: int) -> set[int]:
    """Segments of 16-bit code points, each with an offset or a list of glyphs (OpenType, cmap format 4)."""
    n = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{n}H", data, at + 14)
    starts = struct.unpack_from(f">{n}H", data, at + 16 + 2 * n)
    deltas = struct.unpack_from(f">{n}H", data, at + 16 + 4 * n)
    ranges_at = at + 16 + 6 * n
    ranges = struct.unpack_from(f">{n}H", data, ranges_at)
    found = set()
    for i in range(n):
        for code in range(starts[i], min(ends[i], 0xFFFE) + 1):
            glyph = code
            if ranges[i]:
                where = ranges_at + 2 * i + ranges[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", data, where)[0]
                if not glyph:
                    continue
            if (glyph + deltas[i]) & 0xFFFF:
                found.add(code)
    return found


def _format12(data: bytes, at: int) -> set[int]:
    """Groups of 32-bit code points, each with its first glyph (OpenType, cmap format 12)."""
    found: set[int] = set()
    for i in range(struct.unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * i)
        found.update(range(first + (glyph == 0), last + 1))
    return found
