"""Fetches the public samples that the project may not ship: python -m tests.fetch_samples

Each is downloaded from its public repository, at the tested commit, and kept only if its checksum matches.
"""

from __future__ import annotations

import hashlib
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from .samples import FETCHED, rows

HOST = "https://raw.githubusercontent.com"


def fetch(row: Mapping[str, str], to: Path, host: str = HOST) -> str:
    """Downloads one sample into the folder; an error message, or ""."""
    goal = to / row["path"]
    if goal.exists() and _sum(goal.read_bytes()) == row["sha256"]:
        return ""
    address = f"{host}/{row['source_repo']}/{row['commit']}/{urllib.parse.quote(row['source_path'])}"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            data: bytes = answer.read()
    except (OSError, urllib.error.URLError) as error:
        return f"{address} cannot be fetched: {error}"
    if _sum(data) != row["sha256"]:
        return f"{address} is not the file that was tested."
    goal.parent.mkdir(parents=True, exist_ok=True)
    goal.write_bytes(data)
    return ""


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> int:
    wanted = [row for row in rows() if row["kept"] == "no" and row["source_repo"]]
    troubles = [trouble for row in wanted if (trouble := fetch(row, FETCHED))]
    print(f"{len(wanted) - len(troubles)} of {len(wanted)} samples are in {FETCHED}.")
    print(*troubles, sep="\n", file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
