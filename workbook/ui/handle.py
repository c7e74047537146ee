"""The case a page is about: bound once, shared by all its forms. Knows sessions and the store; no widgets."""

from __future__ import annotations

import datetime as dt
import logging
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..case import Case, Items, get
from ..errors import NoSuchCase, StoreTrouble, WorkbookError
from ..locale import tr
from . import empty_states, links
from .voice import Voice

if TYPE_CHECKING:
    from ..session import Session
    from ..store import Store, Summary

log = logging.getLogger("workbook.ui")


class FileSession:
    """A case read from a file: it can be shown and exported, not changed."""

    version = 0

    def __init__(self, case: Case) -> None:
        """`case` stays as it is."""
        self.case = case

    def shown(self, path: str) -> Items[Any]:
        from ..case import shown
        from ..content import seeds

        return shown(self.case, path, seeds(path))

    def get(self, path: str) -> Any:
        return get(self.case, path)

    def refresh(self) -> bool:
        return False

    def apply(self, _changes: Any) -> Any:
        raise StoreTrouble(tr("This page shows a saved file. Load the file as a workbook to change it."))

    undo = apply


class OpenCase:
    """A handle on one case. Its values are read as on a case: `case.goal.decide_by`."""

    def __init__(self, store: Store | None = None) -> None:
        """Bound at once where the id is known, else when the visitor's page says which case it wants."""
        self._store = store
        self._session: Session | FileSession | None = None
        _latest[:] = [weakref.ref(self)]
        self._told: list[Callable[[OpenCase, object, list[str]], None]] = []
        self.trouble: WorkbookError | None = None
        self._closed = False
        self._awaited = links.pooled()  # a page made ready before anyone looks must not guess who will
        try:
            self._bind_early()
        except WorkbookError as error:
            self.trouble = error  # the forms of the page say it, each in its place

    @property
    def store(self) -> Store:
        """Where cases live, for the pages that start, load and erase them."""
        if self._store is None:
            from ..store import open_store

            self._store = open_store()
        return self._store

    @property
    def bound(self) -> bool:
        """Whether it is known which case this page is about."""
        return self._session is not None

    @property
    def session(self) -> Session | FileSession:
        """The open case behind the handle; a sentence for the reader where there is none."""
        if self._session is None:
            self._only_one()
        if self._session is None:
            raise self.trouble or NoSuchCase(empty_states.nothing_open(bool(self.choices())))
        return self._session

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.session.case

    @property
    def voice(self) -> Voice:
        """How to speak to the one who fills in this case."""
        return Voice.of(self.case)

    def today(self) -> dt.date:
        """The day to count from: a demo case has its own."""
        own = self.case.demo_today
        return dt.date.fromisoformat(own) if own else dt.datetime.now().astimezone().date()

    def get(self, path: str) -> Any:
        """The value at a path, such as `goal.decide_by`."""
        return get(self.case, path)

    def __getattr__(self, name: str) -> Any:
        if name in Case.model_fields:
            return getattr(self.case, name)
        raise AttributeError(name)

    def __repr__(self) -> str:
        return "<an open workbook>" if self.bound else "<a workbook that is not open yet>"

    def choices(self) -> list[Summary]:
        """The cases a person may open here; in a public demo only made-up ones."""
        return [row for row in self.store.cases() if row.synthetic or not demo_only()]

    def bind(self, case_id: str) -> None:
        """From now on this page is about this case. It never changes to another one."""
        if self._session is not None:
            if self._session.case.id != case_id:
                raise NoSuchCase(empty_states.another_one())
            return
        if self._closed:
            raise self.trouble or NoSuchCase(empty_states.another_one())
        from ..session import Session

        _version, stored = self.store.read(case_id)
        if demo_only() and not stored.get("synthetic"):
            raise NoSuchCase(empty_states.made_up_only())
        self._session, self.trouble = Session(self.store, case_id, str(stored.get("mode", "self"))), None
        self.tell(None, [])

    def close(self, reason: str) -> None:
        """The case is no longer here. The page stays closed: what it shows must not end up in another case."""
        self._session, self._closed, self.trouble = None, True, NoSuchCase(reason)

    def visited(self, case_id: str | None) -> None:
        """The page says which case it wants, and that someone looks at it now: take in what changed elsewhere."""
        self._awaited = False
        if case_id and links.in_voila():
            self.bind(case_id)
        session = self.session
        if session.refresh():
            self.tell(None, [])

    def listen(self, hear: Callable[[OpenCase, object, list[str]], None]) -> None:
        """Calls `hear(handle, origin, paths)` after each change on this page; without paths anything may differ."""
        self._told.append(hear)

    def tell(self, origin: object, paths: list[str]) -> None:
        """Lets the other forms and panels of the page know."""
        for hear in list(self._told):
            try:
                hear(self, origin, paths)
            except Exception as error:  # noqa: BLE001  (a panel that cannot draw must not make a save look lost)
                log.warning("a part of the page was not told: %s", type(error).__name__)

    def changed(self, origin: object, paths: list[str], before: Voice) -> None:
        """Tells the page what a save changed: also words that now speak otherwise, and what others wrote meanwhile."""
        session = self.session
        if isinstance(session, FileSession):
            return
        if session.refresh():
            self.tell(None, [])
        elif self.voice != before:
            self.tell(origin, [])
        else:
            self.tell(origin, paths)

    def _bind_early(self) -> None:
        named = os.environ.get("WORKBOOK_CASE", "")
        if named and Path(named).is_file():
            from ..case import parse

            self._session = FileSession(parse(Path(named).read_bytes()))
        elif named:
            self.bind(named)
        elif links.in_voila() and links.asked_case():
            self.bind(links.asked_case())
        else:
            self._only_one()

    def _only_one(self) -> None:
        """Opens the only case there is; never guesses among several."""
        if not (self._closed or self._awaited or self.trouble) and len(rows := self.choices()) == 1:
            self.bind(rows[0].id)


_latest: list[weakref.ref[OpenCase]] = []


def latest() -> OpenCase | None:
    """The handle this notebook opened last, so that a page needs to say only once which case it is about."""
    return _latest[0]() if _latest else None


def demo_only() -> bool:
    """Whether this is a public demo, where nothing real belongs."""
    return os.environ.get("WORKBOOK_DEMO_ONLY") == "1"
