"""What is due in all workbooks, in the order of days. Knows the rules, the law and the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .. import law, rules
from ..case import Case, case_name, first_name, told_apart
from ..locale import tr
from ..rules import Dated
from ..rules.every_date import TO_DO
from ..rules.timeline import milestone, short
from ..store import Store, open_store
from .chosen import every
from .rows import Rows


class Due(NamedTuple):
    """One date of one workbook: its day, the id and the name of the workbook, and what is due."""

    due: dt.date
    case: str
    name: str
    rule: str
    about: str
    text: str
    certainty: str
    aim: str
    is_event: bool = False
    away: str = ""
    short: str = ""


_HEADS = {"due": "Due", "away": "When", "name": "Workbook", "text": "What"}


def due(on: dt.date | str | None = None) -> Rows[Due]:
    """What is due in all workbooks of this computer, the earliest first: the same list as `workbook due`.

    Each row has `due` (a date), `away` ("in 3 days"), `case` (the id), `name`, `text`, `rule`, `about` (a path),
    `certainty`, `aim` and `short` (a few words that name nobody). Demo, paused and closed workbooks are
    left out. `on` is the day to count from, a date or such as "2026-11-29"; today without it. ValueError for other
    text. The table names patients' workbooks as their owners do; `workbook lab` does not save it with the notebook.

    >>> due("2026-11-29").find("records")
    Nothing is due. Dates appear here when the workbooks have some.
    """
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on or dt.datetime.now().astimezone().date()
    empty = "Nothing is due. Dates appear here when the workbooks have some."
    return Rows(Due, listed(open_cases(open_store()), day), _HEADS, "What is due in all workbooks", empty)


def listed(cases: Iterable[Case], on: dt.date) -> list[Due]:
    """The dates of these cases in order, each with a name that tells its workbook from the others."""
    known = list(cases)
    names = told_apart(((case.id, case.nickname, first_name(case)) for case in known), patients=True)
    found = sorted(one._replace(name=names[case.id]) for case in known for one in of_case(case, on))
    return [one._replace(away=away((one.due - on).days, is_event=one.is_event)) for one in found]


def of_case(case: Case, on: dt.date) -> Iterator[Due]:
    """The dates of one case: what counts, visits, what was written down or put off, letters to send, tasks."""
    view = rules.View(case, law.load(), on)
    return lines(case, (one for one in rules.every_date(view, rules.status_of(view)) if one.hard))


def lines(case: Case, dates: Iterable[Dated]) -> Iterator[Due]:
    """These dates of a case."""
    name = case_name(case)
    for one in dates:
        aim = one.line.aim.isoformat() if one.line and one.line.aim else ""
        told = (one.certainty.value, aim, one.is_event)
        yield Due(one.on, case.id, name, one.rule, one.about, one.text, *told, short=few_words(one))


def few_words(one: Dated) -> str:
    """What a date is, in two or three words that name no person and no office."""
    mark = milestone(one.line) if one.line else None
    return short(mark) if mark else one.label or tr("Last day")


def in_full(one: Due) -> str:
    """The few words; for something to do also what it is."""
    return f"{one.short}: {one.text}" if one.rule in TO_DO else one.short


def open_cases(store: Store) -> Iterator[Case]:
    """The workbooks that are neither paused nor closed; a demo case counts from a day of its own, so it is left out."""
    return (case for case in every(store) if case.status is None and not case.demo_today)


def away(days: int, *, is_event: bool) -> str:
    """How far a day is, in words; an event that is over is not late.

    >>> away(-2, is_event=False), away(-2, is_event=True), away(1, is_event=False)
    ('2 days late', '2 days ago', 'tomorrow')
    """
    if days < 0:
        count = f"{-days} days" if days < -1 else "1 day"
        return f"{count} ago" if is_event else f"{count} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
