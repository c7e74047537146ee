"""The lists of a case as pandas data frames, for people's own analyses. Knows the case, its wording and its dates.

The columns follow from the questions: each is named like its answer in a path, such as `sent_on`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, Protocol

from ...case import Case, CaseModel, Item, Items, Own, get, item_type, label, words_for
from ...law import load
from ...rules import status
from ..audience.redact import is_held_back
from ..summary.own_answers import entries, said
from ..wording import joined, words

if TYPE_CHECKING:
    import pandas as pd


class Handle(Protocol):
    """An open case."""

    @property
    def case(self) -> Case: ...


LISTS = {
    "records": "records.items",
    "requests": "records.requests",
    "calls": "insurance.calls",
    "questions": "visit.questions",
    "timeline": "health.timeline",
    "tasks": "tasks",
    "time": "time",
    "clinicians": "clinicians",
    "results": "health.results",
}
"""The tables that are lists of a case, with their paths."""
_TYPES = {"number": "Int64", "money": "float64", "check": "boolean"}  # all other answers are text
_MARKS = ("private", "sensitive")

Column = tuple[str, str, Callable[[Item], Any]]


def of_list(case: Case, name: str, private: bool) -> pd.DataFrame:
    """One list as a table; the columns follow from its questions."""
    import pandas as pd

    path = LISTS[name]
    look = _Look(case, private)
    rows = [item for item in get(case, path).values() if look.may(item)]
    columns = [*look.columns(item_type(path), ""), *look.own(rows)]
    if name == "records":
        columns.append(("seen_by", "string", look.seen_by))
    if name == "questions":
        columns.append(("more_answers", "string", look.more_answers))
    if private:
        columns += [(mark, "boolean", partial(_at, path=mark)) for mark in _MARKS]
    made = {}
    for column, kind, value in columns:
        found = [value(row) for row in rows]
        made[column] = pd.Series(found, dtype="object").astype(kind) if kind != "day" else days(found)
    return pd.DataFrame(made, index=pd.RangeIndex(len(rows)))


def of_deadlines(case: Case, today: dt.date) -> pd.DataFrame:
    """The dates that count and those that have not started, in order."""
    import pandas as pd

    found = status(case, load(), today).deadlines
    text = {
        name: pd.Series([str(getattr(line, name)) for line in found], dtype="object").astype("string")
        for name in ("rule", "about", "text", "certainty", "evidence", "fact")
    }
    dated = {name: days([d.isoformat() if (d := getattr(x, name)) else None for x in found]) for name in ("due", "aim")}
    checks = {"counts": pd.Series([line.hard for line in found], dtype="object").astype("boolean")}
    return pd.DataFrame({**dated, **text, **checks}, index=pd.RangeIndex(len(found)))


def of_own_answers(case: Case, private: bool) -> pd.DataFrame:
    """The answers to questions that somebody added, also those inside the entries of lists."""
    import pandas as pd

    rows = [
        (f"{path}own.{key}", own.words or key, own.kind, said(own), entry)
        for path, entry, answers in _own_of(case, private)
        for key, own in answers.items()
        if private or not own.private
    ]
    made = pd.DataFrame(rows, columns=["path", "question", "kind", "answer", "entry"], dtype="object")
    return made.astype("string")


def _own_of(case: Case, private: bool) -> Iterator[tuple[str, str | None, Mapping[str, Own]]]:
    """The added answers of the whole case, then of each entry with its path and its name."""
    yield "", None, case.own
    for path, item in entries(case, ""):
        if item.own and (private or not (path == "notes" or is_held_back(item))):  # no table has notes
            yield f"{path}.{item.id}.", label(case, path, item.id) or None, item.own


def days(values: Sequence[str | None]) -> pd.Series:
    """Dates as given, as days; missing unless it is one complete, certain day."""
    import pandas as pd

    whole = [v if v and len(v) >= len("2026-11-22") and not v.endswith("~") else None for v in values]
    return pd.to_datetime(pd.Series(whole, dtype="object"), format="ISO8601", errors="coerce").astype("datetime64[s]")


class _Look:
    """What may be shown of a case, and how each kind of answer becomes a cell."""

    def __init__(self, case: Case, private: bool) -> None:
        self.case, self.private = case, private

    def may(self, item: Item | None) -> bool:
        return item is not None and (self.private or not is_held_back(item))

    def columns(self, model: type[CaseModel], prefix: str) -> Iterator[Column]:
        """The columns of the model's fields, nested ones by path."""
        for name, info in model.model_fields.items():
            asked, path = words_for(model, name), prefix + name
            if name in (*_MARKS, "own"):
                continue
            if isinstance(info.default, CaseModel):
                yield from self.columns(type(info.default), f"{path}.")
            elif asked and asked.target:
                yield path, "string", partial(self.named, path=path, target=asked.target)
            elif asked and asked.kind in ("date", "moment"):
                yield path, "string", partial(_at, path=path)
                yield f"{path}_day", "day", partial(_at, path=path)
            else:
                kind = _TYPES.get(asked.kind, "string") if asked else "string"
                yield path, kind, partial(_text if kind == "string" else _plain, path=path)

    def own(self, rows: list[Item]) -> Iterator[Column]:
        keys = dict.fromkeys(k for row in rows for k, own in row.own.items() if self.private or not own.private)
        for key in keys:
            yield f"own.{key}", "string", partial(self.own_answer, key=key)

    def own_answer(self, item: Item, key: str) -> str | None:
        own = item.own.get(key)
        return None if own is None or (own.private and not self.private) else said(own) or None

    def named(self, item: Item, path: str, target: str) -> str | None:
        value = _at(item, path)
        return self.names(target, value if isinstance(value, tuple) else (value,))

    def names(self, target: str, keys: tuple[str, ...]) -> str | None:
        items: Items[Any] = get(self.case, target)
        return joined((label(self.case, target, k) for k in keys if self.may(items.get(k))), "; ") or None

    def seen_by(self, item: Item) -> str | None:
        cells = self.case.viewed.get(item.id, {})
        told = ((self.names("clinicians", (key,)), words(seen.how)) for key, seen in cells.items() if seen.how)
        return joined((f"{who}: {how}" for who, how in told if who), "; ") or None

    def more_answers(self, item: Item) -> str | None:
        found = [a for a in self.case.visit.more_answers.values() if a.question == item.id and self.may(a)]
        return joined((joined([self.names("clinicians", (a.clinician,)), a.words], ": ") for a in found), "; ") or None


def _at(item: Item, path: str) -> Any:
    return reduce(getattr, path.split("."), item)


def _text(item: Item, path: str) -> str | None:
    return words(_at(item, path)) or None


def _plain(item: Item, path: str) -> Any:
    value = _at(item, path)
    return float(value) if isinstance(value, Decimal) else value
