"""A drop box that is served here, and what a client or a stranger sends to it."""

from __future__ import annotations

import asyncio
import http.client
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pyrage import encrypt, x25519
from tornado.netutil import bind_sockets

from workbook.drop_box.box import Box
from workbook.drop_box.serve import server

KEY = x25519.Identity.from_str("AGE-SECRET-KEY-1R5X75FCYM8ZYJDXHPPRY32L4XKAKP6U80SMAEHA02N78673VAUSSSAPUJF")
TYPE = {"Content-Type": "application/octet-stream"}


def like_sealed(size: int = 1000) -> bytes:
    """What a server takes for a sealed file; nobody can open it."""
    head = b"age-encryption.org/v1\n-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- " + b"C" * 43 + b"\n"
    return head + os.urandom(size - len(head))


def sealed(data: bytes = b"words", key: Any = KEY) -> bytes:
    """The data sealed to the practice's key; a browser's file has a shorter head."""
    made: bytes = encrypt(data, [key.to_public()])
    return made


class Running:
    """The server, in a thread of its own."""

    def __init__(self, box: Box, site: Path | None = None) -> None:
        self._loop, self._ready, self.box = asyncio.new_event_loop(), threading.Event(), box
        self._site, self._ended = site, asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)
        self.address = f"http://{server.HOST}:{self.port}/"

    async def _serve(self) -> None:
        made, sockets = server.server(self.box, self._site), bind_sockets(0, server.HOST)
        made.add_sockets(sockets)
        self.server = made
        self.port = sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        made.stop()
        await made.close_all_connections()

    def ask(self, method: str, path: str, body: Any = None, headers: Any = None) -> tuple[int, bytes, Any]:
        """One request: the status, the answer and its headers."""
        link = http.client.HTTPConnection(server.HOST, self.port, timeout=30)
        try:
            with suppress(ConnectionResetError, BrokenPipeError):  # the answer can come before all is sent
                link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            link.close()

    def send(self, data: bytes, whose: str = "192.0.2.1", **more: str) -> tuple[int, str]:
        """Hands in a file, as the server in front passes it on."""
        status, told, _ = self.ask("POST", "/drop", data, {**TYPE, "X-Forwarded-For": whose, **more})
        return status, told.decode()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(20)
        assert not self._thread.is_alive()
        self._loop.close()
