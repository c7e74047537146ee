"""Letters that follow a request: the signer, the clock and the events. Knows the request and the facts.

A letter mentions a due date only if the law sets one (H-3), always as the writer's own count.
"""

from __future__ import annotations

import datetime as dt

from ...case import Mode, YesNo
from ...case.partial_dates import earliest
from ...case.records import AnnouncedBy, Route, SentBy
from ...locale import N_, tr
from ...locale.dates import show_day
from ...rules.counting import last_day
from ..days import CLINICIAN_DAYS, AskDay, ask_day, day_in_words, is_needed, needed_day
from ..tree import blocks as B  # noqa: N812
from ..wording import joined, lines
from . import routes
from .base import Writer, address_lines, writer
from .offices import place_lines, place_of
from .request import Asked, chart_facts, is_refused, listing, on_day, patient_facts
from .text import BLANK, Value

OCR = N_("Office for Civil Rights")
_CLAIMS = {"phone": "phone", "late": "late_letter", "incomplete": "incomplete", "before": "before", "again": "again"}
_HOW = {
    SentBy.PORTAL: N_("through the portal"),
    SentBy.EMAIL: N_("by email"),
    SentBy.FAX: N_("by fax"),
    SentBy.MAIL: N_("by mail"),
    SentBy.BY_HAND: N_("by hand"),
    SentBy.PHONE: N_("by phone"),
}


def signer(found: Asked) -> Writer:
    """Who writes again: whoever asked with their own authorization, else who may write to this office today."""
    if found.request.route in (Route.ACCESS_REP, Route.AUTHORIZATION):
        return routes.signer(found)
    return writer(found.view, found.office)


def conditions(found: Asked, who: Writer) -> set[str]:
    """The conditions that are true for this request."""
    clock, request, today = found.clock, found.request, found.view.today
    blank = request.id not in found.view.case.records.requests
    held = {
        "helped": who.mine and found.view.case.mode is not Mode.SELF,
        "runs": clock.runs or blank,
        "late": clock.runs and _is_past(_ends(found), today),
        "over": found.is_dated and _is_past(clock.due, today),
        "undated": clock.runs and clock.start is not None and _ends(found) is None and not found.is_second_wait,
        "twice": found.is_second_wait,
        "extended": clock.extended,
        "estimated": found.is_guessed,
        "proven": found.is_proven,
        "counts": clock.extended and not clock.claim,
        "beyond": found.is_dated and bool(clock.promised and clock.outer and clock.promised > clock.outer),
        "refused": is_refused(request),
        "reviewable": request.denial.reviewable is YesNo.YES,
        "post": bool(who.address),
        "over_now": _is_past(_ends(found), today),
        "need": is_needed(found.view),
        "nothing": not _has_part(found),
        "mammogram": request.route is Route.MAMMOGRAM,
        "last_over": _last_over(found),
        _CLAIMS.get(clock.claim, ""): True,
    }
    return {name for name, holds in held.items() if holds and name}


def values(found: Asked, who: Writer) -> dict[str, Value]:
    """The values of these letters."""
    case, request, clock, view = found.view.case, found.request, found.clock, found.view
    on = clock.start or view.today  # an unreceived request would arrive today
    rule = clock.limit or view.facts.clock("records.access", on)
    more = clock.more or view.facts.clock("records.extension", on)
    window, last = view.facts.clock("records.complaint", _knew(found) or view.today), _last(found)
    where = view.facts.in_force("H-10-where", view.today)
    got = earliest(request.received_by_holder_on)
    passed = (view.today - clock.start).days if clock.start and found.is_dated else 0
    due = _ends(found)
    when = _ask_day(found)
    transfer = view.facts.clock("records.mammogram", clock.start or view.today)
    hotline = view.facts.in_force("H-18-hotline", view.today)
    return {
        "patient": case.person.name or BLANK,
        "office": found.office,
        "office_address": joined(place_lines(place_of(case, found.office))),
        "mammogram_time": transfer.measure if transfer else "",
        "reach": who.reach,
        "who": chart_facts(found),
        "facts": chart_facts(found, *_facts(found)),
        "parties": patient_facts(case, (tr("Office"), _office(found)), (tr("Its address"), _office_address(found))),
        "story": _story(found, who),
        "missing": listing(found, found.open_records),
        "hidden": found.hidden or None,
        "sent": show_day(request.sent_on),
        "on_sent": on_day(request.sent_on),
        "got": show_day(request.received_by_holder_on) if got else "",
        "on_got": on_day(request.received_by_holder_on) if got else "",
        "part": show_day(request.partly_received_on),
        "count": passed if passed > 0 else None,
        "passed": passed if passed > 1 else None,
        "days": rule.number if rule else None,
        "time": rule.measure if rule else "",
        "due": day_in_words(due),
        "first": day_in_words(clock.due) if found.is_dated else "",
        "stands": day_in_words(due),
        "outer": day_in_words(clock.outer),
        "more": more.number if more else None,
        "more_time": more.measure if more else "",
        "letter": show_day(request.extension.letter_on),
        "new_date": show_day(request.extension.new_date),
        "reason": lines(request.denial.reason),
        "when": when.words,
        "when_it": when.alone,
        "day": day_in_words(when.day, weekday=True),
        "reply": day_in_words(when.day or when.needed, weekday=True),
        "by": day_in_words(when.day or when.needed, weekday=True),
        "hotline": str(hotline.value) if hotline else "",
        "paper": routes.paper_words(who.paper),
        "window": window.number if window else None,
        "complaint_time": window.measure if window else "",
        "last": day_in_words(last, weekday=True),
        "where": joined([where.words, where.source_url], " ") if where else "",
    }


