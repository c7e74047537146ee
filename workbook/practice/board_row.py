"""One workbook as a row of the board: what is next, what blocks it, whose turn it is. Pure: (case, law, day) -> row.

The row says what the status of the same case and day says, in fewer words; it weighs nothing anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from .. import rules
from ..case import Case, Mode, case_name, first_name
from ..case.partial_dates import latest
from ..case.records import Need, RecordState
from ..law import Facts
from ..locale import tr
from ..locale.dates import show_day
from ..rules import Dated, Level, Status, View
from ..rules.alerts.people import is_good
from ..rules.every_date import LETTER, STEP, TASK
from .due import Due, away, in_full, lines

PAUSED, CLOSED = "paused", "closed"
CLINIC, PLAN, OFFICE, PATIENT = "clinic", "plan", "records office", "patient"
_THEIRS = {
    **dict.fromkeys(("prior-auth", "appeal-decision"), PLAN),
    **dict.fromkeys(("estimate", "report-due"), CLINIC),
    **dict.fromkeys(("records-access", "records-outer-limit", "records-promised", "records-state"), OFFICE),
}
"""The dates by which somebody else has to act; all others are ours, or come by themselves."""

_THE_PATIENTS = ("goal", "decision", "compare")  # nobody else can say what these ask


class BoardRow(NamedTuple):
    """One workbook: its next date, what is late, what blocks it, whose turn it is, and what else to watch."""

    id: str
    name: str
    next_date: dt.date | None = None
    what: str = ""
    away: str = ""
    late: int = 0
    late_days: int = 0
    late_since: dt.date | None = None
    late_what: str = ""
    blocked_by: str = ""
    turn: str = ""
    do: str = ""
    quiet_days: int | None = None
    authority: str = ""
    records: str = ""
    here: int = 0
    needed: int = 0
    barriers: tuple[str, ...] = ()
    state: str = ""
    synthetic: bool = False
    patient: str = ""


class Line(NamedTuple):
    """A row of the board with what tells its name from others, and its dates in order.

    `coming` is what its dates say on this day: the first one to come, then the first that counts for the first page, if
    that is another. A step that was put off or the patient's own entry may come before it.
    """

    row: BoardRow
    nickname: str = ""
    first: str = ""
    late_short: str = ""
    coming: tuple[Due, ...] = ()
    dates: tuple[Due, ...] = ()


def line_of(case: Case, facts: Facts, day: dt.date, now: dt.date | None = None) -> Line:
    """The row of a case on this day; a paused or closed case has only its name, its state and its quiet days.

    `now` is the day on which somebody looks, if that is another one, as with a demo case.
    """
    empty = BoardRow(
        case.id,
        case_name(case),
        state=case.status.value if case.status else "",
        quiet_days=_quiet(case, now or day),
        synthetic=case.synthetic,
        patient=case.person.name,
    )
    if case.status is not None:
        return Line(empty, case.nickname, first_name(case))
    view = View(case, facts, day)
    known = rules.status_of(view)
    every = rules.every_date(view, known)
    ahead = rules.next_of(every, day)
    late = [one for one in every if _is_late(one, day)]
    counted = [one for one in every if one.hard or one is ahead]
    dates = tuple(one._replace(away=away((one.due - day).days, is_event=one.is_event)) for one in lines(case, counted))
    first = next((one for one in counted if one.on >= day), None)
    coming = tuple(one for one, of in zip(dates, counted, strict=True) if of is first or of is ahead)
    here, needed = _records(view)
    row = empty._replace(
        next_date=ahead.on if ahead else None,
        what=_brief(ahead),
        away=_away(ahead, late, day),
        late=len(late),
        late_days=(day - late[0].on).days if late else 0,
        late_since=late[0].on if late else None,
        late_what=_brief(late[0]) if late else "",
        blocked_by=next((one.text for one in known.alerts if one.level is Level.BLOCKER), ""),
        turn=_turn(case, known, dates, late, day),
        do=known.next[0].do if known.next else "",
        authority=_authority(view),
        records=f"{here} of {needed}" if needed else "",
        here=here,
        needed=needed,
        barriers=tuple(_barriers(view)),
    )
    late_short = in_full(next(lines(case, late[:1]))) if late else ""
    return Line(row, case.nickname, first_name(case), late_short, coming, dates)


def _is_late(one: Dated, day: dt.date) -> bool:
    """Whether somebody should have done something by a day that is past."""
    counts = one.line.hard if one.line else one.rule in (TASK, STEP)
    return counts and one.on < day and not one.is_event


def _brief(one: Dated | None) -> str:
    """What a date says, in one sentence."""
    if one is None:
        return ""
    return one.line.brief if one.line else one.text


def _away(ahead: Dated | None, late: list[Dated], day: dt.date) -> str:
    """How far the row's date is, in words; what is late comes first."""
    if late:
        return away((late[0].on - day).days, is_event=False)
    return away((ahead.on - day).days, is_event=ahead.is_event) if ahead else ""


def _quiet(case: Case, day: dt.date) -> int | None:
    """Days since an answer was last written or changed; None if that is not known."""
    try:
        changed = dt.datetime.fromisoformat(case.updated)
    except ValueError:
        return None
    return max(0, (day - (changed.astimezone() if changed.tzinfo else changed).date()).days)


def _turn(case: Case, known: Status, dates: tuple[Due, ...], late: list[Dated], day: dt.date) -> str:
    """Whose turn it is: ours if something is blocked, late or due today, else whoever has to act first."""
    ours = case.mode.value if case.mode is not Mode.SELF else PATIENT
    is_blocked = any(one.level is Level.BLOCKER for one in known.alerts)
    is_due = any(one.due <= day for one in dates if one.rule in (TASK, LETTER))
    if is_blocked or late or is_due:
        return ours
    first = known.next[0] if known.next else None
    if first and first.rule == "map" and first.about.partition(".")[0] in _THE_PATIENTS:
        return PATIENT
    theirs = [one for one in known.deadlines if one.rule in _THEIRS and one.hard and one.due]
    if theirs:
        return _THEIRS[theirs[0].rule]
    return ours if first else ""


def _records(view: View) -> tuple[int, int]:
    """How many of the records that are needed are here, and how many are needed."""
    wanted = [
        one
        for one in view.case.records.items.values()
        if one.need in (None, Need.REQUIRED) and one.state is not RecordState.NONE
    ]
    return sum(one.is_here for one in wanted), len(wanted)


def _barriers(view: View) -> Iterator[str]:
    """Each barrier that is not solved by its kind, and who works on it."""
    for one in view.case.barriers.values():
        who = view.field(one, "who", "")
        if (one.kind or one.what) and not one.solved:
            told = tr("{barrier} ({who} works on it)") if who else "{barrier}"
            yield told.format(barrier=view.name(one), who=who)


def _authority(view: View) -> str:
    """The first signed form that ends before the last date it is needed for; "" if all last."""
    if view.is_settled:
        return ""
    case = view.case
    needed = max((v.day for v in view.visits if not view.is_done(v)), default=None) or latest(case.goal.decide_by)
    for paper in case.authorities.values():
        end = latest(paper.expires_on)
        if end is None:
            continue
        if needed and is_good(view, paper) and end < needed:
            told = tr("{name}: ends {end}, needed until {day}")
            return told.format(name=view.name(paper), end=_short(end), day=_short(needed))
    return ""


def _short(day: dt.date) -> str:
    return show_day(day.isoformat(), short=True)
