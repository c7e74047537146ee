"""Bundles the browser side of the widgets, one script each, without a build step. Knows the files next to it only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
_CONTROLS = ("phones", "controls", "dates")
_FORM = ("words", "saver", *_CONTROLS, "question", "blocks", "lists", "grid", "page")
PARTS = {
    "form": ("dom", "leaving", *_FORM),
    "panel": ("dom", "leaving", "files"),
    "download": ("dom", "leaving", "files"),
    "upload": ("dom", "leaving"),
}
"""The files that each widget's script needs, in order."""


def _short(text: str) -> str:
    """The code without indentation and comment-only lines: each form of a page carries a copy."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def script(name: str, *parts: str) -> str:
    """One module: the named files in order, then `<name>.js`, which exports `render`."""
    files = [*(HERE / "form" / f"{part}.js" for part in parts), HERE / f"{name}.js"]
    return "\n".join(_short(path.read_text(encoding="utf-8")) for path in files)


@cache
def style() -> str:
    """The styles of all widgets, scoped under `.wb`."""
    return _short("\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("form", "panel")))
