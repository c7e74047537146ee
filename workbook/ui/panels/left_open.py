"""What is left open: what was skipped, what is not known yet, and what has no answer, page by page. No widgets.

A skip is noted when someone goes past a question without an answer. Which pages someone opened or read is noted
nowhere, so a question without an answer may be new to them or not. A question that this case is not asked, and a
checkbox, which may well stay empty, are never open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from ...case import Item, Own, Words, is_blank, is_empty, to_plain
from ...case.partial_dates import UNKNOWN
from ...locale import tr
from .. import links
from ..asking.asked_now import asked_now
from ..asking.fields import Ask, Each, Group, Mark
from ..asking.page_index import PageIndex
from ..asking.pages import Page, labels, pages
from ..forms import state as vals
from ..handle import OpenCase
from . import progress
from .base import draw

MOST = 8  # of one kind in view; if there are more, each page is folded


@dataclass(frozen=True)
class Line:
    """One question or entry, with the way to it."""

    words: str
    href: str
    page: str = ""
    label: str = ""  # of that page
    about: str = ""  # the entry or the group it is in
    count: int = 0


@dataclass(frozen=True)
class Place:
    """One question that the case is asked now: where it is, and what became of it."""

    path: str
    words: str
    state: str  # skipped, unknown, answered or open
    folds: tuple[str, ...] = ()  # the titles of the groups it is in
    listed: str = ""  # the list it is in
    entry: str = ""  # the id of its entry there
    name: str = ""  # of that entry
    untouched: bool = False  # in a ready-made entry in which nobody wrote


@dataclass
class Section:
    """What one page leaves open."""

    page: Page
    title: str
    label: str
    href: str
    status: progress.Status
    lines: list[Line] = field(default_factory=list)
    entries: list[Line] = field(default_factory=list)
    untouched: list[Line] = field(default_factory=list)
    folded: int = 0

    @property
    def count(self) -> int:
        """How many questions are listed, with those of the entries."""
        return len(self.lines) + sum(line.count for line in self.entries)

    @property
    def begun(self) -> bool:
        """Whether anything was answered here, or the person said that the page is done."""
        return self.status.started or self.status.done


def view(handle: OpenCase) -> str:
    """What was skipped, what is not known, and what has no answer; empty without an open case."""
    if not handle.bound:
        return ""
    skipped, unknown, sections = found(handle)
    left = [one for one in sections if one.lines or one.entries or one.untouched]
    return draw(
        "left_open",
        skipped=skipped,
        unknown=unknown,
        parted=_parted,
        open=[one for one in left if one.begun],
        untouched=[one for one in left if not one.begun],
        begun=any(one.begun for one in sections) or bool(skipped),
        most=MOST,
    )


def _parted(lines: Iterable[Line], name: str) -> list[list[Line]]:
    """Neighbors with the same `page`, or the same `about`, together."""
    return [list(same) for _, same in groupby(lines, key=attrgetter(name))]


def link(handle: OpenCase) -> dict[str, str] | None:
    """A link to the page that shows this; None if the notebooks have none."""
    at = next((page for page in pages() if "left_open" in page.verbs), None)
    return {"title": tr(at.title), "href": links.page(at.name, handle.case.id)} if at else None


def found(handle: OpenCase) -> tuple[list[Line], list[Line], list[Section]]:
    """The questions that were skipped, those that are not known yet, and what each step leaves open."""
    book = pages()
    label, index = labels(book), PageIndex(book)
    asked: dict[str, Place] = {}  # one question may be asked in two places, and is listed with the first
    skipped: list[Line] = []
    unknown: list[Line] = []
    sections = []
    for page in (one for one in book if one.step and one.paths):
        places = [one for one in _places(handle, page) if asked.setdefault(one.path, one) is one]
        lines = [(one.state, _line(handle, page, label.get(page.name, ""), one)) for one in places]
        skipped += [line for state, line in lines if state == "skipped"]
        unknown += [line for state, line in lines if state == "unknown"]
        sections.append(_section(handle, page, label.get(page.name, ""), places, index))
    return skipped, unknown, sections


def _section(handle: OpenCase, page: Page, label: str, places: Sequence[Place], index: PageIndex) -> Section:
    open_ = [one for one in places if one.state == "open"]
    plain = [one for one in open_ if not one.folds]
    case_id = handle.case.id
    made = Section(page, tr(page.title), label, links.page(page.name, case_id), progress.status(handle, page, index))
    made.lines = [_line(handle, page, label, one) for one in plain if not one.entry]
    made.folded = sum(bool(one.folds) and not one.entry for one in open_)
    by_entry: dict[tuple[str, str], list[Place]] = {}
    for one in plain:
        if one.entry:
            by_entry.setdefault((one.listed, one.entry), []).append(one)
    waiting: dict[str, int] = {}
    for (path, key), inside in by_entry.items():
        if inside[0].untouched:
            waiting[path] = waiting.get(path, 0) + 1
        else:
            href = links.page(page.name, case_id, f"{path}.{key}")
            made.entries.append(Line(inside[0].name, href, count=len(inside)))
    for path, n in waiting.items():
        made.untouched.append(Line("", links.page(page.name, case_id, path), count=n))
    return made


def _line(handle: OpenCase, page: Page, label: str, one: Place) -> Line:
    about = ": ".join(filter(None, (one.name, handle.voice.say(one.folds[-1]) if one.folds else "")))
    return Line(one.words, links.page(page.name, handle.case.id, one.path), tr(page.title), label, about)


def _places(handle: OpenCase, page: Page) -> Iterator[Place]:
    for mark, folds in _flat(asked_now(page.marks, handle.case)):
        if isinstance(mark, Ask):
            words = mark.seen()
            state = _state(handle, mark.path, words, vals.at(handle.case, mark.path))
            yield Place(_anchor(mark.path, words), handle.voice.say(progress.alone(words)), state, folds)
        elif isinstance(mark, Each):
            yield from _in_list(handle, mark, folds)


def _in_list(handle: OpenCase, mark: Each, folds: tuple[str, ...]) -> Iterator[Place]:
    case, voice = handle.case, handle.voice
    shown, stored = handle.session.shown(mark.path), vals.stored(case, mark.path)
    if all(is_blank(item) for item in shown.values()):
        state = "skipped" if case.skipped.get(mark.path) else "open"
        yield Place(mark.path, progress.offered(voice, mark), state, folds)
    for key, item in shown.items():
        about = Place("", "", "", folds, mark.path, key, vals.name_of(case, item), key not in stored)
        for one, inner in _flat(asked_now(mark.fields, case, mark.path, item)):
            if isinstance(one, Ask):
                made = replace(about, **_in_entry(handle, mark, item, one), folds=folds + inner)
                if made.state != "open" or not is_blank(item):  # an empty card asks nothing of anybody
                    yield made


def _in_entry(handle: OpenCase, mark: Each, item: Item, one: Ask) -> dict[str, Any]:
    words, path = one.seen(mark.path), f"{mark.path}.{item.id}.{one.path}"
    state = _state(handle, path, words, vals.walk(item, one.path.split(".")))
    return {"path": _anchor(path, words), "words": handle.voice.say(progress.alone(words)), "state": state}


def _flat(marks: Iterable[Mark], folds: tuple[str, ...] = ()) -> Iterator[tuple[Mark, tuple[str, ...]]]:
    """The elements with those in groups, and the titles of the groups that each is in."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from _flat(mark.fields, (*folds, mark.title))
        else:
            yield mark, folds


def _state(handle: OpenCase, path: str, words: Words, value: Any) -> str:
    case = handle.case
    if not is_empty(value):
        return "unknown" if is_unknown(words, value) else "answered"
    if any(draft == path or draft.startswith(path + ".") for draft in case.drafts):
        return "answered"  # it needs another look, which the packet's page says
    if case.skipped.get(path):
        return "skipped"
    return "answered" if words.kind == "check" else "open"


def is_unknown(words: Words, value: Any) -> bool:
    """Whether the answer is "I do not know yet", where the question offers that."""
    offers = words.unknown or words.kind == "yesno" or UNKNOWN in dict(words.choices)
    plain = to_plain(value.value if isinstance(value, Own) else value)
    return offers and plain in (UNKNOWN, [UNKNOWN])


def _anchor(path: str, words: Words) -> str:
    """What a link to the question names; an answer of the plan is several boxes, and the first one is it."""
    return f"{path}.answer" if words.kind == "answer" else path
