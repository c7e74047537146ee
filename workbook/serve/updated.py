"""Whether the program on disk has changed since this server started. Knows files; no page and no case.

A server keeps the program that it started with, while each new page starts from the files on disk. After an update the
two may not fit together, and only a new start helps: a reload would meet the same mix again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_PROGRAM = Path(__file__).parents[1]


def stamp(program: Path = _PROGRAM) -> str:
    """A mark of all program files by name, size and time of change; another one after an update. Takes a few ms."""
    found = hashlib.sha256()
    for file in sorted(program.rglob("*.py")):
        try:
            state = file.stat()
        except OSError:  # it is being replaced right now
            continue
        found.update(f"{file.relative_to(program)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
