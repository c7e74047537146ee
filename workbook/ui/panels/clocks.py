"""The clock of each record request, and the letters that fit it. Knows the derived status; no widgets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ...case import is_blank
from ...locale import tr
from ...locale.dates import show_day
from ..derived import Derived, derived
from ..forms import state as vals
from ..handle import OpenCase
from . import downloads
from .alerts import source
from .base import View, draw
from .timeline import away

if TYPE_CHECKING:
    from ...documents.catalog import Document
    from ...rules import RequestClock


def viewing(documents: tuple[Document, ...]) -> View:
    """A view of a card for each request, with the letters among these documents that fit it, then the blank ones."""

    def view(handle: OpenCase) -> str:
        if not handle.bound:
            return ""
        offered = downloads.sorted_out(handle, documents)
        letters = {card["id"]: card["letters"] for card in offered.pop("cards")}
        return draw("clocks", cards=_cards(handle), letters=letters, **offered)

    return view


def _cards(handle: OpenCase) -> list[dict[str, Any]]:
    if not handle.case.records.requests:
        return []
    from ... import rules

    known, stored = derived(handle), {k: one for k, one in handle.case.records.requests.items() if not is_blank(one)}
    number = {key: n for n, key in enumerate(stored, 1)} if len(stored) > 1 else {}
    found = [clock for clock in rules.clocks(known.view) if clock.request.id in stored]
    return [_card(handle, clock, known) | {"number": number.get(clock.request.id)} for clock in found]


def _card(handle: OpenCase, clock: RequestClock, known: Derived) -> dict[str, Any]:
    from ...rules import ROUTES

    request, today = clock.request, known.status.today
    rule = ROUTES.get(request.route) if request.route else None
    laws = [law for law in (clock.limit, clock.more) if law and clock.runs]
    return {
        "id": request.id,
        "name": vals.name_of(handle.case, handle.case.records.requests[request.id]),
        "href": f"#{clock.path}",
        "state": _state(clock, today),
        "over": bool(clock.over),
        "pressing": bool(clock.binding and not clock.over and clock.binding < today),
        "route": handle.voice.say(request.route.words) if request.route else "",
        "rule": rule.words(known.view.facts, clock.start or today) if rule else "",
        "asked": "" if clock.runs else _on(clock.start),
        "started": _started(clock) if clock.runs else "",
        "promised": _on(clock.promised),
        "outer": _on(clock.outer) if clock.extended else "",
        "claim": _claim(clock.claim),
        "facts": [source(law, known) for law in laws],
        "steps": _sum(clock),
    }


def _state(clock: RequestClock, today: dt.date) -> str:
    """The status of the clock, in one sentence."""
    from ...rules.clocks.records import no_limit

    if clock.over:
        return tr("Ended. {why}").replace("{why}", tr(clock.over))
    if not clock.request.route:
        return tr("Choose who is asking. Then the deadline shows here.")
    if not clock.runs:
        return tr(no_limit(clock))
    if not clock.sent:
        return tr("Not sent yet. The time limit starts when the office gets it.")
    if clock.binding is None:
        return tr("We can count the time limit once you enter the day the office got it.")
    late = clock.binding < today
    words = tr("Was due on {day}, {left}. It is late.") if late else tr("Due by {day}, {left}.")
    return words.replace("{day}", _on(clock.binding)).replace("{left}", away((clock.binding - today).days))


def _started(clock: RequestClock) -> str:
    """The first day of the clock and its certainty."""
    if clock.start is None:
        return ""
    sure = {"known": "", "from_memory": tr("This date is from memory."), "estimated": tr("This date is an estimate.")}
    told = [_on(clock.start) + ".", f"{tr(clock.evidence).rstrip('.')}." if clock.evidence else ""]
    return " ".join(x for x in [*told, sure.get(clock.certainty.value, "")] if x)


def _sum(clock: RequestClock) -> list[dict[str, str]]:
    """How the last day was counted, a line for each step."""
    found = clock.outer_sum if clock.extended else clock.sum or clock.state_sum
    lines = found.steps(clock.evidence) if found else ()
    return [{"day": _on(step.day), "words": tr(step.words)} for step in lines]


def _claim(claim: str) -> str:
    """Why the office's claim for more time does not count."""
    told = {
        "phone": tr("They asked for more time only by phone. That does not count. They must put it in writing."),
        "before": tr("The letter about more time is dated before the request. It does not count."),
        "late": tr("The letter about more time arrived too late. It does not count."),
        "incomplete": tr("The letter gives no reason or no new date. It does not count."),
        "again": tr("They asked for more time twice. Only once counts."),
    }
    return told.get(claim, "")


def _on(day: dt.date | None) -> str:
    return show_day(day.isoformat(), weekday=True) if day else ""
