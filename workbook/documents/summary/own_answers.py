"""Answers to user-defined questions, with the wording that was asked. Knows the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from ...case import Case, CaseModel, Item, Items, Own, item_type, label
from ...locale import tr
from ..tree import blocks as B  # noqa: N812
from ..wording import day, lines, money, sourced, words


def own_answers(case: Case) -> list[tuple[str, list[B.Run]]]:
    """Each non-empty answer; one given inside an entry is followed by that entry's name."""
    found = [(own.words or key, sourced(said(own))) for key, own in case.own.items()]
    for path, item in entries(case, ""):
        name = label(case, path, item.id) or item_type(path).NOUN if item.own else ""
        found += [(own.words or key, sourced(said(own), name)) for key, own in item.own.items()]
    return [(asked, value) for asked, value in found if value]


def more_answers(case: Case, today: dt.date) -> list[B.Block]:
    """The answers to user-defined questions that are for this reader; nothing if there are none."""
    found = own_answers(case)
    return [B.heading(2, tr("More answers")), B.details(found)] if found else []


def entries(part: CaseModel, path: str) -> Iterator[tuple[str, Item]]:
    """Every entry of the lists of a case, including nested lists, with the path of its list."""
    for name in type(part).model_fields:
        value: Any = getattr(part, name)
        place = f"{path}.{name}" if path else name
        if isinstance(value, Items):
            yield from ((place, item) for item in value.values())
        elif isinstance(value, CaseModel):
            yield from entries(value, place)


def said(own: Own) -> str:
    """The answer in words; "" without one."""
    if own.said:
        return own.said
    if own.kind == "money":
        return money(own.value)
    if own.kind in ("date", "moment") and isinstance(own.value, str):
        return day(own.value)
    if isinstance(own.value, str) and own.kind == "yesno":
        return {"yes": words(True), "no": words(False), "unknown": ""}.get(own.value, own.value)
    return lines(words(own.value))
