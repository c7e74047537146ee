"""The board as a panel of a page: search, filter, sort, days, archive. Knows the board and the handle."""

from __future__ import annotations

import calendar
import contextvars
import datetime as dt
import functools
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..case import case_name
from ..errors import CannotExport, StoreTrouble, WorkbookError
from ..locale import N_, plural, tr
from ..locale.dates import show_day
from ..store import open_store
from ..store.sqlite import SQLiteStore
from ..ui import links
from ..ui.asking.pages import HOME
from ..ui.handle import OpenCase, demo_only
from ..ui.panels.base import Answer
from ..ui.panels.overview import files_page
from . import board, first_look
from .board import Wanted
from .board_row import CLINIC, CLOSED, OFFICE, PATIENT, PAUSED, PLAN, Line
from .drawing import draw
from .due import in_full

if TYPE_CHECKING:
    from ..ui.forms.widgets import Shown

log = logging.getLogger("workbook.practice")
MANY = 100  # workbooks from which on the rows of the coming days are worked out ahead
MOST = 50  # rows on the page at first
_WEEK = 7
_DRAWN = 20  # rows of the picture

_SHOWS = {
    "open": N_("Open ones"),
    "late": N_("Something is late"),
    "blocked": N_("Something blocks it"),
    "quiet": N_("No change for two weeks"),
    "records": N_("Records are missing"),
    "authority": N_("A permission ends too soon"),
    "barriers": N_("There are barriers"),
    PAUSED: N_("Paused ones"),
    CLOSED: N_("Closed ones"),
    "all": N_("All"),
}
_TURNS = {
    "": N_("Anyone's"),
    "advocate": N_("Advocate"),
    "caregiver": N_("Caregiver"),
    PATIENT: N_("Patient"),
    CLINIC: N_("Clinic"),
    PLAN: N_("Insurance plan"),
    OFFICE: N_("Records office"),
}
_ORDERS = {
    "date": N_("Date, late ones first"),
    "name": N_("Name"),
    "quiet": N_("Longest without a change"),
    "records": N_("Most records missing"),
}
_HEADS = (
    N_("Workbook"),
    N_("Next date"),
    N_("What blocks it"),
    N_("Whose turn"),
    N_("Records here"),
    N_("Last change"),
)


def clients(case: OpenCase) -> Shown:
    """All workbooks of this computer on one page, to search, filter, sort and archive: `wb.clients(case)`.

    `wb.board()` has the same rows for a notebook. On a computer only.
    """
    from ..ui.api import panel

    made = Clients()
    return panel(case, made.view, made.presses(), works=made)


class Clients:
    """The state of one panel: what somebody wants to see."""

    def __init__(self) -> None:
        self.wanted, self.most = Wanted(), MOST
        self._ahead: threading.Thread | None = None
        self._first: first_look.FirstLook | None = None
        self.redraw: Callable[[], None] = lambda: None  # set by the page

    def close(self) -> None:
        """No page shows the board any more."""
        if self._first:
            self._first.stop()

    def presses(self) -> dict[str, Any]:
        """The actions of the buttons."""
        return {
            "look": self._look,
            "day": self._day,
            "more": self._more,
            "close": functools.partial(self._mark, state=CLOSED),
            "reopen": functools.partial(self._mark, state=None),
            "calendar": self._calendar,
            "table": self._table,
        }

    def view(self, handle: OpenCase, told: str = "", undo: str = "") -> str:
        """The rows that somebody wants, and what to choose from."""
        files = files_page()
        way = {**files, "href": links.page(files["name"])} if files else None
        try:
            if self._is_reading(handle):
                return draw("first_look", look=self._first)
            every = board.lines(handle.store)
        except StoreTrouble as error:
            return draw("board", trouble=str(error), files=way, all=[])
        # A team's database is asked by many at once, and one of them has looked already.
        if len(every) >= MANY and self._ahead is None and isinstance(handle.store, SQLiteStore):
            self._ahead = work_ahead(handle)
        found = board.chosen(every, self.wanted)
        return draw(
            "board",
            trouble="",
            told=told,
            undo=undo,
            files=way,
            demos=board.leaves_out_demos(handle.store, every),
            all=every,
            wanted=self.wanted,
            shows=_options(_SHOWS),
            turns=_options({key: words for key, words in _TURNS.items() if not key or _has_turn(every, key)}),
            orders=_options(_ORDERS),
            sorted=bool(self.wanted.turn) or self.wanted.order != "date",
            days=_days(every, self.wanted.day),
            heads=[tr(head) for head in _HEADS],
            lines=[_shown(one, self.wanted.day) for one in found[: self.most]],
            more=max(0, len(found) - self.most),
            picture=_picture(found[:_DRAWN]),
        )

    def _is_reading(self, handle: OpenCase) -> bool:
        """Whether many rows are being worked out; it begins with the first look at many new workbooks."""
        is_watched = first_look.is_possible() and not links.exporting()
        if self._first is None and is_watched and isinstance(handle.store, SQLiteStore):
            keys = board.unread(handle.store)
            self._first = first_look.FirstLook(handle.store.home, keys, self.redraw)
            if len(keys) >= MANY:
                self._first.start()
            else:
                self._first.over = True
        return self._first is not None and not self._first.over

    def _look(self, handle: OpenCase, value: Any) -> Answer:
        asked = value if isinstance(value, dict) else {}
        texts = {key: str(asked.get(key) or "")[:200] for key in ("words", "show", "turn", "order")}
        self.wanted, self.most = Wanted(**texts, day=self.wanted.day), MOST
        return self.view(handle)

    def _day(self, handle: OpenCase, value: Any) -> Answer:
        """Shows what is due on one day, of all open workbooks; pressed again, everything."""
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            day = None
        self.wanted, self.most = Wanted(day=None if day == self.wanted.day else day), MOST
        return self.view(handle)

    def _more(self, handle: OpenCase, _value: Any) -> Answer:
        self.most += MOST * 4
        return self.view(handle)

    def _mark(self, handle: OpenCase, value: Any, *, state: str | None) -> Answer:
        """Closes a workbook, or opens it again: nothing in it is lost."""
        from ..session import Change, Session

        if demo_only():
            raise StoreTrouble(tr("This is a public demo. Nothing is saved here."))
        session = Session(handle.store, str(value))
        session.apply([Change("put", "status", state)])
        names = dict.fromkeys(filter(None, (case_name(session.case), session.case.person.name)))  # two may be alike
        name = ", ".join(names) or tr("Workbook without a name")
        closed = tr("“{name}” is closed. To see it again, show the closed ones.")
        told = closed if state else tr("“{name}” is open again.")
        return self.view(handle, told.replace("{name}", name), undo=str(value) if state else "")

    def _calendar(self, handle: OpenCase, _value: Any) -> Answer:
        from ..documents.sheets.calendar import practice_calendar
        from .due import open_cases

        try:
            data = practice_calendar(open_cases(handle.store), _now())
        except CannotExport as error:
            return {"do": "told", "text": str(error)}
        return {"do": "file", "name": "workbooks.ics", "mime": "text/calendar", "data": data}

    def _table(self, handle: OpenCase, _value: Any) -> Answer:
        data = board.as_csv(board.chosen(board.lines(handle.store), self.wanted))
        return {"do": "file", "name": "workbooks.csv", "mime": "text/csv", "data": data}


