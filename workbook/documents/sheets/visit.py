"""The visit sheet: the goal, the fitted questions, space to write. Knows the case and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...case import Case, YesNo
from ...case.visit import Appointment, Question, VisitMode
from ...locale import plural, tr
from ...locale.dates import show_day
from ...rules.wording import capital, visit_day
from ..catalog import Wanted
from ..context import BLANK, as_read, framed, view_of, who
from ..own_questions import is_own
from ..summary.limits import first, others
from ..summary.sections.safety import warnings
from ..tree import blocks as B  # noqa: N812
from ..tree.height import Ruler, pages
from ..wording import joined, lines, shipped, words

if TYPE_CHECKING:
    from ...rules import Fit, View
    from ...rules.context import Visit

_MOST = 8  # questions: nobody gets through more in one visit, and the question list has them all
_LEAST = 3
_TOP = 3  # questions to ask first
_SIDES, _SIDES_LARGE = 2, 4  # pages: one sheet of paper, in large print two
_FEW = 6  # with more questions than this, one line each keeps the sheet on one page
_SPARE = 4  # lines for notes if the page does not calculate how many fit
_ROOM = "\n" * 4  # an empty cell to write in


def visit_sheet(case: Case, wanted: Wanted) -> dict[str, Any]:
    """One sheet of paper to take along, printed on both sides if need be: for the next booked visit, else for any."""
    from ...rules import fit

    seen = as_read(case, wanted)
    view = view_of(seen, wanted)
    visit = view.booked or view.next_visit
    planned = fit(view, visit)
    unsaid = tr("No questions are chosen yet. The sheet has a few suggestions, and says that they are the workbook's.")
    notes = [unsaid] if _are_suggested(view.case, planned) else []

    def sheet(most: int) -> dict[str, Any]:
        blocks = [
            B.details(_facts(view.case, visit.appointment if visit else None)),
            *_goal(view.case),
            *_questions(view, planned, visit, wanted.large, most),
            B.lines(1, tr("Say it back: “So what I hear is …” Then ask: is that right?")),
            _after(),
            *_parked(view.case, planned),
            *_left_out(case, wanted, visit),
            B.lines(_SPARE, tr("Room for notes"), fill=True),
        ]
        return framed(seen, wanted, tr("Visit sheet"), blocks, size=12, named=True, full=True, notes=notes)

    return next((made for n in range(_MOST, _LEAST, -1) if _fits(made := sheet(n), wanted.large)), sheet(_LEAST))


def _fits(made: dict[str, Any], large: bool) -> bool:
    ruler = Ruler(made["size"])
    blocks = [b for b in made["blocks"] if not b.get("fill")]  # room for notes takes only what is left
    return pages([ruler.head(made), *ruler.measured(blocks)]) <= (_SIDES_LARGE if large else _SIDES)


def _facts(case: Case, item: Appointment | None) -> list[tuple[str, str]]:
    person, visit = case.person, case.visit
    booked = item or Appointment(id="none")
    afar = booked.mode in (VisitMode.VIDEO, VisitMode.PHONE)  # only then is the hour ambiguous
    length = plural("1 minute", "{n} minutes", booked.slot_minutes) if booked.slot_minutes else ""
    when = joined([show_day(booked.start, weekday=True), booked.time_zone if afar and booked.start else ""])
    pairs = [
        (tr("When"), joined([capital(visit_day(booked, when)), length]) if when else BLANK),
        (tr("With"), who(case, booked.clinician) or BLANK),
        (tr("Where"), joined([words(booked.mode), lines(booked.address)])),
        (tr("Coming along"), booked.who_comes),
        (tr("Taking notes"), visit.note_taker or BLANK),
        *((name, told) for name, told in warnings(case)),
        (
            tr("Language and access needs"),
            joined([person.language, _interpreter(case, booked), lines(person.access_needs)], "; "),
        ),
        (tr("Notes for the day"), lines(booked.notes)),
    ]
    return [(label, value) for label, value in pairs if value]


def _interpreter(case: Case, item: Appointment) -> str:
    if item.interpreter:
        return tr("interpreter: {state}").format(state=item.interpreter.rstrip(". "))
    return tr("interpreter needed") if case.person.interpreter is YesNo.YES else ""


def _goal(case: Case) -> list[B.Block]:
    """The person's own words and priorities; the goals they checked if they wrote none."""
    goal = case.goal
    kinds = joined((words(k) for k in goal.kinds), ". ")
    told = [B.para(f"“{goal.own_words}”" if goal.own_words else f"{kinds}.")] if goal.own_words or kinds else []
    if goal.values:
        told.append(B.para([B.text(tr("Matters most: "), b=True), "; ".join(v.text for v in goal.values.values())]))
    return [B.callout(tr("The goal of this visit"), told or [B.lines(2)], "goal")]


