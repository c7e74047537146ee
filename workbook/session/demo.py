"""The made-up demo cases. Knows the packs and the store; everything in them is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..case import Case, parse
from ..content import SHIPPED

if TYPE_CHECKING:
    from ..store import Store


IDS = frozenset({"demo-breast", "demo-spine"})
"""The ids of the shipped demo cases, which each count from a day of their own."""


def cases() -> list[Case]:
    """The shipped demo cases, in order; each is marked synthetic and has its own "today"."""
    return [parse(file.read_bytes()) for file in sorted((SHIPPED / "demo").glob("*.json"))]


def add(store: Store) -> list[str]:
    """Adds the demo cases that are not there yet and returns the ids of all of them."""
    here = {row.id for row in store.cases()}
    made = cases()
    for case in made:
        if case.id not in here:
            store.create(case)
    return [case.id for case in made]
