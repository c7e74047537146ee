"""User-defined questions: one name is one question, wherever it is asked. Knows fields and pages; no case.

An answer is stored under its name, such as `own.contact`. A second question with that name and another type would
overwrite the first one's answer, so it is an error. The same type with other wording may be intended: a warning.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from types import CodeType
from typing import NamedTuple

from ..handle import OpenCase
from ..links import here
from . import fields
from .cells import caller, mistake
from .fields import Ask, Mark


class Placed(NamedTuple):
    """A user-defined question and its cell; `listed` is the list it repeats in."""

    ask: Ask
    listed: str
    place: str


class _Run(NamedTuple):
    """One execution of a cell: executing it again replaces this one."""

    cell: str
    code: CodeType | None


_asked: weakref.WeakKeyDictionary[OpenCase, list[tuple[_Run, Placed]]] = weakref.WeakKeyDictionary()


def placed(marks: Sequence[Mark], place: str) -> Iterator[Placed]:
    """The user-defined questions among the fields."""
    yield from (Placed(one, "", place) for one in fields.asks(marks) if one.own)
    for each in fields.lists(marks):
        yield from (Placed(one, each.path, place) for one in fields.asks(each.fields) if one.own)


def clashes(found: Iterable[Placed]) -> Iterator[str]:
    """The conflicts between any two of these, one sentence each."""
    for one, other in combinations(found, 2):
        if said := _refused(one, other) or _differs(one, other):
            yield said


def warnings(case: OpenCase, marks: Sequence[Mark], book: Sequence[tuple[str, Sequence[Placed]]]) -> list[str]:
    """Warnings on the user-defined questions of a form; a mistake if one overwrites the answer to another.

    `book` contains the name of each page and the user-defined questions of its cells.
    """
    mine = list(placed(marks, ""))
    if not mine:
        return []
    written = [one for _, asked in book for one in asked]
    elsewhere = [one for name, asked in book if name != here() for one in asked]
    run = _run()
    before = [
        (r, p) for r, p in _asked.setdefault(case, []) if not (r.cell and r.cell == run.cell and r.code != run.code)
    ]
    told: dict[str, None] = {}
    for n, one in enumerate(mine):
        one = one._replace(place=_place(one, written))
        mine[n] = one
        for other in [*(p for _, p in before), *mine[:n], *elsewhere]:
            if said := _refused(other, one):
                raise mistake(said, one.ask.path)
            if said := _differs(other, one):
                told[said] = None
    _asked[case] = [*before, *((run, one) for one in mine)]
    return list(told)


def _same(one: Placed, other: Placed) -> bool:
    return (one.ask.path, one.listed) == (other.ask.path, other.listed)


def _refused(one: Placed, other: Placed) -> str:
    if not _same(one, other) or one.ask.kind == other.ask.kind:
        return ""
    path = one.ask.path
    return (
        f'{path} names two different questions: kind="{one.ask.kind}" in {one.place}, kind="{other.ask.kind}" in '
        f"{other.place}. One answer would overwrite the other. Give one of them another name, such as {path}_2."
    )


def _differs(one: Placed, other: Placed) -> str:
    a, b = one.ask, other.ask
    alike = (a.words, a.choices, a.readers, a.private) == (b.words, b.choices, b.readers, b.private)
    if not _same(one, other) or a.kind != b.kind or alike:
        return ""
    what = f"“{a.words}” in {one.place}, “{b.words}” in {other.place}"
    if a.words == b.words:
        parts = "choices" if a.choices != b.choices else "readers"
        what = f"with some {parts} in {one.place}, with others in {other.place}"
    return (
        f"{a.path} is asked in two ways: {what}. Both share one answer. "
        f"If you mean two questions, give one of them another name."
    )


def _place(one: Placed, written: Sequence[Placed]) -> str:
    """The cell number in its notebook if exactly one cell has this question; else the executing cell."""
    found = {
        w.place for w in written if (w.ask, w.listed) == (one.ask, one.listed) and w.place.startswith(f"{here()}.")
    }
    return found.pop() if len(found) == 1 else "this cell"


def _run() -> _Run:
    """The current execution; JupyterLab provides a cell id, so that an edited cell is recognized."""
    frame = caller()
    try:
        from IPython import get_ipython

        cell = str(get_ipython().get_parent()["metadata"]["cellId"])
    except (ImportError, AttributeError, KeyError, TypeError):
        cell = ""
    return _Run(cell, frame.f_code if frame else None)
