"""Questions of a notebook's own: one name is one question, wherever it is asked. Knows marks and pages; no case.

An answer is kept under its name, such as `own.contact`. A second question of that name, of another kind, would
overwrite the first one's answer, so it is refused. The same kind in other words may be meant, so it is only told.
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
    """A question of its own and the cell that asks it; `listed` is the list it repeats in."""

    ask: Ask
    listed: str
    place: str


class _Run(NamedTuple):
    """One run of a cell: run again, it takes the place of the run before."""

    cell: str
    code: CodeType | None


_asked: weakref.WeakKeyDictionary[OpenCase, list[tuple[_Run, Placed]]] = weakref.WeakKeyDictionary()


def placed(marks: Sequence[Mark], place: str) -> Iterator[Placed]:
    """The own questions among the marks."""
    yield from (Placed(one, "", place) for one in fields.asks(marks) if one.own)
    for each in fields.lists(marks):
        yield from (Placed(one, each.path, place) for one in fields.asks(each.fields) if one.own)


def clashes(found: Iterable[Placed]) -> Iterator[str]:
    """What is wrong between any two of these, one sentence each."""
    for one, other in combinations(found, 2):
        if said := _refused(one, other) or _differs(one, other):
            yield said


def heeded(case: OpenCase, marks: Sequence[Mark], book: Sequence[tuple[str, Sequence[Placed]]]) -> list[str]:
    """What to tell about the own questions of a form; a mistake where one overwrites the answer to another.

    `book` has the name of each page and the own questions its cells ask.
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
    if not _same(one, other) or a.kind != b.kind or (a.words == b.words and a.choices == b.choices):
        return ""
    what = f"“{a.words}” in {one.place}, “{b.words}” in {other.place}"
    if a.words == b.words:
        what = f"with some choices in {one.place}, with others in {other.place}"
    return (
        f"{a.path} is asked in two ways: {what}. Both share one answer. "
        f"If you mean two questions, give one of them another name."
    )


def _place(one: Placed, written: Sequence[Placed]) -> str:
    """The cell number in its notebook if this question is in exactly one cell; else the cell that runs."""
    found = {
        w.place for w in written if (w.ask, w.listed) == (one.ask, one.listed) and w.place.startswith(f"{here()}.")
    }
    return found.pop() if len(found) == 1 else "this cell"


def _run() -> _Run:
    """The run that asks; JupyterLab names the cell, so that an edited cell can be told from another one."""
    frame = caller()
    try:
        from IPython import get_ipython

        cell = str(get_ipython().get_parent()["metadata"]["cellId"])
    except (ImportError, AttributeError, KeyError, TypeError):
        cell = ""
    return _Run(cell, frame.f_code if frame else None)
