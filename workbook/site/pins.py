"""The parts of a site besides this package: names, versions, checksums (pins.toml). Knows nothing of ours."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("pins.toml")


class Pin(NamedTuple):
    """One file of a registry, exact to the byte."""

    source: str  # "npm" or "wheel"
    name: str
    version: str
    file: str
    size: int
    sha256: str
    use: str  # when a browser loads it: "core" and "python" at the first visit, the others when first needed


@functools.cache
def pins() -> tuple[Pin, ...]:
    """All of them, in the order of the file."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["file"]
    return tuple(Pin(row.pop("from"), **row) for row in rows)


def pin(name: str) -> Pin:
    """The one with that name.

    >>> pin("pyodide").source
    'npm'
    """
    return next(each for each in pins() if each.name == name)


def wheel_tags(file: str) -> tuple[str, str, list[str]]:
    """The tags in the name of a wheel: Python, ABI and platforms.

    >>> wheel_tags("typst-0.15.2-cp39-abi3-pyemscripten_2026_0_wasm32.whl")
    ('cp39', 'abi3', ['pyemscripten_2026_0_wasm32'])
    """
    python, abi, platforms = file.removesuffix(".whl").split("-")[-3:]
    return python, abi, platforms.split(".")
