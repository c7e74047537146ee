"""A blank workbook to print, for people who only want paper. Knows the case's questions and the packs; no case.

The questions are the model's own, in the order of the six steps, with space to write.
"""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import Any

from ...case import Case, Words, put, spoken, words_at
from ...case.plan import PlanType
from ...content import choices, passages, seeds
from ...locale import tr
from ...rules.care_year import filled
from ...rules.plan_calls import questions
from ..catalog import Wanted
from ..summary.fit import LARGE
from ..summary.parts import DISCLAIMER
from ..tree import blocks as B  # noqa: N812
from ..wording import day

_ROOM = {"long": 3, "text": 1, "date": 1, "moment": 1, "number": 1, "money": 1, "phone": 1, "pick": 1}
_GOAL = (
    *("goal.about", "goal.kinds", "goal.own_words", "health.troubles", "health.tried"),
    *("goal.decision", "goal.decide_by", "goal.safe_wait.until", "goal.reversible"),
)
_CLINICIAN = (
    "name",
    "kind",
    "facility",
    "phone",
    "first_date",
    "network",
    "records_to",
    "cut_off_rule",
    "relation_to_other",
)
_PLAN = ("insurance.plan.type", "insurance.plan.name", "insurance.plan.member_id_last4", "insurance.plan.phone")
_CALL = ("when", "rep", "reference")
_OPINION = ("diagnosis", "recommended", "urgency", "reasons", "feared_risks", "would_change_mind")
_MEDICINE = ("name", "dose", "reason", "since", "prescriber")
_ALLERGY = ("to", "reaction")
_SAFETY = ("blood_thinner", "implants", "kidney", "pregnancy", "history")
_ROOMY = "\n" * 5  # an empty cell with space for a few handwritten lines
_AGREE = ("compare.diagnosis_class", "compare.treatment_class", "compare.urgency_class", "compare.causes")


def for_print(_case: Case | None, wanted: Wanted) -> dict[str, Any]:
    """The blank workbook; it has no case."""
    return blank(wanted.today, paper=wanted.paper, large=wanted.large)


def blank(today: dt.date, *, paper: str = "us-letter", large: bool = False) -> dict[str, Any]:
    """The document: six steps, the call script, checklists and questions, with lines to write on."""
    steps = (_goal(), _clinician(), _insurance(), _records(), _visit(), _compare())
    return B.document(
        tr("Second Opinion Workbook, on paper"),
        [
            B.para(tr("Name: ______________________________   Date of birth: ________________")),
            B.para(tr("My phone: ____________________   Who helps me, and their phone: ____________________")),
            *chain.from_iterable(steps),
        ],
        subject=tr("Six steps to a second medical opinion"),
        prepared=tr("Printed {day}").format(day=day(today.isoformat())),
        paper=paper,
        footer=tr(DISCLAIMER),
        size=LARGE if large else 12,
    )


def _ask(path: str) -> B.Block:
    words = words_at(path)
    assert words is not None, path
    return _answer(words)


def _answer(words: Words) -> B.Block:
    options = [tr(text) for _, text in choices(words)]
    return B.answer(
        _say(words.question), options, lines=0 if options else _ROOM.get(words.kind, 1), hint=_say(words.hint)
    )


def _say(text: str) -> str:
    return filled(spoken(tr(text), "caregiver"), None) if "{" in text else tr(text)


def _step(number: int, title: str, *, new_page: bool = True) -> list[B.Block]:
    heading = B.heading(2, tr("Step {number}: {title}").format(number=number, title=title))
    return [B.pagebreak(), heading] if new_page else [heading]


def _goal() -> list[B.Block]:
    matters = B.lines(3, tr("What matters most to me, such as walking the dog, or staying at work"))
    return [*_step(1, tr("The goal"), new_page=False), *(_ask(path) for path in _GOAL), matters]


def _clinician() -> list[B.Block]:
    asked = [_ask(f"clinicians.x.{name}") for name in _CLINICIAN]
    return [*_step(2, tr("The clinician")), *asked]


