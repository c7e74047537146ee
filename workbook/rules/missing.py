"""What each step still lacks, as sentences with the path to fill in. Knows the view. Informs, never blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..case.partial_dates import is_day, latest
from ..case.plan import PlanType
from ..case.records import Need, RecordState
from ..locale import tr
from .alerts.coverage import is_plan_known, open_questions, short
from .context import View
from .questions import fit
from .wording import listed


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing piece of a step."""

    step: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many required records are in hand or known not to exist, with the paths of the rest; no percentage."""

    settled: int
    required: int
    rest: tuple[str, ...]


def missing(view: View, step: str | None = None) -> tuple[Lack, ...]:
    """What one step, or every step, still lacks."""
    return tuple(lack for lack in _all(view) if step in (None, lack.step))


def completeness(view: View) -> Completeness:
    """How complete the required records are."""
    required = [i for i in view.case.records.items.values() if i.need in (None, Need.REQUIRED)]
    rest = [i for i in required if not i.is_here and i.state is not RecordState.NONE]
    return Completeness(len(required) - len(rest), len(required), tuple(f"records.items.{i.id}" for i in rest))


def _all(view: View) -> Iterator[Lack]:
    goal, compare = view.case.goal, view.case.compare
    if not goal.kinds and not goal.own_words:
        yield Lack("goal", tr("What the second opinion should do."), "goal.kinds")
    if not goal.decide_by:
        yield Lack("goal", tr("The date to decide by."), "goal.decide_by")
    elif (last := latest(goal.decide_by)) and last < view.today and not view.case.decision.what:
        yield Lack("goal", tr("A date to decide by. The one you entered has passed."), "goal.decide_by")
    if not is_day(goal.safe_wait.until) and not goal.safe_wait.words:
        yield Lack("goal", tr("What a clinician said about how long it can wait."), "goal.safe_wait")
    if view.second is None:
        yield Lack("clinician", tr("A clinician for the second opinion."), "clinicians")
    elif not view.second.license_checked_on:
        about = f"clinicians.{view.second.id}.license_checked_on"
        yield Lack("clinician", tr("When the license was checked."), about)
    if view.case.insurance.plan.type is None:
        yield Lack("insurance", tr("The kind of plan."), "insurance.plan.type")
    elif view.case.insurance.plan.type is PlanType.UNKNOWN:
        text = tr("The kind of plan. Look at the card, or call the number on the back.")
        yield Lack("insurance", text, "insurance.plan.type")
    elif is_plan_known(view):
        open_, _ = open_questions(view)
        if open_:
            yield Lack(
                "insurance",
                tr("Answers from the plan: {list}.").format(list=listed([short(k) for k in open_])),
                "insurance.calls",
            )
    if not view.case.records.items:
        yield Lack("records", tr("The records needed for the visit."), "records.items")
    for item in view.open_items:
        yield Lack("records", f"{view.name(item)}.", f"records.items.{item.id}")
    if view.booked is None and len(view.seen_by_two) < 2:
        yield Lack("visit", tr("The day of the visit."), "visit.appointments")
    elif view.booked and fit(view, view.booked).top < 3:
        yield Lack("visit", tr("The top three questions."), "visit.questions")
    if len(view.seen_by_two) > 1:
        for field, words in (
            ("diagnosis_class", tr("Whether the two agree on the diagnosis.")),
            ("treatment_class", tr("Whether the two agree on the treatment.")),
        ):
            if getattr(compare, field) is None:
                yield Lack("compare", words, f"compare.{field}")
