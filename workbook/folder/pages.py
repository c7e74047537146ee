"""Which notebook is which page: a practice's own over the shipped ones. Knows folders and notebooks; no case.

A page is known by the name it was made with, which its notebook keeps in `metadata.workbook.page`. So a page that is
renamed keeps its mark "Done" and the links to it.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import settings

FIRST = "index"  # the page that people open first; it is always there
NOTEBOOKS = "notebooks"  # the folder of a practice's own pages
_NAME = re.compile(r"[^/\\.][^/\\]*")


def shipped() -> Path:
    """The notebooks of this package: next to it in a clone, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / NOTEBOOKS
    return beside if beside.is_dir() and (package.parent / "pyproject.toml").is_file() else package / NOTEBOOKS


def served() -> Path:
    """The folder of this program's pages: `WORKBOOK_NOTEBOOKS`, or the shipped notebooks."""
    named = os.environ.get("WORKBOOK_NOTEBOOKS")
    return Path(named).expanduser() if named else shipped()


def is_practice(folder: Path) -> bool:
    """Whether this is a practice's folder, so that its pages are laid over the shipped ones."""
    return (folder / settings.FILE).is_file()


def own_files(folder: Path) -> list[Path]:
    """The notebooks in a folder, by name; of a practice's folder, only its own."""
    place = folder / NOTEBOOKS if is_practice(folder) else folder
    return [file for file in sorted(place.glob("*.ipynb")) if not file.name.startswith(".")]


def files(folder: Path) -> dict[str, Path]:
    """The notebook of each page, by its name now. A practice's own replaces the shipped one of its first name."""
    own = own_files(folder)
    if not is_practice(folder):
        return {file.stem: file for file in own}
    replaced = {*first_names(own).values(), *settings.readable(folder).hide} - {FIRST}  # an own one is laid over it
    rest = {file.stem: file for file in sorted(shipped().glob("*.ipynb")) if file.stem not in replaced}
    return rest | {file.stem: file for file in own}


def find(folder: Path, name: str) -> Path | None:
    """The notebook of a page by its name, now or at first; None if there is none, or only a link that leads out."""
    known = files(folder)
    if name not in known:
        name = next((now for now, first in first_names(known.values()).items() if first == name), "")
    file = known.get(name)
    if file is None or not _NAME.fullmatch(name):
        return None
    roots = [folder.resolve(), *([shipped().resolve()] if is_practice(folder) else [])]
    return file if file.is_file() and any(file.resolve().is_relative_to(root) for root in roots) else None


def client() -> str:
    """The case that a site is made for; "" for everybody."""
    return os.environ.get("WORKBOOK_CLIENT", "")


def client_of(book: Any) -> str:
    """The only case that sees this notebook, given as JSON; "" for one that all see."""
    own = book.get("metadata", {}).get("workbook", {})
    found = own.get("case", "") if isinstance(own, dict) else ""
    return found if isinstance(found, str) else ""


def first_names(found: Iterable[Path]) -> dict[str, str]:
    """The name each notebook was made with, by its name now. A copy of a page is a page of its own."""
    told = {file.stem: _first_name(file, _changed(file)) for file in found}
    made: dict[str, str] = {}
    taken = {*told}
    for now, first in told.items():
        free = first == now or first not in taken
        made[now] = first if first and free else now
        taken.add(made[now])
    return made


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@functools.lru_cache(maxsize=512)
def _first_name(file: Path, _changed: int) -> str:
    try:
        name = json.loads(file.read_text("utf-8"))["metadata"]["workbook"]["page"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return file.stem
    return name if isinstance(name, str) and _NAME.fullmatch(name) else file.stem