def _insurance() -> list[B.Block]:
    script = passages("script")
    read = [B.para(_say(line)) for key in ("ins-call",) if key in script for line in script[key].lines]
    rows = [[_say(one.say), "", ""] for one in questions(Case()) if one.main]
    medicare = put(Case(), "insurance.plan.type", PlanType.ORIGINAL_MEDICARE)
    instead = " ".join(_say(one.say) for one in questions(medicare) if one.main)
    return [
        *_step(3, tr("The insurance call")),
        *(_ask(path) for path in _PLAN),
        *(_ask(f"insurance.calls.x.{name}") for name in _CALL),
        B.pagebreak(),  # what to say and the answer are in view together
        B.callout(tr("Read this aloud"), read, "info"),
        B.table(
            tr("What they said"),
            [tr("Question"), tr("Answer"), tr("Spoken or in writing?")],
            rows,
            [3, 3, 2],
            tall=True,
        ),
        B.para(tr("With Original Medicare, ask this instead: {questions}").format(questions=instead)),
        B.lines(5, tr("What else they said")),
    ]


def _records() -> list[B.Block]:
    rows = [[tr(getattr(r, "title", "")), "", "", ""] for r in seeds("records.items")]
    columns = [tr("Record"), tr("Asked on"), tr("Who has it?"), tr("I have it")]
    return [
        *_step(4, tr("The records")),
        B.para(tr("Ask for one complete packet. Ask for the images too, as files or on a disc. Keep your own copy.")),
        B.table(tr("One checklist"), columns, [*rows, *[["", "", "", ""]] * 3], [3, 1.3, 2, 1], tall=True),
        B.lines(7, tr("Who I asked, when, how, and what they answered")),
        B.pagebreak(),  # a page that can be copied and given to each clinician
        B.heading(3, tr("Medicines and allergies")),
        _to_fill(tr("Medicines taken now"), "health.medications.x", _MEDICINE, 10),
        _ask("health.medications_confirmed_on"),
        _to_fill(tr("Allergies and bad reactions"), "health.allergies.x", _ALLERGY, 5),
        _ask("health.allergies_confirmed_on"),
        *(_ask(f"health.{name}") for name in _SAFETY),
    ]


def _to_fill(caption: str, path: str, fields: tuple[str, ...], rows: int) -> B.Block:
    """An empty table with a column for each of these fields."""
    columns = [tr(words.short) for name in fields if (words := words_at(f"{path}.{name}"))]
    return B.table(caption, columns, [[""] * len(columns)] * rows, [2, *[1.4] * (len(columns) - 1)], tall=True)


def _visit() -> list[B.Block]:
    asked = [B.answer(tr(getattr(q, "text", "")), lines=2) for q in seeds("visit.questions")]
    return [
        *_step(5, tr("The visit")),
        B.para(tr("Mark your top three. Ask them first. Then say the answer back in your own words.")),
        *asked,
        B.lines(10, tr("My own questions")),
    ]


def _compare() -> list[B.Block]:
    rows = [[_say(_opinion(name)), _ROOMY, _ROOMY] for name in _OPINION]
    steps = [(False, tr(getattr(s, "text", ""))) for s in seeds("compare.tie_breaker")]
    seen = [[tr(getattr(r, "title", "")), "", ""] for r in seeds("records.items")]
    saw = [tr("Record"), tr("First clinician saw it"), tr("Second clinician saw it")]
    return [
        *_step(6, tr("If the opinions differ")),
        B.table(tr("Side by side"), [tr("Question"), tr("First opinion"), tr("Second opinion")], rows, [1.6, 2, 2]),
        B.pagebreak(),
        B.heading(3, tr("Who saw what")),
        B.para(tr("Write how they saw it: the images or slides, only the report, only heard about it, or not seen.")),
        B.table("", saw, [*seen, *[["", "", ""]] * 5], [2.4, 2, 2], tall=True),
        B.pagebreak(),
        *(_ask(path) for path in _AGREE),
        B.heading(3, tr("What to do about it")),
        B.checks(steps),
        B.lines(8, tr("What I decide, and why")),
    ]


def _opinion(name: str) -> str:
    words = words_at(f"opinions.x.{name}")
    assert words is not None, name
    return words.question
