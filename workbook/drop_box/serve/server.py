"""The address of a drop box: takes sealed files by POST, and gives nothing back. Knows tornado, the box and the site.

It listens on this computer alone; a server with https in front passes visitors on. No address is written anywhere.
"""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import tornado.web as web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import PeriodicCallback
from tornado.iostream import IOStream

from ...errors import CannotServe
from ...site import policy
from ...site.build import MARKER
from ..box import Box, Part, Refused
from ..limits import Gate, Limits, Wait, one

HOST = "127.0.0.1"
SMALL = 2_000_000  # bytes
TAKEN = "Another program is using port {port}. Choose another with --port."
NO_SITE = "There is no workbook site in that folder. Build one with: workbook site DIR --to FOLDER --for CASE"

_STATUS = {"full": 507, "large": 413, "kind": 415}
_SAID = {
    403: "Files come from the page of this site only.",
    404: "There is nothing here.",
    405: "A drop box takes sealed files only. It shows nothing.",
    411: "Say how large the file is.",
    413: "The file is too large.",
    415: "This is not a file that was sealed for this drop box.",
    429: "Too many files came from here. Try again in an hour.",
    507: "The drop box is full. What is in it stays. Tell the practice.",
}
_BUSY = "The drop box took many files in the last hour. Try again later."
_TROUBLE = "Something went wrong. The file was not kept."
_PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **policy.HEADERS}
log = logging.getLogger("workbook.drop_box")


def _read_at_most(limits: Limits) -> int:
    return max(limits.file, SMALL)


class _Quiet(web.RequestHandler):
    """Answers a mistake with one sentence, and logs no address."""

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _PLAIN.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **_more: Any) -> None:
        if status_code == 405:
            self.set_header("Allow", "POST")
        self.finish(_SAID.get(status_code, _TROUBLE) + "\n")

    def log_exception(self, kind: Any, _value: Any, _trace: Any) -> None:
        if not (kind and issubclass(kind, web.HTTPError)):
            log.warning("drop box: %s", getattr(kind, "__name__", "error"))


@web.stream_request_body
class _Nothing(_Quiet):
    def prepare(self) -> None:
        raise web.HTTPError(404)

    def data_received(self, chunk: bytes) -> None:
        """What is sent with it is read and forgotten, never collected."""


@web.stream_request_body
class _Drop(_Quiet):
    """One file."""

    part: Part | None = None
    whose: str | None = None  # once it is counted
    refused = 0  # the status to answer with when all has come
    wait: Wait | None = None

    def initialize(self, box: Box, gate: Gate) -> None:
        self.box, self.gate = box, gate

    def prepare(self) -> None:
        given = self.request.headers
        if self.request.method != "POST":
            raise web.HTTPError(405)
        length = given.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in given:
            raise web.HTTPError(411)
        if given.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            self._refuse(403)
        elif given.get("Content-Type", "") != "application/octet-stream":
            self._refuse(415)
        else:
            self._begin(int(length))

    def _begin(self, size: int) -> None:
        whose = _whose(self.request)
        self.wait = self.gate.enter(whose, time.monotonic())
        if self.wait:
            return self._refuse(429)
        self.whose = whose
        try:
            self.part = self.box.begin(size)
        except Refused as refused:
            self._refuse(_STATUS[str(refused)])
        return None

    def _refuse(self, status: int) -> None:
        """Whoever still sends may not hear an answer, so what is not far too large is read to its end first."""
        self._end()
        if int(self.request.headers["Content-Length"]) > _read_at_most(self.box.limits):
            self.send_error(status)
        self.refused = status

    def write_error(self, status_code: int, **more: Any) -> None:
        if status_code == 429 and self.wait:
            self.set_header("Retry-After", str(self.wait.seconds))
            if self.wait.of_all:
                self.finish(_BUSY + "\n")
                return
        super().write_error(status_code, **more)

    def data_received(self, chunk: bytes) -> None:
        if self.part is None:
            return
        try:
            self.part.write(chunk)
        except Refused as refused:
            self._refuse(_STATUS[str(refused)])

    async def post(self) -> None:
        part, self.part = self.part, None  # a connection that ends now must not take it away
        if part is None:
            raise web.HTTPError(self.refused)
        try:
            kept = await asyncio.get_running_loop().run_in_executor(None, part.keep)
        except Refused as refused:
            raise web.HTTPError(_STATUS[str(refused)]) from None
        finally:
            part.drop()
            self._end()
        self.gate.kept(time.monotonic())
        self.finish(f"kept {kept}\n")

    def on_finish(self) -> None:
        self._end()

    def on_connection_close(self) -> None:
        if self.part is not None:  # else it is being kept, and `post` ends it
            self._end()

    def _end(self) -> None:
        if self.whose is not None:
            self.gate.leave(self.whose)
            self.whose = None
        if self.part is not None:
            self.part.drop()
            self.part = None