def _questions(view: View, planned: Fit, visit: Visit | None, large: bool, most: int) -> list[B.Block]:
    known = view.case.visit.questions
    ordered = [known[key] for key in (*planned.asked, *planned.too_many) if known[key].text]
    top = [q for q in ordered if q.top]
    rest, left = first([q for q in ordered if not q.top], max(0, most - len(top)))
    room = 2 if large or len(ordered) <= _FEW else 1
    named = visit is None and len({q.to_whom for q in ordered}) > 1
    blocks: list[B.Block] = []
    if top:
        blocks.append(B.heading(2, tr("Please go through these with me first")))
        blocks += [
            B.answer(_numbered(n, q), hint=_for(view, q, named), lines=room, large=True) for n, q in enumerate(top, 1)
        ]
    elif _are_suggested(view.case, planned):
        return [*_room(), *_suggested(ordered)]
    elif len(ordered) > _TOP:
        blocks.append(B.para(tr("Mark up to three questions to ask first.")))
    elif not ordered:
        blocks += _room()
    rows: list[list[B.Words]] = [
        [[*_late(q, planned), _numbered(n, q), *_aside(view, q, named)], ""] for n, q in enumerate(rest, len(top) + 1)
    ]
    if rows:
        columns = [tr("Then ask") if top else tr("Questions"), tr("What they said")]
        blocks.append(B.table("", columns, rows, [1.2, 1], tall=True))
    if left:
        blocks.append(B.para([B.text(others(left, tr("question list")) + ".", i=True)]))
    return blocks


def _are_suggested(case: Case, planned: Fit) -> bool:
    """Whether all questions on the sheet are ours: nobody chose one."""
    asked = [case.visit.questions[key] for key in (*planned.asked, *planned.too_many)]
    return bool(asked) and not any(is_own(q) for q in asked)


def _room() -> list[B.Block]:
    return [B.heading(2, tr("Questions")), *(B.lines(2, f"{n}.") for n in (1, 2, 3))]


def _suggested(questions: list[Question]) -> list[B.Block]:
    """Our suggestions, with a box each: only what the person ticks is a question of theirs."""
    return [
        B.heading(2, tr("Suggestions from the workbook")),
        B.para(tr("Nobody has chosen these yet. Check the ones you want to ask.")),
        B.checks((False, _text(q)) for q in questions),
    ]


def _late(question: Question, planned: Fit) -> list[B.Run]:
    return [B.text(tr("If there is time: "), i=True)] if question.id in planned.too_many else []


def _text(question: Question) -> str:
    return shipped("visit.questions", question.id, lines(question.text))


def _numbered(number: int, question: Question) -> str:
    return f"{number}. {_text(question)}"


def _for(view: View, question: Question, named: bool) -> str:
    asked = view.clinician(question.to_whom, "") if named and question.to_whom else ""
    return tr("For {name}").format(name=asked) if asked else ""


def _aside(view: View, question: Question, named: bool) -> list[B.Run]:
    asked = _for(view, question, named)
    return [B.text(f" ({asked})", i=True)] if asked else []


def _after() -> B.Block:
    columns = [tr("What happens next? Who does it, and by when?"), tr("Within a day: what I want to remember")]
    return B.table("", columns, [[_ROOM, _ROOM]], row_header=False)


def _parked(case: Case, planned: Fit) -> list[B.Block]:
    """Deferred questions, in one small paragraph at the end."""
    texts = [_text(case.visit.questions[key]) for key in planned.parked]
    kept = [B.text(text, i=True) for text in texts if text]
    if not kept:
        return []
    between: list[B.Run] = [run for text in kept for run in (B.text(" · "), text)][1:]
    return [B.para([B.text(tr("Left for another day: "), b=True), *between])]


def _left_out(case: Case, wanted: Wanted, visit: Visit | None) -> list[B.Block]:
    """How many questions are left off this paper, so that the person remembers them; nothing of their text.

    Sensitive ones are not even counted: others may see the paper.
    """
    from ...rules.questions import is_asked_at

    left = [
        q
        for q in case.visit.questions.values()
        if q.private and not q.sensitive and q.text and f"visit.questions.{q.id}" not in wanted.include
        if is_asked_at(q, visit)
    ]
    if not left:
        return []
    words = plural(
        "Left out because it is private: 1 question.",
        "Left out because they are private: {n} questions.",
        len(left),
    )
    return [B.para([B.text(words, i=True)])]
