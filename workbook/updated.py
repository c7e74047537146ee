"""Whether the program on disk changed after this process began. Knows files; no page and no case.

A process keeps what it has loaded and reads the rest from the disk when it is needed. After an update the two may not
fit together, and only a new start helps.
"""

from __future__ import annotations

import time
from pathlib import Path

from . import where

_BEGAN = time.time()
_PROGRAM = Path(__file__).parent
_SLACK = 2.0  # seconds: some disks keep coarse times
_FILES = ("*.py", "*.j2", "*.typ", "*.toml")


def is_updated(program: Path = _PROGRAM, since: float = _BEGAN) -> bool:
    """Whether a program file is newer than this process, by the time of its change or of its arrival. A few ms."""
    if where.in_browser():  # a version there is whole, and its files are unpacked after the start
        return False
    for pattern in _FILES:
        for file in program.rglob(pattern):
            try:
                state = file.stat()
            except OSError:  # it is being replaced right now
                return True
            if max(state.st_mtime, state.st_ctime) > since + _SLACK:
                return True
    return False
