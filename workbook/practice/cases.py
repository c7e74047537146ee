"""The workbooks of this computer as a table. Knows the store and the next dates."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from .. import law, rules
from ..case import Case, case_name
from ..store import open_store
from .chosen import every, today
from .rows import Rows


class CaseRow(NamedTuple):
    """One workbook: its id, its name, the patient's name, and its next date."""

    id: str
    name: str
    nickname: str
    patient: str
    next_date: dt.date | None
    what: str
    updated: str
    state: str
    synthetic: bool


_HEADS = {"id": "Id", "name": "Name", "patient": "Patient", "next_date": "Next date", "what": "What"}


def cases() -> Rows[CaseRow]:
    """The workbooks of this computer, last changed first.

    Each row has `id` (for `wb.open_case`), `name` (the nickname, else the first name), `nickname`, `patient`,
    `next_date` (a date, or None) with `what` is due then, `updated` (when it was last changed), `state` ("", "paused"
    or "closed") and `synthetic` (made up). StoreTrouble if the workbooks cannot be read.

    >>> [row.id for row in cases()]
    []
    """
    empty = "There is no workbook on this computer yet."
    return Rows(CaseRow, map(_row, every(open_store())), _HEADS, "The workbooks of this computer", empty)


def _row(case: Case) -> CaseRow:
    ahead = None if case.status else _ahead(case)
    return CaseRow(
        case.id,
        case_name(case),
        case.nickname,
        case.person.name,
        ahead.on if ahead else None,
        (ahead.line.brief if ahead.line else ahead.text) if ahead else "",
        case.updated,
        case.status.value if case.status else "",
        case.synthetic,
    )


def _ahead(case: Case) -> rules.Dated | None:
    """The next date that counts, as the first page of the workbook has it."""
    view = rules.View(case, law.load(), today(case))
    return rules.next_of(rules.every_date(view, rules.status_of(view)), view.today)
