"""Writes the packet of a disc from the page: in a thread, with progress, into the folder for downloads.

Knows the scan's packet and the disk. Only on a person's own computer: a folder on a server is of no use to anybody.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import WorkbookError
from ...locale import plural, tr

if TYPE_CHECKING:
    from ...case import Case
    from ...scan.values import Inventory

log = logging.getLogger("workbook.scan")
EVERY = 0.5  # seconds between two redraws
_MEGA = 1 << 20


class Packing:
    """A packet that is being written, or is there. `told` is its sentence once it is over."""

    def __init__(self, found: Inventory, root: Path, case: Case, today: dt.date, tell: Callable[[], None]) -> None:
        """`tell` is called on news, in the thread of the page."""
        self._found, self._root, self._case, self._tell = found, root, case, tell
        self.target = _free(folder(root), f"second-opinion-records-{today.isoformat()}")
        self.done = self.of = 0
        self.told = ""
        self.left_out: list[str] = []
        self._stopping, self._last = False, 0.0
        self._thread: threading.Thread | None = None
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    can_save = False  # it is in a folder already

    def file(self) -> None:
        """Nothing to save: see `can_save`."""

    def start(self) -> None:
        """Starts to write; the thread ends with the program."""
        here = contextvars.copy_context()  # the language of the page
        self._thread = threading.Thread(target=lambda: here.run(self._write), daemon=True, name="packet")
        self._thread.start()

    def stop(self) -> None:
        """Stops after the current file; nothing of the packet remains."""
        self._stopping = True

    def wait(self, seconds: float = 60) -> None:
        """Waits until it is over; for tests."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _write(self) -> None:
        from ...scan.errors import one_sentence
        from ...scan.show import packet

        try:
            with one_sentence(tr("The packet could not be made from these files. Nothing was changed.")):
                made = packet.make(self._found, self.target, self._root, case=self._case, progress=self._progress)
            size = max(1, round(self.target.stat().st_size / _MEGA))
            self.left_out = [f"{path}: {why}" for path, why in made.left_out]
            words = plural(
                "The packet has 1 file ({size} MB). It is in the folder {folder}, and is called {name}.",
                "The packet has {n} files ({size} MB). It is in the folder {folder}, and is called {name}.",
                len(made.packed),
            )
            told = words.replace("{size}", str(size)).replace("{folder}", self.target.parent.name)
            self.told = told.replace("{name}", self.target.name)
        except WorkbookError as error:
            self.told = tr("You stopped. No packet was made.") if self._stopping else str(error)
        except OSError as error:
            log.warning("packet: %s", type(error).__name__)
            self.told = tr("The packet could not be written. Is there room on the disk?")
        self._news()

    def _progress(self, done: int, of: int) -> bool:
        self.done, self.of = done, of
        if time.monotonic() - self._last > EVERY:
            self._last = time.monotonic()
            self._news()
        return not self._stopping

    def _news(self) -> None:
        if self._loop is None:
            self._tell()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)


def folder(root: Path) -> Path:
    """Where a person looks for a file that a page made: the folder for downloads, else the home folder.

    A packet cannot be written into the folder it is made from.
    """
    downloads = Path.home() / "Downloads"
    return downloads if downloads.is_dir() and not downloads.resolve().is_relative_to(root.resolve()) else Path.home()


def _free(place: Path, stem: str) -> Path:
    """A name that no file there has."""
    names = (f"{stem}{'' if n == 1 else f'-{n}'}.zip" for n in range(1, 1000))
    return next((place / name for name in names if not (place / name).exists()), place / f"{stem}.zip")
