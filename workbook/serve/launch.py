"""Starts the workbook's server, or opens the one already running. Knows the disk and the network of this computer."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path

from workbook.errors import CannotServe

from . import folders, running
from .light import lighten

PORT = 8866
OTHER_PAGES = (
    "The workbook is open already, with the pages of another folder. Close the window it was started in, "
    "then start it again."
)
NEXT = 20  # further ports to try if the default is taken


def run(*, port: int = PORT, browser: bool = True, notebooks: Path, home: Path) -> int:
    """Serves the notebooks until stopped; prints one line, the address. Returns the exit status."""
    home, notebooks = home.expanduser().absolute(), notebooks.absolute()
    warning = folders.check(home, notebooks)
    if warning:
        print(warning, file=sys.stderr)  # noqa: T201
    known = running.find(home)
    if known and known.pages not in ("", running.fingerprint(notebooks)):
        raise CannotServe(OTHER_PAGES)
    if known:
        _tell(known.address)
        if browser:
            _show(home, known)
        return 0
    lighten()
    from .app import make  # imports Voilà, which takes a second

    os.environ["WORKBOOK_OWN_COMPUTER"] = "1"  # only the local user gets in, so a page may scan a disc in this drive
    token = secrets.token_urlsafe(24)
    me = os.getpid()
    app = make(
        notebooks=notebooks,
        home=home,
        port=_free(port),
        token=token,
        demo=os.environ.get("WORKBOOK_DEMO_ONLY") == "1",
    )
    try:
        note = running.Running(me, app.open(), token, running.fingerprint(notebooks))
        running.write(home, note)
        _tell(note.address)
        if browser:  # some browsers return only when they are closed, and pages must be served meanwhile
            threading.Thread(target=_show, args=(home, note), daemon=True).start()
        app.start()
    except OSError as trouble:
        if trouble.errno == errno.EADDRINUSE:
            raise _taken(port) from None
        raise CannotServe("The workbook could not open its pages. Restart this computer, then try again.") from None
    finally:
        running.remove(home, me)
    return 0


def _tell(address: str) -> None:
    print(address, flush=True)  # noqa: T201


def _show(home: Path, known: running.Running) -> None:
    """Opens the workbook in the browser; if that fails, the address has been printed."""
    with contextlib.suppress(OSError, webbrowser.Error):
        webbrowser.open(running.redirect_url(home, known))


def _free(port: int) -> int:
    """The given port, or the next free one if it is only the default."""
    for candidate in range(port, port + NEXT) if port == PORT else [port]:
        if port == 0 or not _in_use(candidate):
            return candidate
    raise _taken(port)


def _in_use(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return True
    return False


def _taken(port: int) -> CannotServe:
    return CannotServe(
        f"Another program uses port {port}. Close it, or start the workbook with another number, "
        f"for example --port {min(port + 1, 65535)}."
    )
