"""Reads the dated facts: rules and figures with a source, a day they were checked and a day to check again.

Knows the packs; no case, no clock. A fact lies in `packs/facts/*.toml`; a practice overrides one by its id.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..content import SHIPPED, read_entries
from ..locale import tr


class DatedFact(BaseModel):
    """One fact as it stood on the day it was checked.

    Facts that a clock runs on also name the clock (such as `prior_auth.standard`), the plan families it applies
    to, the event it starts with and whether it rolls off weekends and holidays.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    statement: str
    value: int | float | str | None = None
    unit: Literal["", "days", "working_days", "hours", "months", "years", "dollars", "percent", "words"] = ""
    applies_to: tuple[str, ...] = ()
    jurisdiction: str = "US"
    source_title: str
    source_url: str = ""
    retrieved_on: dt.date
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    review_by: dt.date
    changes: Literal["yearly", "by_rule", "stable", "by_place"]
    mark: Literal["O", "O2", "R"]
    clock: str = ""
    start: Literal["", "receipt", "notice_date", "submitted", "asked", "knowing"] = ""
    presumed_after: int = Field(0, description="days after the notice date on which receipt is presumed")
    roll: Literal["none", "next_working_day"] = "none"

    @property
    def words(self) -> str:
        """The statement in the language in use."""
        return tr(self.statement)

    @property
    def number(self) -> int | None:
        """The value as a whole number; None where the figure is still to be looked up."""
        return int(self.value) if isinstance(self.value, int | float) else None

    @property
    def amount(self) -> str:
        """The value as people write it: `283`, `202.90`; empty where it is still to be looked up."""
        if isinstance(self.value, float):
            return f"{self.value:.2f}".removesuffix(".00")
        return "" if self.value is None else str(self.value)

    def is_valid(self, on: dt.date) -> bool:
        """Whether the fact held, or is expected to hold, on the day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)

    def caution(self, today: dt.date, visit: dt.date | None = None) -> str:
        """What a reader must know before leaning on the fact; empty when there is nothing."""
        if self.value is None and self.unit:
            return tr("This figure is not in the workbook yet. Look it up.")
        if self.valid_to and self.valid_to < today:
            return tr("This was true in the past. Ask what holds now.")
        if today > self.review_by:
            return tr("This fact is due for a new check. Ask before you rely on it.")
        if self.changes == "yearly" and visit and crosses_new_year(today, visit):
            return tr("This changes on January 1, before the visit. Ask for the new figure.")
        if self.mark == "R":
            return tr("This is how it usually goes. Ask to be sure.")
        return ""


class Facts(Mapping[str, DatedFact]):
    """All facts by id."""

    def __init__(self, facts: Iterable[DatedFact]) -> None:
        self._by_id = {f.id: f for f in facts}
        clocks: dict[str, list[DatedFact]] = {}
        for fact in self._by_id.values():
            if fact.clock:
                clocks.setdefault(fact.clock, []).append(fact)
        self._by_clock = clocks

    def __getitem__(self, key: str) -> DatedFact:
        return self._by_id[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def clock(self, name: str, family: str = "", on: dt.date | None = None) -> DatedFact | None:
        """The fact that this clock runs on for a family of plans on a day; None where no rule is known."""
        for fact in self._by_clock.get(name, ()):
            if (not fact.applies_to or family in fact.applies_to) and (on is None or fact.is_valid(on)):
                return fact
        return None

    def all_of(self, clock: str) -> tuple[DatedFact, ...]:
        """Every fact of one clock or table."""
        return tuple(self._by_clock.get(clock, ()))

    def due(self, today: dt.date) -> tuple[DatedFact, ...]:
        """The facts past their check-again day, longest overdue first."""
        return tuple(sorted((f for f in self.values() if today > f.review_by), key=lambda f: (f.review_by, f.id)))


def crosses_new_year(today: dt.date, later: dt.date) -> bool:
    """Whether a January 1 lies after today and not after the later day."""
    return later.year > today.year


def load() -> Facts:
    """All facts, shipped ones with a practice's own on top; BadFile for a pack that cannot be read."""
    return _load(os.environ.get("WORKBOOK_PACKS", ""))


def due(today: dt.date) -> tuple[DatedFact, ...]:
    """The facts past their check-again day."""
    return load().due(today)


@functools.cache
def _load(practice: str) -> Facts:
    roots = [SHIPPED, *([Path(practice)] if practice else [])]
    names = sorted({f.name for root in roots for f in (root / "facts").glob("*.toml")})
    return Facts(f for n in names for f in read_entries(DatedFact, f"facts/{n}", practice))
