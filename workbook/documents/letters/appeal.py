"""The cover letter of an appeal packet: denial, deadline, enclosures. Knows the case and the plan's clocks.

The reasons are the person's own: the letter leaves lines for them and makes no medical argument. The text is in
`packs/letters/appeal-packet.toml`. The plan sees only what the reader "insurer" may see.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ...case import Case, helper_of
from ...case.coverage import AppealLevel, Denial, DenialState
from ...case.people import Authority, Paper
from ...locale import tr
from ...locale.dates import show_day
from ..catalog import Wanted
from ..context import as_read, view_of
from ..letter_packs import Letter
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines
from . import base
from .text import BLANK, Wording

if TYPE_CHECKING:
    from ...rules import View
    from ...rules.clocks.plan import PlanClock

_DONE = (DenialState.WON, DenialState.CLOSED)
_ELSEWHERE = (
    AppealLevel.EXTERNAL,
    AppealLevel.HEARING,
    AppealLevel.COUNCIL,
)  # others may receive the request: the state, or a reviewer
_READER = "insurer"


def denials(case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The open denials, as (id, label): nearest deadline first, sent appeals last."""
    from ...rules.clocks.appeals import denial

    view = view_of(as_read(case, Wanted(today), _READER), Wanted(today))
    found = [(item, denial(view, item)) for item in _open(view)]
    found.sort(key=lambda pair: (bool(pair[1].over), pair[1].binding or dt.date.max))
    return [(item.id, joined([lines(item.what) or tr(item.NOUN), _last_words(clock)])) for item, clock in found]


def appeal_packet(case: Case, wanted: Wanted, letter: Letter) -> dict[str, Any]:
    """The cover letter for one denial; with blanks if none is noted."""
    from ...rules.clocks.appeals import denial

    seen = as_read(case, wanted, _READER)
    view = view_of(seen, wanted)
    plan = view.case.insurance.plan
    item = next((d for d in _open(view) if wanted.about in ("", d.id)), Denial(id="none"))
    clock = denial(view, item)
    paper = _paper(view)
    helper = helper_of(view.case)
    sender = base.stand_in(view.case, helper, paper) if paper else base.patient(view.case)
    due, rule = _answer(view, item)
    elsewhere = item.level in _ELSEWHERE
    values: dict[str, Any] = {
        "patient": view.case.person.name,
        "what": lines(item.what),
        "dated": show_day(_noted(view, item, "notice_date")),
        "last": _last_words(clock),
        "facts": [B.details(_facts(view, item, clock))],
        "room": [B.lines(5)],
        "fast": [
            B.checks([(False, tr("A fast (expedited) decision is requested. A clinician's statement is enclosed."))])
        ],
        "enclosures": [B.checks((False, paper) for paper in _enclosed(view, item, sender.paper))],
        "due": due,
        "rule": rule,
        "helper": helper.name if helper else "",
        "form": _form(view),
        "reach": sender.reach,
    }
    holds = {
        "external": item.level is AppealLevel.EXTERNAL,
        "hearing": item.level is AppealLevel.HEARING,
        "paper_needed": helper is not None and paper is None,
        "elsewhere": elsewhere,
        "late": clock.binding is not None and clock.binding < wanted.today and not clock.over,
    }
    told = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = [BLANK, BLANK] if elsewhere else [plan.name or BLANK, tr("Appeals"), BLANK]
    return base.letter(seen, wanted, sender, to, told, title=tr(letter.on_paper))


def _open(view: View) -> list[Denial]:
    from ...rules.clocks.appeals import loose_denials

    return [item for _, item in loose_denials(view) if item.state not in _DONE]


def _noted(view: View, item: Denial, field: str) -> str:
    """A date of the letter or its reason; from the one denied prior authorization if the entry lacks it."""
    from ...rules.clocks.plan import DENIED

    if value := getattr(item, field):
        return str(value)
    denied = [p for p in view.case.insurance.prior_auths.values() if p.state in DENIED]
    return str(getattr(denied[0], field) or "") if len(denied) == 1 else ""


def _facts(view: View, item: Denial, clock: PlanClock) -> list[tuple[str, str]]:
    person, plan = view.case.person, view.case.insurance.plan
    member = tr("ends in {last4}").format(last4=plan.member_id_last4) if plan.member_id_last4 else ""
    return [
        (tr("Patient"), joined([person.name, day(person.birth_date)]) or BLANK),
        *([(tr("Plan"), plan.name or BLANK)] if item.level in _ELSEWHERE else []),
        (tr("Member number"), joined([BLANK, member])),
        (tr("Denied"), lines(item.what) or BLANK),
        (tr("Number on the letter"), BLANK),
        (tr("The letter is dated"), day(_noted(view, item, "notice_date")) or BLANK),
        (tr("Received on"), day(_noted(view, item, "received_on")) or BLANK),
        (tr("Last day to appeal"), _last_words(clock) or BLANK),
        *([(tr("Rule in the letter"), item.letter_rule)] if item.letter_rule else []),
        *([(tr("Reason in the letter"), lines(reason))] if (reason := _noted(view, item, "reason")) else []),
    ]


def _last_words(clock: PlanClock) -> str:
    """The letter's own deadline, followed by the date from the rule."""
    letter = day(clock.letter.isoformat()) if clock.letter else ""
    ruled = day(clock.ruled.isoformat()) if clock.ruled else ""
    by_letter = tr("{day} (from the letter)").format(day=letter) if letter else ""
    by_rule = tr("{day} (from the rule)").format(day=ruled) if ruled and clock.ruled != clock.letter else ""
    return joined([by_letter, by_rule])


def _answer(view: View, item: Denial) -> tuple[str, str]:
    """When the plan must decide if the appeal is sent today, and the rule as text; "" if unknown."""
    from ...rules.clocks.appeals import appeal_decision

    sent = item.model_copy(
        update={"filed_on": view.today.isoformat(), "state": DenialState.FILED, "decision_due": None}
    )
    clock = appeal_decision(view, sent)
    if clock is None or clock.ruled is None or clock.fact is None:
        return "", ""
    return show_day(clock.ruled.isoformat(), weekday=True), clock.fact.words


def _paper(view: View) -> Authority | None:
    """The signed paper that lets the helper file the appeal (A-20): CMS-1696 or the plan's own form."""
    from ...rules.alerts.people import is_good

    helper = helper_of(view.case)
    kinds = (Paper.CMS_1696, Paper.PLAN, Paper.REPRESENTATIVE)
    papers = view.case.authorities.values()
    return next((p for p in papers if helper and p.party == helper.id and p.kind in kinds and is_good(view, p)), None)


def _form(view: View) -> str:
    return tr("form CMS-1696") if view.family in ("medicare", "advantage") else tr("the plan's own form")


def _enclosed(view: View, item: Denial, paper: Authority | None) -> list[str]:
    dated = day(_noted(view, item, "notice_date"))
    letter = tr("A copy of the letter of {day}").format(day=dated) if dated else tr("A copy of the letter")
    calls = tr("The log of calls, with reference numbers") if view.case.insurance.calls else ""
    form = tr(paper.kind.words) if paper and paper.kind else ""
    named = [letter, tr("A clinician's statement"), tr("The records that bear on this decision"), calls, form]
    return [*filter(None, named), BLANK * 4]
