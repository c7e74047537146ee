"""The entries a list displays: stored ones, plus the shipped ones nobody has changed yet. Knows the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .case import Case
from .items import Items
from .model import Item
from .paths import add, get, put


def shown(case: Case, path: str, seeds: Sequence[Item]) -> Items[Any]:
    """The displayed entries of the list at the path: stored ones, with untouched shipped ones in place.

    A shipped entry follows the shipped entry before it, wherever that one was moved.
    """
    stored: Items[Any] = get(case, path)
    order = list(stored.values())
    there = set(stored)
    previous: str | None = None
    for seed in seeds:
        if seed.id not in stored and _place(path, seed.id) not in case.left_out:
            at = next((i + 1 for i, item in enumerate(order) if item.id == previous), 0)
            order.insert(at, seed)
            there.add(seed.id)
        if seed.id in there:
            previous = seed.id
    return Items(order)


def touch(case: Case, path: str, key: str, seeds: Sequence[Item]) -> Case:
    """The case with the shipped entry stored as a regular entry, at the position where it was displayed."""
    if key in get(case, path):
        return case
    order = list(shown(case, path, seeds))
    seed = next((s for s in seeds if s.id == key), None)
    if seed is None or key not in order:
        return case
    stored = get(case, path)
    before = next((k for k in order[order.index(key) + 1 :] if k in stored), None)
    return add(case, path, seed, before)


def leave_out(case: Case, path: str, key: str) -> Case:
    """The case with the shipped entry hidden."""
    place = _place(path, key)
    return case if place in case.left_out else put(case, "left_out", (*case.left_out, place))


def _place(path: str, key: str) -> str:
    return f"{path}.{key}"
