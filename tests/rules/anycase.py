"""Random valid cases for property tests: every model field may be filled, with dates that may contradict."""

from __future__ import annotations

import datetime as dt
import random
import types
import typing
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import BaseModel

from workbook.case import Case, Choice, Item, Items
from workbook.case.field_types import read_count, read_money
from workbook.case.partial_dates import check_day, check_maybe_day, check_moment

TODAY = dt.date(2026, 11, 22)
SECRET = "Xyzzyqux"  # contained in every private or sensitive entry, every note and every user-defined answer
IDS = ("aa1", "bb2", "cc3")
_WORDS = (
    *("", "n/a", "MRI", "CT of the chest", "5 working days before", "2 weeks", "Ohio", "OH, MD", "Narnia"),
    *("Harrow Ridge", "Plan G", "hmo", "{day} {x|y}"),
)
_FAR = ("1881", "2150-12-31", "2026-11", "2026~", "2028-02-29", "2026-12-05~", "2027")
_SKIPPED = (
    "id",
    "schema_version",
    "created",
    "updated",
    "synthetic",
    "provenance",
    "drafts",
    "left_out",
    "demo_today",
    "member_id_last4",
)


def make(seed: int) -> Case:
    """One case, last changed today; deterministic by seed."""
    made: Case = _Maker(random.Random(seed)).model(Case, hidden=False)
    return made.model_copy(update={"updated": f"{TODAY}T12:00:00+00:00"})


def cases() -> st.SearchStrategy[Case]:
    """Random cases. Built from a seed: drawing each of a thousand fields would be slow."""
    return st.builds(make, st.integers(0, 2**32 - 1))


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.share = chance.choice((0.2, 0.5, 0.9))

    def model(self, model: type[BaseModel], *, hidden: bool) -> Any:
        values: dict[str, Any] = {}
        if issubclass(model, Item):
            values = {"id": "aa1", "private": self.chance.random() < 0.3, "sensitive": self.chance.random() < 0.1}
            hidden = hidden or values["private"] or values["sensitive"]
        hidden = hidden or model.__name__ in ("Note", "Own")
        for name, info in model.model_fields.items():
            if name not in values and name not in _SKIPPED and self.chance.random() < self.share:
                values[name] = self.value(info.annotation, info.metadata, hidden)
        return model.model_validate(values)

    def day(self) -> str:
        if self.chance.random() < 0.15:
            return self.chance.choice(_FAR)
        return str(
            TODAY
            + dt.timedelta(days=self.chance.choice((self.chance.randint(-60, 60), self.chance.randint(-400, 500))))
        )

    def value(self, kind: Any, marks: list[Any], hidden: bool) -> Any:
        if typing.get_origin(kind) in (types.UnionType, typing.Union):
            kind = next(a for a in typing.get_args(kind) if a is not type(None))
        if typing.get_origin(kind) is typing.Annotated:
            kind, *marks = typing.get_args(kind)
        read = {getattr(mark, "func", None) for mark in marks}
        if check_maybe_day in read and self.chance.random() < 0.2:
            return self.chance.choice(("unknown", "not_applicable"))
        if read & {check_day, check_maybe_day}:
            return self.day()
        if check_moment in read:
            day = self.day()
            return f"{day}T09:30" if len(day) == 10 else day
        if read & {read_count, read_money}:
            return self.chance.choice((0, 1, 3, 12, 30, 400)) if read_count in read else Decimal(20)
        return self.by_type(kind, hidden)

    def by_type(self, kind: Any, hidden: bool) -> Any:
        origin, args = typing.get_origin(kind), typing.get_args(kind)
        if origin is Items:
            made = [self.model(args[0], hidden=hidden) for _ in range(self.chance.randint(0, 3))]
            return [m.model_copy(update={"id": IDS[n]}) for n, m in enumerate(made)]
        if origin is tuple:
            return tuple(self.value(args[0], [], hidden) for _ in range(self.chance.randint(0, 3)))
        if origin is dict:
            return {key: self.value(args[1], [], hidden) for key in IDS[: self.chance.randint(0, 3)]}
        if isinstance(kind, type) and issubclass(kind, Choice):
            return self.chance.choice(list(kind))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.model(kind, hidden=hidden)
        if kind is bool:
            return self.chance.random() < 0.5
        if kind is Any or self.chance.random() < 0.5:
            return SECRET if kind is Any else self.chance.choice(IDS)  # a pick field contains an id
        words = self.chance.choice(_WORDS)
        return f"{words} {SECRET}" if hidden else words
