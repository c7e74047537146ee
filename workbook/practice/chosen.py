"""Which workbooks a verb is about: an open one, one by its id, or all of this computer. Knows the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..case import Case, read
from ..errors import NotebookMistake
from ..store import Store, open_store
from ..ui.handle import OpenCase, demo_only
from ..ui.named import id_of

Given = OpenCase | Case | str
"""An open workbook, a case, or the id or the name of a workbook."""


def chosen(given: Given, verb: str) -> tuple[Case, dt.date]:
    """The case, and the day to count from; a demo workbook has its own day."""
    if isinstance(given, OpenCase):
        return given.case, given.today()
    if isinstance(given, str):
        with_store = open_store()
        given = stored(with_store, id_of(given, shown(with_store)))
    if not isinstance(given, Case):
        raise NotebookMistake(f'Write wb.{verb}(case), or give the id of a workbook, such as wb.{verb}("demo-breast").')
    return given, today(given)


def every(store: Store) -> Iterator[Case]:
    """Every workbook of this computer, last changed first; in a public demo only made-up ones."""
    return (read(body) for _key, _version, body in store.read_many(key for key, _name in shown(store)))


def shown(store: Store) -> list[tuple[str, str]]:
    """The id and the nickname of each workbook that may be shown here."""
    return [(row.id, row.nickname) for row in store.cases() if row.synthetic or not demo_only()]


def stored(store: Store, key: str) -> Case:
    """The newest state of a workbook; NoSuchCase if there is none with this id."""
    _version, body = store.read(key)
    return read(body)


def today(case: Case) -> dt.date:
    """The day to count from."""
    return dt.date.fromisoformat(case.demo_today) if case.demo_today else dt.datetime.now().astimezone().date()
