"""Writes a case file of the current version for tests of later ones: `uv run python -m tests.case.keep`.

Run it once, when `SCHEMA_VERSION` has been increased. An existing file is never overwritten.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook.case import SCHEMA_VERSION, dump, parse

OLD = Path(__file__).parent / "old"


def keep(folder: Path = OLD) -> Path:
    """Writes the newest kept case in the current format, and returns the file."""
    new = folder / f"version-{SCHEMA_VERSION}.json"
    if new.exists():
        sys.exit(f"{new.name} is kept already. It shows how that version was written, so it stays as it is.")
    newest = max(folder.glob("version-*.json"), key=lambda file: int(file.stem.partition("-")[2]))
    new.write_bytes(dump(parse(newest.read_bytes())))
    return new


if __name__ == "__main__":
    print(keep())
