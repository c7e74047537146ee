"""Every date that counts, with the sum behind it and the rule it rests on. Knows the derived status; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Item, get
from ...locale import tr
from ...locale.dates import show_day
from ..asking.page_index import PageIndex
from ..asking.pages import pages
from ..derived import Derived, derived
from ..forms import state as vals
from ..handle import OpenCase
from . import alerts
from .base import draw
from .timeline import away

if TYPE_CHECKING:
    from ...rules import Deadline, Ended


def view(handle: OpenCase) -> str:
    """The open dates in order, those that are not counted yet, and those that no longer count."""
    if not handle.bound:
        return ""
    known, places = derived(handle), PageIndex(pages())
    lines = [_line(handle, one, known, places) for one in known.status.deadlines]
    return draw(
        "dates",
        dated=[line for line in lines if line["day"]],
        undated=[line for line in lines if not line["day"]],
        ended=[_ended(handle, one) for one in known.status.ended],
    )


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


def _written(places: PageIndex, about: str) -> str:
    """That a date is one that was entered, and on which page."""
    place = places.of(about)
    if place is None:
        return tr("This date was written down in this workbook.")
    return tr("This date was written down on the page “{page}”.").replace("{page}", tr(place.page.title))


def _sure(line: Deadline) -> str:
    words = {"from_memory": tr("This date is from memory."), "estimated": tr("This date is an estimate.")}
    return words.get(line.certainty.value, "")


def _ended(handle: OpenCase, line: Ended) -> dict[str, str]:
    item = get(handle.case, line.about)
    is_shown = isinstance(item, Item) and not (item.private or item.sensitive)
    name = vals.name_of(handle.case, item) if is_shown else ""
    return {"name": name, "day": _on(line.due.isoformat()) if line.due else "", "why": tr(line.why)}


def _on(day: str) -> str:
    return show_day(day, weekday=True)
