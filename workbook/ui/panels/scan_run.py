"""Runs a scan in a thread while the page stays responsive: reports progress, can be stopped. No widgets."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import WorkbookError
from ...locale import tr

if TYPE_CHECKING:
    from ...case import Case
    from ...scan.values import Inventory, Source

log = logging.getLogger("workbook.ui")
EVERY = 0.4  # seconds between two progress updates


class ScanRun:
    """A scan that is running, or over."""

    def __init__(self, root: Path | Iterable[Source], case: Case, tell: Callable[[], None]) -> None:
        """`tell` is called on news, in the thread of the page."""
        self.root, self.case = root, case
        self.done = self.of = 0
        self.named: list[str] = []  # the scans in the disc's DICOMDIR; known long before everything is read
        self.found: Inventory | None = None
        self.trouble = ""
        self.stopping = False
        self._tell, self._told = tell, 0.0
        self._thread: threading.Thread | None = None
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    @property
    def over(self) -> bool:
        """Whether the scan is over."""
        return self.found is not None or bool(self.trouble)

    def start(self) -> None:
        """Starts the scan. The thread ends with the page."""
        here = contextvars.copy_context()  # the language of the page
        self._thread = threading.Thread(target=lambda: here.run(self._read), daemon=True, name="look")
        self._thread.start()

    def stop(self) -> None:
        """Stops the scan after the current file."""
        self.stopping = True

    def wait(self, seconds: float = 60) -> None:
        """Waits until it is over; for tests and programs."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _read(self) -> None:
        from ...scan.match import checking

        try:
            found = checking.look(self.root, self.case, self._progress)
            # Another person's records are reported even to someone who has just pressed Cancel.
            if self.stopping and not checking.is_someone_else(found):
                self.trouble = tr("You stopped. Nothing was saved.")
            else:
                self.found = found
        except WorkbookError as error:
            self.trouble = str(error)
        except Exception as error:  # noqa: BLE001 - any disc must end in a message
            from ...scan.errors import unreadable

            log.warning("look: %s", type(error).__name__)
            self.trouble = unreadable()
        self._news()

    def _progress(self, done: int, of: int, found: Inventory) -> bool:
        self.done, self.of = done, of
        if done == 0 and found.dicomdir:
            from ...scan.match.found_scans import study_line

            self.named = [study_line(s) for d in found.dicomdir for s in d.studies]
        if time.monotonic() - self._told > EVERY:
            self._told = time.monotonic()
            self._news()
        return not self.stopping

    def _news(self) -> None:
        if self._loop is None:
            self._tell()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)
