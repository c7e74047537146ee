"""Scans folders, zips and discs for records. Knows the case only to hand over the results.

In a notebook: `import workbook.scan as scan`, then `scan.look("D:/")`. Importing this loads no reader.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_NAMES = {"look": "show.looked"}

__all__ = sorted(_NAMES)


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"workbook.scan has nothing called {name}")
    found = getattr(import_module(f".{_NAMES[name]}", __name__), name)
    globals()[name] = found
    return found
