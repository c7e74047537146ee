"""Which questions a paper prints: the person's own, else a few of ours as suggestions. Knows the case and the packs.

A clinician takes a question on paper for the patient's words, so one of ours that nobody chose is never among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..case import Case, Items
from ..case.visit import Question, QuestionGroup, QuestionState
from ..content import OWN_WORDS, entries, said_once, seed
from ..locale import tr

PATH = "visit.questions"
FEW = 5  # suggestions: more would look like a list that somebody made for this visit


def is_own(question: Question) -> bool:
    """Whether a person wrote it, changed it, or said what becomes of it."""
    ready = seed(PATH, question.id)
    marked = question.top or question.state or question.to_whom or question.answer
    ours = (getattr(ready, "text", ""), *said_once(PATH, question.id))
    return bool(marked) or ready is None or not {question.text, tr(question.text)} & {*ours}


def own_questions(case: Case) -> Items[Question]:
    """The questions that the person chose or wrote."""
    return Items(q for q in case.visit.questions.values() if q.text and is_own(q))


def to_print(case: Case) -> Items[Question]:
    """The person's own questions; while none is meant for a visit, also a few suggestions."""
    own = own_questions(case)
    if any(q.state is not QuestionState.PARKED for q in own.values()):
        return own
    known = {*own, OWN_WORDS}  # the papers say the person's own words first, as the goal
    return Items([*own.values(), *_few(q for q in entries(case, PATH).values() if q.id not in known)])


def _few(found: Iterable[Question]) -> list[Question]:
    """Some of them, from each topic in turn."""
    turns: Counter[QuestionGroup | None] = Counter()
    ranked = []
    for question in found:
        ranked.append((turns[question.group], question))
        turns[question.group] += 1
    return [question for _turn, question in sorted(ranked, key=lambda pair: pair[0])[:FEW]]
