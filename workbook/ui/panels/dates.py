"""Every date that counts, with the sum behind it and the rule it rests on. Knows the derived status; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Item, get
from ...case.partial_dates import latest
from ...locale import tr
from ...locale.dates import show_day
from ..asking.page_index import PageIndex
from ..asking.pages import pages
from ..derived import Derived, derived
from ..forms import state as vals
from ..handle import OpenCase
from . import alerts
from .base import View, draw
from .timeline import away

if TYPE_CHECKING:
    from ...rules import Dated, Deadline, Ended


def view(handle: OpenCase) -> str:
    """The open dates in order, those that are not counted yet, and those that no longer count."""
    if not handle.bound:
        return ""
    known, places = derived(handle), PageIndex(pages())
    waiting = [line for line in known.status.deadlines if line.due is None]
    listed = {(one.rule, one.about) for one in known.dates if one.line is None}  # a visit that passed without a booking
    return draw(
        "dates",
        dated=[
            _line(handle, one.line, known, places) if one.line else _plain(handle, one, known, places)
            for one in known.dates
        ],
        undated=[_line(handle, line, known, places) for line in waiting],
        ended=[_ended(handle, one) for one in known.status.ended if (one.rule, one.about) not in listed],
    )


def brief(about: str, without: str) -> View:
    """Only the dates to come of one part of the case, in a line each; without any, this sentence."""

    def view(handle: OpenCase) -> str:
        if not handle.bound:
            return ""
        known, places = derived(handle), PageIndex(pages())
        today = known.status.today
        coming = [one for one in known.dates if one.about.startswith(f"{about}.") or one.about == about]
        lines = [
            {
                "text": tr(one.text),
                "day": one.on.isoformat(),
                "left": away((one.on - today).days),
                "way": alerts.way_to(handle, one.about, None, places),
            }
            for one in coming
            if one.on >= today
        ]
        return draw("brief_dates", lines=lines, ask=_ask(handle, about, places), without=handle.voice.say(without))

    return view


def _ask(handle: OpenCase, about: str, places: PageIndex) -> dict[str, Any] | None:
    """The question whose date the other ones make worth asking: until when a treatment can still be moved."""
    known, slot = derived(handle), handle.case.goal.held_slot
    ahead = latest(slot.on)
    if about != "goal" or slot.cancel_by or slot.canceled_on or known.view.is_decided:
        return None
    if ahead is None or ahead < known.status.today:
        return None
    text = tr("Ask until what day the treatment can be moved or canceled.")
    return {"text": text, "way": alerts.way_to(handle, "goal.held_slot.cancel_by", None, places)}


def moves(handle: OpenCase) -> list[dict[str, str]]:
    """What moved with the last change that moved a date, as template values."""
    return [{"words": tr(move.words)} for move in derived(handle).moves]


def _line(handle: OpenCase, line: Deadline, known: Derived, places: PageIndex) -> dict[str, Any]:
    today = known.status.today
    return {
        "key": f"{line.rule}-{line.about}",
        "day": _on(line.due.isoformat()) if line.due else "",
        "short": show_day(line.due.isoformat(), short=True) if line.due else "",
        "left": away((line.due - today).days) if line.due else "",
        "late": bool(line.due and line.due < today and not line.is_event),
        "text": tr(line.text),
        "sure": _sure(line),
        "way": alerts.way_to(handle, line.about, None, places),
        "steps": alerts.steps(line),
        "noted": "" if line.steps else tr(line.evidence),
        "written": "" if line.steps or line.fact else _written(places, line.about),
        "rule": alerts.source(known.view.facts[line.fact], known) if line.fact in known.view.facts else None,
    }


def _plain(handle: OpenCase, one: Dated, known: Derived, places: PageIndex) -> dict[str, Any]:
    """A date that no rule counts: one that was written down, or something to do."""
    today = known.status.today
    return {
        "key": f"{one.rule}-{one.about}",
        "day": _on(one.on.isoformat()),
        "short": show_day(one.on.isoformat(), short=True),
        "left": away((one.on - today).days),
        "late": one.on < today and not one.is_event,
        "text": tr(one.text),
        "sure": _sure(one),
        "way": alerts.way_to(handle, one.about, None, places),
        "steps": [],
        "noted": "",
        "written": tr(one.why) or _written(places, one.about),
        "rule": None,
    }


def _written(places: PageIndex, about: str) -> str:
    """That a date is one that was entered, and on which page."""
    place = places.of(about)
    if place is None:
        return tr("This date was written down in this workbook.")
    return tr("This date was written down on the page “{page}”.").replace("{page}", tr(place.page.title))


def _sure(line: Deadline | Dated) -> str:
    words = {"from_memory": tr("This date is from memory."), "estimated": tr("This date is an estimate.")}
    return words.get(line.certainty.value, "")


def _ended(handle: OpenCase, line: Ended) -> dict[str, str]:
    item = get(handle.case, line.about)
    is_shown = isinstance(item, Item) and not (item.private or item.sensitive)
    name = vals.name_of(handle.case, item) if is_shown else ""
    return {"name": name, "day": _on(line.due.isoformat()) if line.due else "", "why": tr(line.why)}


def _on(day: str) -> str:
    return show_day(day, weekday=True)
