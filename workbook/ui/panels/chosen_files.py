"""Files that someone chose in a browser: where they are while they are read. Knows the worker's file system only.

The worker mounts them as a folder below `/chosen` and tells its name; nothing is copied.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

PLACE = Path("/chosen")


def root(folder: Any) -> Path | None:
    """What to read: the one file or the one folder that was chosen, or all of several; None if it is no such folder."""
    place = Path(str(folder))
    if place.parent != PLACE or not place.is_dir():
        return None
    inside = list(place.iterdir())
    return inside[0] if len(inside) == 1 else place


def let_go(at: Path) -> None:
    """Takes the files out of the file system again. They stay where they are."""
    import pyodide_js  # type: ignore[import-not-found]

    folder = next((place for place in (at, *at.parents) if place.parent == PLACE), None)
    if folder is not None:
        with suppress(Exception):  # it is gone already
            pyodide_js.FS.unmount(str(folder))
