"""Alerts of step 3 on the plan's answers: open questions, networks, the new year. Knows the view."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...case.coverage import Body, NetworkState
from ...case.plan import CallAnswers, CoverageAnswer, Form, PlanType, Told
from ...case.records import RecordKind
from ...case.words import words_for as words_of
from ...law import crosses_new_year
from ...locale import tr
from .. import plan_calls
from ..context import View
from ..plan_families import NETWORKED
from ..results import Alert, Level
from ..wording import is_none, listed, sentences, yes
from .register import alert


def is_plan_known(view: View) -> bool:
    """Whether there is a plan to call."""
    return view.case.insurance.plan.type not in (None, PlanType.NONE, PlanType.UNKNOWN)


def given(view: View, key: str) -> list[CoverageAnswer]:
    """The plan's answer to one question over all calls, ignoring "they did not know"."""
    return [a for a in _answers_to(view, key) if a.answer not in (None, Told.UNKNOWN)]


def _answers_to(view: View, key: str) -> list[CoverageAnswer]:
    return [getattr(call.answers, key) for call in view.case.insurance.calls.values()]


def open_questions(view: View) -> tuple[list[str], list[str]]:
    """The keys of questions without an answer, and of those answered only by voice."""
    return view.once(_open_questions)


def _open_questions(view: View) -> tuple[list[str], list[str]]:
    asked = plan_calls.questions(view.case)
    main = plan_calls.keys(one for one in asked if one.main)
    extras = [k for k in plan_calls.keys(asked) if k not in main and any(a.answer for a in _answers_to(view, k))]
    open_, spoken = [], []
    for key in (*main, *extras):
        found = given(view, key)
        if not found:
            known = key == "assignment" and view.second is not None and yes(view.second.accepts_assignment)
            open_ += [] if known else [key]
        elif all(a.form in (None, Form.VERBAL) and a.answer is not Told.NOT_APPLICABLE for a in found):
            spoken.append(key)
    return open_, spoken


@alert("A-14", step="insurance")
def _unanswered(view: View) -> Iterator[Alert]:
    plan = view.case.insurance.plan.type
    if plan is PlanType.NONE or not (is_plan_known(view) or view.booked) or view.is_decided or view.is_over:
        return
    open_, spoken = open_questions(view)
    no_number = [c for c in view.case.insurance.calls.values() if _has_answers(c.answers) and is_none(c.reference)]
    facts = []
    if open_:
        facts.append(tr("Still open with the plan: {list}.").format(list=listed([short(k) for k in open_])))
    if spoken:
        facts.append(tr("Only said on the phone: {list}.").format(list=listed([short(k) for k in spoken])))
    if no_number:
        facts.append(tr("A call has no reference number."))
    if open_ and not view.case.insurance.calls:
        yield _invitation(view, open_)
        return
    told = spoken or no_number
    risk = tr("A spoken answer is not a guarantee.") if told else tr("Ask about the cost before the visit.")
    numbered = any(not is_none(c.reference) for c in view.case.insurance.calls.values())
    if open_ or no_number:
        ask = tr("Call the plan with the open questions. Ask for a reference number, and for the answers in writing.")
        if any(_has_answers(call.answers) for call in view.case.insurance.calls.values()):
            ask = tr(
                "Call the plan back with the open questions. "
                "Ask for a reference number, and for the answers in writing."
            )
            if numbered and not no_number:
                ask = tr("Call the plan back with the open questions. Ask for the answers in writing.")
    else:
        ask = tr("Ask the plan to put its answers in writing.")
    if facts:
        yield Alert(
            "A-14",
            Level.WARNING,
            "insurance.calls",
            sentences(*facts, risk),
            ask,
            view.cite("A-14", view.today, "I-6"),
        )


def _has_answers(answers: object) -> bool:
    return any(getattr(answers, k).answer for k in CallAnswers.model_fields)


def short(key: str) -> str:
    """The short name of a question to the plan, for a list in a sentence."""
    words = words_of(CallAnswers, key)
    return tr(words.short).lower().replace("medi", "Medi") if words else key


def unknown_networks(view: View) -> list[Body]:
    """The providers that will send a bill and whose network status is unknown."""
    if view.case.insurance.plan.type not in NETWORKED or view.is_over:
        return []
    return [body for body in _used(view) if not _is_known(view, body)]


def _invitation(view: View, open_: list[str]) -> Alert:
    """Before any call: what it brings, without a risk to be afraid of."""
    text = tr("Ask about the cost before the visit. One call to the plan can settle it: {list}.")
    return Alert(
        "A-14",
        Level.INFO,
        "insurance.calls",
        text.format(list=listed([short(k) for k in open_])),
        tr("Call the plan. Ask for a reference number, and for the answers in writing."),
        view.cite("A-14", view.today, "I-6"),
        invites=True,
    )


