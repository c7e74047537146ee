"""Stores cases: a small store interface, and its implementation for a personal computer. Knows the case."""

from __future__ import annotations

from pathlib import Path

from .base import Copy, Damaged, Row, Saved, Store, Stored, Summary
from .home import home_dir, refuse_other_owners, warn_if_synced

__all__ = [
    "Copy",
    "Damaged",
    "Row",
    "Saved",
    "Store",
    "Stored",
    "Summary",
    "home_dir",
    "open_store",
    "refuse_other_owners",
    "warn_if_synced",
]


def open_store(home: str | Path | None = None) -> Store:
    """The store in this folder, else in `$WORKBOOK_HOME`, else in the user's data folder.

    Reads and creates nothing until it is first used.
    """
    from .sqlite import SQLiteStore

    return SQLiteStore(Path(home).expanduser() if home else home_dir())
