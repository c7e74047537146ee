"""Runs a scan while the page stays responsive: reports progress, can be stopped; then draws pictures. No widgets.

On a computer it runs in a thread. In the browser there are none: it goes on by a few files at a time, and messages of
the page are heard in between.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ... import where
from ...errors import WorkbookError
from ...locale import tr

if TYPE_CHECKING:
    from ...case import Case
    from ...scan.pictures.album import Album
    from ...scan.values import Inventory, Source

log = logging.getLogger("workbook.ui")
EVERY = 0.4  # seconds between two progress updates
DRAWN = 1.5  # seconds between two updates with more pictures, each of which sends the whole page
SLICE = 0.1  # seconds of reading before the page is heard, where there are no threads


class ScanRun:
    """A scan that is running, or over."""

    def __init__(
        self,
        root: Path | Iterable[Source],
        case: Case,
        tell: Callable[[], None],
        after: Callable[[], None] = lambda: None,
        password: str = "",
    ) -> None:
        """`tell` is called on news, in the thread of the page; `after` once, when no one looks at the result any more.

        `password` opens locked files; it is kept as long as this scan.
        """
        self.root, self.case, self.password = root, case, password
        self.done = self.of = 0
        self.named: list[str] = []  # the scans in the disc's DICOMDIR; known long before everything is read
        self.whose = ""  # the first person named in the files, with the verdict
        self.found: Inventory | None = None
        self.album: Album | None = None  # pictures, once the result is known and is not another person's
        self.trouble = ""
        self.stopping = False
        self._tell, self._told, self._after = tell, 0.0, after
        self._known: tuple[int, str | None] = (0, None)
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
        self._begin(self._steps())

    def more(self, study: int) -> None:
        """Shows more series of a study, and draws them."""
        if self.album and not self.stopping:
            self.album.more(study)
            self._begin(self._pictures(self.album))

    def stop(self) -> None:
        """Stops after the current file."""
        self.stopping = True
        if self.over:
            self._let_go()

    def _begin(self, steps: Iterator[None]) -> None:
        here = contextvars.copy_context()  # the language of the page
        if where.in_browser():
            return self._later(steps, here)
        self._thread = threading.Thread(target=lambda: here.run(self._all, steps), daemon=True, name="look")
        return self._thread.start()

    def wait(self, seconds: float = 60) -> None:
        """Waits until it is over; for tests and programs."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _all(self, steps: Iterator[None]) -> None:
        for _ in steps:
            pass

    def _go_on(self, steps: Iterator[None], here: contextvars.Context) -> None:
        """Reads for a moment, then again after the page was heard."""
        until = time.monotonic() + SLICE
        while time.monotonic() < until:
            if here.run(next, steps, self) is self:
                return
        self._later(steps, here)

    def _later(self, steps: Iterator[None], here: contextvars.Context) -> None:
        asyncio.get_event_loop().call_later(0, self._go_on, steps, here)

    def _steps(self) -> Iterator[None]:
        """The scan: file by file in the browser, and all at once in a thread. Then the pictures, one by one."""
        from ...scan import passwords
        from ...scan.match import checking

        try:
            if where.in_browser():
                found = yield from checking.steps(self.root, self.case, self._progress)
            else:
                with passwords.using(self.password):
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
        self.album = self._album()
        if self.found is None or self.found.stopped or self.stopping:
            self._let_go()  # else a packet may be made of the files, as long as the page shows them
        self._news()
        if self.album:
            yield from self._pictures(self.album)

    def _album(self) -> Album | None:
        """The pictures to draw; none of a scan that was stopped, which may be another person's."""
        from ...scan.match import checking
        from ...scan.pictures.album import Album

        found = self.found
        if found is None or found.stopped or self.stopping or checking.is_someone_else(found):
            return None
        album = Album(found)
        return None if album.is_all else album

    def _pictures(self, album: Album) -> Iterator[None]:
        """Draws what is shown, after the result is on the page: nobody waits for a picture."""
        for _ in album.steps():
            if self.stopping:
                break
            if time.monotonic() - self._told > DRAWN:
                self._told = time.monotonic()
                self._news()
            yield
        if self.stopping:
            self._let_go()
        self._news()

    def _let_go(self) -> None:
        after, self._after = self._after, lambda: None
        after()

    def _progress(self, done: int, of: int, found: Inventory) -> bool:
        self.done, self.of = done, of
        known = (len(found.dicomdir), found.patients[0].birth if found.patients else None)
        if known != self._known:
            self._known, self._told = known, 0.0
            self._name(found)
        if time.monotonic() - self._told > EVERY:
            self._told = time.monotonic()
            self._news()
        return not self.stopping

    def _name(self, found: Inventory) -> None:
        """Whose it is and what a disc lists, as soon as it is known."""
        from ...scan.match.found_scans import study_line
        from ...scan.show.persons import person_line

        self.named = [study_line(s) for d in found.dicomdir for s in d.studies]
        self.whose = person_line(found.patients[0], self.case) if found.patients else ""

    def _news(self) -> None:
        if self._loop is None or where.in_browser():
            self._tell()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell)
