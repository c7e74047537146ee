"""Letters about records: the request, the reminder, the reply to a delay, the privacy officer, the complaint.

Knows the case and the request clocks; the text of each letter is in its pack.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
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
from .text import BLANK, Wording

OTHER = "other"
"""The subject of a request letter to an office not in the case yet."""

_FAR = dt.date.max


# the subjects of each letter


def requests(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Open requests, unsent ones first, then a letter with blanks for another office."""
    found = sorted(asked.is_open(case, today), key=lambda pair: (pair[1].sent, pair[0].sent_on or ""))
    told = [(r.id, joined([asked.name_of(r), asked.sent_words(r)])) for r, _ in found]
    return [*told, (OTHER, tr("Another office, with blanks to fill in"))] if told else []


def waiting(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Requests that were sent and not fulfilled: late ones first, then by due date."""
    found = [pair for pair in asked.is_open(case, today) if pair[1].sent]
    found.sort(key=lambda pair: (pair[1].binding or _FAR, pair[0].sent_on or ""))
    return [(r.id, joined([asked.name_of(r), asked.sent_words(r), _due(clock, today)])) for r, clock in found]


def delayed(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Requests whose office says it needs more time, invalid claims first (A-06)."""
    found = [
        pair for pair in asked.is_open(case, today) if pair[1].due is not None and pair[0].extension != Extension()
    ]
    found.sort(key=lambda pair: (not pair[1].claim, pair[1].binding or _FAR))
    return [(r.id, joined([asked.name_of(r), asked.sent_words(r)])) for r, _ in found]


def stuck(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """Right-of-access requests that are late or refused, longest late first."""
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
    """The letter that requests the records; without a request, a form for an own copy with blanks."""
    found = asked.asked_for(case, wanted)
    who = routes.signer(found)
    wording = Wording(letter.name, routes.values(found, who), routes.conditions(found, who), mine=who.mine)
    lacks = asked.lacks_birth(found.case)
    return base.letter(found.case, wanted, who, asked.to_lines(found), wording, title=tr(letter.on_paper), lacks=lacks)


def after_request(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """A letter about a sent request: to the office, its privacy officer, or the Office for Civil Rights.

    It cites the rule and the due date only if a time limit applies.
    """
    found = asked.asked_for(case, wanted, to_office=letter.to != "ocr")
    who = late.signer(found)
    if letter.to == "ocr" and not who.address:  # the government asks for the complainant's address
        blank = tr("Mailing address: {blank}").format(blank=BLANK)
        who = replace(who, sender=(*who.sender, blank))
    wording = Wording(letter.name, late.values(found, who), late.conditions(found, who), mine=who.mine)
    first = tr("Privacy Officer") if letter.to == "privacy-officer" else ""
    to = late.ocr(found) if letter.to == "ocr" else asked.to_lines(found, first)
    lacks = asked.lacks_birth(found.case)
    size = 10 if letter.to == "ocr" else base.SIZE  # one page, with three addresses
    return base.letter(found.case, wanted, who, to, wording, title=tr(letter.on_paper), lacks=lacks, size=size)
