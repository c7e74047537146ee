"""A list of a case as a CSV file for a spreadsheet: records, calls, questions or time. Knows the case and its wording.

The headings are the short names of the questions, and answers read as on the page; dates stay as they are stored, so
that they sort. Private and sensitive entries are left out unless they are included one by one.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Callable, Iterator
from typing import Any

from ...case import Case, CaseModel, Item, get, item_type, label, spoken, words_for
from ...errors import CannotExport
from ...locale import tr
from ..audience.redact import is_blank, is_held_back
from ..catalog import Wanted
from ..wording import joined, words
from .csv_safe import harmless

Column = tuple[str, Callable[[Item], Any]]


def _written(case: Case, wanted: Wanted, path: str) -> bytes:
    """The list at the path as CSV in UTF-8 with a byte order mark, which spreadsheets expect; lines end with CRLF."""
    rows = [item for item in get(case, path).values() if _may(item, f"{path}.{item.id}", wanted)]
    if not rows:
        raise CannotExport(tr("This list is empty, so there is no table to make yet."))
    columns = [*_columns(case, item_type(path), ()), *_own(rows)]
    used = [(name, value) for name, value in columns if any(value(row) not in ("", None) for row in rows)]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([harmless(name) for name, _ in used])
    table.writerows([[harmless(value(row)) for _, value in used] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def records(case: Case, wanted: Wanted) -> bytes:
    """One row a record."""
    return _written(case, wanted, "records.items")


def calls(case: Case, wanted: Wanted) -> bytes:
    """One row a call to the plan."""
    return _written(case, wanted, "insurance.calls")


def questions(case: Case, wanted: Wanted) -> bytes:
    """One row a question for the visit."""
    return _written(case, wanted, "visit.questions")


def time(case: Case, wanted: Wanted) -> bytes:
    """One row an entry of the time log."""
    return _written(case, wanted, "time")


def _may(item: Item, path: str, wanted: Wanted) -> bool:
    return not is_blank(item) and (path in wanted.include or not is_held_back(item))


def _columns(case: Case, model: type[CaseModel], steps: tuple[str, ...], under: str = "") -> Iterator[Column]:
    """The columns of the model's fields; those of a nested part follow its name."""
    for name, info in model.model_fields.items():
        asked = words_for(model, name)
        title = spoken(tr(asked.short or asked.question), "caregiver") if asked else ""
        if name in ("private", "sensitive", "own", "id"):
            continue
        if isinstance(info.default, CaseModel):
            yield from _columns(case, type(info.default), (*steps, name), title)
        elif asked:
            target = asked.target
            yield joined([under, title], ": "), functools.partial(_cell, case, (*steps, name), target)


def _cell(case: Case, steps: tuple[str, ...], target: str, item: Item) -> Any:
    value: Any = item
    for step in steps:
        value = getattr(value, step)
    if target:
        keys = value if isinstance(value, tuple) else (value,)
        listed = get(case, target)
        return joined((label(case, target, k) for k in keys if k in listed and not is_held_back(listed[k])), "; ")
    plain = isinstance(value, int) and not isinstance(value, bool)
    return value if plain else "" if value is False else words(value)


def _own(rows: list[Item]) -> Iterator[Column]:
    """Answers to questions that somebody added."""
    for key in dict.fromkeys(k for row in rows for k, own in row.own.items() if not own.private):
        title = next((row.own[key].words for row in rows if key in row.own), "") or key
        yield title, functools.partial(_own_cell, key)


def _own_cell(key: str, item: Item) -> str:
    own = item.own.get(key)
    return "" if own is None or own.private else own.said or words(own.value)
