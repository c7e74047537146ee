"""Which deadlines moved between two states of a case, and why. Knows the results; nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..locale import tr
from .results import Deadline, Status
from .wording import say, sentences


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline with another day than before."""

    rule: str
    about: str
    before: dt.date
    after: dt.date
    words: str


def moved(before: Status, after: Status) -> tuple[Move, ...]:
    """The deadlines that have another day in the later status, the earliest first; new and ended ones are no moves."""
    old = {(d.rule, d.about): d for d in before.deadlines if d.due}
    found = []
    for line in after.deadlines:
        was = old.get((line.rule, line.about))
        if was and was.due and line.due and was.due != line.due:
            found.append(Move(line.rule, line.about, was.due, line.due, _words(was, line)))
    return tuple(found)


def _words(was: Deadline, now: Deadline) -> str:
    """From what to what, and what it is counted from now; the deadline's own first sentence says which it is."""
    if was.due is None or now.due is None:
        return ""
    told = tr("This date moved from {before} to {after}.").format(before=say(was.due), after=say(now.due))
    return sentences(now.text.split(". ")[0].rstrip(".") + ".", told, _why(was, now))


def _why(was: Deadline, now: Deadline) -> str:
    if now.sum is None:
        return tr("It is the date that is noted now.")
    start = now.sum.start
    if was.sum is None or was.sum.start != start or was.evidence != now.evidence:
        words = tr("It is now counted from {day}: {evidence}.")
        return words.format(day=say(start), evidence=now.evidence.rstrip(".").lower() or tr("the day that is noted"))
    if was.fact != now.fact:
        return tr("Another rule applies now.")
    return tr("The time itself changed: more time was taken, or given back.")
