"""Makes the copy: goes through the whole case, field by field. Pure but for the random number. Knows the case."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Any

from ...case import (
    Case,
    CaseModel,
    Item,
    Items,
    Own,
    Provenance,
    dump,
    get,
    leaves,
    new_id,
    parse,
    words_at,
    words_for,
)
from ...case.choices import Choice
from ...case.field_types import LONGEST
from ...case.materials import FoundScan
from ...case.partial_dates import exact, is_day
from ...content import seeds
from ...errors import BadPath
from ...locale import N_
from ..audience.redact import is_held_back
from . import dates, fields
from .known import Known

NAME = N_("De-identified copy")
WARNING = N_(
    "Free text may still say who this is: a rare illness, a job, an event in the news, a name that no field has. "
    "Read all of it before you show it to anyone."
)
_NEAREST, _FARTHEST = 400, 1400  # days that all dates go back
_SEEDED = ("records.items", "visit.questions", "compare.tie_breaker")
_DATES = ("date", "moment")
_PLAIN = ("one", "yesno", "many", "check", "number", "money", "last4")
# Bookkeeping of this computer and of its pages, and what was sent to whom.
_EMPTY = ("exports", "hand_overs", "other_answers", "drafts", "skipped", "postponed", "steps", "left_out")


def copy_of(case: Case, today: dt.date, *, with_private: bool = False, days: int | None = None) -> Case:
    """The case without names, numbers and places, with all dates moved back by the same random number of days.

    It is a workbook with an id of its own, marked as de-identified. `today` moves too: a demo case has its own.
    Private and sensitive entries, private answers and notes are left out unless `with_private`. `days` is for tests:
    whoever knows it knows the dates.
    """
    back = -(_NEAREST + secrets.randbelow(_FARTHEST - _NEAREST)) if days is None else days
    today = exact(case.demo_today) or today
    made: Case = _Walk(case, back, today, with_private).of(case, "")
    made = made.model_copy(update={"provenance": {p: o for p, o in made.provenance.items() if _is_in(made, p)}})
    return parse(dump(made))


class _Walk:
    """One pass over a case."""

    def __init__(self, case: Case, days: int, today: dt.date, with_private: bool) -> None:
        self.days, self.today, self.with_private = days, today, with_private
        self.known = Known(case, days, today)
        shipped = {seed.id for place in _SEEDED for seed in seeds(place)}
        shown = {leaf.item.id for leaf in leaves(case) if leaf.item and self.shows(leaf.item, leaf.path.split(".")[0])}
        self.ids = {key: key if key in shipped else new_id() for key in shown}  # a shipped one is the same for everyone

    def of(self, node: Any, place: str) -> Any:
        """The model with each field as it may be shown; `place` is its path with `*` for an entry."""
        changed: dict[str, Any] = {}
        model: type[CaseModel] = type(node)
        for name, info in model.model_fields.items():
            value, path = getattr(node, name), f"{place}{name}"
            if not place and name in _EMPTY:
                changed[name] = info.get_default(call_default_factory=True)
            elif isinstance(value, Items):
                changed[name] = Items(
                    self.entry(item, f"{path}.*.") for item in value.values() if self.shows(item, path)
                )
            elif isinstance(value, CaseModel):
                changed[name] = self.of(value, f"{path}.")
            elif name == "own":
                changed[name] = self.own(value)
            elif words_for(model, name) is not None:
                changed[name] = self.field(node, name, value, path)
        if isinstance(node, Case):
            changed |= self.whole(node)
        return node.model_copy(update=changed)

    def entry(self, item: Item, place: str) -> Item:
        """An entry with an id of the copy's own."""
        made: Item = self.of(item, place)
        return made.model_copy(update={"id": self.key(item.id)})

    def shows(self, item: Item, path: str) -> bool:
        """Whether an entry is in the copy."""
        return self.with_private or not (is_held_back(item) or path == "notes")

    def key(self, old: str) -> str:
        """The id in the copy; "" for an entry that is not in it."""
        return self.ids.get(old, "")

    def field(self, node: CaseModel, name: str, value: Any, path: str) -> Any:
        """The value of one field."""
        words = words_for(type(node), name)
        assert words is not None
        empty = type(node).model_fields[name].get_default(call_default_factory=True)
        if path in (*fields.ADDRESSES, *fields.NUMBERS, *fields.OUT):
            return empty
        if words.kind == "scans":
            return tuple(self.scan(one) for one in value)
        if words.target:
            return tuple(filter(None, map(self.key, value))) if isinstance(value, tuple) else self.key(value)
        if path == "person.birth_date":
            return dates.born(value, self.days, self.today) if is_day(value) else value
        if words.kind in _DATES:
            return dates.moved(value, self.days) if value else value
        if path == "insurance.plan.year" and value:
            return value + dates_year(self.today, self.days) - self.today.year
        if words.kind in _PLAIN or isinstance(value, Choice) or not isinstance(value, str):
            return value
        return self.known.name(value) if path in fields.NAMES else self.text(value)

    def text(self, value: str) -> str:
        return self.known.scrub(value)[:LONGEST]

    def scan(self, one: FoundScan) -> FoundScan:
        """A scan of a disc: what kind, which part of the body, how many images, and its moved date."""
        on = dates.moved(one.on, self.days) if one.on else ""
        body, lacks = self.text(one.body_part), self.text(one.lacks)
        return one.nameless().model_copy(update={"on": on, "body_part": body, "lacks": lacks})

    def own(self, value: dict[str, Own]) -> dict[str, Own]:
        """The answers to somebody's own questions; their names, which may say anything, become numbers."""
        shown = [one for one in value.values() if self.with_private or not one.private]
        return {f"q{number}": self.answer(one) for number, one in enumerate(shown, 1)}

    def answer(self, own: Own) -> Own:
        value = own.value
        if own.kind == "phone":
            value = ""
        elif own.kind in _DATES and isinstance(value, str) and re.match(r"\d{4}(-|~|$)", value):
            value = dates.moved(value, self.days)
        elif isinstance(value, str):
            value = self.text(value)
        elif isinstance(value, list | tuple):
            value = [self.text(str(one)) for one in value]
        return own.model_copy(update={"value": value, "words": self.text(own.words), "said": self.text(own.said)})

    def whole(self, case: Case) -> dict[str, Any]:
        """What belongs to the whole case: whose it is, its day, who saw what, and who said what."""
        day = dates.moved(self.today.isoformat(), self.days)
        person = self.of(case.person, "person.").model_copy(update={"name": NAME, "preferred_name": fields.PATIENT})
        return {
            "id": new_id(),
            "nickname": NAME,
            "created": "",
            "updated": "",
            "deidentified": True,
            "demo_today": day,
            "person": person,
            "viewed": {
                self.key(row): {
                    self.key(of): self.of(seen, "viewed.*.*.") for of, seen in cells.items() if self.key(of)
                }
                for row, cells in case.viewed.items()
                if self.key(row)
            },
            "provenance": {self.path(path): self.said(origin) for path, origin in case.provenance.items()},
        }

    def said(self, origin: Provenance) -> Provenance:
        on = dates.moved(origin.on, self.days) if origin.on else origin.on
        return origin.model_copy(update={"who": self.known.name(origin.who), "on": on})

    def path(self, path: str) -> str:
        """A path with the ids of the copy."""
        return ".".join(self.ids.get(step, step) for step in path.split("."))


def _is_in(case: Case, path: str) -> bool:
    """Whether this is a field of the model, and its entry is there; not a name that somebody chose."""
    try:
        get(case, path)
    except BadPath:
        return False
    return words_at(path) is not None and path.split(".")[0] not in ("viewed", "own", *_EMPTY)


def dates_year(today: dt.date, days: int) -> int:
    """The year of the copy's own day."""
    return int(dates.moved(today.isoformat(), days)[:4])
