"""Serves a built site on this computer alone, to look at it. Knows the standard library's server and the headers.

Any web server can serve the folder; this one sends what a good one sends: media types, headers, nothing stale.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
import webbrowser
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import CannotServe
from . import policy
from .build import MARKER

HOST = "127.0.0.1"
PORT = 8877
NEXT = 20  # further ports to try if the default is taken

NO_SITE = "There is no workbook site in that folder. Build one with: workbook site --to FOLDER"
TAKEN = "Another program is using port {port}. Close it, or choose another with --port."
# Other names of this computer would let a website that points its name here read the pages (DNS rebinding).
_HOSTS = {HOST, "localhost"}


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder; no listing of folders, no file whose name begins with a dot."""

    server_version, sys_version = "workbook", ""
    protocol_version = "HTTP/1.1"
    extensions_map = policy.TYPES  # the operating system's own table is often wrong about .js

    def send_head(self) -> Any:
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        parts = unquote(urlsplit(self.path).path).split("/")
        if host not in _HOSTS or any(part.startswith(".") for part in parts):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def list_directory(self, path: object) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        for name, value in policy.headers(unquote(urlsplit(self.path).path).lstrip("/")).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Addresses are not logged: one may hold the id of a case."""


class Server(ThreadingHTTPServer):
    """Ends at once, whatever a browser still holds open."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves in the middle of a file is no trouble."""


def serve(folder: Path, port: int = PORT) -> Server:
    """A server for the site in this folder, bound and not yet running."""
    if not (folder / MARKER).is_file():
        raise CannotServe(NO_SITE)
    handler = functools.partial(Handler, directory=str(folder))
    for candidate in range(port, port + NEXT) if port == PORT else [port]:
        with contextlib.suppress(OSError):
            if candidate == 0 or not _in_use(candidate):
                return Server((HOST, candidate), handler)
    raise CannotServe(TAKEN.format(port=port))


def run(folder: Path, port: int = PORT, *, browser: bool = True) -> int:
    """Serves until stopped; prints one line, the address."""
    with serve(folder, port) as server:
        address = f"http://{HOST}:{server.server_port}/"
        print(address, flush=True)  # noqa: T201
        if browser:  # some browsers return only when they are closed, and pages must be served meanwhile
            threading.Thread(target=_show, args=(address,), daemon=True).start()
        server.serve_forever()
    return 0


def _show(address: str) -> None:
    with contextlib.suppress(OSError, webbrowser.Error):
        webbrowser.open(address)


def _in_use(port: int) -> bool:
    """On Windows a second server could bind the same port, so we ask first."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0
