"""Check your answers: the questions of each page with their answers, and a link back to each. No widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...case import Case, Item, get, is_empty, label, leaves
from ...case.words import Words
from ...errors import BadPath
from ...locale import tr
from .. import links
from ..answers import in_words
from ..asking import fields
from ..asking.asked_now import asked_now
from ..asking.fields import Ask, Each, Grid, Group, Mark
from ..asking.pages import Page, pages
from ..forms import state as vals
from ..handle import OpenCase
from .base import draw


@dataclass(frozen=True)
class Row:
    """One question with its answer."""

    question: str
    answer: str
    href: str
    private: bool = False
    draft: bool = False
    sensitive: bool = False


@dataclass(frozen=True)
class Card:
    """One entry of a list with its answers."""

    title: str
    rows: list[Row]
    href: str
    private: bool = False
    sensitive: bool = False
    draft: bool = False


@dataclass
class Section:
    """The contents of one page."""

    title: str
    href: str
    rows: list[Row] = field(default_factory=list)
    lists: list[tuple[str, list[Card]]] = field(default_factory=list)
    open: int = 0

    @property
    def count(self) -> int:
        """How many answers there are; an entry without any is no answer."""
        return len(self.rows) + sum(len(card.rows) for _, cards in self.lists for card in cards)

    @property
    def empty(self) -> bool:
        return not (self.rows or self.lists)


def view(handle: OpenCase) -> str:
    """All pages with their answers; empty without an open case."""
    if not handle.bound:
        return ""
    found = [p for p in pages() if p.paths]
    made = [(_section(handle, p), p.name) for p in found]
    shown = [section for section, name in made if not section.empty or name != links.here()]  # no link to itself
    return draw("review", sections=shown, earlier=list(earlier(handle, found)))


def earlier(handle: OpenCase, found: Sequence[Page]) -> Iterator[Row]:
    """Answers to questions that no page asks any more; they are kept, and shown as asked earlier."""
    case, voice = handle.case, handle.voice
    asked = {path for page in found for path in page.paths}
    for key, own in case.own.items():
        if f"own.{key}" not in asked and not is_empty(own):
            yield Row(own.words or key, in_words(case, _plain(), own), "", own.private)
    for place, item in _entries(case):
        for key, own in item.own.items():
            if f"{place}.*.own.{key}" not in asked and not is_empty(own):
                title = vals.name_of(case, item)
                yield Row(
                    f"{title}: {own.words or key}", in_words(case, _plain(), own), "", own.private or item.private
                )
    inside_answers = tuple(p + "." for p in asked)
    for leaf in leaves(case):
        pattern = _pattern(leaf.path, leaf.item)
        known = pattern in asked or pattern.startswith(inside_answers) or pattern.endswith((".private", ".sensitive"))
        if not known and not pattern.startswith("viewed.") and not is_empty(leaf.value) and _meant(leaf.path):
            words = in_words(case, leaf.words, leaf.value)
            if words:
                about = f"{vals.name_of(case, leaf.item)}: " if leaf.item else ""
                private = bool(leaf.item and leaf.item.private)
                yield Row(about + voice.say(leaf.words.question), words, "", private)


def _section(handle: OpenCase, page: Page) -> Section:
    made = Section(tr(page.title), links.page(page.name, handle.case.id))
    asked = {one.path for one in fields.asks(asked_now(page.marks, handle.case))}
    for mark in flat(page.marks):
        if isinstance(mark, Ask):
            row = answer_of(handle, mark, page)
            if row.answer:
                made.rows.append(row)
            elif mark.path in asked:
                made.open += 1
        elif isinstance(mark, Each):
            cards = cards_of(handle, mark, page)
            if cards:
                made.lists.append((_list_title(handle, mark), cards))
        elif isinstance(mark, Grid):
            cards = _grid(handle, mark, page)
            if cards:
                made.lists.append((tr("Who saw which record"), cards))
    return made


def flat(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The elements of a page, with those in groups."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from flat(mark.fields)
        else:
            yield mark


def answer_of(handle: OpenCase, mark: Ask, page: Page) -> Row:
    """A question with its answer, which may be a draft."""
    case, words = handle.case, mark.seen()
    try:
        value = get(case, mark.path)
    except BadPath:
        value = None
    draft = case.drafts.get(mark.path, "")
    href = links.page(page.name, case.id, mark.path)
    answer = draft or in_words(case, words, value)
    return Row(handle.voice.say(words.question), answer, href, mark.private, bool(draft))


def cards_of(handle: OpenCase, mark: Each, page: Page) -> list[Card]:
    """A card for each touched entry; an untouched shipped entry is not an answer."""
    case, voice = handle.case, handle.voice
    asks = [(one, one.seen(mark.path), one.path.split(".")) for one in fields.asks(mark.fields)]
    cards = []
    for key, item in vals.stored(case, mark.path).items():
        place = f"{mark.path}.{key}"
        rows = []
        for one, words, way in asks:
            draft = case.drafts.get(f"{place}.{one.path}", "")
            answer = draft or in_words(case, words, vals.walk(item, way))
            if answer:
                href = links.page(page.name, case.id, f"{place}.{one.path}")
                rows.append(Row(voice.say(words.question), answer, href, one.private, bool(draft)))
        href = links.page(page.name, case.id, place)
        cards.append(Card(vals.name_of(case, item), rows, href, item.private, item.sensitive))
    return cards


def _grid(handle: OpenCase, mark: Grid, page: Page) -> list[Card]:
    """A card for each record that anyone saw; also by clinicians without a column on the page."""
    case = handle.case
    cards = []
    for key, item in handle.session.shown(mark.rows).items():
        seen = case.viewed.get(key, {})
        rows = [
            Row(name, tr(cell.how.words), links.page(page.name, case.id, f"{mark.value}.{key}.{column}.how"))
            for column, cell in seen.items()
            if cell.how and (name := label(case, "clinicians", column))
        ]
        if rows:
            href = links.page(page.name, case.id, f"{mark.value}.{key}")
            cards.append(Card(vals.name_of(case, item), rows, href, item.private, item.sensitive))
    return cards


def _list_title(handle: OpenCase, mark: Each) -> str:
    noun = handle.voice.say(mark.item or vals.noun(mark.path))
    return noun[:1].upper() + noun[1:]


def _entries(case: Case) -> Iterator[tuple[str, Item]]:
    from ..asking.catalog import lists

    for place in lists():
        for item in vals.stored(case, place).values():
            yield place, item


def _pattern(path: str, item: Item | None) -> str:
    return path.replace(f".{item.id}", ".*", 1) if item else path


def _meant(path: str) -> bool:
    """Whether a person would recognize this as their answer."""
    return path not in ("mode", "nickname", "status")


def _plain() -> Words:
    return Ask("own.x", "x").seen()
