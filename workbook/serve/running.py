"""The note of the running workbook of a home, so that a second start opens the first. Knows disk and HTTP."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import html
import http.client
import json
import os
import secrets
import tempfile
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbook.errors import CannotServe

NOTE = "running.json"
DOOR = "open.html"
# folder for browsers that may be snaps, which cannot read hidden folders
_SEALED_OFF = ("firefox", "chromium", "brave", "opera")


@dataclass(frozen=True)
class Running:
    """One running server. Its key opens every page, so only its owner may read the note."""

    pid: int
    port: int
    token: str
    pages: str = ""  # which folder of notebooks it serves, as `fingerprint` says it

    @property
    def address(self) -> str:
        """The address that logs its owner in."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


def fingerprint(home: Path | None) -> str:
    """A hash that identifies a home without disclosing its path."""
    return hashlib.sha256(str(home and home.resolve()).encode()).hexdigest()[:16]


def proof(key: str, home: Path | None, port: int, nonce: str) -> str:
    """What only the workbook that wrote the note can answer; the key is not sent in either direction."""
    said = f"second-opinion-workbook hello\n{fingerprint(home)}\n{port}\n{nonce}"
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def _leave(place: Path, text: str) -> None:
    """Writes the file atomically, readable by its owner only."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.stem}-")  # mode 0600 from the start
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(place)


def write(home: Path, running: Running) -> None:
    """Writes the note."""
    try:
        _leave(home / NOTE, json.dumps(asdict(running)))
    except OSError:
        raise CannotServe(
            "The folder for your answers cannot be written. Check that its disk is not full or locked, "
            "or set WORKBOOK_HOME to another folder."
        ) from None


def redirect_page(home: Path) -> Path:
    """The path of the local page that redirects a browser."""
    hidden = any(part.startswith(".") for part in home.parts)
    if hidden and any((Path("/snap/bin") / name).exists() for name in _SEALED_OFF):
        return Path.home() / f"second-opinion-workbook-{fingerprint(home)}.html"
    return home / DOOR


def redirect_url(home: Path, running: Running) -> str:
    """The address of a local page that redirects to the workbook. Every user of this computer can read a browser's
    command line; the key is inside the page, which only its owner can read."""
    to = html.escape(running.address, quote=True)
    page = (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        f'<title>Second Opinion Workbook</title><meta http-equiv="refresh" content="0; url={to}">'
        f'<p><a href="{to}">Second Opinion Workbook</a></p>\n'
    )
    place = redirect_page(home)
    _leave(place, page)
    return place.resolve().as_uri()


def remove(home: Path, pid: int) -> None:
    """Removes the note and the redirect page if the note is about this process."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        if json.loads((home / NOTE).read_text(encoding="utf-8"))["pid"] == pid:
            (home / NOTE).unlink()
            redirect_page(home).unlink(missing_ok=True)


def _is_mine(pid: int) -> bool:
    """Whether the process exists and belongs to this user, as far as the system says."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except (OSError, OverflowError):
        return False
    return pid > 0


def find(home: Path) -> Running | None:
    """The workbook that runs for this home and answers, or None.

    After a crash another program may listen on the noted port. So the key is not sent: the server must prove it.
    """
    try:
        noted = json.loads((home / NOTE).read_text(encoding="utf-8"))
        running = Running(int(noted["pid"]), int(noted["port"]), str(noted["token"]), str(noted.get("pages", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not (_is_mine(running.pid) and running.token):
        return None
    nonce = secrets.token_urlsafe(24)
    # No proxy: the request must not leave this computer. No redirects either.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Here())
    try:
        with direct.open(f"http://127.0.0.1:{running.port}/voila/hello?nonce={nonce}", timeout=5) as answer:
            said = json.loads(answer.read(10_000))
    except (OSError, ValueError, urllib.error.URLError, http.client.HTTPException):
        return None
    told = said.get("proof") if isinstance(said, dict) else None
    right = proof(running.token, home, running.port, nonce)
    return running if isinstance(told, str) and hmac.compare_digest(told.encode(), right.encode()) else None


class _Here(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None
