"""Which deadlines moved between two states of a case, and why. Knows the results; nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..locale import N_, tr
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
    """Which date moved, from what to what, and what it is counted from now."""
    if was.due is None or now.due is None:
        return ""
    label = tr(_LABELS.get(now.rule.removesuffix("-by-rule"), _ANY))
    told = tr("{label} moved from {before} to {after}.")
    return sentences(told.format(label=label, before=say(was.due), after=say(now.due)), _why(was, now))


def _why(was: Deadline, now: Deadline) -> str:
    if now.sum is None:
        return tr("It is the date that is entered now.")
    start = now.sum.start
    if was.sum is None or was.sum.start != start or was.evidence != now.evidence:
        words = tr("It is now counted from {day}.").format(day=say(start))
        return sentences(words, f"{now.evidence.rstrip('.')}." if now.evidence else "")
    if was.fact != now.fact:
        return tr("Another rule applies now.")
    return tr("The time itself changed: more time was taken, or given back.")


_ANY = N_("A date")
_LABELS = {
    "visit": N_("The visit"),
    "cut-off": N_("The last day for records"),
    "report-due": N_("The written opinion"),
    "decide-by": N_("The day to decide by"),
    "held-slot": N_("The treatment"),
    "cancel-by": N_("The last day to cancel"),
    "safe-to-wait": N_("The day until which it can wait"),
    "prior-auth": N_("The day for the plan's decision"),
    "plan-papers": N_("The day for the plan's papers"),
    "approval-ends": N_("The end of the approval"),
    "appeal": N_("The last day to appeal"),
    "next-appeal": N_("The last day for the next step"),
    "keep-benefits": N_("The last day to keep the care"),
    "appeal-decision": N_("The answer to the appeal"),
    "estimate": N_("The written estimate"),
    "referral-ends": N_("The end of the referral"),
    "records-access": N_("The day for the records"),
    "records-outer-limit": N_("The last day for the records"),
    "records-promised": N_("The promised day for the records"),
    "records-state": N_("The day for the records by state law"),
    "complaint": N_("The last day to complain"),
    "return-by": N_("The day to return the loan"),
    "authority-ends": N_("The end of a signed form"),
}
