"""Locates the files of Voilà's own front end, which pages with somebody else's widget need. Knows the disk only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

# The parts of Voilà's front end that every page with a widget requested, observed in a browser with voila 0.5.13.
# Preloaded from the head of a page while its kernel starts. Other versions have other names: missing
# files are skipped, and the front end requests its parts itself, only later.
_PARTS = (
    "1187 143 1601 1621 1670 2930 3144 3249 3307 3311 3459 3649 3916 3989 3992 4041 4135 4173 4222 431 457 4653 "
    "4729 4972 5044 5312 5688 5764 5767 6008 6049 630 6382 6468 6573 7155 73 7483 7556 7598 7770 7883 8017 8135 "
    "8487 8766 8862 8925 9081 9151 9212 9582 9684 9890 9981"
)
_HASHED = re.compile(r"\.[0-9a-f]{16,}\.|(^|/)[0-9a-f]{20}\.(woff2?|svg|ttf|eot)$")


@cache
def front_end() -> Path:
    """The folder of Voilà's front end."""
    from voila.paths import collect_static_paths

    for folder in collect_static_paths(["voila", "nbconvert"], "lab"):
        if (Path(folder) / "voila.js").is_file():
            return Path(folder)
    raise FileNotFoundError("voila.js")


@cache
def first_parts() -> tuple[str, ...]:
    """The files that Voilà's front end will request, as far as this version has them."""
    names = ["voila.js", *(f"{number}.voila.js" for number in _PARTS.split())]
    return tuple(name for name in names if (front_end() / name).is_file())


def is_hashed(path: str) -> bool:
    """Whether a file's name contains a hash of its contents, so that it never changes."""
    return bool(_HASHED.search(path))
