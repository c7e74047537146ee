"""Fits the question list to the visit: top three first, then what fits in 60 % of the minutes. Knows the view."""

from __future__ import annotations

from dataclasses import dataclass

from ..case.visit import Question, QuestionState
from .context import View, Visit

SHARE = 60  # percent of the visit for the person's own questions; the clinician needs the rest
GUESS = 3  # minutes for a question without an estimate


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted questions: those to ask in order, those that do not fit, and the minutes."""

    asked: tuple[str, ...]
    too_many: tuple[str, ...]
    parked: tuple[str, ...]
    minutes: int
    room: int | None
    top: int

    @property
    def is_over(self) -> bool:
        """Whether the planned questions take longer than the time available."""
        return self.room is not None and self.minutes > self.room


def fit(view: View, visit: Visit | None) -> Fit:
    """The questions for a visit, fitted to its length."""
    planned = [q for q in view.case.visit.questions.values() if is_asked_at(q, visit)]
    parked = [q.id for q in view.case.visit.questions.values() if q.state is QuestionState.PARKED]
    slot = visit.appointment.slot_minutes if visit else None
    if slot is None and visit and visit.clinician:
        slot = visit.clinician.slot_minutes
    room = slot * SHARE // 100 if slot is not None else None
    ordered = [*(q for q in planned if q.top), *(q for q in planned if not q.top)]
    asked: list[str] = []
    over: list[str] = []
    used = 0
    for question in ordered:
        used += _minutes(question)
        (over if room is not None and used > room else asked).append(question.id)
    top = sum(q.top for q in planned)
    return Fit(tuple(asked), tuple(over), tuple(parked), used, room, top)


def is_asked_at(question: Question, visit: Visit | None) -> bool:
    """Whether the question is still open, and for this visit."""
    return _is_for(question, visit) and _is_planned(question)


def _is_for(question: Question, visit: Visit | None) -> bool:
    return not question.to_whom or visit is None or question.to_whom == visit.appointment.clinician


def _is_planned(question: Question) -> bool:
    return question.state in (None, QuestionState.IN)


def _minutes(question: Question) -> int:
    return GUESS if question.minutes is None else question.minutes
