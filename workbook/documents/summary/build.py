"""Builds the summary of a case for one reader from the answers. Knows the parts and the readers; no kernel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import Any

from ...case import Case
from ...errors import CannotExport
from ...locale import language, tr
from ..audience.held_back import choices
from ..audience.readers import READERS
from ..audience.redact import seen_by
from ..catalog import NOTES, Wanted
from ..tree import blocks as B  # noqa: N812
from .fit import LARGE, made
from .limits import Limits
from .parts import FROM_ALL, PARTS, limits_for, unnamed

ROOM = 12  # lines on an empty page of the binder


def for_reader(case: Case, wanted: Wanted) -> dict[str, Any]:
    """The summary for the requested reader, with the selected extras.

    CannotExport if something was selected that the reader cannot get: nobody should believe that it was included.
    """
    if wanted.include and wanted.include - {extra.path for extra in choices(case, wanted.reader)}:
        sentence = tr("You asked to include something this reader cannot receive, or that is included already.")
        raise CannotExport(sentence + " " + tr("The packet page shows what you can choose."))
    made = summary(
        case,
        wanted.today,
        wanted.reader,
        wanted.include,
        without_first=wanted.without_first,
        paper=wanted.paper,
        size=LARGE if wanted.large else None,
    )
    made = {**made, NOTES: unnamed(case, wanted.reader)}
    return {**made, "blocks": [*_carries(), *made["blocks"]]} if wanted.with_case_file else made


def _carries() -> list[B.Block]:
    """What nobody sees on paper: that the file has the workbook inside."""
    told = tr(
        "This PDF has the whole workbook inside, also what is private and not on these pages. "
        "Do not send it to others. To go on with the workbook, load this file with “Load a case file”."
    )
    return [B.callout(tr("Keep this file for yourself"), [told], "warn")]


def summary(
    case: Case,
    today: dt.date,
    reader: str = "clinician",
    include: AbstractSet[str] = frozenset(),
    *,
    without_first: bool = False,
    paper: str = "us-letter",
    size: float | None = None,
) -> dict[str, Any]:
    """The document; for a clinician it equals the output of an unmodified summary.ipynb."""
    who = READERS[reader]
    seen = seen_by(case, reader, include, without_first=without_first)
    theirs = {path for path in include if who.takes(path)}
    every = seen_by(case, "full", theirs) if FROM_ALL & {*who.parts} else seen
    within = limits_for(seen, today, reader, large=size is not None and size >= LARGE)
    sections = [(tr(title), _made(seen, every, today, parts, within)) for title, parts in who.sections]
    told = {k: v for _, blocks in sections for b in blocks if b["k"] == "document" for k, v in b.items() if k != "k"}
    sections = [(title, [b for b in blocks if b["k"] != "document"]) for title, blocks in sections]
    body = _tabbed(sections) if who.tabs else [b for title, blocks in sections for b in _titled(title, blocks)]
    told["title"] = tr(who.title)
    return B.document(told.pop("title"), body, lang=language(), paper=paper, size=size or who.size, **told)


def _made(case: Case, every: Case, today: dt.date, parts: tuple[str, ...], within: Limits) -> list[B.Block]:
    of = ((name, every if name in FROM_ALL else case) for name in parts)
    return list(chain.from_iterable(made(PARTS[name], seen, today, within) for name, seen in of))


def _titled(title: str, blocks: list[B.Block]) -> list[B.Block]:
    """A section under its title; its own headings go one level down."""
    if not title:
        return blocks
    lower = [B.heading(b["level"] + 1, b["c"]) if b["k"] == "heading" else b for b in blocks]
    return [B.heading(2, title), *(lower or [B.para(tr("Nothing is written here yet."))])]


def _tabbed(sections: list[tuple[str, list[B.Block]]]) -> list[B.Block]:
    """Numbered sections for tab dividers, each on a new page, after a contents page."""
    named = [(title, blocks) for title, blocks in sections if title]
    first = [b for title, blocks in sections if not title for b in blocks]
    contents = [
        [B.para([B.text(title, b=True)]), *([B.para("; ".join(_inside(blocks)))] if _inside(blocks) else [])]
        for title, blocks in named
    ]
    pages: list[B.Block] = [
        B.heading(2, tr("What is in this binder")),
        B.listing(contents, ordered=True, contents=True),
    ]
    for number, (title, blocks) in enumerate([(tr("At a glance"), first), *named]):
        pages += [B.pagebreak(), *_titled(f"{number}. {title}" if number else title, blocks)]
        pages += [] if blocks else [B.lines(ROOM, tr("Room for notes"))]
    return pages


def _inside(blocks: list[B.Block]) -> list[str]:
    return [B.as_text(b["c"]) for b in blocks if b["k"] == "heading" and b["level"] == 2]
