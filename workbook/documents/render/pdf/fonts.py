"""The typefaces that printed documents use, and the characters they can draw. Reads font wheels only.

Fonts come from installed wheels, never from the system, so a page looks the same on every computer. What a
font can draw is read from its own character map: no table of ours can fall behind the
fonts, and an extra wheel such as `noto-cjk-sans-otc` counts as soon as it is installed.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import NamedTuple


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
    """The code points in a font file's character map; of a collection, in that of its first font."""
    from fontTools.ttLib import TTFont  # where a PDF is made, and not before

    with TTFont(path, fontNumber=0, lazy=True) as font:
        tables = font["cmap"].tables
        return frozenset(code for table in tables if table.isUnicode() for code in table.cmap)
