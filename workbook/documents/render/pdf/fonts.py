"""The fonts of printed documents, and the characters they cover. Reads font wheels only.

Fonts come from installed wheels, never from the system, so a page looks the same on every computer. The coverage
of a font is read from its own character map: it cannot get out of date with the
fonts, and an extra wheel such as `noto-cjk-sans-otc` is used as soon as it is installed.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Family(NamedTuple):
    """A font family by its name in Typst and the wheel that contains it."""

    name: str
    module: str


# In order of preference: the first that has a glyph is used.
FAMILIES = (
    Family("Source Sans 3", "fontpkg_source_sans_3"),
    Family("Noto Sans", "fontpkg_noto_sans"),
    Family("Noto Sans Arabic", "fontpkg_noto_sans_arabic"),
    Family("Noto Sans CJK SC", "noto_cjk_sans_otc"),
)


def folder(family: Family) -> Path | None:
    """The wheel's font folder; None if it is not installed."""
    found = importlib.util.find_spec(family.module)
    return Path(found.origin).parent if found and found.origin else None


@cache
def installed() -> tuple[Family, ...]:
    """The installed families."""
    return tuple(family for family in FAMILIES if folder(family))


def folders() -> list[str]:
    """The folders to pass to Typst."""
    return [str(folder(family)) for family in installed()]


@cache
def covered() -> tuple[frozenset[int], ...]:
    """For each installed family, the code points covered by its upright regular face."""
    sets = []
    for family in installed():
        found = folder(family)
        files = sorted(path for path in (found.rglob("*") if found else ()) if path.suffix in _SUFFIXES)
        # An italic face can lack what the regular face has. Typst then slants the next family, so only
        # characters that every face of a family has are counted.
        faces = [characters(path) for path in files]
        sets.append(frozenset.intersection(*faces) if faces else frozenset())
    return tuple(sets)


_SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}


def characters(path: Path) -> frozenset[int]:
    """The code points in a font file's character map; for a collection, in that of its first font."""
    from fontTools.ttLib import TTFont  # imported only to make a PDF

    with TTFont(path, fontNumber=0, lazy=True) as font:
        tables = font["cmap"].tables
        return frozenset(code for table in tables if table.isUnicode() for code in table.cmap)
