"""Keeps a case file of today's version for the tests of later ones: `uv run python -m tests.case.keep`.

Run it once, when `SCHEMA_VERSION` has gone up. A file that is kept already is never written again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from workbook.case import SCHEMA_VERSION, dump, parse

OLD = Path(__file__).parent / "old"


def keep(folder: Path = OLD) -> Path:
    """Writes the newest kept case as today's workbook writes it, and gives the file."""
    new = folder / f"version-{SCHEMA_VERSION}.json"
    if new.exists():
        sys.exit(f"{new.name} is kept already. It shows how that version was written, so it stays as it is.")
    newest = max(folder.glob("version-*.json"), key=lambda file: int(file.stem.partition("-")[2]))
    new.write_bytes(dump(parse(newest.read_bytes())))
    return new


if __name__ == "__main__":
    print(keep())
