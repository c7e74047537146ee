"""The answers of an entry or a group with their sources. Knows the case's wording; no list in particular.

A field added to the model appears here automatically, so that "everything" stays true.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from ...case import Case, CaseModel, Item, Items, Words, get, label, spoken, words_for
from ...case.choices import Choice, YesNo
from ...case.plan import CoverageAnswer
from ...locale import tr
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, plan_answer, said, sourced, words

Row = tuple[str, list[B.Run]]
_NEVER = ("private", "sensitive")


def card(case: Case, path: str, skip: Collection[str] = ()) -> list[Row]:
    """The answers at the path, field by field; `skip` names fields shown elsewhere."""
    return list(_rows(case, get(case, path), f"{path}.", skip))


def whole(
    path: str,
    title: str,
    *skip: str,
    roomy: bool = False,
    of: Callable[[Case, dt.date], Collection[str]] | None = None,
) -> Callable[[Case, dt.date], list[B.Block]]:
    """A part that shows every entry of the list at the path with all its answers; empty while the list is.

    `roomy` gives each entry a heading and a line per answer; else an entry is one list item. `of` contains the
    ids of the entries to show if not all belong under this title.
    """

    def part(case: Case, today: dt.date) -> list[B.Block]:
        items = get(case, path)
        kept = items if of is None else of(case, today)
        found = [
            (_named(case, path, item), card(case, f"{path}.{key}", (*skip, _title_field(item))))
            for key, item in items.items()
            if key in kept
        ]
        if not found:
            return []
        if roomy:
            cards = [[B.heading(3, name), *([B.details(rows)] if rows else [])] for name, rows in found]
            return [B.heading(2, tr(title)), *chain.from_iterable(cards)]
        return [B.heading(2, tr(title)), _table(found) if _suits_table(found) else _list(found)]

    return part


_COLUMNS = 3  # beside the name; other answers share a last column
_LONG = 90  # letters: a longer answer would make a narrow column very tall


def _suits_table(found: Sequence[tuple[str, list[Row]]]) -> bool:
    """Whether several entries have the same short answers."""
    texts = [B.as_text(value) for _, rows in found for _, value in rows]
    return len(found) > 2 and bool(texts) and sum(len(text) > _LONG for text in texts) * 5 < len(texts)


def _table(found: Sequence[tuple[str, list[Row]]]) -> B.Block:
    """One row an entry: its name, the answers that most entries have, and the others together."""
    used = Counter(asked for _, rows in found for asked, _ in dict(rows).items())
    order = list(dict.fromkeys(asked for _, rows in found for asked, _ in rows))
    common = sorted(sorted(order, key=lambda asked: -used[asked])[:_COLUMNS], key=order.index)
    has_more = any(asked not in common for _, rows in found for asked, _ in rows)
    table: list[list[B.Words]] = []
    for name, rows in found:
        answers = dict(rows)
        more = [[B.text(f"{asked}: "), *value] for asked, value in rows if asked not in common]
        row: list[B.Words] = [name, *(answers.get(asked, "") for asked in common)]
        table.append([*row, [run for n, part in enumerate(more) for run in (*([B.text("; ")] if n else []), *part)]])
    heads: list[B.Words] = ["", *common, tr("More")]
    widths = [2.2, *[1.5] * len(common), 2.4]
    kept = len(heads) if has_more else len(heads) - 1
    heads[0] = tr("Name")
    return B.table("", heads[:kept], [row[:kept] for row in table], widths[:kept])


def _list(found: Sequence[tuple[str, list[Row]]]) -> B.Block:
    return B.listing([_item(name, rows) for name, rows in found])


def _named(case: Case, path: str, item: Item) -> str:
    name = label(case, path, item.id)
    return name if name != item.NOUN else tr(item.NOUN).capitalize()


def _item(name: str, rows: list[Row]) -> list[B.Block]:
    told: list[B.Run] = []
    for asked, value in rows:
        told += [*([B.text(" · ")] if told else []), B.text(f"{asked}: "), *value]
    return [B.para([B.text(name, b=True)]), *([B.para(told)] if told else [])]


def _title_field(item: Item) -> str:
    return next((name for name in item.TITLE if getattr(item, name)), "")


def _rows(case: Case, node: CaseModel, prefix: str, skip: Collection[str]) -> Iterator[Row]:
    for name in type(node).model_fields:
        value, asked = getattr(node, name), words_for(type(node), name)
        if name in skip or name in _NEVER or isinstance(value, Items):
            continue
        if isinstance(value, CoverageAnswer) and asked:
            if told := answered(name, value):
                yield _short(asked), told
        elif isinstance(value, CaseModel):
            yield from _rows(case, value, f"{prefix}{name}.", skip)
        elif asked and (shown := _shown(case, asked, value)):
            yield _short(asked), sourced(shown, said(case, f"{prefix}{name}"))


def answered(key: str, value: CoverageAnswer, *notes: str) -> list[B.Run]:
    """The plan's answer to one question, and its form."""
    told = plan_answer(key, value, lines(value.detail))
    return sourced(told, tr("insurance plan"), words(value.form).lower(), *notes)


def _short(asked: Words) -> str:
    return spoken(tr(asked.short or asked.question), "caregiver")


def _shown(case: Case, asked: Words, value: Any) -> str:
    """A plain value in display form; "" if it says nothing."""
    if value is None or value is False or value == () or value is YesNo.UNKNOWN:
        return ""
    if asked.target:
        keys = value if isinstance(value, tuple) else (value,)
        return joined((label(case, asked.target, key) for key in keys), "; ")
    if asked.kind in ("date", "moment"):
        return day(value)
    if isinstance(value, Decimal):
        return f"${value:,.2f}".removesuffix(".00")
    if isinstance(value, Choice):
        return words(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return joined([str(value), tr(asked.unit) if asked.unit else ""], " ")
    return lines(words(value)) if isinstance(value, str) else words(value)
