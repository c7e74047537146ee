"""Finds how much of each list a summary can print and still keep to its pages. Knows the parts, not the formats.

The limits depend only on the case, the day and the size of the print. So a PDF, a Word file, a web page, and the
notebook that an advocate changed all say the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...case import Case
from ..tree import blocks as B  # noqa: N812
from ..tree.height import Ruler, Tall, pages
from .limits import ALL, LEVELS, Limits

PAGES, PAGES_LARGE = 2, 4
_SPARE = 0.05  # of a page in large print, where few lines make a page and a line more is a page more
LARGE = 18  # points: large print, as the guides of RNIB and UKAAF recommend

Cut = Callable[[Case, dt.date, Limits], list[B.Block]]

_FIRST = (("letters", "story"), ("questions",), ("results",), ("topics", "opinions"), ("scans",), ("diagnoses",))
_THEN = (("contacts",), ("medicines",), ("own",), ("events",), ("records",), ("differences",))
_RANKED = (*_FIRST, *_THEN)
"""What is worth room that is left, most first."""
_EVERYWHERE = frozenset(["letters", "story"])


@dataclass(frozen=True, slots=True)
class Fitted:
    """A part of a summary that can print less; `lists` are the limits that it has beside the length of answers."""

    cut: Cut
    lists: frozenset[str] = frozenset()

    def __call__(self, case: Case, today: dt.date) -> list[B.Block]:
        """The whole part."""
        return self.cut(case, today, ALL)


Maker = Callable[[Case, dt.date], list[B.Block]]


def made(maker: Maker, case: Case, today: dt.date, limits: Limits) -> list[B.Block]:
    """The blocks of a part within the limits."""
    return maker.cut(case, today, limits) if isinstance(maker, Fitted) else maker(case, today)


def limits(makers: Iterable[Maker], case: Case, today: dt.date, *, size: float, large: bool = False) -> Limits:
    """The roomiest limits with which these parts of the case, already redacted for the reader, keep to their pages.

    First the tightest level that is needed, then more of one list after the other while there is room.
    """
    levels = [replace(level, large=large) for level in LEVELS]
    sheet = _Sheet([*makers], case, today, size, PAGES_LARGE if large else PAGES)
    low, high = 0, len(levels) - 1
    while low < high:  # what fits at one level fits at every tighter one
        middle = (low + high) // 2
        low, high = (low, middle) if sheet.fits(levels[middle]) else (middle + 1, high)
    found = levels[low]
    if low and sheet.fits(found):
        for names in _RANKED:
            found = _wider(sheet, found, names, levels[:low])
    return found


def _wider(sheet: _Sheet, found: Limits, names: tuple[str, ...], levels: Sequence[Limits]) -> Limits:
    """The limits with as much of these lists as still fits."""
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        wider = replace(found, **{name: getattr(levels[middle], name) for name in names})
        low, high = (low, middle) if wider == found or sheet.fits(wider) else (middle + 1, high)
    return replace(found, **{name: getattr(levels[low], name) for name in names}) if low < len(levels) else found


class _Sheet:
    """The parts of one summary, measured; a part is built again only if a limit of it changed."""

    def __init__(self, makers: list[Maker], case: Case, today: dt.date, size: float, most: int) -> None:
        self.makers, self.case, self.today, self.most = makers, case, today, most
        self.ruler = Ruler(size)
        self.spare = _SPARE if most == PAGES_LARGE else 0.0
        self.foot: list[Tall] = []
        self.known: dict[tuple[int, tuple[int, ...]], list[Tall]] = {}

    def fits(self, within: Limits) -> bool:
        above = [tall for n in range(len(self.makers)) for tall in self._part(n, within)]
        return pages([*above, *self.foot], spare=self.spare) <= self.most

    def _part(self, number: int, within: Limits) -> list[Tall]:
        maker = self.makers[number]
        lists = sorted(maker.lists | _EVERYWHERE) if isinstance(maker, Fitted) else []
        key = (number, tuple(getattr(within, name) for name in lists))
        if key not in self.known:
            self.known[key] = self._measured(made(maker, self.case, self.today, within))
        return self.known[key]

    def _measured(self, blocks: list[B.Block]) -> list[Tall]:
        found: list[Tall] = []
        for block in blocks:
            if block["k"] == "document":
                told: dict[str, Any] = {"title": "", "subject": "", "prepared": "", "watermark": "", **block}
                self.foot = self.ruler.measured([B.para(told.get("footer", ""))])
                found.append(self.ruler.head(told))
            else:
                found += self.ruler.measured([block])
        return found
