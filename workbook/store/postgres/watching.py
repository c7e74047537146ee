"""Hears of changes of one case as they are made, on a connection of its own. Knows the channel's name only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from ...errors import StoreTrouble
from .connection import connect

_AGAIN = 5.0  # seconds until a lost connection is tried again
_LOOK = 1.0  # seconds between looks at whether it should end


class Watching:
    """A thread that waits for PostgreSQL's notices; a lost connection is opened again, and counts as a change."""

    def __init__(self, address: str, channel: str, hear: Callable[[], None]) -> None:
        self._address, self._channel, self._hear = address, channel, hear
        self._end = threading.Event()
        self.ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends it soon; nothing is heard any more."""
        self._hear = lambda: None
        self._end.set()

    def _run(self) -> None:
        import psycopg

        while not self._end.is_set():
            with suppress(psycopg.Error, StoreTrouble):
                self._listen()
            self._end.wait(_AGAIN)

    def _listen(self) -> None:
        from psycopg import sql

        with connect(self._address) as db:
            db.execute(sql.SQL("listen {}").format(sql.Identifier(self._channel)))
            if self.ready.is_set():
                self._hear()  # something may have changed while it was not listening
            self.ready.set()
            while not self._end.is_set():
                for _ in db.notifies(timeout=_LOOK, stop_after=1):
                    self._hear()