def work_ahead(handle: OpenCase) -> threading.Thread:
    """Works out the rows of the coming days while somebody looks at those of today, with a store of its own."""
    home = handle.store.home
    run = functools.partial(contextvars.copy_context().run, _work_ahead, home)  # in the language of the page
    thread = threading.Thread(target=run, name="board-ahead", daemon=True)
    thread.start()
    return thread


def _work_ahead(home: Path) -> None:
    store = open_store(home)
    try:
        board.ahead(store)
    except WorkbookError as error:  # it is never needed: the rows are worked out when somebody looks
        log.info("rows of the coming days: %s", type(error).__name__)
    finally:
        store.close()


def _has_turn(every: Sequence[Line], turn: str) -> bool:
    return any(one.row.turn == turn for one in every)


def _options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, tr(text)) for key, text in words.items()]


def _now() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _days(every: Sequence[Line], chosen: dt.date | None) -> list[dict[str, Any]]:
    """The days of the coming week on which something is due, each with how many workbooks have it."""
    now = _now()
    many = Counter(day for one in every if not one.row.state for day in {due.due for due in one.dates})
    week = [now + dt.timedelta(days=n) for n in range(_WEEK)]
    found = [day for day in week if many[day] or day == chosen]
    if chosen and chosen not in found:
        found.append(chosen)
    return [
        {
            "day": day.isoformat(),
            "pressed": day == chosen,
            "words": tr("Today") if day == now else tr(calendar.day_name[day.weekday()]),
            "many": many[day],
        }
        for day in found
    ]


def _shown(line: Line, day: dt.date | None) -> dict[str, Any]:
    """A row as template values; with a day, what is due then instead of what comes next."""
    row = line.row
    listed = board.on_day(line, day) if day else line.coming
    due = [{"day": f"{show_day(one.due.isoformat(), short=True)}:", "words": in_full(one)} for one in listed]
    notes = [tr("Made-up case")] if row.synthetic else []
    state = {PAUSED: tr("Paused"), CLOSED: tr("Closed")}.get(row.state, "")
    barriers = tr("Barriers: {list}.").format(list=", ".join(row.barriers)) if row.barriers else ""
    authority = tr("Permission: {what}.").format(what=row.authority) if row.authority else ""
    return {
        "id": row.id,
        "name": row.name or tr("Workbook without a name"),
        "href": links.page(HOME, row.id) if links.served() else "",
        "notes": [*notes, *([state] if state else [])],
        "late": plural("1 day late:", "{n} days late:", row.late_days) if row.late else "",
        "late_what": line.late_short,
        "due": due,
        "blocks": [text for text in (tr(row.blocked_by), authority, barriers) if text],
        "turn": tr(_TURNS[row.turn]) if row.turn else "",
        "do": tr(row.do),
        "records": tr("{here} of {needed}").format(here=row.here, needed=row.needed) if row.needed else "–",
        "quiet": _quiet(row.quiet_days),
        "press": "reopen" if row.state else "close",
        "press_words": tr("Open again") if row.state else tr("Close this case"),
    }


def _quiet(days: int | None) -> str:
    if days is None:
        return "–"
    return plural("1 day ago", "{n} days ago", days) if days else tr("Today")


def _picture(found: Sequence[Line]) -> Markup:
    """The coming weeks of these workbooks; nothing for demo workbooks, which have a day of their own."""
    from .plot import coming

    rows = [(one.row.name, list(one.dates)) for one in found if not one.row.state and not one.row.synthetic]
    return Markup(coming(rows, _now()).svg) if rows else Markup()  # noqa: S704 - escaped where it is drawn
