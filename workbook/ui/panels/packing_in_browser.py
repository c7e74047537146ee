"""Makes the packet of a disc in the browser: file by file, into pieces that the browser keeps, for one press to save.

Knows the scan's packet and the browser. Loaded when somebody makes a packet. There are no threads: messages of the
page are heard in between.
"""

from __future__ import annotations

import asyncio
import contextvars
import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from ...errors import WorkbookError
from ...locale import plural, tr
from ...scan.errors import one_sentence
from ...scan.show import packet
from ...scan.show.packed import Packet
from ...scan.show.packet_pieces import Pieces

if TYPE_CHECKING:
    from ...case import Case
    from ...scan.pictures.album import Album
    from ...scan.values import Inventory

log = logging.getLogger("workbook.scan")
SLICE, EVERY = 0.1, 0.5  # seconds of copying before the page is heard, and between two redraws
_MEGA = 1 << 20


class Packing:
    """A packet that is being made, or is there to be saved. `told` is its sentence once it is over."""

    def __init__(
        self, found: Inventory, case: Case, album: Album | None, today: dt.date, tell: Callable[[], None]
    ) -> None:
        self._found, self._case, self._album, self._tell = found, case, album, tell
        self.name = f"second-opinion-records-{today.isoformat()}.zip"
        self.done = self.of = 0
        self.told = ""
        self.left_out: list[str] = []
        self._out: Pieces | None = Pieces(_kept, _read)
        self._stopping, self._last = False, 0.0

    @property
    def can_save(self) -> bool:
        """Whether there is a packet to save."""
        return bool(self.told) and self._out is not None

    def start(self) -> None:
        """Starts to copy."""
        self._later(self._steps(), contextvars.copy_context())

    def stop(self) -> None:
        """Stops after the current file, or lets go of the packet."""
        self._stopping = True
        if self.told:
            self._out = None

    def file(self) -> dict[str, Any] | None:
        """The packet as a message to the page, which saves it; None before it is ready."""
        if self._out is None or not self.told:
            return None
        return {"do": "file", "name": self.name, "mime": "application/zip", "data": _joined(self._out.parts())}

    def _later(self, steps: Iterator[None], here: contextvars.Context) -> None:
        asyncio.get_event_loop().call_later(0, self._go_on, steps, here)

    def _go_on(self, steps: Iterator[None], here: contextvars.Context) -> None:
        until = time.monotonic() + SLICE
        while time.monotonic() < until:
            if here.run(next, steps, self) is self:
                return
        self._later(steps, here)

    def _steps(self) -> Iterator[None]:
        made = Packet()
        try:
            with one_sentence(tr("The packet could not be made from these files. Nothing was changed.")):
                assert self._out is not None
                wanted = packet.chosen(self._found, made)
                yield from packet.steps(
                    self._found, wanted, made, cast("BinaryIO", self._out), self._case, self._progress, self._album
                )
            size = max(1, round(self._out.size / _MEGA))
            self.left_out = [f"{path}: {why}" for path, why in made.left_out]
            words = plural(
                "The packet is ready. It has 1 file ({size} MB).",
                "The packet is ready. It has {n} files ({size} MB).",
                len(made.packed),
            )
            self.told = words.replace("{size}", str(size))
        except WorkbookError as error:
            self.told, self._out = tr("You stopped. No packet was made.") if self._stopping else str(error), None
        except Exception as error:  # noqa: BLE001 - the browser may refuse more pieces in its own words
            log.warning("packet: %s", type(error).__name__)
            self.told, self._out = tr("The packet could not be made. Is there room on this device?"), None
        self._tell()

    def _progress(self, done: int, of: int) -> bool:
        self.done, self.of = done, of
        if time.monotonic() - self._last > EVERY:
            self._last = time.monotonic()
            self._tell()
        return not self._stopping


def _kept(data: bytes) -> Any:
    """A piece of the browser's: it may keep it on the disk."""
    import js  # type: ignore[import-not-found]
    from pyodide.ffi import to_js  # type: ignore[import-not-found]

    return js.Blob.new(to_js([to_js(data)]))


def _read(piece: Any) -> bytes:
    import js

    read: bytes = js.Uint8Array.new(js.FileReaderSync.new().readAsArrayBuffer(piece)).to_bytes()
    return read


def _joined(pieces: list[Any]) -> Any:
    import js
    from pyodide.ffi import to_js

    return js.Blob.new(to_js(pieces))
