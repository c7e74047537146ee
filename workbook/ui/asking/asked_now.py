"""Which elements of a form a case is asked, by the `when` of each. Knows fields, conditions and the case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...case import Case, Item
from ...content import passage
from ...rules import plan_calls
from ...rules.conditions import Condition, hold
from .conditions import parsed
from .fields import Ask, Each, Group, Mark, Say


def asked_now(marks: Iterable[Mark], case: Case, listed: str = "", item: Item | None = None) -> tuple[Mark, ...]:
    """The fields without those that this case, or this entry of a list, is not asked.

    The fields inside a list are left as they are: each entry has its own.
    """
    return tuple(_asked_now(marks, case, listed, item))


def _asked_now(marks: Iterable[Mark], case: Case, listed: str, item: Item | None) -> Iterator[Mark]:
    for mark in marks:
        if not hold(conditions(mark, listed), case, item):
            continue
        yield replace(mark, fields=asked_now(mark.fields, case, listed, item)) if isinstance(mark, Group) else mark


def conditions(mark: Mark, listed: str = "") -> tuple[Condition, ...]:
    """The conditions of one element; none if it is always asked."""
    return parsed(mark.when, listed) if isinstance(mark, Ask | Say | Group | Each) else ()


class Spoken(NamedTuple):
    """One question of a script to read aloud, with the plans it is for."""

    text: str
    when: tuple[Condition, ...]


def to_read_aloud(listed: str) -> tuple[Spoken, ...]:
    """The questions of a script, in order: `plan` are those of a call to the insurance plan; none for ""."""
    found = plan_calls.every_question() if listed == "plan" else ()
    return tuple(Spoken(one.say, one.conditions) for one in found if one.main and one.say)


def watched(marks: Sequence[Mark], listed: str = "") -> Iterator[Condition]:
    """All conditions of these fields, including those inside groups, lists and scripts."""
    for mark in marks:
        yield from conditions(mark, listed)
        if isinstance(mark, Say):
            yield from (one for line in to_read_aloud(passage(mark.id).asks) for one in line.when)
        if isinstance(mark, Group | Each):
            yield from watched(mark.fields, mark.path if isinstance(mark, Each) else listed)


def through(marks: Sequence[Mark]) -> set[tuple[str, str]]:
    """The lists that conditions look into through a choice, each with the question of its entries."""
    return {(one.of, one.part) for one in watched(marks) if one.part}
