"""An index from a path of the case to the page that asks it, and from an alert to its page. Knows pages; no case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import catalog
from .fields import Ask, Each, Group, Mark
from .pages import HOME, Page

if TYPE_CHECKING:
    from ...rules import Alert


@dataclass(frozen=True)
class Location:
    """A page and an anchor on it."""

    page: Page
    anchor: str = ""


class PageIndex:
    """Finds the page that asks a path of the case."""

    def __init__(self, book: Sequence[Page]) -> None:
        """`book` are all pages, in order."""
        self.book = tuple(book)
        self._known: dict[str, Location] = {}
        asked = [p for p in self.book if p.step]
        # A question that is asked twice belongs to the page that has it in view, not in a collapsed group.
        for page, paths in [*((p, p.in_view) for p in asked), *((p, p.paths) for p in asked)]:
            for path in paths:
                steps = path.split(".")
                for end in range(len(steps), 0, -1):
                    start = ".".join(steps[:end])
                    self._known.setdefault(start, Location(page, path if "*" not in path else start.partition(".*")[0]))

    def of(self, path: str) -> Location | None:
        """Where this value, entry or list is asked; None if no page asks it."""
        path = path.partition("@")[0]  # the source of a value is asked next to it
        if not path:
            return None
        held = next((x for x in catalog.lists() if path.startswith(x + ".")), "")
        key = path[len(held) + 1 :].partition(".")[0] if held else ""
        wanted = f"{held}.*{path[len(held) + 1 + len(key) :]}" if held else path
        while wanted:
            if wanted in self._known:
                found = self._known[wanted]
                return Location(found.page, f"{held}.{key}") if held and "*" in wanted else found
            wanted = wanted.rpartition(".")[0]
        return None

    def own(self, page: Page) -> tuple[Mark, ...]:
        """The elements of a page without questions that another page asks first."""

        def belongs(path: str) -> bool:
            return path not in self._known or self._known[path].page is page

        def kept(marks: Sequence[Mark], listed: str = "") -> Iterator[Mark]:
            for mark in marks:
                if isinstance(mark, Ask):
                    if belongs(f"{listed}.*.{mark.path}" if listed else mark.path):
                        yield mark
                elif isinstance(mark, Group | Each):
                    if inner := tuple(kept(mark.fields, mark.path if isinstance(mark, Each) else listed)):
                        yield replace(mark, fields=inner)
                else:
                    yield mark

        return tuple(kept(page.marks))

    def shows(self, alert: Alert) -> str:
        """The name of the page that shows the alert: the page of its step; if there are several, the one that
        asks about its subject; the first page for an alert without a step."""
        place = self.of(alert.about)
        own = next((p for p in self.book if re.fullmatch(rf"\d+-{alert.step}", p.first_name)), None)
        if own is None:
            return place.page.name if place else HOME
        same = [p for p in self.book if p.file_number == own.file_number]
        return place.page.name if place and place.page in same else own.name
