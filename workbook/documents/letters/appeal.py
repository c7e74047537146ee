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

_CLAIM_FILE = {"employer", "marketplace", "individual"}  # 29 CFR 2560.503-1(h), by 45 CFR 147.136 for plans one buys
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
    from ...rules.plan_families import of_letter

    seen = as_read(case, base.with_home(wanted), _READER)
    view = view_of(seen, wanted)
    item = next((d for d in _open(view) if wanted.about in ("", d.id)), Denial(id="none"))
    clock = denial(view, item)
    paper = _paper(view)
    helper = helper_of(view.case)
    sender = base.stand_in(view.case, helper, paper) if paper else base.patient(view.case)
    families = set(of_letter(view.case, item))
    hearing = item.level is AppealLevel.HEARING or (_is_first(item) and families == {"state_medicaid"})
    elsewhere = hearing or item.level in _ELSEWHERE
    filed = day(item.filed_on) or (BLANK if item.state is DenialState.FILED else "")
    values: dict[str, Any] = {
        "patient": view.case.person.name,
        "what": lines(item.what),
        "dated": show_day(_noted(view, item, "notice_date")),
        "last": _last_words(clock),
        "filed": show_day(item.filed_on) if day(item.filed_on) else filed,
        "facts": [B.details(_facts(view, item, clock, elsewhere=elsewhere, filed=filed))],
        "number": item.number,
        "called": _called(families) if _is_first(item) else "",
        "why": item.why.strip(),
        "room": [B.para(item.why.strip())] if item.why.strip() else [B.lines(3)],
        "fast": [
            B.checks([(False, tr("A fast (expedited) decision is requested. A clinician's statement is enclosed."))])
        ],
        "enclosures": [B.checks((False, paper) for paper in _enclosed(view, item, sender.paper, filed=bool(filed)))],
        "pages": BLANK,
        "rule": _answer(view, item),
        "send_to": joined(base.address_lines(item.send_to)),
        "helper": helper.name if helper else "",
        "form": _form(view),
        "reach": sender.reach,
    }
    holds = {
        "external": item.level is AppealLevel.EXTERNAL,
        "hearing": hearing,
        "plan_rule": families <= _CLAIM_FILE,
        "medicaid_rule": families == {"medicaid"},
        "no_room": bool(filed) and not item.why.strip(),
        "paper_needed": helper is not None and paper is None,
        "elsewhere": elsewhere,
        "late": clock.binding is not None and clock.binding < wanted.today and not clock.over,
    }
    told = Wording(letter.name, values, {name for name, on in holds.items() if on}, mine=sender.mine)
    to = _recipient(view, item, elsewhere=elsewhere)
    return base.letter(seen, wanted, sender, to, told, title=tr(letter.on_paper), size=10)


def _called(families: set[str]) -> str:
    """The rule's own name for a first appeal to this kind of plan; "" if it is just an appeal or not certain."""
    if families == {"medicare"}:
        return tr("redetermination")
    return tr("reconsideration") if families in ({"advantage"}, {"fehb"}) else ""


def _is_first(item: Denial) -> bool:
    return item.level in (None, AppealLevel.FIRST)


def _recipient(view: View, item: Denial, *, elsewhere: bool) -> list[str]:
    """The lines of the address: as the denial letter gives them, else the plan with a blank for its address."""
    plan, given = view.case.insurance.plan.name.strip(), list(base.address_lines(item.send_to))
    if given:
        named = bool(plan) and plan.casefold() in given[0].casefold()
        return given if elsewhere or named else [line for line in (plan, *given) if line]
    return [BLANK, BLANK] if elsewhere else [plan or BLANK, tr("Appeals"), BLANK]


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


def _facts(view: View, item: Denial, clock: PlanClock, *, elsewhere: bool, filed: str) -> list[tuple[str, str]]:
    person, plan = view.case.person, view.case.insurance.plan
    member = tr("(ends in {last4})").format(last4=plan.member_id_last4) if plan.member_id_last4 else ""
    pairs = [
        (tr("Patient"), person.name or BLANK),
        (tr("Born"), show_day(person.birth_date) or BLANK),
        (tr("Plan"), (plan.name or BLANK) if elsewhere else ""),
        (tr("Member number"), joined([BLANK, member], " ")),
        (tr("Claim or reference number"), item.number or BLANK),
        (tr("Denied"), lines(item.what) or BLANK),
        (
            tr("Date of your letter") if not elsewhere else tr("Date of the letter"),
            _day_of(view, item, "notice_date") or BLANK,
        ),
        (tr("Received on"), _day_of(view, item, "received_on")),
        (tr("Last day to appeal"), "" if filed else _last_words(clock)),
        (tr("Appeal sent on"), filed),
        (tr("Rule in the letter"), item.letter_rule),
        (tr("Reason in the letter"), lines(_noted(view, item, "reason"))),
    ]
    return [(label, value) for label, value in pairs if value]


def _day_of(view: View, item: Denial, field: str) -> str:
    return day(_noted(view, item, field))


def _last_words(clock: PlanClock) -> str:
    """The one last day to appeal: the letter's own, else the rule's as the writer counts it."""
    if clock.letter:
        return tr("{day} (from the letter)").format(day=day(clock.letter.isoformat()))
    return tr("{day} (my calculation)").format(day=day(clock.ruled.isoformat())) if clock.ruled else ""


def _answer(view: View, item: Denial) -> str:
    """How long the plan has to decide after it gets the appeal, as a sentence; "" if unknown."""
    from ...rules.clocks.appeals import appeal_decision

    sent = item.model_copy(
        update={
            "filed_on": item.filed_on or view.today.isoformat(),
            "state": DenialState.FILED,
            "decision_due": None,
        }
    )
    clock = appeal_decision(view, sent)
    return clock.fact.words if clock and clock.fact and clock.ruled else ""


def _paper(view: View) -> Authority | None:
    """The signed paper that lets the helper file the appeal (A-20): CMS-1696 or the plan's own form."""
    from ...rules.alerts.people import is_good

    helper = helper_of(view.case)
    kinds = (Paper.CMS_1696, Paper.PLAN, Paper.REPRESENTATIVE)
    papers = view.case.authorities.values()
    return next((p for p in papers if helper and p.party == helper.id and p.kind in kinds and is_good(view, p)), None)


def _form(view: View) -> str:
    return tr("form CMS-1696") if view.family in ("medicare", "advantage") else tr("the plan's own form")


def _enclosed(view: View, item: Denial, paper: Authority | None, *, filed: bool) -> list[str]:
    dated = day(_noted(view, item, "notice_date"))
    letter = tr("A copy of the letter of {day}").format(day=dated) if dated else tr("A copy of the denial letter")
    calls = tr("The log of calls, with reference numbers") if view.case.insurance.calls else ""
    form = tr(paper.kind.words) if paper and paper.kind else ""
    if filed:
        return [*filter(None, [tr("A copy of the appeal, with proof that it was sent"), letter, form])]
    named = [letter, tr("A clinician's statement"), tr("The records that bear on this decision"), calls, form]
    return [*filter(None, named), BLANK * 4]
