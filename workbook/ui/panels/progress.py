"""The progress of each page in words, from its questions and answers. Knows pages, values and voice; no widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...case import Case, Item, Words, is_blank, is_empty
from ...case.records import RecordItem, RecordRequest
from ...locale import plural, tr
from ..asking import fields
from ..asking.asked_now import asked_now
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


def status(handle: OpenCase, page: Page, places: PageIndex, to_check: int = 0) -> Status:
    """The state of a page in words, with how many things to check it shows; "done" is only set by the person.

    An answer that was given on another page, such as a name, starts no second one.
    """
    done = handle.case.steps.get(page.key, False)
    started = vals.started(handle.case, places.own(page))
    words = tr("Done") if done else tr("Started") if started else tr("Not started")
    if to_check:
        check = plural("1 to check", "{n} to check", to_check)
        words = tr("Done, {check}").replace("{check}", check) if done else check
    return Status(page, words, done, started)


def first_open(found: Sequence[Status]) -> Status | None:
    """The page to continue with: the first one not marked as done."""
    return next((s for s in found if not s.done), None)


def missing(handle: OpenCase, page: Page) -> list[tuple[str, str]]:
    """The unanswered questions of the page: a sentence and the path; collapsed ones that are not main are left out."""
    case, voice = handle.case, handle.voice
    told: list[tuple[str, str]] = []
    for mark in fields.main(asked_now(page.marks, case)):
        if isinstance(mark, Ask) and not vals.answered(case, mark):
            told.append((voice.say(alone(mark.seen())), mark.path))
        elif isinstance(mark, Each) and all(is_blank(item) for item in handle.session.shown(mark.path).values()):
            told.append((offered(voice, mark), mark.path))
        elif isinstance(mark, Each):
            told += _in_letters(handle, mark)
            told += _in_records(handle, mark)
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


def has_begun_entry(handle: OpenCase, page: Page) -> bool:
    """Whether an entry of a list has no answer to one of its main questions, such as a clinician with only a name."""
    case = handle.case
    for each in (mark for mark in asked_now(page.marks, case) if isinstance(mark, Each)):
        for item in handle.session.shown(each.path).values():
            if not is_blank(item) and next(_unanswered(case, each, item), None):
                return True
    return False


def _unanswered(case: Case, each: Each, item: Item) -> Iterator[Ask]:
    """The main questions of an entry that have no answer; a checkbox may stay empty."""
    for one in fields.main(asked_now(each.fields, case, each.path, item)):
        if isinstance(one, Ask) and one.seen(each.path).kind != "check" and _lacks_answer(item, one):
            yield one


def _lacks_answer(item: Item, one: Ask) -> bool:
    return is_empty(vals.walk(item, one.path.split(".")))


def _in_letters(handle: OpenCase, each: Each) -> Iterator[tuple[str, str]]:
    """What the letters that are not sent yet lack: a sentence and the path."""
    case = handle.case
    for key, item in handle.session.shown(each.path).items():
        if isinstance(item, RecordRequest) and not item.is_sent and not is_blank(item):
            for one in _unanswered(case, each, item):
                words = handle.voice.say(alone(one.seen(each.path)))
                yield f"{vals.name_of(case, item)}: {words}", f"{each.path}.{key}.{one.path}"


def _in_records(handle: OpenCase, each: Each) -> Iterator[tuple[str, str]]:
    """How many records the list has of which nobody said yet whether they are here: one line for all."""
    items = handle.session.shown(each.path).values()
    number = sum(isinstance(item, RecordItem) and not item.state for item in items)
    if number:
        yield plural("Do you have it yet? 1 record", "Do you have them yet? {n} records", number), each.path


def _lacks(case: Case, each: Each, item: Item) -> bool:
    """Whether a question that this entry is asked has no answer."""
    asked = fields.asks(asked_now(each.fields, case, each.path, item))
    return any(is_empty(vals.walk(item, one.path.split("."))) for one in asked)


def days_left(days: int) -> str:
    """The time until a day, in words."""
    if days <= 0:
        return tr("today")
    return tr("tomorrow") if days == 1 else plural("in 1 day", "in {n} days", days)
