"""Everything in the case, list by list: for an advocate who takes over, and for the paper binder. Knows the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from ....case import Case, label
from ....case.health import ABSENT
from ....case.visit import Question, QuestionState
from ....locale import N_, tr
from ...own_questions import own_questions
from ...tree import blocks as B  # noqa: N812
from ...wording import day, joined, lines, missing, shipped, sourced, words
from ..entries import card, whole
from . import plan
from .opinions import column

# shown with the facts at the start
_TOLD = frozenset(
    [
        "about",
        "own_words",
        "kinds",
        "decision",
        "decide_by",
        "held_slot",
        "reversible",
        "until",
        "said_by",
        "said_by_clinician",
        "said_on",
    ]
)
# shown in the table of opinions
_TABLE = frozenset(
    [
        "clinician",
        "on",
        "form",
        "written_on",
        "diagnosis",
        "certainty",
        "recommended",
        "alternatives",
        "urgency",
        "reasons",
        "feared_risks",
        "recovery",
        "if_wait",
        "would_change_mind",
        "tests_wanted",
    ]
)
_AGREE = frozenset(["diagnosis_class", "treatment_class", "urgency_class", "causes"])


Maker = Callable[[Case, dt.date], list[B.Block]]


def _parts(makers: Iterable[Maker]) -> Maker:
    return lambda case, today: [block for make in makers for block in make(case, today)]


def _problems(case: Case, *, there: bool) -> set[str]:
    return {p.id for p in case.health.problems.values() if (p.certainty not in ABSENT) is there}


def _in_force(case: Case, today: dt.date) -> set[str]:
    return {paper.id for paper in plan.in_force(case, today)}


def _not_in_force(case: Case, today: dt.date) -> set[str]:
    return set(case.authorities) - _in_force(case, today)


LISTS = {
    "worries": whole("goal.worries", N_("Worries")),
    "experiences": whole("goal.experiences", N_("How the care has been so far")),
    "corrections": whole("goal.corrections", N_("What the records get wrong")),
    "diagnoses": _parts(
        (
            whole("health.problems", N_("Diagnosis given"), of=lambda case, _day: _problems(case, there=True)),
            whole("health.problems", N_("Ruled out"), of=lambda case, _day: _problems(case, there=False)),
        )
    ),
    "results_all": whole("health.results", N_("Test results")),
    "people": whole("parties", N_("Who helps")),
    "papers": _parts(
        (
            whole("authorities", N_("Forms that let others act"), of=_in_force),
            whole("authorities", N_("Forms that are not valid today"), of=_not_in_force),
        )
    ),
    "clinicians": whole("clinicians", N_("Clinicians"), roomy=True),
    "places": whole("facilities", N_("Places")),
    "networks": whole("insurance.networks", N_("In the network or not")),
    "referrals": whole("insurance.referrals", N_("Referrals")),
    "prior_auths": whole("insurance.prior_auths", N_("Prior authorizations"), roomy=True),
    "denials": whole("insurance.denials", N_("Denials and appeals"), roomy=True),
    "records_all": whole("records.items", N_("Each record")),
    "requests": whole("records.requests", N_("Requests for records")),
    "scans": whole("records.studies", N_("Scans")),
    "discs": whole("records.media", N_("Discs and downloads")),
    "materials": whole("records.materials", N_("Slides and tissue")),
    "sent": whole("records.sent", N_("What was sent to whom")),
    "visits": whole("visit.appointments", N_("Visits"), roomy=True),
    "readiness": whole("compare.readiness", N_("Ready to decide?")),
    "told": whole("decision.told", N_("Who was told about the decision")),
    "given": whole("exports", N_("Documents made"), "digest"),
    "time": whole("time", N_("Time spent")),
}
"""Each list as a separate part."""


def goal_more(case: Case, today: dt.date) -> list[B.Block]:
    """Further answers about the goal."""
    rows = card(case, "goal", _TOLD)
    return [B.heading(2, tr("More about the goal")), B.details(rows)] if rows else []


_SAFETY = (
    *("has_allergies", "blood_thinner", "blood_thinner_name", "implants", "implants_what"),
    *("pregnancy", "kidney", "kidney_note"),
)


def history(case: Case, today: dt.date) -> list[B.Block]:
    """Other illnesses and surgeries."""
    shown_elsewhere = ("troubles", "tried", "medications_confirmed_on", "allergies_confirmed_on", *_SAFETY)
    rows = card(case, "health", shown_elsewhere)
    return [B.details(rows)] if rows else []


def medicines_all(case: Case, today: dt.date) -> list[B.Block]:
    """Each medicine and allergy with everything noted, and when the lists were last confirmed."""
    health = case.health
    lists = [
        (tr("Medicines"), whole("health.medications", N_("Medicines")), health.medications_confirmed_on),
        (tr("Allergies"), whole("health.allergies", N_("Allergies")), health.allergies_confirmed_on),
    ]
    found: list[B.Block] = []
    for name, part, checked in lists:
        blocks = part(case, today) or missing(name, tr("not recorded yet."))
        told = tr("Last checked {day}.").format(day=day(checked)) if checked else ""
        found += [blocks[0], *([B.para(told)] if told else []), *blocks[1:]]
    return found


def answers(case: Case, today: dt.date) -> list[B.Block]:
    """The person's questions with their answers, who answered, and the say-back."""
    rows = [_asked(case, q) for q in own_questions(case).values()]
    return [B.heading(2, tr("Questions and answers")), B.listing(rows, ordered=True)] if rows else []


def _asked(case: Case, question: Question) -> list[B.Block]:
    blocks = [B.para([B.text(shipped("visit.questions", question.id, question.text), b=True)])]
    by = joined([label(case, "clinicians", question.answered_by), day(question.answered_on)])
    clear = words(question.answer_state).lower() if question.answer_state else ""
    if question.answer:
        blocks.append(B.para(sourced(lines(question.answer), by, clear)))
    for more in case.visit.more_answers.values():
        if more.question == question.id and more.words:
            by_too = joined([label(case, "clinicians", more.clinician), day(more.on)])
            blocks.append(B.para(sourced(lines(more.words), by_too)))
    if question.say_back:
        blocks.append(B.para([B.text(tr("Said back: "), b=True), B.text(lines(question.say_back))]))
    open_yet = not question.answer and question.state not in (QuestionState.ANSWERED,)
    state = words(question.state) if question.state else tr("Not asked yet")
    return [*blocks, *([B.para([B.text(state, i=True)])] if open_yet else [])]


def decided(case: Case, today: dt.date) -> list[B.Block]:
    """The decision, if there is one."""
    done = case.decision
    told = joined([lines(done.reason), day(done.on)])
    return [B.heading(2, tr("Decision made")), B.para(sourced(lines(done.what), told))] if done.what else []


def after_visit(case: Case, today: dt.date) -> list[B.Block]:
    """Who takes notes, and what to remember."""
    rows = card(case, "visit")
    return [B.heading(2, tr("Notes from the visit")), B.details(rows)] if rows else []


def opinions_all(case: Case, today: dt.date) -> list[B.Block]:
    """What is not in the table: how each opinion was reached, and how they were compared."""
    found: list[B.Block] = []
    for key, opinion in case.opinions.items():
        rows = card(case, f"opinions.{key}", _TABLE)
        found += [B.heading(3, column(case, opinion.clinician)), B.details(rows)] if rows else []
    compared = card(case, "compare", _AGREE)
    found += [B.heading(3, tr("How they were compared")), B.details(compared)] if compared else []
    return [B.heading(2, tr("More about the opinions")), *found] if found else []
