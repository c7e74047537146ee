"""Looks up dated facts by day: every look-up takes the day of the event it counts from. Knows no pack, no case.

A rule changes by adding a version with the day it takes effect. What began earlier still follows the older version,
so a rule cannot be looked up without a day. An id names one version; a subject (mostly a clock) names the rule.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import BadFile
from .dated_fact import DatedFact

_DAY = dt.timedelta(days=1)
_IN_PROSE = re.compile(r"\{([A-Z]+-[\w-]+)(?:\.(\w+))?\}")


@dataclass(frozen=True, slots=True)
class _Period:
    """The days on which one version is in force for one family of plans, inclusive."""

    first: dt.date
    last: dt.date
    fact: DatedFact


class Facts(Mapping[str, DatedFact]):
    """All facts by the ids of their versions, and by clock and day.

    A version without `valid_to` ends the day before the next one of the same subject and plan family begins. BadFile
    if two versions overlap, or if there is a gap between the first and the last.
    """

    def __init__(self, facts: Iterable[DatedFact]) -> None:
        found = {fact.id: fact for fact in facts}
        self._periods = {key: _periods(key, versions) for key, versions in _by_family(found.values()).items()}
        ends: dict[str, dt.date] = {}
        for period in (p for periods in self._periods.values() for p in periods):
            ends[period.fact.id] = max(period.last, ends.get(period.fact.id, dt.date.min))
        self._by_id = {
            key: fact if ends[key] == dt.date.max else fact.model_copy(update={"valid_to": ends[key]})
            for key, fact in found.items()
        }
        self._by_clock: dict[str, list[str]] = defaultdict(list)
        for fact in found.values():
            self._by_clock[fact.clock].append(fact.id)

    def __getitem__(self, key: str) -> DatedFact:
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def clock(self, name: str, on: dt.date, family: str = "") -> DatedFact | None:
        """The version of a clock that is in force for a family of plans on a day; None if no rule is known."""
        return self.clock_from(name, lambda _: on, family)

    def clock_from(self, name: str, starts: Callable[[DatedFact], dt.date], family: str = "") -> DatedFact | None:
        """The version in force on the day that this version itself counts from, according to its `start`."""
        periods = self._periods.get((name, family)) or self._periods.get((name, ""), ())
        for period, following in itertools.zip_longest(periods, periods[1:]):
            if starts(period.fact) < period.first:
                continue
            # Versions that count from different events can both miss a day near the change: the older still applies.
            is_between = following is not None and starts(following.fact) < following.first
            if starts(period.fact) <= period.last or is_between:
                return self._by_id[period.fact.id]
        return None

    def in_force(self, key: str, on: dt.date) -> DatedFact | None:
        """The version in force on a day, given the id of any version of the fact; None if there is none."""
        return next((p.fact for p in self._versions(key) if p.first <= on <= p.last), None)

    def all_of(self, table: str, on: dt.date) -> tuple[DatedFact, ...]:
        """Every row of a table that is in force on a day."""
        rows = (self.in_force(key, on) for key in self._by_clock.get(table, ()))
        return tuple({row.id: row for row in rows if row}.values())

    def due(self, today: dt.date) -> tuple[DatedFact, ...]:
        """The facts past their review date, longest overdue first."""
        return tuple(sorted((f for f in self.values() if today > f.review_by), key=lambda f: (f.review_by, f.id)))

    def filled(self, text: str, today: dt.date) -> str:
        """Fills in the figures of a text outside a case, as of today; an ended rule uses its last version.

        `{H-3}` is the value with its unit, `{H-3.words}` the statement, `{I-3-dispute.fee}` one of the figures.
        """

        def value(blank: re.Match[str]) -> str:
            versions = self._versions(blank[1])
            begun = [p.fact for p in versions if p.first <= today] or [p.fact for p in versions[:1]]
            if not begun:
                return blank[0]
            fact, name = begun[-1], blank[2]
            if name == "words":
                return fact.words
            return str(fact.figures.get(name, blank[0])) if name else fact.measure or blank[0]

        return _IN_PROSE.sub(value, text)

    def _versions(self, key: str) -> list[_Period]:
        """The periods of a fact's versions, earliest first, for the first of its plan families."""
        fact = self._by_id.get(key)
        if fact is None:
            return []
        family = next(iter(fact.applies_to), "")
        return [_Period(p.first, p.last, self._by_id[p.fact.id]) for p in self._periods[fact.subject, family]]


def _by_family(facts: Iterable[DatedFact]) -> dict[tuple[str, str], list[DatedFact]]:
    """The versions by subject and plan family; one that names no family applies to all."""
    subjects: dict[str, list[DatedFact]] = defaultdict(list)
    for fact in facts:
        subjects[fact.subject].append(fact)
    found: dict[tuple[str, str], list[DatedFact]] = defaultdict(list)
    for subject, versions in subjects.items():
        families = {family for fact in versions for family in fact.applies_to}
        own = {(family, fact.valid_from) for fact in versions for family in fact.applies_to}
        for fact in versions:
            for family in fact.applies_to or ("", *sorted(families)):
                # A family's own rule takes precedence over a general one.
                if fact.applies_to or (family, fact.valid_from) not in own:
                    found[subject, family].append(fact)
    return found


def _periods(key: tuple[str, str], versions: Iterable[DatedFact]) -> tuple[_Period, ...]:
    """The periods of one subject for one family, earliest first."""
    ordered = sorted(versions, key=lambda fact: fact.valid_from or dt.date.min)
    starts = [fact.valid_from or dt.date.min for fact in ordered]
    name = " for ".join(filter(None, key))
    found = []
    for number, (fact, first) in enumerate(zip(ordered, starts, strict=True)):
        following = starts[number + 1] if number + 1 < len(starts) else None
        if following == first:
            raise BadFile(f'facts: "{fact.id}" and "{ordered[number + 1].id}" begin on the same day ({name}).')
        last = fact.valid_to or (following - _DAY if following else dt.date.max)
        if last < first:
            raise BadFile(f'facts: "{fact.id}" ends before it begins ({name}).')
        if following and last >= following:
            raise BadFile(f'facts: "{fact.id}" and "{ordered[number + 1].id}" both apply on {following} ({name}).')
        if following and last < following - _DAY:
            raise BadFile(f"facts: no version applies on {last + _DAY} ({name}).")
        found.append(_Period(first, last, fact))
    return tuple(found)
