"""Hears of what a colleague changes in the case that is open here, and draws it. Knows the store and pages.

One kernel shows the pages of one case, so there is one listener a kernel, whatever the number of its pages.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from ..errors import WorkbookError

if TYPE_CHECKING:
    from ..store import Store


class Page(Protocol):
    """A page with an open case."""

    @property
    def bound(self) -> bool:
        """Whether it still has one."""

    def visited(self, case_id: str | None) -> None:
        """Loads what changed elsewhere, and draws it."""


_pages: weakref.WeakSet[Page] = weakref.WeakSet()
_now: list[tuple[Store, str, Callable[[], None]]] = []  # what is heard at present, and what ends it


def watch(page: Page, store: Store, case_id: str) -> None:
    """Keeps the page up to date; does nothing in a program without a loop of events, such as a command."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return
    _pages.add(page)
    if _now and _now[0][:2] == (store, case_id):
        return
    for _store, _case_id, stop in _now:
        stop()
    _now[:] = [(store, case_id, store.watch(case_id, lambda: _soon(loop)))]


def _soon(loop: asyncio.AbstractEventLoop) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(_look)


def _look() -> None:
    for page in list(_pages):
        if page.bound:
            with suppress(WorkbookError):  # a page that saves says so in its place
                page.visited(None)
