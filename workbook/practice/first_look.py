"""Works out the rows of many workbooks in a thread, while a page says how far it is. Knows the board; no page.

A row takes some milliseconds the first time that day, so a thousand take several seconds. They are kept afterwards.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import WorkbookError
from ..store import open_store
from . import board

log = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two reports


def is_possible() -> bool:
    """Whether there is an event loop to tell of progress: what a thread shows itself could come before the page."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class FirstLook:
    """Rows that are being worked out: `done` of `of`, until `over`."""

    def __init__(self, home: Path, keys: Sequence[str], tell: Callable[[], None]) -> None:
        """`tell` is called when there is something new to show, in the thread of the page, by its event loop."""
        self.done, self.of, self.over = 0, len(keys), False
        self._home, self._keys, self._tell, self._told = home, keys, tell, time.monotonic()
        self._stopping = False
        self._loop = asyncio.get_running_loop()
        here = contextvars.copy_context()  # the language of the page
        self._thread = threading.Thread(target=here.run, args=(self._read,), name="first-look", daemon=True)

    def start(self) -> None:
        """Begins. The thread ends with the page."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the current workbook; what is done is kept."""
        self._stopping = True

    def wait(self, seconds: float = 60) -> None:
        """Waits until it is over; for tests and programs."""
        self._thread.join(seconds)

    def _read(self) -> None:
        store = open_store(self._home)
        try:
            board.read_now(store, self._keys, self._progress)
        except WorkbookError as error:  # the board reads the rest, and says what is wrong
            log.info("first look: %s", type(error).__name__)
        finally:
            store.close()
            self.over = True
            self._news()

    def _progress(self, done: int) -> bool:
        self.done = done
        if time.monotonic() - self._told > EVERY:
            self._told = time.monotonic()
            self._news()
        return not self._stopping

    def _news(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)
