"""The case of a page: bound once, shared by all its forms. Knows sessions and the store; no widgets."""

from __future__ import annotations

import datetime as dt
import logging
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import where
from ..case import Case, Mode, get
from ..errors import NoSuchCase, StoreTrouble, WorkbookError
from ..locale import tr
from ..store import lab_choices
from . import empty_states, hearing, links
from .named import id_of
from .read_only import ClientView, FileSession, unchanging
from .voice import Voice

if TYPE_CHECKING:
    from ..session import Session
    from ..store import Store, Summary

log = logging.getLogger("workbook.ui")


class OpenCase:
    """A handle on one case. Its values are read as on a case: `case.goal.decide_by`."""

    def __init__(self, store: Store | None = None, wanted: str = "") -> None:
        """Bound at once if the id is known, else when the visitor's page says which case it wants.

        `wanted` is the id or the nickname of a case; NoSuchCase if there is none, but a served page says so in its
        forms.
        """
        self._store = store
        self._session: Session | FileSession | None = None
        _latest[:] = [weakref.ref(self)]
        self._listeners: list[Callable[[OpenCase, object, list[str]], None]] = []
        self.trouble: WorkbookError | None = None
        self._closed = False
        self._awaited = links.pooled()  # a page prepared in advance must not guess who will visit it
        try:
            self._bind_early(wanted)
        except WorkbookError as error:
            self.trouble = error  # each form of the page reports it in its place
            if wanted and not links.served():
                raise

    @property
    def store(self) -> Store:
        """The store, for pages that start, load and erase cases."""
        if self._store is None:
            from ..store import open_store

            self._store = open_store()
        return unchanging(self._store) if self.is_client_view else self._store

    @property
    def bound(self) -> bool:
        """Whether this page has a case."""
        return self._session is not None

    @property
    def is_awaited(self) -> bool:
        """Whether this is a visitor's page where no case is open yet; the page says so once."""
        return links.served() and not self.bound and not self._closed

    @property
    def closed(self) -> bool:
        """Whether this page had a case that was removed."""
        return self._closed

    @property
    def session(self) -> Session | FileSession:
        """The session of the handle; raises an error with a message for the reader if there is none."""
        if self._session is None:
            self._only_one()
        if self._session is None:
            raise self.trouble or NoSuchCase(empty_states.nothing_open(bool(self.choices())))
        return self._session

    @property
    def case(self) -> Case:
        """The current case."""
        return self.session.case

    @property
    def voice(self) -> Voice:
        """How to address the person who fills in this case."""
        return Voice.of(self.case, self.today())

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
        """The cases a person may open here; in a public demo only made-up ones, and as a client only their own."""
        rows = [row for row in self.store.cases() if row.synthetic or not demo_only()]
        return [row for row in rows if row.id == self.case.id] if self.is_client_view else rows

    @property
    def is_client_view(self) -> bool:
        """Whether an advocate looks at this case as the client does."""
        return isinstance(self._session, ClientView)

    def is_damage(self, error: WorkbookError) -> bool:
        """Whether the file with the workbooks cannot be read: the page says so once, at its top."""
        from ..store import Damaged

        return isinstance(error, Damaged)

    def bind(self, case_id: str, *, keep: bool = True) -> None:
        """Binds this page to the case. It is never bound to another one.

        In JupyterLab the kernel keeps the choice for the next `open_case()`, such as that of Run All.
        """
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
        mode = str(stored.get("mode", "self"))
        looks = links.as_client() and mode == Mode.ADVOCATE.value
        self._session = ClientView(self.store, case_id) if looks else Session(self.store, case_id, mode)
        self.trouble = None
        self._note(case_id, keep)
        hearing.watch(self, self.store, case_id)
        self.tell(None, [])

    def _note(self, case_id: str, keep: bool) -> None:
        """Keeps the choice for the kernel, and for the export menu; a kernel that exports says whose document it is."""
        if links.served():
            return
        if note := os.environ.get("WORKBOOK_CASE_NOTE"):
            Path(note).write_text(case_id, "utf-8")
        elif keep:
            _kept[:] = [(self.store.home, case_id)]
            if notebook := links.lab_notebook():
                lab_choices.remember(self.store.home, notebook, case_id)

    def forget_choice(self) -> None:
        """Lets the next `open_case()` of this notebook ask again which workbook to open."""
        _kept.clear()
        if notebook := links.lab_notebook():
            lab_choices.remember(self.store.home, notebook, "")

    def close(self, reason: str) -> None:
        """The case was removed. The page stays closed: what it shows must not end up in another case."""
        self._session, self._closed, self.trouble = None, True, NoSuchCase(reason)

    def visited(self, case_id: str | None) -> None:
        """A visitor's page says which case it wants; loads what changed elsewhere."""
        self._awaited = False
        if case_id and links.served():
            self.bind(case_id)
        session = self.session
        if session.refresh():
            self.tell(None, [])

    def listen(self, hear: Callable[[OpenCase, object, list[str]], None]) -> None:
        """Calls `hear(handle, origin, paths)` after each change on this page; no paths means everything changed."""
        self._listeners.append(hear)

    def tell(self, origin: object, paths: list[str]) -> None:
        """Notifies the other forms and panels of the page."""
        for hear in list(self._listeners):
            try:
                hear(self, origin, paths)
            except Exception as error:  # noqa: BLE001  (a failing panel must not make a save look lost)
                log.warning("a panel was not updated: %s", type(error).__name__)

    def changed(self, origin: object, paths: list[str], before: Voice) -> None:
        """Notifies the page of saved changes, including changed wording and what others wrote meanwhile."""
        session = self.session
        if isinstance(session, FileSession):
            return
        if session.refresh():
            self.tell(None, [])
        elif self.voice != before:
            self.tell(origin, [])
        else:
            self.tell(origin, paths)

    def _bind_early(self, wanted: str) -> None:
        named = os.environ.get("WORKBOOK_CASE", "")
        if wanted:
            found = id_of(wanted, [(row.id, row.nickname) for row in self.choices()])
            if named and found != named:
                raise NoSuchCase(empty_states.names_another_one())
            self.bind(found)
        elif named and Path(named).is_file():
            from ..case import parse

            self._session = FileSession(parse(Path(named).read_bytes()))
            self._note(self._session.case.id, keep=False)
        elif named:
            self.bind(named)
        elif links.asked_case() and links.served():
            self.bind(links.asked_case())
        elif links.served() or not self._bind_kept():
            self._only_one()

    def _bind_kept(self) -> bool:
        """Opens the workbook that somebody chose in this notebook before, if it is still there."""
        kept = next((key for home, key in _kept if home == self.store.home), "")
        if links.exporting():
            kept = lab_choices.recall(self.store.home, links.lab_notebook())
        if kept not in [row.id for row in self.choices()]:
            return False
        self.bind(kept)
        return True

    def _only_one(self) -> None:
        """Opens the only case there is; never guesses among several."""
        if not (self._closed or self._awaited or self.trouble) and len(rows := self.choices()) == 1:
            self.bind(rows[0].id, keep=False)


_kept: list[tuple[Path, str]] = []  # the home and the id of the workbook that was chosen in this kernel
_latest: list[weakref.ref[OpenCase]] = []


def latest() -> OpenCase | None:
    """The handle this notebook opened last, so that a page needs to name its case only once."""
    return _latest[0]() if _latest else None


def demo_only() -> bool:
    """Whether this is a public demo, which must not store real data."""
    return os.environ.get("WORKBOOK_DEMO_ONLY") == "1"


def is_own_computer() -> bool:
    """Whether the workbooks are files of this computer: neither kept by a browser alone nor a public demo's."""
    return not (where.in_browser() or demo_only())


def is_in_practice() -> bool:
    """Whether the workbooks are in a practice's database, where its advocates and their clients share them."""
    return is_own_computer() and bool(os.environ.get("WORKBOOK_DATABASE"))


def refuse_in_demo() -> None:
    """StoreTrouble in a public demo, before anything is written."""
    if demo_only():
        raise StoreTrouble(
            tr("This is a public demo. It saves nothing, so workbooks cannot be started or loaded here.")
        )
