"""Which workbook was chosen in which notebook of JupyterLab, for the export menu: the server asks, the kernel knows.

A small file beside the workbooks, of ids and paths of notebooks only. It is a note: an unreadable one counts as empty.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

_FILE = "lab.json"
_MOST = 200  # notebooks; the oldest are forgotten


def remember(home: Path, notebook: str, case_id: str) -> None:
    """Notes the workbook that is open in this notebook."""
    found = _read(home)
    found.pop(notebook, None)
    kept = dict([*found.items(), (notebook, case_id)][-_MOST:])
    with contextlib.suppress(OSError):
        part = home / f"{_FILE}.{os.getpid()}"
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(kept, out)
        part.replace(home / _FILE)


def recall(home: Path, notebook: str) -> str:
    """The id of the workbook that was last open in this notebook; "" if none is known."""
    return _read(home).get(notebook, "")


def _read(home: Path) -> dict[str, str]:
    try:
        found = json.loads((home / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
