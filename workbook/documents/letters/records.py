"""Letters about records: the request, the reminder, the answer to a delay, the privacy officer, the complaint.

Knows the case and the clocks of requests; the words of each letter lie in its pack.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...case import Case
from ...case.records import Extension
from ...locale import tr
from ...locale.dates import show_day
from ...rules.clocks.requests import RequestClock
from ..catalog import Wanted
from ..letter_packs import Letter
from ..wording import joined
from . import base, late, routes
from . import request as asked
from .text import Wording

OTHER = "other"
"""The subject of a request letter to an office that is not noted yet."""

_FAR = dt.date.max


# what each letter can be about


def requests(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Open requests, those not sent yet first, and a letter with blanks for another office."""
    found = sorted(asked.is_open(case, today), key=lambda pair: (pair[1].sent, pair[0].sent_on or ""))
    told = [(r.id, joined([asked.name_of(r), asked.sent_words(r)])) for r, _ in found]
    return [*told, (OTHER, tr("Another office, with blanks to fill in"))] if told else []


def waiting(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Requests that were sent and not answered in full: late ones first, then by the day they are due."""
    found = [pair for pair in asked.is_open(case, today) if pair[1].sent]
    found.sort(key=lambda pair: (pair[1].binding or _FAR, pair[0].sent_on or ""))
    return [(r.id, joined([asked.name_of(r), asked.sent_words(r), _due(clock, today)])) for r, clock in found]


def delayed(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Requests whose office says it needs more time, claims that do not count first (A-06)."""
    found = [
        pair for pair in asked.is_open(case, today) if pair[1].due is not None and pair[0].extension != Extension()
    ]
    found.sort(key=lambda pair: (not pair[1].claim, pair[1].binding or _FAR))
    return [(r.id, joined([asked.name_of(r), asked.sent_words(r)])) for r, _ in found]


def stuck(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Requests under the access right that are late or refused, the longest late first."""
    late = [pair for pair in asked.is_open(case, today) if pair[1].binding and pair[1].binding < today]
    late.sort(key=lambda pair: pair[1].binding or _FAR)
    refused = [(r, None) for r in asked.refused(case, today)]
    return [
        (r.id, joined([asked.name_of(r), asked.sent_words(r), _due(clock, today) if clock else tr("refused")]))
        for r, clock in [*late, *refused]
    ]


def _due(clock: RequestClock, today: dt.date) -> str:
    if clock.binding is None:
        return ""
    day = show_day(clock.binding.isoformat(), short=True)
    return (tr("was due {day}") if clock.binding < today else tr("due {day}")).format(day=day)


# the letters


def records_request(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """The letter that asks for the records; for an own copy, blanks to fill in, where there is no request yet."""
    found = asked.asked_for(case, wanted)
    who = routes.signer(found)
    wording = Wording(letter.name, routes.values(found, who), routes.conditions(found, who), mine=who.mine)
    return base.letter(found.case, wanted, who, asked.to_lines(found), wording, title=tr(letter.on_paper))


def after_request(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """A letter about a request that was sent: to the office, its privacy officer, or the Office for Civil Rights.

    It names the rule and the due date only where a time limit runs.
    """
    found = asked.asked_for(case, wanted, to_office=letter.to != "ocr")
    who = late.signer(found)
    wording = Wording(letter.name, late.values(found, who), late.conditions(found, who), mine=who.mine)
    first = tr("Privacy Officer") if letter.to == "privacy-officer" else ""
    to = tuple(map(tr, late.OCR)) if letter.to == "ocr" else asked.to_lines(found, first)
    return base.letter(found.case, wanted, who, to, wording, title=tr(letter.on_paper))
