"""What the insurance plan is asked, by when and why: the first thing on its page. Knows the case and the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ....case import Case
from ....case.clinicians import Clinician, ClinicianRole
from ....case.coverage import Denial, DenialState, PriorAuth, PriorAuthState, Referral, ReferralState
from ....case.health import Certainty
from ....case.partial_dates import earliest
from ....case.visit import Appointment
from ....law import load
from ....locale import tr
from ....rules import View
from ....rules.wording import visit_day
from ...days import ask_day, needed_day
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, plan_answer, sourced, treatment, words
from ..limits import first, shorter
from .plan import named

_OPEN_AUTH = (None, PriorAuthState.TO_SUBMIT, PriorAuthState.SUBMITTED, PriorAuthState.MORE_INFO)
_OPEN_REFERRAL = (ReferralState.NEEDED, ReferralState.REQUESTED)
_APPEALED = (DenialState.FILED, DenialState.EXTERNAL)
_OPEN_DENIAL = (None, DenialState.OPEN, *_APPEALED)
_ASKED_ABOUT = {ClinicianRole.SECOND: "Second opinion by", ClinicianRole.THIRD: "Third opinion by"}
_SURE = (Certainty.CONFIRMED, Certainty.WORKING)
_FEW = 3  # diagnoses that a plan gets: those that are sure and newest
_LEAST = 3  # working days that a plan has at least to answer


def request(case: Case, today: dt.date) -> list[B.Block]:
    """The services to decide on, with codes and clinicians, and the day for the written answer."""
    wishes = [*_authorizations(case), *_visits(case, today), *_referrals(case)]
    if not wishes:
        nothing = tr("No request is open. This page sums up what the plan has said so far.")
        return [B.callout(tr("Request"), [B.para(nothing)])]
    asked = ask_day(today, needed_day(View(case, load(), today)), least=_LEAST)
    by = tr("Please answer in writing {by_day}.").format(by_day=asked.alone)
    why_then = tr("The visit is on {day}.").format(day=day(asked.needed.isoformat())) if asked.needed else ""
    who = tr("Please name the rule and the reviewer if the answer is no.")
    blocks = [B.listing(wishes), B.para([B.text(joined([by, why_then], " "), b=True), B.text(f" {who}")])]
    return [B.callout(tr("Request to the plan"), blocks, "goal")]


def _authorizations(case: Case) -> Iterator[list[B.Run]]:
    for auth in case.insurance.prior_auths.values():
        if auth.state in _OPEN_AUTH and auth.service:
            yield [B.text(tr("Prior authorization: "), b=True), B.text(joined([_service(auth), _since(auth)]) + ".")]


def _service(auth: PriorAuth) -> str:
    code = tr("code {code}").format(code=auth.code) if auth.code else ""
    return joined([lines(auth.service), code and f"({code})"], " ")


def _since(auth: PriorAuth) -> str:
    if auth.submitted_on:
        return tr("sent in {day}").format(day=day(auth.submitted_on[:10]))
    return tr("not sent in yet") if auth.state is PriorAuthState.TO_SUBMIT else ""


def _visits(case: Case, today: dt.date) -> Iterator[list[B.Run]]:
    """Visits to come, and clinicians whom the patient wants to see and has not seen."""
    coming = [v for v in case.visit.appointments.values() if v.is_to_come and (v.start or "9")[:10] > today.isoformat()]
    for visit in coming:
        if who := case.clinicians.get(visit.clinician):
            yield _coverage(who, visit)
    met = {v.clinician for v in coming} | {o.clinician for o in case.opinions.values()}
    for who in case.clinicians.values():
        if who.role in _ASKED_ABOUT and who.id not in met and not _was_seen(case, who, today):
            yield _coverage(who, None)


def _was_seen(case: Case, who: Clinician, today: dt.date) -> bool:
    past = (v for v in case.visit.appointments.values() if v.clinician == who.id and v.start)
    return bool(who.saw_on) or any((v.start or "")[:10] <= today.isoformat() for v in past)


def _coverage(who: Clinician, visit: Appointment | None) -> list[B.Run]:
    npi = tr("NPI {number}").format(number=who.npi) if who.npi else ""
    when = visit_day(visit, day(visit.start)) if visit and visit.start else ""
    told = joined([who.name, who.specialty, who.facility, npi, when])
    return [B.text(tr("Coverage of a second opinion visit: "), b=True), B.text(told + ".")]


def _referrals(case: Case) -> Iterator[list[B.Run]]:
    for referral in case.insurance.referrals.values():
        if referral.state in _OPEN_REFERRAL:
            yield [B.text(tr("Referral: "), b=True), B.text(_referred(referral) + ".")]


def _referred(referral: Referral) -> str:
    sender = tr("from {name}").format(name=referral.sender) if referral.sender else ""
    to = tr("to {name}").format(name=referral.to) if referral.to else ""
    number = tr("number {number}").format(number=referral.number) if referral.number else ""
    return joined([joined([sender, to], " ") or tr("for the second opinion"), number])


def reasons(case: Case, today: dt.date) -> list[B.Block]:
    """Why: the diagnosis that is sure, with its code, the treatment in question, and who gave or gives an opinion."""
    sure = [p for p in case.health.problems.values() if p.label and p.certainty in _SURE]
    sure.sort(key=lambda p: p.on or "", reverse=True)
    sure.sort(key=lambda p: p.certainty is not Certainty.CONFIRMED)  # those that are confirmed first, newest first
    kept, _rest = first(sure, _FEW)
    firsts = [c for c in case.clinicians.values() if c.role is ClinicianRole.FIRST]
    rows = [
        *(
            (
                tr("Diagnosis"),
                sourced(
                    joined([shorter(p.label, 200), p.code and tr("code {code}").format(code=p.code)]),
                    p.given_by,
                    day(p.on),
                ),
            )
            for p in kept
        ),
        (tr("Treatment in question"), sourced(shorter(case.goal.decision, 200))),
        treatment(case, today),
        *((tr("First opinion by"), sourced(named(c), _seen(c, today))) for c in firsts),
        *(
            (tr(_ASKED_ABOUT[c.role]), sourced(named(c), _seen(c, today)))
            for c in case.clinicians.values()
            if c.role in _ASKED_ABOUT
        ),
    ]
    found = [(name, value) for name, value in rows if value]
    return [B.heading(2, tr("Why")), B.details(found)] if found else []


def _seen(who: Clinician, today: dt.date) -> str:
    if not who.saw_on:
        return ""
    begins = earliest(who.saw_on)
    words_ = tr("visit {day}") if begins and begins > today else tr("seen {day}")
    return words_.format(day=day(who.saw_on))


def open_denials(case: Case, today: dt.date) -> list[B.Block]:
    """Each denial that is not settled: what, the letter's day, its reason, and how the appeal is going."""
    found = [_denied(d) for d in case.insurance.denials.values() if d.state in _OPEN_DENIAL and d.what]
    return [B.heading(2, tr("Open denial") if len(found) == 1 else tr("Open denials")), *found] if found else []