@web.stream_request_body
class _Pages(web.StaticFileHandler):
    """The files of the site, with the headers that a good server sends. What a request brings is not collected."""

    def prepare(self) -> None:
        given = self.request.headers
        if self.request.method not in ("GET", "HEAD"):
            self.set_header("Allow", "GET, HEAD")
            raise web.HTTPError(405)
        if given.get("Content-Length", "0") != "0" or "Transfer-Encoding" in given:
            raise web.HTTPError(413)
        if ".." in unquote(self.request.path).split("/"):  # it could lead to the site of another client
            raise web.HTTPError(404)

    def data_received(self, chunk: bytes) -> None:
        """Read and forgotten."""

    def set_extra_headers(self, path: str) -> None:
        inside = path if (Path(self.root) / MARKER).is_file() else path.partition("/")[2]
        for name, value in policy.headers(inside).items():
            self.set_header(name, value)
        self.clear_header("Server")

    def get_content_type(self) -> str:
        return policy.TYPES.get(Path(self.absolute_path or "").suffix, "application/octet-stream")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        found = super().validate_absolute_path(root, absolute_path)
        if found and any(part.startswith(".") for part in Path(found).relative_to(root).parts):
            raise web.HTTPError(404)
        return found

    def write_error(self, status_code: int, **_more: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(_SAID.get(status_code, _TROUBLE) + "\n")

    def log_exception(self, *_: Any) -> None:
        """An address may have the id of a case in it."""


class _Server(HTTPServer):
    """Takes no more connections than it can serve."""

    def initialize(self, *args: Any, most: int, gate: Gate, box: Box, **more: Any) -> None:
        super().initialize(*args, **more)
        self._most, self._here, self.gate, self._box = most, 0, gate, box
        self._forgetting = PeriodicCallback(self._forget, gate.limits.forget_time * 1000)

    def _forget(self) -> None:
        """Also what an ended server left unfinished: it is too young to go when the next one starts."""
        self.gate.forget(time.monotonic())
        self._box.tidy()

    def add_sockets(self, sockets: Any) -> None:
        super().add_sockets(sockets)
        self._forgetting.start()  # addresses also when nobody comes any more

    def stop(self) -> None:
        self._forgetting.stop()
        super().stop()

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        if self._here >= self._most:
            stream.close()
            return
        self._here += 1
        super().handle_stream(stream, address)

    def on_close(self, server_conn: object) -> None:
        self._here -= 1
        super().on_close(server_conn)


def _whose(request: HTTPServerRequest) -> str:
    """Who brings the file: what the server in front says last, which a visitor cannot change."""
    passed_on = request.headers.get_list("X-Forwarded-For")
    given = ",".join(passed_on).rpartition(",")[2].strip() if passed_on else ""
    return one(given) or one(request.remote_ip or "")


def application(box: Box, gate: Gate, site: Path | None = None) -> web.Application:
    """The drop box, and the site or the folder of sites that it belongs to."""
    rules: list[Any] = [(r"/(?:[\w.-]+/)*drop", _Drop, {"box": box, "gate": gate})]
    if site:
        rules.append((r"/(.*)", _Pages, {"path": str(site.resolve()), "default_filename": "index.html"}))
    return web.Application(rules, default_handler_class=_Nothing, log_function=lambda _handler: None)


def server(box: Box, site: Path | None = None) -> HTTPServer:
    """A server that is not yet listening."""
    if site and not ((site / MARKER).is_file() or any(site.glob(f"*/{MARKER}"))):
        raise CannotServe(NO_SITE)
    for name in ("tornado.access", "tornado.application", "tornado.general"):
        logging.getLogger(name).disabled = True  # they name addresses
    box.prepare()
    limits, gate = box.limits, Gate(box.limits)
    return _Server(
        application(box, gate, site),
        most=limits.connections,
        gate=gate,
        box=box,
        max_body_size=_read_at_most(limits),
        max_buffer_size=1_000_000,
        max_header_size=16_384,
        idle_connection_timeout=limits.header_time,
        body_timeout=limits.body_time,
    )


def run(box: Box, site: Path | None, port: int) -> int:
    """Serves until it is stopped; prints one line, the address."""

    async def forever() -> None:
        made = server(box, site)
        try:
            made.listen(port, HOST)
        except OSError:
            raise CannotServe(TAKEN.format(port=port)) from None
        print(f"http://{HOST}:{port}/", flush=True)  # noqa: T201
        await asyncio.Event().wait()

    asyncio.run(forever())
    return 0
