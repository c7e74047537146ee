"""The alerts of a page: fact, action, source. Knows the derived status and the pages; no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ...case import Mode
from ...locale import N_, tr
from ...locale.dates import show_day
from .. import calls, links
from ..asking.page_index import PageIndex
from ..asking.pages import HOME, Page, pages
from ..derived import Derived, derived
from ..handle import OpenCase

if TYPE_CHECKING:
    from ...law import DatedFact
    from ...rules import Alert, Deadline

MOST = 1  # the most pressing one; the others are behind one line, so that the questions stay near
_BRIEF = 6  # words
_LETTERS = {"follow-up": N_("Make the follow-up letter"), "extension-reply": N_("Make the reply to them")}
CALLS = ("insurance.calls",)  # what a call leaves open is said once the call has ended
EVERYWHERE = ("A-01",)  # the footer of every page says it


def level_words(level: str) -> str:
    """The level of an alert in words: color alone is not accessible."""
    words = {"blocker": tr("Do this first"), "warning": tr("Look at this"), "info": tr("Good to know")}
    return words[level]


def on_page(handle: OpenCase, page: Page | None) -> list[Alert]:
    """The alerts of this page: the one that the reader came for, then by importance. No page is the first page."""
    name, places, wanted = page.name if page else HOME, PageIndex(pages()), links.check_first()
    quiet = CALLS if calls.is_under_way(handle) else ()
    found = [a for a in _shown(derived(handle)) if places.shows(a) == name and not a.about.startswith(quiet)]
    return sorted(found, key=lambda alert: f"{alert.id} {alert.about}" != wanted)


def counts(handle: OpenCase, book: Sequence[Page]) -> dict[str, int]:
    """How many alerts with an action each page shows."""
    places, found = PageIndex(book), dict.fromkeys((p.name for p in book), 0)
    for alert in _shown(derived(handle)):
        if alert.level != "info":
            name = places.shows(alert)
            found[name] = found.get(name, 0) + 1
    return found


def cards(handle: OpenCase, found: Iterable[Alert], page: Page | None) -> list[dict[str, Any]]:
    """The alerts as template values."""
    known, places = derived(handle), PageIndex(pages())
    return [_card(handle, alert, page, known, places) for alert in found]


def in_view(found: Sequence[Alert]) -> int:
    """How many of a page's alerts are open: none if they are only good to know, and the reader came for no other."""
    asks_nothing = bool(found) and found[0].level == "info" and f"{found[0].id} {found[0].about}" != links.check_first()
    return 0 if asks_nothing else MOST


def way_to(handle: OpenCase, path: str, page: Page | None, places: PageIndex) -> dict[str, str] | None:
    """A link to the question for a path, with text that says where it leads."""
    place = places.of(path)
    if place is None:
        return None
    if page is not None and place.page.name == page.name:
        return {"href": f"#{place.anchor}", "words": tr("Go to this answer")}
    words = tr("Go to: {page}").replace("{page}", tr(place.page.title))
    return {"href": links.page(place.page.name, handle.case.id, place.anchor), "words": words}


def _letter(handle: OpenCase, alert: Alert, page: Page | None) -> dict[str, str] | None:
    """A link to where the letter is made that the alert asks for; None if it asks for none, or no page makes it."""
    if alert.letter not in _LETTERS:
        return None
    from ...documents import catalog

    made = next((one for one in pages() if "request_clocks" in one.verbs), None)
    key, known = alert.about.rpartition(".")[2], catalog.DOCUMENTS.get(alert.letter)
    subjects = catalog.subjects(known, handle.case, handle.today()) if known else ()
    if made is None or all(subject != key for subject, _words in subjects):
        return None
    anchor = f"letters-{key}"
    here = page is not None and page.name == made.name
    href = f"#{anchor}" if here else links.page(made.name, handle.case.id, anchor)
    return {"href": href, "words": tr(_LETTERS[alert.letter])}


def source(fact: DatedFact, known: Derived) -> dict[str, str]:
    """A fact with a quote of the rule, its source and the day it was checked."""
    visit = known.view.next_visit
    return {
        "words": fact.words,
        "title": fact.source_title,
        "href": fact.source_url if fact.source_url.startswith("https://") else "",
        "day": show_day(fact.retrieved_on.isoformat()),
        "caution": tr(fact.caution(known.status.today, visit.day if visit else None)),
        "quote": fact.quote,
        "quoted": tr("The rule itself says:") if fact.grade == "O" else tr("The rule, as someone else quotes it:"),
        "id": fact.id,
    }


def steps(line: Deadline) -> list[dict[str, str]]:
    """The sum behind a deadline, a line for each step; empty for a date that was noted as it is."""
    return [{"day": show_day(s.day.isoformat(), weekday=True), "words": tr(s.words)} for s in line.steps]


def _shown(known: Derived) -> list[Alert]:
    return [a for a in known.status.alerts if a.id not in EVERYWHERE and not a.invites]


def _card(handle: OpenCase, alert: Alert, page: Page | None, known: Derived, places: PageIndex) -> dict[str, Any]:
    facts = known.view.facts
    ids = dict.fromkeys([*alert.rule.split(", "), alert.about])
    due = next((d for d in known.status.deadlines if d.about == alert.about and d.due == alert.due and d.sum), None)
    return {
        "key": f"{alert.id}-{alert.about}",
        "level": alert.level.value,
        "level_words": level_words(alert.level.value),
        "text": tr(alert.text),
        "more": tr(alert.more) if alert.more else "",
        "brief": _brief(tr(alert.text)),
        "next": tr(alert.next),
        "way": _letter(handle, alert, page) or way_to(handle, alert.about, page, places),
        "steps": steps(due) if due else [],
        "facts": [source(facts[i], known) for i in ids if i in facts],
        "rule": alert.id if handle.case.mode is Mode.ADVOCATE else "",
    }


def _brief(text: str) -> str:
    """The first words of an alert: enough to say which one a link belongs to. Its own words are read right before."""
    words = text.split()
    return text if len(words) <= _BRIEF else " ".join(words[:_BRIEF]) + "…"
