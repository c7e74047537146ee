"""The board: every workbook of this computer as a row, with filters, orders and a CSV. Knows the store and the law."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .. import law
from ..case import Case, read, told_apart
from ..documents.tables.csv_safe import harmless
from ..errors import NoSuchCase
from ..session import demo
from ..store import Store, open_store
from . import kept
from .board_row import CLOSED, PAUSED, BoardRow, Line, line_of
from .chosen import shown
from .due import Due
from .rows import Rows

HEADS = {
    "name": "Workbook",
    "next_date": "Next date",
    "away": "When",
    "late_days": "Days late",
    "blocked_by": "What blocks it",
    "turn": "Whose turn",
    "quiet_days": "Days quiet",
    "records": "Records here",
    "authority": "Permission ends too soon",
    "barriers": "Barriers",
}
AHEAD = 3  # days whose rows are worked out before they come: a weekend
_TOGETHER = 50  # rows that are kept at a time
QUIET = 14  # days without a change after which a workbook counts as quiet


def board(on: dt.date | str | None = None) -> Rows[BoardRow]:
    """Every workbook of this computer as a row, what is late first: the same as `workbook board`.

    Each row has `id`, `name`, `next_date` with `what` and `away`; `late` (how many dates are late), with `late_days`,
    `late_since` and `late_what` of the oldest; `blocked_by`; `turn` (advocate, caregiver, patient, clinic, plan,
    records office, or "") and what to `do` next; `quiet_days` since the last change; `authority`, a signed form that
    ends too soon; `records` ("3 of 8") with `here` and `needed`; `barriers`; `state` ("", "paused" or "closed"),
    `synthetic` and `patient`. `on` is the day to count from, such as "2026-11-29"; today without it. ValueError for
    other text, StoreTrouble if the workbooks cannot be read. The rows have patients' words; `workbook lab` does not
    save them with the notebook.

    >>> board()
    There is no workbook on this computer yet.
    """
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    return as_rows(sorted(lines(open_store(), day), key=ORDERS["date"]))


def as_rows(found: Iterable[Line]) -> Rows[BoardRow]:
    """The rows of these lines as a table."""
    empty = "There is no workbook on this computer yet."
    return Rows(BoardRow, (one.row for one in found), HEADS, "The board: all workbooks of this computer", empty)


def lines(store: Store, on: dt.date | None = None) -> list[Line]:
    """Every workbook that may be shown here, in no order; the demo cases only where there is nothing else.

    What was worked out earlier today is not worked out again.
    """
    now = _now()
    mark = kept.stamp() if on is None else ""
    known = kept.rows(store, mark) if mark else {}
    keys = [key for key, _nickname in shown(store)]
    found = [line for key in keys if (line := kept.line(known.get(key), now))]
    missing = [key for key in keys if now.isoformat() not in known.get(key, {})]
    made = list(_made(store, missing, now, on))
    found.extend(line for _version, _day, line in made)
    if mark:
        kept.keep(store, mark, known, made, now)
    own = [one for one in found if not (one.row.synthetic and one.row.id in demo.IDS)]
    found = own or found  # a demo case counts from a day of its own, so it would look late beside real ones
    names = told_apart(((one.row.id, one.nickname, one.first) for one in found), patients=True)
    return [one._replace(row=one.row._replace(name=names[one.row.id])) for one in found]


def unread(store: Store) -> list[str]:
    """The ids of the workbooks whose row of today is not worked out yet."""
    known, today = kept.rows(store, kept.stamp()), _now().isoformat()
    return [key for key, _nickname in shown(store) if today not in known.get(key, {})]


def read_now(store: Store, keys: Sequence[str], progress: Callable[[int], bool]) -> None:
    """Works out the rows of these workbooks and keeps them; says after each how many are done, and ends at a False."""
    now, mark = _now(), kept.stamp()
    known = kept.rows(store, mark)
    made: list[kept.Made] = []
    for done, one in enumerate(_made(store, keys, now, None), 1):
        made.append(one)
        goes_on = progress(done)
        if len(made) >= _TOGETHER or done == len(keys) or not goes_on:
            kept.keep(store, mark, known, made, now)
            made.clear()
        if not goes_on:
            return
    kept.keep(store, mark, known, made, now)  # if one was erased meanwhile


def _made(store: Store, keys: Iterable[str], now: dt.date, on: dt.date | None) -> Iterator[kept.Made]:
    """The row of each of these workbooks, counted from the day `on` or from the day of each."""
    facts = law.load()
    for _key, version, body in store.read_many(keys):
        case = read(body)
        yield version, now, line_of(case, facts, on, on) if on else _on_day(case, facts, now)


def leaves_out_demos(store: Store, found: Iterable[Line]) -> bool:
    """Whether the demo cases are there and not among these lines."""
    return bool(demo.IDS & {key for key, _nickname in shown(store)} - {one.row.id for one in found})


def ahead(store: Store, days: int = AHEAD, rest: Callable[[float], None] = time.sleep) -> int:
    """Works out the rows of the coming days, those of a case at a time, and keeps them; how many it had to make.

    Tomorrow's first look at a thousand workbooks is then as fast as the second. `rest` waits some seconds after each
    case, so that whoever is on the page does not notice. What somebody changes meanwhile is worked out when it is seen.
    """
    now, facts, count = _now(), law.load(), 0
    wanted = [now + dt.timedelta(days=n) for n in range(1, days + 1)]
    mark = kept.stamp()
    known = kept.rows(store, mark)
    for key, _nickname in shown(store):
        missing = [day for day in wanted if day.isoformat() not in known.get(key, {})]
        if not missing:
            continue
        start = time.perf_counter()
        try:
            version, body = store.read(key)
        except NoSuchCase:  # erased meanwhile
            continue
        case = read(body)
        kept.keep(store, mark, known, [(version, day, _on_day(case, facts, day)) for day in missing], now)
        count += len(missing)
        rest(2 * (time.perf_counter() - start))
    return count


def _on_day(case: Case, facts: law.Facts, now: dt.date) -> Line:
    """The row of a case for somebody who looks on this day; a demo case counts from a day of its own."""
    return line_of(case, facts, dt.date.fromisoformat(case.demo_today) if case.demo_today else now, now)


def _now() -> dt.date:
    return dt.datetime.now().astimezone().date()


# what to show, and in which order


def _urgent(line: Line) -> tuple[Any, ...]:
    row = line.row
    first = line.coming[0].due if line.coming else dt.date.max
    return bool(row.state), not row.late, -row.late_days, first, row.name.casefold()


ORDERS: dict[str, Callable[[Line], tuple[Any, ...]]] = {
    "date": _urgent,
    "name": lambda one: (one.row.name.casefold(),),
    "quiet": lambda one: (bool(one.row.state), -(one.row.quiet_days or 0), *_urgent(one)),
    "records": lambda one: (bool(one.row.state), one.row.here - one.row.needed, *_urgent(one)),
}

FILTERS: dict[str, Callable[[BoardRow], bool]] = {
    "open": lambda row: not row.state,
    "late": lambda row: row.late > 0,
    "blocked": lambda row: bool(row.blocked_by),
    "quiet": lambda row: not row.state and (row.quiet_days or 0) >= QUIET,
    "records": lambda row: row.here < row.needed,
    "authority": lambda row: bool(row.authority),
    "barriers": lambda row: bool(row.barriers),
    PAUSED: lambda row: row.state == PAUSED,
    CLOSED: lambda row: row.state == CLOSED,
    "all": lambda row: True,
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the board; `day` shows only workbooks with a date on that day."""

    words: str = ""
    show: str = "open"
    turn: str = ""
    order: str = "date"
    day: dt.date | None = None


