"""The progress of each page in words, from its questions and answers. Knows pages, values and voice; no widgets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...case import Case, Item, Words, is_blank, is_empty, leaves
from ...case.partial_dates import exact
from ...locale import plural, tr
from ..asking import fields
from ..asking.asked_now import asked_now
from ..asking.coming import COMING
from ..asking.fields import Ask, Each
from ..asking.page_index import PageIndex
from ..asking.pages import Page
from ..forms import state as vals
from ..handle import OpenCase
from ..voice import Voice


@dataclass(frozen=True)
class Status:
    """One page as the map shows it."""

    page: Page
    words: str
    done: bool
    started: bool


@dataclass(frozen=True)
class Date:
    """An upcoming day, with its event."""

    day: str
    words: str
    left: str
    path: str


def status(handle: OpenCase, page: Page, places: PageIndex) -> Status:
    """The state of a page in words; "done" is only set by the person.

    An answer that was given on another page, such as a name, starts no second one.
    """
    done = handle.case.steps.get(page.key, False)
    started = vals.started(handle.case, places.own(page))
    words = tr("Done") if done else tr("Started") if started else tr("Not started")
    return Status(page, words, done, started)


def first_open(found: Sequence[Status]) -> Status | None:
    """The page to continue with: the first one not marked as done."""
    return next((s for s in found if not s.done), None)


def missing(handle: OpenCase, page: Page) -> list[tuple[str, str]]:
    """The unanswered questions of the page: a sentence and the path; collapsed ones are left out."""
    case, voice = handle.case, handle.voice
    told: list[tuple[str, str]] = []
    for mark in asked_now(page.marks, case):
        if isinstance(mark, Ask) and not vals.answered(case, mark):
            told.append((voice.say(alone(mark.seen())), mark.path))
        elif isinstance(mark, Each) and all(is_blank(item) for item in handle.session.shown(mark.path).values()):
            told.append((offered(voice, mark), mark.path))
    return told


def alone(words: Words) -> str:
    """The question as it is understood away from its page, where "When?" means nothing."""
    return words.question if len(words.question.split()) > 2 else words.short or words.question


def offered(voice: Voice, mark: Each) -> str:
    """A list without an entry, as an offer to add one."""
    noun = voice.say(mark.item or vals.noun(mark.path))
    return voice.say(mark.add) or tr("Not written down yet: {item}").replace("{item}", noun)


def unfit(drafts: Mapping[str, str]) -> str:
    """How many answers are drafts because they are invalid; "" for none. A document has the earlier values, if any."""
    if not drafts:
        return ""
    return plural(
        "One answer does not fit its question yet. Until it is changed, papers leave it out.",
        "{n} answers do not fit their questions yet. Until they are changed, papers leave them out.",
        len(drafts),
    )


def has_open(handle: OpenCase, page: Page) -> bool:
    """Whether any question on the page, including collapsed ones, has no answer."""
    case = handle.case
    asked = asked_now(page.marks, case)
    if any(not vals.answered(case, one) for one in fields.asks(asked)):
        return True
    for each in fields.lists(asked):
        items = handle.session.shown(each.path)
        if not items or any(_lacks(case, each, item) for item in items.values()):
            return True
    return False


def _lacks(case: Case, each: Each, item: Item) -> bool:
    """Whether a question that this entry is asked has no answer."""
    asked = fields.asks(asked_now(each.fields, case, each.path, item))
    return any(is_empty(vals.walk(item, one.path.split("."))) for one in asked)


def next_date(handle: OpenCase) -> Date | None:
    """The nearest date in the case that has not passed."""
    today, case = handle.today(), handle.case
    coming: list[tuple[dt.date, str, Item | None, str]] = []
    for leaf in leaves(case):
        if leaf.words.kind in ("date", "moment") and leaf.path.endswith(COMING) and isinstance(leaf.value, str):
            day, item = exact(leaf.value), leaf.item
            settled = item is not None and (item.private or getattr(item, "finished", False))
            if day and day >= today and not settled:
                coming.append((day, leaf.words.short, item, leaf.path))
    if not coming:
        return None
    day, short, item, path = min(coming, key=lambda c: c[0])
    name = vals.name_of(case, item).rstrip(".") if item else ""
    words = name if path.endswith(".due") else f"{name}: {tr(short)}" if name else tr(short)
    return Date(day.isoformat(), words, days_left((day - today).days), path)


def days_left(days: int) -> str:
    """The time until a day, in words."""
    if days <= 0:
        return tr("today")
    return tr("tomorrow") if days == 1 else plural("in 1 day", "in {n} days", days)
