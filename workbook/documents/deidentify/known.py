"""The names and numbers that a case itself has in its fields, with a stand-in for each name. Knows the case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ...case import Case, Leaf, leaves
from . import fields
from .text import Scrubber, plain, words_of


class Known:
    """What a case says about who and where, collected once; `scrub` takes it out of any text."""

    def __init__(self, case: Case, days: int, today: dt.date) -> None:
        """`days` are what dates in texts move by."""
        self._days, self._today = days, today
        self._names: dict[str, str] = {}
        self._count: dict[str, int] = {}
        found = [leaf for leaf in leaves(case) if isinstance(leaf.value, str) and leaf.value]
        self._ids = [str(leaf.value) for leaf in found if is_one_of(leaf, fields.NUMBERS)]
        self._ids += [one.accession for medium in case.records.media.values() for one in medium.scans]
        self.scrub = self._scrubber()
        for pattern, kind in fields.NAMES.items():
            for leaf in found:
                if fnmatchcase(way(leaf), pattern):
                    self._add(str(leaf.value), kind)
        for origin in case.provenance.values():
            self._add(origin.who, fields.PERSON)
        for name in _in_addresses(found):
            self._add(name, fields.PLACE)

    def name(self, text: str) -> str:
        """What is in the place of a name."""
        return self._names.get(plain(text)) or self.scrub(text)

    def _add(self, name: str, kind: str) -> None:
        """Gives the name a stand-in, unless those before it, or words such as "my sister", say all of it."""
        name = plain(name)
        if name in self._names or not words_of(self._without_known(name)):
            return
        self._count[kind] = self._count.get(kind, 0) + 1
        self._names[name] = kind if kind == fields.PATIENT else f"{kind} {self._count[kind]}"
        self.scrub = self._scrubber()

    def _without_known(self, name: str) -> str:
        rest = self.scrub(name)
        for stand_in in (*sorted(set(self._names.values()), key=len, reverse=True), "[number]", "[date]"):
            rest = rest.replace(stand_in, " ")
        return rest

    def _scrubber(self) -> Scrubber:
        return Scrubber(self._names, self._ids, self._days, self._today)


def way(leaf: Leaf) -> str:
    """The path of a field with `*` for its entry."""
    return re.sub(rf"\.{re.escape(leaf.item.id)}\.", ".*.", leaf.path, count=1) if leaf.item else leaf.path


def is_one_of(leaf: Leaf, patterns: tuple[str, ...]) -> bool:
    """Whether the field is in this list."""
    return way(leaf) in patterns


def _in_addresses(found: list[Leaf]) -> Iterator[str]:
    """The parts of addresses with a name in them: a street, a city, a county."""
    for leaf in found:
        if is_one_of(leaf, fields.ADDRESSES):
            for part in re.split(r"[\n,;]+", plain(str(leaf.value))):
                yield re.sub(r"\b[A-Z]{2}\b(?=\s*(?:\d{5}|$))|\d+", " ", part).strip()
