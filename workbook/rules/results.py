"""Results of the rules: deadlines, alerts, gaps, the critical path. Frozen values; no case, no clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .counting import Step, Sum


class Level(StrEnum):
    """The severity of an alert."""

    BLOCKER = "blocker"
    WARNING = "warning"
    INFO = "info"


RANK = {Level.BLOCKER: 0, Level.WARNING: 1, Level.INFO: 2}


STATE_RULE = "records-state"
_EVENTS = ("visit", "held-slot", "safe-to-wait", "authority-ends")


class Certainty(StrEnum):
    """The certainty of a deadline."""

    KNOWN = "known"  # from a dated letter, or a date the person entered
    FROM_MEMORY = "from_memory"
    ESTIMATED = "estimated"  # counted from a substitute, such as the day of sending
    NOT_BOOKED = "not_booked"  # a day that may still change
    NOT_STARTED = "not_started"  # starts when the person knows a date


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date that counts, with its rule and its starting date.

    `due` is None while the starting date is unknown; `text` then says which date that is.
    """

    rule: str
    about: str
    due: dt.date | None
    text: str
    certainty: Certainty = Certainty.KNOWN
    evidence: str = ""
    anchor: dt.date | None = None
    fact: str = ""
    aim: dt.date | None = None
    hard: bool = True  # False for a secondary date next to the one that counts
    sum: Sum | None = None  # how the day was counted; None for a date that was noted
    booked: bool = True  # False for a visit or a treatment that is not sure yet
    lead: str = ""  # the first sentence of the text, if it has more than one
    counted: tuple[Step, ...] = ()  # how the day was counted, if not from a rule

    @property
    def steps(self) -> tuple[Step, ...]:
        """The sum behind the day, line by line; empty for a date that was noted as it is."""
        return tuple(self.sum.steps(self.evidence)) if self.sum else self.counted

    @property
    def brief(self) -> str:
        """The text in one sentence."""
        return self.lead or self.text

    @property
    def rest(self) -> str:
        """What the text says after its first sentence."""
        return self.text.removeprefix(self.brief).strip()

    @property
    def is_event(self) -> bool:
        """Whether it takes place by itself: once its day is over it was then, and nobody is late."""
        return self.rule in _EVENTS

    @property
    def is_shown_first(self) -> bool:
        """Whether it is a date to live by: the one that counts, or one that counts in the state where an office is."""
        return self.hard or self.rule == STATE_RULE

    def as_json(self) -> dict[str, Any]:
        """The deadline as plain data, in the format of `workbook status --json`; `fact` is the id of its rule."""
        return {
            "rule": self.rule,
            "about": self.about,
            "due": self.due.isoformat() if self.due else None,
            "aim": self.aim.isoformat() if self.aim else None,
            "text": self.text,
            "certainty": self.certainty.value,
            "evidence": self.evidence,
            "fact": self.fact,
            "steps": [{"day": step.day.isoformat(), "text": step.words} for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Ended:
    """A deadline that no longer counts, and why."""

    rule: str
    about: str
    due: dt.date | None
    why: str

    def as_json(self) -> dict[str, Any]:
        """The ended deadline as plain data."""
        due = self.due.isoformat() if self.due else None
        return {"rule": self.rule, "about": self.about, "due": due, "why": self.why}


@dataclass(frozen=True, slots=True)
class Alert:
    """One sentence of fact, one of consequence, and one thing to do."""

    id: str
    level: Level
    about: str
    text: str
    next: str
    rule: str = ""
    due: dt.date | None = None  # the date that makes it urgent, if any
    step: str = ""  # the step whose page displays it; set by the registry
    more: str = ""  # what else is worth knowing; where there is little room, it is left out
    letter: str = ""  # the letter that does it, by its name, if it is a letter about a request
    invites: bool = False  # it only invites to what its page asks anyway: a next step, and nothing to check there

    def as_json(self) -> dict[str, Any]:
        """The alert as plain data."""
        text = f"{self.text} {self.more}".strip()
        return {"id": self.id, "level": self.level.value, "about": self.about, "text": text, "next": self.next}


NOT_THERE = "not_there_yet"


@dataclass(frozen=True, slots=True)
class Gap:
    """A record that one compared clinician has not seen as another has; without clinician: it does not exist yet."""

    item: str
    clinician: str | None
    how: str

    def as_json(self) -> dict[str, Any]:
        """The gap as plain data."""
        return {"item": self.item, "clinician": self.clinician, "how": self.how}


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The record that determines when all are in hand; `ready_on` None if unknown."""

    item: str | None = None
    ready_on: dt.date | None = None
    cut_off: dt.date | None = None

    @property
    def slack_days(self) -> int | None:
        """Days between the last arrival and the clinic's cut-off; negative if it is too late."""
        return (self.cut_off - self.ready_on).days if self.cut_off and self.ready_on else None

    def as_json(self) -> dict[str, Any]:
        """The critical path as plain data."""
        return {
            "item": self.item,
            "ready_on": self.ready_on.isoformat() if self.ready_on else None,
            "cut_off": self.cut_off.isoformat() if self.cut_off else None,
            "slack_days": self.slack_days,
        }


@dataclass(frozen=True, slots=True)
class NextStep:
    """One action to take now, and the reason; `also` are further asks of the same call.

    `until` is the business day to which it can be put off, or to which it was; None if that would be too late.
    """

    do: str
    why: str
    about: str
    rule: str
    minutes: int = 0  # how long it usually takes
    at_hand: str = ""  # what to have ready
    also: tuple[str, ...] = ()
    until: dt.date | None = None
    late: bool = False  # its day has passed, or that of a part of it
    keys: tuple[str, ...] = ()  # of the actions in it, as `Case.postponed` has them

    def as_json(self) -> dict[str, Any]:
        """The step as plain data."""
        return {
            "do": self.do,
            "why": self.why,
            "about": self.about,
            "rule": self.rule,
            "minutes": self.minutes,
            "at_hand": self.at_hand,
            "also": list(self.also),
            "until": self.until.isoformat() if self.until else None,
        }


@dataclass(frozen=True, slots=True)
class Status:
    """Everything derived from a case on one day."""

    today: dt.date
    deadlines: tuple[Deadline, ...]
    ended: tuple[Ended, ...]
    alerts: tuple[Alert, ...]
    gaps: tuple[Gap, ...]
    critical_path: CriticalPath
    next: tuple[NextStep, ...]
    put_off: tuple[NextStep, ...] = ()

    def next_date(self) -> Deadline | None:
        """The first deadline from today on that counts, or that counts if an office is in the patient's state."""
        return next((d for d in self.deadlines if d.is_shown_first and d.due and d.due >= self.today), None)

    def as_json(self) -> dict[str, Any]:
        """The status as plain data, in the format of `workbook status --json`."""
        return {
            "today": self.today.isoformat(),
            "deadlines": [d.as_json() for d in self.deadlines],
            "ended": [e.as_json() for e in self.ended],
            "alerts": [a.as_json() for a in self.alerts],
            "same_records_gaps": [g.as_json() for g in self.gaps],
            "critical_path": self.critical_path.as_json(),
            "next": [n.as_json() for n in self.next],
            "put_off": [n.as_json() for n in self.put_off],
        }
