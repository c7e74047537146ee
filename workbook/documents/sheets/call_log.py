"""The log of calls to the insurance plan, and the wording of its answers. Knows the case and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Case, Words, words_for
from ...case.plan import CallAnswers, CoverageAnswer, CoverageCall, Plan, PlanType, Told
from ...locale import plural, tr
from ...locale.dates import show_day
from ..catalog import Wanted
from ..context import as_read, framed, view_of
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined, lines, plan_answer, words

if TYPE_CHECKING:
    from ...rules import View

_SIDE_BY_SIDE = 3  # calls that fit next to the questions in one table


def plan_words(plan: Plan) -> str:
    """The plan's name and type, as far as known; only the name if it says the type."""
    kind = "" if plan.type is PlanType.UNKNOWN else words(plan.type)
    return joined([plan.name, "" if kind.casefold() in plan.name.casefold() else kind])


def asked_words(key: str) -> Words:
    """The wording of one question to the plan; `key` is a field of `CallAnswers`."""
    found = words_for(CallAnswers, key)
    assert found is not None, key
    return found


def short(key: str) -> str:
    """The question's short name for a table."""
    return tr(asked_words(key).short)


def said(key: str, answer: CoverageAnswer, *, form: bool = False) -> str:
    """The plan's answer; with `form` also whether it was spoken or written. "" if it was not asked."""
    how = words(answer.form).lower() if form and answer.answer is not Told.UNKNOWN else ""
    told = plan_answer(key, answer, lines(answer.detail))
    return joined([told, how and f"({how})"], " ")


def call_log(case: Case, wanted: Wanted) -> dict[str, Any]:
    """The plan's answers, call by call; which answers are missing or not in writing is a note to the caller."""
    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    calls = sorted(view.case.insurance.calls.values(), key=lambda c: c.when or "9999")
    plan = view.case.insurance.plan
    last4 = tr("ends in {last4}").format(last4=plan.member_id_last4) if plan.member_id_last4 else ""
    about_plan = [
        (tr("Plan"), plan_words(plan)),
        (tr("Second plan"), plan.supplement),
        (tr("Member number"), last4),
        (tr("Plan phone"), plan.phone),
    ]
    blocks = [B.details((label, value) for label, value in about_plan if value)]
    if calls:
        one_by_one = (block for n, call in enumerate(calls, 1) for block in _call(call, n))
        few = len(calls) <= _SIDE_BY_SIDE
        blocks += [*_overview(calls), *one_by_one] if few else [*_latest(calls), *_listed(calls)]
    else:
        blocks.append(B.para(tr("No calls are listed yet.")))
    return framed(seen, wanted, tr("Call log"), blocks, notes=_open(view, calls))


def _open(view: View, calls: list[CoverageCall]) -> list[str]:
    """What the caller still has to ask or write down."""
    from ...rules.alerts.coverage import open_questions
    from ...rules.alerts.coverage import short as in_sentence
    from ...rules.wording import is_none, listed

    open_, spoken_only = open_questions(view)
    if view.case.insurance.plan.type is PlanType.NONE:
        return []
    return [
        "" if calls else tr("Write down each call as soon as it ends."),
        tr("No answer yet: {list}.").format(list=listed([in_sentence(k) for k in open_])) if open_ else "",
        tr("Only said on the phone, not in writing: {list}.").format(list=listed([in_sentence(k) for k in spoken_only]))
        if spoken_only
        else "",
        *(
            tr("No reference number: call {number}.").format(number=_name(call, n))
            for n, call in enumerate(calls, 1)
            if is_none(call.reference)
        ),
    ]


def _name(call: CoverageCall, number: int) -> str:
    return tr("of {day}").format(day=day(call.when[:10])) if call.when else str(number)


def _overview(calls: list[CoverageCall]) -> list[B.Block]:
    """One row a question, one column a call; a call without any answer gets no column."""
    keys = [k for k in CallAnswers.model_fields if any(getattr(c.answers, k).answer for c in calls)]
    told = [(n, c) for n, c in enumerate(calls, 1) if any(getattr(c.answers, k).answer for k in keys)]
    if not told:
        return []
    columns = [tr("Question"), *(_title(c, n) for n, c in told)]
    rows = [[short(k), *(said(k, getattr(c.answers, k), form=True) or tr("not asked") for _, c in told)] for k in keys]
    return [B.heading(2, tr("What they said")), B.table("", columns, rows, [1, *[2.2] * len(told)])]


def _latest(calls: list[CoverageCall]) -> list[B.Block]:
    """One row a question: the newest answer with its call, and an earlier one that differs."""
    rows: list[list[B.Words]] = []
    is_changed = False
    for key in CallAnswers.model_fields:
        given = [(n, c, getattr(c.answers, key)) for n, c in enumerate(calls, 1) if getattr(c.answers, key).answer]
        if not given:
            continue
        number, call, newest = given[-1]
        other = next(((n, c, a) for n, c, a in reversed(given) if a.answer is not newest.answer), None)
        earlier = joined([said(key, other[2]), f"({_title(other[1], other[0])})"], " ") if other else ""
        is_changed |= bool(earlier)
        rows.append([short(key), f"{said(key, newest, form=True)} ({_title(call, number)})", earlier])
    if not rows:
        return []
    columns: list[B.Words] = [tr("Question"), tr("Latest answer"), tr("Said differently before")]
    kept = columns if is_changed else columns[:2]
    return [B.heading(2, tr("What they said")), B.table("", kept, rows, [1, 2.4, 1.8][: len(kept)])]


def _listed(calls: list[CoverageCall]) -> list[B.Block]:
    """One row a call, in order: what an appeal quotes is the day, the name and the reference number."""
    rows: list[list[B.Words]] = [
        [
            _title(call, n),
            joined([call.rep, call.with_whom and tr("with {names}").format(names=call.with_whom)], "; "),
            call.reference or tr("not recorded"),
            joined([words(call.outcome), lines(call.notes)], "; "),
        ]
        for n, call in enumerate(calls, 1)
    ]
    columns: list[B.Words] = [tr("Call"), tr("Spoke with"), tr("Reference"), tr("Outcome and notes")]
    return [B.heading(2, tr("The calls")), B.table("", columns, rows, [1.2, 1.4, 1.4, 3])]


def _title(call: CoverageCall, number: int) -> str:
    return joined([tr("Call {number}").format(number=number), day((call.when or "")[:10])])


def _call(call: CoverageCall, number: int) -> list[B.Block]:
    minutes = plural("1 minute", "{n} minutes", call.minutes) if call.minutes is not None else ""
    pairs = [
        (tr("When"), show_day(call.when, weekday=True)),
        (tr("Number called"), call.number),
        (tr("Spoke with"), call.rep),
        (tr("Reference"), call.reference or tr("not recorded")),
        (tr("Length"), minutes),
        (tr("On the line"), call.with_whom),
        (tr("Outcome"), words(call.outcome)),
        (tr("Also said"), lines(call.notes)),
    ]
    return [B.heading(2, _title(call, number)), B.details((label, value) for label, value in pairs if value)]
