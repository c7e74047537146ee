"""Stores cases: a small store interface, and its implementation for a personal computer. Knows the case."""

from __future__ import annotations

import functools
import os
from pathlib import Path

from .base import Copy, Damaged, Kept, Row, Saved, Store, Stored, Summary
from .home import home_dir, refuse_other_owners, warn_if_synced

__all__ = [
    "Copy",
    "Damaged",
    "Kept",
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

    With `$WORKBOOK_DATABASE`, an address such as `postgresql:///workbook`, it is a practice's database instead, unless
    a folder is named. Reads and creates nothing until it is first used.
    """
    if home is None and (address := os.environ.get("WORKBOOK_DATABASE")):
        return _practice(address, home_dir())
    from .sqlite import SQLiteStore

    return SQLiteStore(Path(home).expanduser() if home else home_dir())


@functools.cache
def _practice(address: str, home: Path) -> Store:
    """One store, and so one connection, for all pages of this process."""
    from .postgres import PostgresStore

    return PostgresStore(address, home)
