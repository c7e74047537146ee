"""The call to the insurance plan: words to read aloud, and a log of what was said. Knows the case and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..case import Case, Mode, Words, about, first_name, spoken
from ..case.plan import CallAnswers, CoverageAnswer, CoverageCall, PlanType, Told
from ..content import passages
from ..locale import tr
from ..locale.dates import show_day
from . import blocks as B  # noqa: N812
from .catalog import Wanted
from .frame import BLANK, as_read, framed, still_missing, view_of, who
from .wording import day, joined, lines, words

if TYPE_CHECKING:
    from ..rules import View
    from ..rules.plan_questions import ToAsk

_BOXES = (Told.YES, Told.NO, Told.DEPENDS, Told.UNKNOWN)
_HOW_MUCH = ("cost_share", "slide_review_cost", "visit_count")  # no one answers these with yes or no
_SIDE_BY_SIDE = 3  # calls that fit beside the questions in one table


def script(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What to say to the plan; after a call that brought answers, only what is still missing."""
    from ..rules.plan_questions import to_ask

    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    if view.case.insurance.plan.type is PlanType.NONE:
        return framed(seen, wanted, tr("Call script"), _no_plan(view), size=12, named=True)
    ask = to_ask(view)
    blocks = [*_at_hand(view, ask), *_who_may_call(view), *_opening(view, ask), *_asked(view, ask), *_closing(view)]
    return framed(seen, wanted, tr("Call script"), blocks, size=12, named=True)


def _no_plan(view: View) -> list[B.Block]:
    told = [view.facts[key].words for key in ("I-3", "I-3-near") if key in view.facts]
    return [
        B.para(tr("No insurance is noted, so there is no plan to call. Call the clinic instead.")),
        B.answer(tr("What will the visit cost in all?"), lines=2, large=True),
        B.answer(tr("Can you send me the estimate in writing before the visit?"), _boxes(), lines=2, large=True),
        B.callout(tr("Good to know"), told),
    ]


def _at_hand(view: View, ask: ToAsk) -> list[B.Block]:
    case, plan, visit = view.case, view.case.insurance.plan, view.next_visit
    clinician = visit.appointment.clinician if visit else view.second.id if view.second else ""
    last4 = plan.member_id_last4
    card = tr("The card, ending in {last4}").format(last4=last4) if last4 else tr("The insurance card")
    person = joined([case.person.name, day(case.person.birth_date)]) or tr("Full name and date of birth")
    kind = words(plan.type)
    pairs = [
        (tr("Plan"), joined([plan.name, "" if kind == plan.name else kind]) or BLANK),
        (tr("Have the card at hand"), card),
        (tr("Patient"), person),
        (tr("Clinician"), who(case, clinician) or BLANK),
        (tr("Visit"), show_day(visit.appointment.start) if visit else ""),
        (tr("Last call"), _last(ask.before) if ask.before else ""),
    ]
    number = B.link(plan.phone, "tel:" + "".join(s for s in plan.phone if s in "+0123456789")) if plan.phone else BLANK
    return [
        B.heading(2, [B.text(tr("Call") + " "), number if isinstance(number, dict) else B.text(number)]),
        B.facts((label, value) for label, value in pairs if value),
    ]


def _last(call: CoverageCall) -> str:
    return joined([day((call.when or "")[:10]), call.rep])


def _who_may_call(view: View) -> list[B.Block]:
    """For a helper: which paper the plan wants before it talks to them (alert A-20)."""
    if view.case.mode is Mode.SELF:
        return []
    from ..rules import status_of

    found = [a for a in status_of(view).alerts if a.id == "A-20" and a.about == "authorities"]
    return [B.callout(tr("Before you call"), [a.text, a.next], "warn") for a in found]


def _say(view: View, text: str) -> str:
    return spoken(text, view.case.mode.value, first_name(view.case))


def _opening(view: View, ask: ToAsk) -> list[B.Block]:
    """The first words, up to the first question; the questions themselves follow with room for the answers."""
    script = passages("script")
    found = script.get("ins-again" if ask.before else "ins-call")
    told: list[B.Block] = []
    for line in found.lines if found else ():
        if line.endswith("?"):
            break
        before, gap, after = _say(view, line).partition("…")
        number = ask.before.reference if ask.before else ""
        if gap and ask.before:
            from ..rules.words import is_none

            if is_none(number):
                continue  # no number to read out
            told.append(B.para([B.text(before), B.text(number, b=True), B.text(after or ".")]))
        else:
            told.append(B.para(before + gap + after))
    return [B.callout(tr("Read this aloud"), told, "goal")] if told else []


def _asked(view: View, ask: ToAsk) -> list[B.Block]:
    blocks: list[B.Block] = []
    if ask.five:
        blocks.append(B.heading(2, tr("Still open") if ask.before else tr("The five questions")))
        blocks += [_question(view, key, number) for number, key in enumerate(ask.five, 1)]
    if ask.more:
        blocks.append(B.heading(2, tr("A few more for this plan and this visit")))
        blocks += [_question(view, key, number) for number, key in enumerate(ask.more, len(ask.five) + 1)]
    if ask.in_writing:
        rows = [[_short(key), _said(_latest(view, key)), ""] for key in ask.in_writing]
        blocks += [
            B.heading(2, tr("Only said on the phone so far")),
            B.para(tr("Read aloud: You told me this on the phone. Can you send it to me in writing?")),
            B.table("", [tr("Question"), tr("What they said"), tr("How will they send it?")], rows, [1, 1.7, 1.1]),
        ]
    if not blocks:
        blocks.append(B.para(tr("Every question has an answer in writing. There is nothing left to ask.")))
    return blocks