def _denied(denial: Denial) -> B.Block:
    letter = joined([day(denial.notice_date), denial.received_on and _received(denial)])
    filed = tr("sent {day}").format(day=day(denial.filed_on)) if denial.filed_on else tr("sent")
    rows = [
        (tr("Denied"), sourced(lines(denial.what))),
        (tr("Letter"), sourced(letter)),
        (tr("Number on the letter"), sourced(denial.number)),
        (tr("Last day to appeal, according to the letter"), sourced(day(denial.letter_deadline))),
        (tr("Reason in the letter"), sourced(shorter(lines(denial.reason), 400))),
        (tr("Appeal"), sourced(filed if denial.state in _APPEALED else tr("not sent yet"))),
    ]
    return B.details([(name, value) for name, value in rows if value])


def _received(denial: Denial) -> str:
    return tr("received {day}").format(day=day(denial.received_on))


def plan_said(case: Case, today: dt.date) -> list[B.Block]:
    """The calls to the plan, newest first: day, name, reference number, and what it said about coverage."""
    calls = sorted(case.insurance.calls.values(), key=lambda call: call.when or "", reverse=True)
    rows = [
        [
            day((call.when or "")[:10]) or tr("day not recorded"),
            joined([call.rep, call.reference and tr("reference {number}").format(number=call.reference)]),
            "\n".join(_answers(case, call.id)),
        ]
        for call in calls
        if call.when or call.rep or call.reference
    ]
    if not rows:
        return []
    kept, left = first(rows, 6)
    more = tr("Earlier calls: {count}, in the call log.").format(count=left) if left else ""
    heads = [tr("Call"), tr("Spoke with"), tr("What the plan said")]
    table = B.table("", heads, kept, [1.1, 1.9, 4.2])
    return [B.heading(2, tr("What the plan has said")), table, *([B.para(more)] if more else [])]


_ANSWERS = (
    ("referral", "Referral"),
    ("prior_auth", "Prior authorization"),
    ("network", "In network"),
    ("gap_exception", "Network exception"),
    ("repeat_tests", "Repeat tests"),
)


def _answers(case: Case, key: str) -> Iterator[str]:
    given = case.insurance.calls[key].answers
    for name, short in _ANSWERS:
        answer = getattr(given, name)
        told = plan_answer(name, answer, shorter(lines(answer.detail), 120))
        if told:
            how = f" ({words(answer.form).lower()})" if answer.form else ""
            yield f"{tr(short)}: {told}{how}"