def chosen(found: Iterable[Line], wanted: Wanted) -> list[Line]:
    """The lines that fit, in order."""
    words = wanted.words.casefold().split()
    fits = [
        one
        for one in found
        if FILTERS.get(wanted.show, FILTERS["all"])(one.row)
        and (not wanted.turn or one.row.turn == wanted.turn)
        and (wanted.day is None or on_day(one, wanted.day))
        and (not words or _has(one, words))
    ]
    return sorted(fits, key=ORDERS.get(wanted.order, _urgent))


def on_day(line: Line, day: dt.date) -> list[Due]:
    """What is due in a workbook on this day."""
    return [one for one in line.dates if one.due == day]


def _has(line: Line, words: Sequence[str]) -> bool:
    row = line.row
    texts = (row.name, row.patient, row.id, row.what, row.late_what, row.blocked_by, row.do, row.authority)
    text = " ".join([*texts, *row.barriers, *(one.text for one in line.dates)]).casefold()
    return all(word in text for word in words)


# out of here


def as_csv(found: Iterable[Line]) -> bytes:
    """The rows for a spreadsheet: UTF-8 with a byte order mark, CRLF, and no cell that can run as a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(BoardRow._fields)
    table.writerows([[harmless(_cell(value)) for value in one.row] for one in found])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else value


def as_json(found: Iterable[Line]) -> list[dict[str, Any]]:
    """The rows as plain data, in the format of `workbook board --json`."""
    return [{key: _json(value) for key, value in one.row._asdict().items()} for one in found]


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