def _question(view: View, key: str, number: int) -> B.Block:
    from ..rules.alerts_coverage import FIVE

    asked = _words(key)
    return B.answer(
        f"{number}. {_say(view, tr(asked.question))}",
        _boxes(key),
        lines=2 if key in FIVE else 1,
        hint=_say(view, tr(asked.hint)),
        large=True,
    )


def _boxes(key: str = "") -> list[str]:
    return [tr(choice.words) for choice in (_BOXES[2:] if key in _HOW_MUCH else _BOXES)]


def _closing(view: View) -> list[B.Block]:
    found = passages("script").get("ins-close")
    columns = [tr("Date and time"), tr("Spoke with"), tr("Reference number"), tr("Minutes")]
    said = [B.callout(found.title, [_say(view, line) for line in found.lines], "goal")] if found else []
    return [*said, B.table("", columns, [["\n", "", "", ""]], [1.2, 1.2, 1.6, 0.7], row_header=False)]


def _words(key: str) -> Words:
    found = about(CallAnswers, key)
    assert found is not None, key
    return found


def _short(key: str) -> str:
    return tr(_words(key).short)


def _latest(view: View, key: str) -> CoverageAnswer:
    from ..rules.alerts_coverage import given

    return given(view, key)[-1]


def _said(answer: CoverageAnswer, *, form: bool = False) -> str:
    how = words(answer.form).lower() if form and answer.answer is not Told.UNKNOWN else ""
    told = joined([words(answer.answer), lines(answer.detail)], ": ")
    return joined([told, how and f"({how})"], " ")


# the log


def call_log(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What the plan said, call by call, and which answers are still missing or not in writing."""
    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    calls = sorted(view.case.insurance.calls.values(), key=lambda c: c.when or "9999")
    plan = view.case.insurance.plan
    kind = words(plan.type)
    last4 = tr("ends in {last4}").format(last4=plan.member_id_last4) if plan.member_id_last4 else ""
    about_plan = [
        (tr("Plan"), joined([plan.name, "" if kind == plan.name else kind])),
        (tr("Second plan"), plan.supplement),
        (tr("Member number"), last4),
        (tr("Plan phone"), plan.phone),
    ]
    blocks = [B.facts((label, value) for label, value in about_plan if value), *_open(view, calls)]
    if calls:
        blocks += [*_overview(calls), *(block for n, call in enumerate(calls, 1) for block in _call(call, n))]
    else:
        blocks.append(B.para(tr("No call is noted yet. Note each call as soon as it ends.")))
    return framed(seen, wanted, tr("Call log"), blocks)


def _open(view: View, calls: list[CoverageCall]) -> list[B.Block]:
    from ..rules.alerts_coverage import open_questions, short
    from ..rules.words import is_none, listed

    open_, spoken_only = open_questions(view)
    lacks = [
        tr("No answer yet: {list}.").format(list=listed([short(k) for k in open_])) if open_ else "",
        tr("Only said on the phone, not in writing: {list}.").format(list=listed([short(k) for k in spoken_only]))
        if spoken_only
        else "",
        *(
            tr("No reference number: the call {number}.").format(number=_name(call, n))
            for n, call in enumerate(calls, 1)
            if is_none(call.reference)
        ),
    ]
    return still_missing(lacks) if view.case.insurance.plan.type is not PlanType.NONE else []


def _name(call: CoverageCall, number: int) -> str:
    return tr("of {day}").format(day=day(call.when[:10])) if call.when else str(number)


def _overview(calls: list[CoverageCall]) -> list[B.Block]:
    """One row a question, one column a call; a call without any answer has no column."""
    keys = [k for k in CallAnswers.model_fields if any(getattr(c.answers, k).answer for c in calls)]
    told = [(n, c) for n, c in enumerate(calls, 1) if any(getattr(c.answers, k).answer for k in keys)]
    blocks: list[B.Block] = [B.heading(2, tr("What they said"))] if told else []
    for start in range(0, len(told), _SIDE_BY_SIDE):
        some = told[start : start + _SIDE_BY_SIDE]
        columns = [tr("Question"), *(_title(c, n) for n, c in some)]
        rows = [
            [_short(k), *(_said(getattr(c.answers, k), form=True) or tr("not asked") for _, c in some)] for k in keys
        ]
        blocks.append(B.table("", columns, rows, [1, *[2.2] * len(some)]))
    return blocks


def _title(call: CoverageCall, number: int) -> str:
    return joined([tr("Call {number}").format(number=number), day((call.when or "")[:10])])


def _call(call: CoverageCall, number: int) -> list[B.Block]:
    minutes = tr("{n} minutes").format(n=call.minutes) if call.minutes is not None else ""
    pairs = [
        (tr("When"), show_day(call.when, weekday=True)),
        (tr("Number called"), call.number),
        (tr("Spoke with"), call.rep),
        (tr("Reference"), call.reference or tr("not noted")),
        (tr("Length"), minutes),
        (tr("On the line"), call.with_whom),
        (tr("Outcome"), words(call.outcome)),
        (tr("Also said"), lines(call.notes)),
    ]
    return [B.heading(2, _title(call, number)), B.facts((label, value) for label, value in pairs if value)]
