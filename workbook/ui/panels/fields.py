"""The table of paths and questions that `wb.fields` shows. Knows the catalog of questions; no case."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ...case import Case, spoken
from ...errors import NotebookMistake
from ...rules.care_year import filled
from ..asking.catalog import below, everything, lists
from .base import draw


class Fields:
    """A table of paths and questions that displays itself in a notebook."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        """`rows` are pairs of path and question."""
        self.rows = rows

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        width = max((len(path) for path, _ in self.rows), default=0)
        return "\n".join(f"{path:<{width}}  {words}" for path, words in self.rows)

    def _repr_html_(self) -> str:
        return draw("fields", rows=self.rows)


def fields(under: str = "") -> Fields:
    """The questions below a path, such as `goal` or `records.items`; without a path, all of them."""
    start = under.strip(".")
    if start and start not in lists() and not any(below(k.whole, start) for k in everything()):
        near = difflib.get_close_matches(start, [*lists(), *(n for n in Case.model_fields)], 1)
        raise NotebookMistake(f"There are no questions under {start}." + (f" Did you mean {near[0]}?" if near else ""))
    found = [k for k in everything() if k.words and not k.inner and (not start or below(k.whole, start))]
    return Fields(
        [(k.path if k.listed == start else k.whole, filled(spoken(k.words.question), None)) for k in found if k.words]
    )