@alert("A-15", step="insurance")
def _networks(view: View) -> Iterator[Alert]:
    unknown = unknown_networks(view)
    if unknown:
        is_new = not view.case.insurance.calls
        names = {
            Body.FACILITY: tr("hospital or clinic"),
            Body.PATHOLOGY: tr("pathology group"),
            Body.IMAGING: tr("imaging center"),
        }
        words = listed([names.get(b, tr(b.words).lower()) for b in unknown])
        yield Alert(
            "A-15",
            Level.INFO if is_new else Level.WARNING,
            "insurance.networks",
            tr("We do not know yet if these are in the network: {words}. Each one can send its own bill.").format(
                words=words
            ),
            tr("Ask the plan about each one by name: {words}.").format(words=words),
            view.cite("A-15", view.today, "I-5"),
            invites=is_new,
        )


@alert("A-46", step="insurance")
def _outside(view: View) -> Iterator[Alert]:
    """A-46: the clinician is out of network, and no exception is asked for."""
    if view.is_over or view.case.insurance.plan.type not in NETWORKED:
        return
    entries = [n for n in view.case.insurance.networks.values() if n.body in (Body.CLINICIAN, None)]
    said = {a.answer for a in given(view, "network")}
    is_out = any(n.state is NetworkState.OUT for n in entries) or (Told.NO in said and not entries)
    if not is_out or {a.answer for a in given(view, "gap_exception")}:
        return
    visit = view.next_visit
    yield Alert(
        "A-46",
        Level.WARNING,
        "insurance.calls",
        tr(
            "The plan says that this clinician is outside its network. The bill can be much "
            "higher, or you may have to pay all of it."
        ),
        tr(
            "Ask the plan for an exception before the visit (a network gap exception). "
            "Ask what the visit will cost without one."
        ),
        view.cite("A-46", view.today, "I-2"),
        visit.day if visit else None,
    )


def _used(view: View) -> list[Body]:
    """The providers that will send a bill: the clinic always, others if the records or tests need them."""
    kinds = {i.kind for i in view.case.records.items.values()}
    wanted = " ".join(o.tests_wanted for o in view.case.opinions.values()).casefold()
    used = [Body.FACILITY]
    if kinds & {RecordKind.LAB, RecordKind.GENETICS} or re.search(r"\b(lab|labs|blood|gene)", wanted):
        used.append(Body.LAB)
    if kinds & {RecordKind.PATHOLOGY_REPORT, RecordKind.SLIDES, RecordKind.BLOCK, RecordKind.SLIDE_SCAN} or re.search(
        r"biops|patholog|slide", wanted
    ):
        used.append(Body.PATHOLOGY)
    if kinds & {RecordKind.IMAGING_REPORT, RecordKind.IMAGING_STUDY} or re.search(
        r"\b(mri|ct|scan|x-?ray|ultrasound|imag)", wanted
    ):
        used.append(Body.IMAGING)
    return used


def _is_known(view: View, body: Body) -> bool:
    entries = [n for n in view.case.insurance.networks.values() if n.body is body]
    if any(n.state not in (None, NetworkState.UNKNOWN) for n in entries):
        return True
    return bool(given(view, f"{body.value}_network"))


@alert("A-19", step="insurance")
def _new_year(view: View) -> Iterator[Alert]:
    visit = view.next_visit
    if visit is None or not crosses_new_year(view.today, visit.day):
        return
    text = tr(
        "The visit is after January 1. The yearly deductible starts over, and the network and the card may change."
    )
    rule = "A-19"
    if view.family == "medicare":
        rule = view.cite("A-19", visit.day, "M-6-2026")
        fact = view.facts.clock("medicare.deductible", visit.day, "medicare")
        if fact and fact.amount:
            amount = tr("The Part B deductible will be ${amount}.").format(amount=fact.amount)
        else:
            ask = tr("The Part B deductible for {year} is not in the workbook. Look it up.")
            amount = ask.format(year=visit.day.year)
        text = sentences(tr("The visit is after January 1, when the yearly deductible starts over."), amount)
        if re.search(r"(\bplan |[_ ])g\b", view.case.insurance.plan.supplement, re.IGNORECASE):
            text = sentences(text, tr("Plan G does not pay it."))
    ask = tr("Ask the plan what changes on January 1, and if this clinic stays in the network.")
    if view.family == "medicare":
        ask = tr("Ask the plan what changes on January 1.")
    yield Alert("A-19", Level.WARNING, visit.path, text, ask, rule, visit.day)
