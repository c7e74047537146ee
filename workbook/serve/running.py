"""The note that says which workbook runs for a home, so that a second start opens the first. Knows disk and HTTP."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from workbook.errors import CannotServe

NOTE = "running.json"


@dataclass(frozen=True)
class Running:
    """One running server. The key in it opens every page, so the note is for its owner's eyes only."""

    pid: int
    port: int
    token: str

    @property
    def address(self) -> str:
        """The address that lets its owner in."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


def fingerprint(home: Path | None) -> str:
    """A text that is the same for the same home and does not show where it lies."""
    return hashlib.sha256(str(home and home.resolve()).encode()).hexdigest()[:16]


def write(home: Path, running: Running) -> None:
    """Leaves the note, whole or not at all."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=home, prefix=".running-")  # 0600 from the start
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(running), file)
        Path(name).replace(home / NOTE)
    except OSError:
        raise CannotServe(
            "The folder for your answers cannot be written. Check that its disk is not full or locked, "
            "or set WORKBOOK_HOME to another folder."
        ) from None


def remove(home: Path, pid: int) -> None:
    """Takes the note away if it is about this process."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads((home / NOTE).read_text(encoding="utf-8"))["pid"] == pid:
            (home / NOTE).unlink()


def find(home: Path) -> Running | None:
    """The workbook that runs for this home and answers, or None."""
    try:
        noted = json.loads((home / NOTE).read_text(encoding="utf-8"))
        running = Running(int(noted["pid"]), int(noted["port"]), str(noted["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    ask = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/voila/hello", headers={"Authorization": f"token {running.token}"}
    )
    # No proxy: the question must not leave this computer.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(ask, timeout=5) as answer:
            said = json.load(answer)
    except (OSError, ValueError, urllib.error.URLError):
        return None
    return running if isinstance(said, dict) and said.get("home") == fingerprint(home) else None
