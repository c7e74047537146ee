"""Rows of one kind that display themselves as a table in a notebook. Knows no case."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=tuple[Any, ...])
_FEW = 4  # of a list in a cell
_CELL = "min-width:7em;text-align:left;vertical-align:top;padding:.35em 1em .35em 0;border-bottom:1px solid #c9d3da"


class Rows(Sequence[R], Generic[R]):
    """Rows in order: `rows[0]`, `len(rows)`, `for row in rows`; each row has named fields, such as `rows[0].path`.

    `find` keeps the rows with some words, `to_frame` makes a pandas table.
    """

    def __init__(self, kind: type[R], rows: Iterable[R], heads: Mapping[str, str], caption: str, empty: str) -> None:
        """`heads` are the fields to show, with their headings; `empty` is the sentence for a table without rows."""
        self._kind, self._rows, self._heads = kind, tuple(rows), dict(heads)
        self._caption, self._empty = caption, empty

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Rows[R]: ...
    def __getitem__(self, at: int | slice) -> R | Rows[R]:
        return self._like(self._rows[at]) if isinstance(at, slice) else self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, words: str) -> Rows[R]:
        """The rows that contain all these words, in any field and in any case of letters."""
        wanted = words.casefold().split()
        texts = ((row, " ".join(map(_plain, row)).casefold()) for row in self._rows)
        return self._like(row for row, text in texts if all(word in text for word in wanted))

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas table with all fields, also those that are not shown; days as `datetime64`."""
        import pandas as pd

        made = pd.DataFrame(list(self._rows), columns=list(self._kind._fields))  # type: ignore[attr-defined]
        for name in made.columns:
            if any(isinstance(value, dt.date) for value in made[name]):
                made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
        return made

    def __repr__(self) -> str:
        if not self._rows:
            return self._empty
        cells = [list(self._heads.values()), *([_plain(getattr(row, f)) for f in self._heads] for row in self._rows)]
        wide = [max(len(row[i]) for row in cells) for i in range(len(self._heads))]
        return "\n".join("  ".join(f"{c:<{w}}" for c, w in zip(row, wide, strict=True)).rstrip() for row in cells)

    def _repr_html_(self) -> str:
        """A table that scrolls inside its own box, so that a page stays as wide as the phone."""
        if not self._rows:
            return f"<p>{html.escape(self._empty)}</p>"
        heads = "".join(f'<th scope="col" style="{_CELL}">{html.escape(h)}</th>' for h in self._heads.values())
        rows = "".join(f"<tr>{''.join(map(self._cell, self._heads, [row] * len(self._heads)))}</tr>" for row in self)
        return scrolling(f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>", self._caption)

    def _cell(self, field: str, row: R) -> str:
        return f'<td style="{_CELL}">{html.escape(_short(getattr(row, field)))}</td>'

    def _like(self, rows: Iterable[R]) -> Rows[R]:
        return Rows(self._kind, rows, self._heads, self._caption, self._empty)


def scrolling(table: str, label: str) -> str:
    """A table's HTML in a box that scrolls by itself, also with the keyboard."""
    return (
        f'<div role="region" tabindex="0" aria-label="{html.escape(label)}" '
        f'style="overflow-x:auto;max-width:100%">{table}</div>'
    )


def _short(value: Any) -> str:
    """The cell of a table: of a long list the first few."""
    if isinstance(value, tuple) and len(value) > _FEW + 1:
        return f"{_plain(value[:_FEW])}, and {len(value) - _FEW} more"
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)
