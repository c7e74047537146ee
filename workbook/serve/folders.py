"""Checks whether the data folder is a safe place for private answers. Knows paths only."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import CannotServe
from ..store import refuse_other_owners, warn_if_synced

_SOCKET_NAME = 60  # length of "/kernel-<uuid>.json-ipc-1", with a margin
_LONGEST_SOCKET = 100  # 108 on Linux, 104 on macOS


def takes_sockets(folder: str) -> bool:
    """Whether kernels can use sockets in this folder, which other users of this computer cannot open."""
    return os.name == "posix" and len(folder) + _SOCKET_NAME < _LONGEST_SOCKET


def check(home: Path, notebooks: Path) -> str:
    """A warning to show, or "". Raises if answers would be inside the served folder."""
    inner, outer = home.resolve(), notebooks.resolve()
    if inner == outer or inner.is_relative_to(outer) or outer.is_relative_to(inner):
        raise CannotServe(
            "The folder for your answers and the folder of notebooks are one inside the other, so answers could be "
            "shown as pages. Set WORKBOOK_HOME to a folder elsewhere, then start again."
        )
    if not notebooks.is_dir():
        raise CannotServe("The folder of notebooks is not there. Install the workbook again.")
    refuse_other_owners(home, home / "workbook.db")  # before the key to every page is written there
    return warn_if_synced(home) or ""
