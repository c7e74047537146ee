"""One dated fact: a rule or a figure with its source, its wording and the days it is in force. Knows no pack."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..locale import plural, tr
from ..locale.dates import show_day

BLANK = re.compile(r"\{(\w+)\}")


class DatedFact(BaseModel):
    """One version of a fact, as of the day it was checked.

    `statement` says it in words. Its figures are placeholders, so that they cannot disagree with the data: `{n}` is the
    value, `{time}` the value with its unit, `{presumed}` the days until receipt is presumed, `{total}` both together;
    any other placeholder is one of the `figures`. Facts that define a clock also name the clock (such as
    `prior_auth.standard`), the plan families it applies to, the event it starts with and whether it rolls off
    weekends and holidays.

    `quote` is the text of the rule that gives the value. `quote_missing` says why there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    statement: str
    value: int | float | str | None = None
    unit: Literal["", "days", "working_days", "hours", "months", "years", "dollars", "percent", "words"] = ""
    figures: dict[str, int | float] = Field(default_factory=dict, description="what else the statement names")
    applies_to: tuple[str, ...] = ()
    holder: Literal["", "doctor", "hospital"] = Field("", description="who must follow it, if not every office")
    version_of: str = Field("", description="id of the first version of this fact")
    source_title: str
    source_url: str = ""
    quote: str = ""
    quote_missing: str = ""
    retrieved_on: dt.date
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    review_by: dt.date
    changes: Literal["yearly", "by_rule", "stable", "by_place"]
    grade: Literal["O", "O2", "R"] = Field(description="read at the source, read second-hand, or recalled")
    clock: str = ""
    start: Literal["", "receipt", "notice_date", "submitted", "asked", "knowing"] = ""
    presumed_after: int = Field(0, description="days after the notice date on which receipt is presumed")
    roll: Literal["none", "next_working_day"] = "none"

    @model_validator(mode="after")
    def _can_be_said(self) -> DatedFact:
        missing = {*BLANK.findall(self.statement)} - {*self._filling()}
        if missing:
            raise ValueError(f'the statement has a blank that nothing fills: "{min(missing)}"')
        return self

    @property
    def subject(self) -> str:
        """The id shared by all versions: the clock, else the id of the first; each row of a table has its own."""
        return self.clock if self.clock and self.unit != "words" else self.version_of or self.id

    @property
    def words(self) -> str:
        """The statement in the current language, with its figures filled in."""
        filling = self._filling()
        return BLANK.sub(lambda blank: filling.get(blank[1], blank[0]), tr(self.statement))

    def _filling(self) -> dict[str, str]:
        found = {name: _written(figure) for name, figure in self.figures.items()}
        found["presumed"] = str(self.presumed_after)
        if self.number is not None:
            found |= {"n": self.amount, "time": self.measure, "total": str(self.number + self.presumed_after)}
        return found

    @property
    def number(self) -> int | None:
        """The value as an integer; None if the figure is still to be looked up."""
        return int(self.value) if isinstance(self.value, int | float) else None

    @property
    def amount(self) -> str:
        """The value as people write it: `283`, `202.90`; "" if it is still to be looked up."""
        return "" if self.value is None else _written(self.value)

    @property
    def measure(self) -> str:
        """The value with its unit, for a sentence: "8 days", "$9.50"; "" if unknown."""
        n = self.number
        if n is None:
            return ""
        match self.unit:
            case "days":
                return plural("1 day", "{n} days", n)
            case "working_days":
                return plural("1 working day", "{n} working days", n)
            case "hours":
                return plural("1 hour", "{n} hours", n)
            case "months":
                return plural("1 month", "{n} months", n)
            case "years":
                return plural("1 year", "{n} years", n)
            case "percent":
                return tr("{n} percent").replace("{n}", self.amount)
            case "dollars":
                return f"${self.amount}"
        return self.amount

    def caution(self, today: dt.date, visit: dt.date | None = None) -> str:
        """What a reader must know before relying on the fact; "" if nothing."""
        if self.value is None and self.unit:
            return tr("This figure is not in the workbook yet. Look it up.")
        if self.valid_to and self.valid_to < today:
            if self.start:  # shown for an event within its period
                return tr("This rule applies to what began by {day}.").format(day=show_day(self.valid_to.isoformat()))
            return tr("This was true in the past. Ask what the rule is now.")
        if today > self.review_by:
            return tr("This fact is due for a new check. Ask before you rely on it.")
        if self.changes == "yearly" and visit and crosses_new_year(today, visit):
            return tr("This changes on January 1, before the visit. Ask for the new figure.")
        if self.grade == "R":
            return tr("This is how it usually goes. Ask to be sure.")
        return ""


def _written(value: float | str) -> str:
    return f"{value:.2f}".removesuffix(".00") if isinstance(value, float) else str(value)


def crosses_new_year(today: dt.date, later: dt.date) -> bool:
    """Whether there is a January 1 after today and not after the later day."""
    return later.year > today.year
