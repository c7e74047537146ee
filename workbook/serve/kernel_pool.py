"""Keeps a spare kernel ready for the next page, so that no reader waits for Python. Knows kernels, no case."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from queue import Empty
from typing import Any

log = logging.getLogger("workbook.serve")

NAME = "python3"  # the kernel name of our notebooks
REST = 1.0  # seconds after a page is complete until the next spare starts: the reader's browser has priority
PATIENCE = 60.0
BEGIN = "from workbook.serve import warm as _warm; _warm.begin(); del _warm"
PREPARE = "from workbook.serve import warm as _warm; _warm.prepare(); del _warm"


def code_to_become(folder: Path, told: dict[str, str]) -> str:
    """The code that turns a spare into a page's kernel. Every value is written as a literal, so none can be code."""
    plain = {str(key): str(value) for key, value in told.items()}
    return f"from workbook.serve import warm as _warm; _warm.become({str(folder)!r}, {plain!r}); del _warm"


def client_of(manager: Any) -> Any:
    """A client of a kernel with a unique session id: Jupyter gives all clients of a kernel the same, and counts
    messages from zero on each, so that a late message from the spare's loading would pass for a page's."""
    client = manager.client()
    client.session.session = uuid.uuid4().hex
    client.start_channels()
    client.allow_stdin = False
    return client


async def run_silently(manager: Any, client: Any, code: str) -> None:
    """Runs code once the kernel answers on both channels: otherwise the outputs of a cell could be lost."""
    end = time.monotonic() + PATIENCE
    sent: set[str] = set()
    replied = heard = False
    while not (replied and heard):
        if time.monotonic() > end:
            raise TimeoutError("kernel")
        if not await manager.is_alive():
            raise RuntimeError("kernel")
        if not heard:  # the first may arrive before our subscription to the kernel's messages
            sent.add(client.execute(code, silent=True, store_history=False, allow_stdin=False))
        heard = heard or await _answer(client.get_iopub_msg, sent, 0.1 if replied else 1.0)
        replied = replied or await _answer(client.get_shell_msg, sent, 1.0)


async def _answer(get: Callable[..., Awaitable[Any]], sent: set[str], wait: float) -> bool:
    """Whether a reply to one of our messages arrives in time."""
    end = time.monotonic() + wait
    while (left := end - time.monotonic()) > 0:
        with contextlib.suppress(Empty):
            message = await get(timeout=left)
            if message["parent_header"].get("msg_id") in sent:
                return True
    return False


class Spares:
    """At most one spare kernel. It has imported modules and nothing else: no notebook, no address, no answer."""

    def __init__(self, manager: Any, start: Callable[[], Awaitable[str]], most: int) -> None:
        """`start` starts a kernel and returns its id; `most` is the maximum number of kernels, including spares."""
        self.manager = manager
        self.start = start
        self.most = most
        self._ready: asyncio.Task[str] | None = None
        self._next: asyncio.Task[None] | None = None

    def fill(self, rest: float = REST) -> None:
        """Schedules a spare, if one more kernel fits."""
        if self._ready is None and (self._next is None or self._next.done()):
            self._next = asyncio.ensure_future(self._later(rest))

    @property
    def waiting(self) -> bool:
        """Whether a spare is ready or starting."""
        return self._ready is not None

    async def take(self) -> str | None:
        """The id of the spare, which the caller owns from now on; None if there is none."""
        task, self._ready = self._ready, None
        if task is None:
            return None
        try:
            kernel_id = await task
        except Exception as trouble:  # noqa: BLE001  (the page starts its own kernel instead)
            log.warning("spare: %s", type(trouble).__name__)
            return None
        alive = kernel_id in self.manager and await self.manager.get_kernel(kernel_id).is_alive()
        return kernel_id if alive else None

    def stop(self) -> None:
        """Starts no further spare; the existing one ends with all other kernels."""
        self.most = 0
        for task in (self._next, self._ready):
            if task and not task.done():
                task.cancel()

    async def _later(self, rest: float) -> None:
        await asyncio.sleep(rest)
        if self._ready is None and len(self.manager) < self.most:
            self._ready = asyncio.ensure_future(self._warm())
            await asyncio.wait([self._ready])
            if self._ready and self._ready.done() and (trouble := self._ready.exception()):
                log.warning("spare: %s", type(trouble).__name__)
                self._ready = None

    async def _warm(self) -> str:
        kernel_id = await self.start()
        manager = self.manager.get_kernel(kernel_id)
        client = client_of(manager)
        try:
            await run_silently(manager, client, PREPARE)
        except BaseException:
            if kernel_id in self.manager:
                await self.manager.shutdown_kernel(kernel_id, now=True)
            raise
        finally:
            client.stop_channels()
        return kernel_id
