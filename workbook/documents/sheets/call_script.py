"""The script of the call to the insurance plan, to be read aloud. Knows the case and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Case, Mode, caller, first_name, full_name, spoken
from ...case.phones import numbers
from ...case.plan import AMOUNTS, CoverageAnswer, CoverageCall, Plan, PlanType, Told
from ...content import passages, with_values
from ...locale import tr
from ...locale.dates import show_day
from ...rules.care_year import care_year, clinician_ahead, filled
from ...rules.plan_families import FAMILIES, MEDICARE_PHONE
from ...rules.wording import capital, visit_day
from ..catalog import Wanted
from ..context import BLANK, as_read, framed, view_of, who
from ..tree import blocks as B  # noqa: N812
from ..wording import day, joined
from .call_log import asked_words, plan_words, said, short

if TYPE_CHECKING:
    from ...rules import View
    from ...rules.plan_questions import ToAsk

_BOXES = (Told.YES, Told.NO, Told.DEPENDS, Told.UNKNOWN)


def script(case: Case, wanted: Wanted) -> dict[str, Any]:
    """What to say to the plan; after a call with answers, only what is still missing."""
    from ...rules.plan_questions import to_ask

    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    if view.case.insurance.plan.type is PlanType.NONE:
        return framed(seen, wanted, tr("Call script"), _no_plan(view), size=12, named=True)
    ask = to_ask(view)
    blocks = [
        *_at_hand(view, ask),
        _log(),
        *_who_may_call(view),
        *_opening(view, ask),
        *_asked(view, ask),
        *_closing(view),
    ]
    return framed(seen, wanted, tr("Call script"), blocks, size=12, named=True)


def _no_plan(view: View) -> list[B.Block]:
    rules = (view.facts.in_force(key, view.today) for key in ("I-3", "I-3-near"))  # it would be requested today
    told = [rule.words for rule in rules if rule]
    return [
        B.para(tr("There is no insurance in this workbook, so there is no plan to call. Call the clinic instead.")),
        B.answer(tr("What will the visit cost in all?"), lines=2, large=True),
        B.answer(tr("Can you send me the estimate in writing before the visit?"), _boxes(), lines=2, large=True),
        B.callout(tr("Good to know"), told),
    ]


def _at_hand(view: View, ask: ToAsk) -> list[B.Block]:
    case, plan, visit = view.case, view.case.insurance.plan, view.next_visit
    found = clinician_ahead(case, view.today)
    clinician = joined([who(case, found.id), found.npi and f"NPI {found.npi}"]) if found else ""
    last4 = plan.member_id_last4
    card = (
        tr("Insurance card (member number ends in {last4})").format(last4=last4) if last4 else tr("The insurance card")
    )
    person = joined([full_name(case), day(case.person.birth_date)]) or tr("Full name and date of birth")
    pairs = [
        (tr("Plan"), plan_words(plan) or BLANK),
        (tr("Second plan"), plan.supplement),
        (tr("Have the card ready"), card),
        (tr("Patient"), person),
        (tr("Clinician"), clinician or BLANK),
        (tr("Visit"), capital(visit_day(visit.appointment, show_day(visit.appointment.start))) if visit else ""),
        (tr("Last call"), _last(ask.before) if ask.before else ""),
    ]
    return [
        B.heading(2, [B.text(tr("Call") + " "), *_callable(_phone(plan) or BLANK)]),
        B.details((label, value) for label, value in pairs if value),
    ]


def _phone(plan: Plan) -> str:
    """The plan's number as noted; Original Medicare has one for everybody."""
    return plan.phone or (MEDICARE_PHONE if plan.type and FAMILIES.get(plan.type) == "medicare" else "")


def _callable(phone: str) -> list[B.Run]:
    """The text of a phone field as typed; each callable number in it is a link."""
    found: list[B.Run] = []
    at = 0
    for number in numbers(phone):
        found += [B.text(phone[at : number.start]), B.link(phone[number.start : number.end], number.tel)]
        at = number.end
    return [run for run in (*found, B.text(phone[at:])) if run["t"]]


def _last(call: CoverageCall) -> str:
    return joined([day((call.when or "")[:10]), call.rep])


def _who_may_call(view: View) -> list[B.Block]:
    """For a helper: which paper the plan requires before it talks to them (alert A-20)."""
    if view.case.mode is Mode.SELF:
        return []
    from ...rules import status_of

    found = [a for a in status_of(view).alerts if a.id == "A-20" and a.about == "authorities"]
    return [B.callout(tr("Before you call"), [a.text, a.next], "warn") for a in found]


