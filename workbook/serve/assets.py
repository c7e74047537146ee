"""Where the files of a page lie, and under which address a browser may keep them for ever. Knows the disk only."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates" / "workbook"
STATIC = TEMPLATES / "static"
FONTS = ("Regular", "Italic", "Bold", "BoldItalic")
# The entry of Voilà's front end names the parts it needs at once; a browser that hears of them
# in the head of the page has them before the kernel is ready.
_PART = re.compile(r"\w\.e\((\d+)\)")
_HASHED = re.compile(r"\.[0-9a-f]{16,}\.|(^|/)[0-9a-f]{20}\.(woff2?|svg|ttf|eot)$")


@cache
def font_folder() -> Path:
    """The folder of the bundled typeface."""
    import fontpkg_atkinson_hyperlegible as font

    return Path(font.ROOT) / "files"


def font_file(name: str) -> Path | None:
    """The file behind `fonts/<name>`, or None for a name we do not ship."""
    known = {f"AtkinsonHyperlegible-{style}.ttf" for style in FONTS}
    return font_folder() / name if name in known else None


@cache
def stamp() -> str:
    """A short text that changes whenever one of our own files changes, so that caches never go stale."""
    seen = hashlib.sha256()
    for path in sorted(p for p in STATIC.rglob("*") if p.is_file()):
        seen.update(path.name.encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


@cache
def front_end() -> Path:
    """The folder of Voilà's own front end."""
    from voila.paths import collect_static_paths

    for folder in collect_static_paths(["voila", "nbconvert"], "lab"):
        if (Path(folder) / "voila.js").is_file():
            return Path(folder)
    raise FileNotFoundError("voila.js")


@cache
def first_parts() -> tuple[str, ...]:
    """The files that Voilà's front end asks for as soon as it starts; empty if its shape is not known."""
    head = (front_end() / "voila.js").read_text(encoding="utf-8")[:4000]
    names = [f"{number}.voila.js" for number in dict.fromkeys(_PART.findall(head.split(".then(")[0]))]
    return tuple(name for name in names if (front_end() / name).is_file())


def is_hashed(path: str) -> bool:
    """Whether a file's name holds the hash of its content, so that it never changes."""
    return bool(_HASHED.search(path))
