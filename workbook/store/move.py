"""Moves cases between two stores, one at a time, each compared afterwards. Knows the interface of a store only.

A case is copied in one transaction, then read again from both. So it can be stopped at any moment and started again:
what is there already is compared, never written twice. Nothing is erased here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import NoSuchCase
from .base import Store


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of one case: moved, "there" (it was moved before), or "differs" (the two are not the same)."""

    id: str
    state: str


def move(source: Store, target: Store) -> Iterator[Moved]:
    """Copies all cases with their history, and says of each what came of it. StoreTrouble if a store fails."""
    for row in source.cases():
        state = "there"
        try:
            target.version(row.id)
        except NoSuchCase:
            version, body = source.read(row.id)
            target.adopt(body, version, source.history(row.id), source.kept(row.id))
            state = "moved"
        yield Moved(row.id, state if is_same(source, target, row.id) else "differs")


def is_same(source: Store, target: Store, case_id: str) -> bool:
    """Whether both have the same answers and the same version of a case, to the byte."""
    (a_version, a), (b_version, b) = source.read(case_id), target.read(case_id)
    return a_version == b_version and json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)