def _say(view: View, text: str) -> str:
    told = spoken(text, view.case.mode.value, first_name(view.case))
    found = clinician_ahead(view.case, view.today)
    return filled(told, care_year(view.case, view.today), found.name or found.facility if found else "")


def _opening(view: View, ask: ToAsk) -> list[B.Block]:
    """The opening; the questions follow with space for the answers."""
    script = passages("script")
    again = "ins-again" if ask.main or ask.more or not ask.in_writing else "ins-in-writing"
    found = script.get(again if ask.before else "ins-call")
    told: list[B.Block] = []
    before_that = ask.before or CoverageCall(id="none")
    known = {
        "caller": caller(view.case) or BLANK,
        "last_day": day((before_that.when or "")[:10]),
        "rep": before_that.rep,
    }
    for line in with_values((_say(view, line) for line in found.lines), known) if found else ():
        before, gap, after = line.partition("…")
        number = ask.before.reference if ask.before else ""
        if gap and not ask.before:
            told.append(B.para(_with_name(before, after, caller(view.case))))
        elif gap:
            from ...rules.wording import is_none

            if is_none(number):
                continue  # no number to read aloud
            told.append(B.para([B.text(before), B.text(number, b=True), B.text(after or ".")]))
        else:
            told.append(B.para(before))
    about = _identity(view)
    told[1:1] = [B.para(about)] if about and told else []
    return [B.callout(tr("Read this aloud"), told, "goal")] if told else []


def _identity(view: View) -> str:
    """For whom the call is, with the birth date and the end of the member number: a plan asks for them first."""
    person = view.case.person
    known = {
        "patient": person.name,
        "born": show_day(person.birth_date) if person.birth_date else "",
        "last4": view.case.insurance.plan.member_id_last4,
    }
    found = passages("script").get("ins-identity")
    return " ".join(with_values((_say(view, line) for line in found.lines), known)) if found else ""


def _with_name(before: str, after: str, name: str) -> list[B.Run]:
    """The sentence with the name filled in, or with a blank for it."""
    end = "" if name.endswith(".") or not after else "."
    return [B.text(before), B.text(name or BLANK, b=bool(name)), B.text(end + after)]


def _asked(view: View, ask: ToAsk) -> list[B.Block]:
    blocks: list[B.Block] = []
    if ask.main:
        blocks.append(B.heading(2, tr("Still open") if ask.before else tr("The questions")))
        blocks += [_question(view, key, number, lines=2) for number, key in enumerate(ask.main, 1)]
    if ask.more:
        blocks.append(B.heading(2, tr("A few more for this plan and this visit")))
        blocks += [_question(view, key, number) for number, key in enumerate(ask.more, len(ask.main) + 1)]
    if ask.in_writing:
        rows = [[short(key), said(key, _latest(view, key)), ""] for key in ask.in_writing]
        blocks += [
            B.heading(2, tr("Only said on the phone so far")),
            B.table(
                tr("Read aloud: You told me this on the phone. Can you send it to me in writing?"),
                [tr("Question"), tr("What they said"), tr("How will they send it?")],
                rows,
                [1, 1.7, 1.1],
            ),
        ]
    if not blocks:
        blocks.append(B.para(tr("Every question has an answer in writing. There is nothing left to ask.")))
    return blocks


def _question(view: View, key: str, number: int, *, lines: int = 1) -> B.Block:
    from ...rules.plan_calls import questions

    asked = asked_words(key)
    listed = next((one for one in questions(view.case) if one.answer == key and one.say), None)
    return B.answer(
        f"{number}. {_say(view, listed.say if listed else tr(asked.question))}",
        _boxes(key),
        lines=lines,
        hint=_say(view, tr(asked.hint)),
        large=True,
    )


def _boxes(key: str = "") -> list[str]:
    if key in AMOUNTS:
        return [tr("They said how much"), *(tr(choice.words) for choice in _BOXES[2:])]
    return [tr(choice.words) for choice in _BOXES]


def _log() -> B.Block:
    """Where to write who answers: at the top, because the name is said first and easily forgotten."""
    columns = [tr("Date and time"), tr("Spoke with"), tr("Reference number"), tr("Minutes")]
    return B.table("", columns, [["\n", "", "", ""]], [1.2, 1.2, 1.6, 0.7], row_header=False)


def _closing(view: View) -> list[B.Block]:
    found = passages("script").get("ins-close")
    return [B.callout(found.title, [_say(view, line) for line in found.lines], "goal")] if found else []


def _latest(view: View, key: str) -> CoverageAnswer:
    from ...rules.alerts.coverage import given

    return given(view, key)[-1]