def _came_in(found: Asked) -> str:
    """The day of receipt, worded as the writer's own estimate if nothing proves it."""
    if found.is_guessed:
        return ""
    day = show_day(found.request.received_by_holder_on)
    return day if found.is_proven else tr("{day} (my calculation)").format(day=day)


def _ends(found: Asked) -> dt.date | None:
    """The last day that a letter may state: from a certain count, or named by the office itself."""
    clock = found.clock
    return clock.binding if found.is_dated or (clock.extended and clock.binding == clock.promised) else None


def _ask_day(found: Asked) -> AskDay:
    """The day to ask for: before the records are needed, and before a time limit of the office that is ahead."""
    view, ends = found.view, _ends(found)
    needed = needed_day(view)
    late = _is_past(ends, view.today) or is_refused(found.request)
    return ask_day(view.today, needed, ends, soon=late, least=1 if needed else CLINICIAN_DAYS if late else 1)


def _has_part(found: Asked) -> bool:
    """Whether some of the records are here."""
    return bool(earliest(found.request.partly_received_on)) or any(item.is_here for item in found.records)


def _office(found: Asked) -> str:
    return found.office or BLANK


def _office_address(found: Asked) -> str:
    """The office's address and phone number, for a complaint about it."""
    place = place_of(found.view.case, found.office)
    return joined([*address_lines(place.address), place.phone]) or BLANK if place else BLANK


def ocr(found: Asked) -> tuple[str, ...]:
    """The lines of the government's address for complaints (H-10)."""
    fact = found.view.facts.in_force("H-10-mail", found.view.today)
    return (tr(OCR), *(str(fact.value).split("; ") if fact else ()))


def _is_past(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day < today


def _facts(found: Asked) -> list[tuple[str, str]]:
    """Key facts of the request."""
    request = found.request
    refusal = joined([show_day(request.denial.on), lines(request.denial.reason)], ": ")
    pairs = [
        (tr("Asked for on"), show_day(request.sent_on) or BLANK),
        (tr("Received on"), _came_in(found)),
        (tr("Part received on"), show_day(request.partly_received_on)),
        (tr("Refused"), refusal or (BLANK if is_refused(request) else "")),
    ]
    return [(label, value) for label, value in pairs if value]


def _story(found: Asked, who: Writer) -> list[B.Block]:
    """What happened, by date; undated events come last."""
    request = found.request
    wait, by = request.extension, found.view.case.person.name or BLANK
    how = tr(_HOW[request.how]) if request.how else ""
    asked = tr("I asked for the records") if who.mine else tr("{patient} asked for the records").format(patient=by)
    reason = lines(wait.reason).rstrip(".")
    more = joined(
        [
            tr("The office said on the phone that it needs more time.")
            if wait.announced_by is AnnouncedBy.PHONE
            else tr("The office wrote that it needs more time."),
            tr("Its new date: {day}.").format(day=show_day(wait.new_date)) if wait.new_date else "",
            tr("Its reason: {reason}.").format(reason=reason) if reason else "",
        ],
        " ",
    )
    refusal = lines(request.denial.reason).rstrip(".")
    refused = joined(
        [tr("The office refused."), tr("Its reason: {reason}.").format(reason=refusal) if refusal else ""], " "
    )
    came_in = request.received_by_holder_on if earliest(request.received_by_holder_on) else None
    got_it = (
        tr("The office received the request.")
        if found.is_proven
        else tr("The office received the request (my calculation).")
    )
    ended = due if _is_past(due := _ends(found), found.view.today) else None
    said_no = earliest(request.denial.on)
    if ended and said_no and said_no <= ended:
        ended = None  # refused in time: the time limit is irrelevant
    events = [
        (request.sent_on, joined([asked, how], " ") + ".", bool(request.sent_on)),
        (came_in, got_it, bool(came_in)),
        (request.partly_received_on, tr("Some of the records arrived."), bool(request.partly_received_on)),
        (wait.letter_on, more, bool(wait.letter_on or wait.announced_by)),
        (ended.isoformat() if ended else None, tr("The deadline passed (my calculation)."), bool(ended)),
        (request.denial.on, refused, is_refused(request)),
    ]
    told = sorted((e for e in events if e[2]), key=lambda e: (earliest(e[0]) or found.view.today, e[0] is None))
    items = [f"{show_day(day)}: {words}" if day else words for day, words, _ in told]
    return [B.listing(items)] if items else []


def _last(found: Asked) -> dt.date | None:
    """The last day for a complaint; counted from the due date or the refusal, to be safe (H-10)."""
    since = _knew(found)
    fact = found.view.facts.clock("records.complaint", since) if since else None
    return last_day(fact, since) if fact and since else None


def _knew(found: Asked) -> dt.date | None:
    """The day from which the person knew: the day of refusal, else the due date."""
    return earliest(found.request.denial.on) or (found.clock.binding if found.clock.runs else None)


def _last_over(found: Asked) -> bool:
    last = _last(found)
    return last is not None and last < found.view.today
