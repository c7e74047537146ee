"""The dates of a case as a calendar file. Knows the case and the rules.

Calendars are shared, synced and shown on locked phones. So a title says that there is a date, and never what it is for,
unless the person chooses the other file: its titles are plain, with the place of a visit.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ... import law, rules
from ...case import Case, CaseModel, get, label
from ...case.goal import SlotState
from ...case.partial_dates import LAST_YEAR, earliest, latest
from ...case.visit import Appointment, VisitMode, VisitState
from ...errors import CannotExport
from ...locale import N_, tr
from ...rules.business_days import on_or_before_working_day
from ...rules.own_steps import letters_to_send
from ...rules.timeline import milestone, short
from ..audience.redact import seen_by
from ..catalog import Wanted
from ..render import time_zones
from ..tree.clean import clean, one_line
from ..wording import joined, lines

if TYPE_CHECKING:
    import icalendar

VISIT = N_("Appointment: see your workbook")
UNSURE = N_("Appointment, not booked yet: see your workbook")  # most calendars do not show a status
DATE = N_("Deadline: see your workbook")
TASK = N_("Something to do: see your workbook")
STEP = N_("Deadline: see your workbook (step {n})")
OVER = N_("No longer needed: see your workbook")
# The label of the page that asks for a date, by the beginning of its path; the longest one counts.
STEPS = {
    "goal": "1",
    "clinicians": "2",
    "insurance": "3",
    "records": "4a",
    "records.requests": "4b",
    "authorities": "4b",
    "visit": "5",
    "compare": "6a",
    "decision": "6b",
}

_NAMED = frozenset(
    [
        *("records.requests", "records.materials"),
        *("insurance.denials", "insurance.prior_auths", "insurance.referrals"),
    ]
)
"""The lists whose entries name what a date is about."""

_SPACE = uuid.UUID("5b0f7c0e-6a1d-5d7e-9f43-1c2f6f0d8a11")  # arbitrary but fixed
_FIRST = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_VISIT_MINUTES = 60  # if nobody has said how long it is: an event without a length is invisible in many calendars
_DAY_BEFORE = dt.timedelta(days=-1)
_MORNING = dt.timedelta(hours=9)
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}(T\d\d:\d\d)?~?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One date, with or without a time; `key` names its path in the case."""

    key: str
    start: dt.date | dt.datetime
    title: str
    minutes: int | None = None
    status: str = "CONFIRMED"
    place: str = ""
    note: str = ""


def calendar(case: Case, wanted: Wanted) -> bytes:
    """The appointments, open deadlines and tasks that have a day, as iCalendar (RFC 5545).

    An entry keeps its UID from export to export and its SEQUENCE grows, so that a calendar that already has it updates
    the date instead of showing two. What was moved, is done or no longer counts is exported as cancelled while its date
    is in the future. A date without a day ("2026-11") is left out; so is what is private, unless `wanted.include` names
    it. Times are in the time zone of the visit, else floating. The same case on the same day
    gives the same bytes. CannotExport if there is no date.
    """
    entries = _kept(case, wanted)
    if not entries:
        raise CannotExport(tr("There are no upcoming dates in this workbook yet. Add a visit or a deadline first."))
    return _written([(case, entry) for entry in entries], wanted.today)


def plain_calendar(case: Case, wanted: Wanted) -> bytes:
    """The same with titles that say what each date is, the place of a visit and how the date came about.

    An entry has the same UID as in the other file, so a calendar that has both shows one of them.
    """
    seen = seen_by(case, "full", wanted.include)  # without the names of private entries
    entries = [_plain(seen, entry, wanted) for entry in _kept(case, wanted)]
    if not entries:
        raise CannotExport(tr("There are no upcoming dates in this workbook yet. Add a visit or a deadline first."))
    return _written([(case, entry) for entry in entries], wanted.today)


def _plain(case: Case, entry: _Entry, wanted: Wanted) -> _Entry:
    """An entry with the title, place and note for a calendar that only the person sees."""
    path, _, rule = entry.key.partition(" ")
    if entry.status == "CANCELLED":
        return replace(entry, title=tr("No longer needed: {what}").format(what=_about(case, path) or tr("a date")))
    if rule == "visit":
        return _plain_visit(case, entry, case.visit.appointments[path.rpartition(".")[2]])
    if path.startswith("tasks."):
        task = case.tasks[path.rpartition(".")[2]]
        note = joined([task.who, task.reason], "; ")
        return replace(entry, title=tr("To do: {what}").format(what=task.what), note=note)
    found = next((d for d in _status(case, wanted).deadlines if d.about == path and d.rule == rule), None)
    mark = milestone(found) if found else None
    if found is None or mark is None:
        return entry
    return replace(entry, title=joined([short(mark), _about(case, path)], ": "), note=found.text)


def _plain_visit(case: Case, entry: _Entry, visit: Appointment) -> _Entry:
    who = label(case, "clinicians", visit.clinician) if visit.clinician in case.clinicians else ""
    kind = tr("Records review, no visit") if visit.mode is VisitMode.RECORD_REVIEW else tr("Visit")
    title = joined([joined([kind, who], ": "), tr("not booked yet") if visit.is_unsure else ""])
    comes = tr("Coming along: {who}").format(who=visit.who_comes) if visit.who_comes else ""
    place = "" if visit.mode is VisitMode.RECORD_REVIEW else lines(visit.address)
    return replace(entry, title=title, place=place, note=joined([comes, lines(visit.notes)], "; "))


def _about(case: Case, path: str) -> str:
    """The office, the plan's decision or the treatment that a date is about, in a few words."""
    if path.startswith("goal.held_slot"):
        return case.goal.held_slot.what
    where, _, key = path.rpartition(".")
    return label(case, where, key) if where in _NAMED else ""


def practice_calendar(cases: Iterable[Case], on: dt.date) -> bytes:
    """The dates of several cases in one calendar; each title names its case by id, and nothing else.

    What was put off is on the day it comes back, and a letter that is not sent yet is on this day.
    CannotExport if there is no date.
    """
    marked = [
        (case, replace(entry, title=f"{entry.title} ({case.id})"))
        for case in cases
        for entry in [*_kept(case, Wanted(on)), *_to_do(case, Wanted(on))]
    ]
    if not marked:
        raise CannotExport(tr("There are no upcoming dates in these workbooks."))
    return _written(marked, on)


def _to_do(case: Case, wanted: Wanted) -> Iterator[_Entry]:
    """What was put off, and the letters that wait to be sent."""
    view = rules.View(case, law.load(), wanted.today)
    later = rules.status_of(view).put_off
    found = [(step, step.until) for step in later if step.until]
    for step, day in [*found, *((step, wanted.today) for step in letters_to_send(view, later))]:
        if not (step.about and _hidden(case, step.about, wanted)):
            yield _Entry(f"{step.about} to-do", day, tr(TASK))


def _kept(case: Case, wanted: Wanted) -> list[_Entry]:
    """The entries of one case that may leave it; open dates come first and take precedence."""
    entries: dict[str, _Entry] = {}
    for entry in _entries(case, wanted):
        if not _hidden(case, entry.key.partition(" ")[0], wanted):
            entries.setdefault(entry.key, entry)
    return list(entries.values())


def _entries(case: Case, wanted: Wanted) -> Iterator[_Entry]:
    for visit in case.visit.appointments.values():
        start = _start(visit)
        if start:
            title = tr(UNSURE if visit.is_unsure else VISIT)
            minutes = visit.slot_minutes or _VISIT_MINUTES
            yield _Entry(f"visit.appointments.{visit.id} visit", start, title, minutes, _how_sure(visit))
    found = _status(case, wanted)
    for open_ in found.deadlines:
        if open_.due is None or open_.due < wanted.today:  # a past date needs no reminder
            continue
        if open_.hard and open_.rule != "visit" and not _partial(case, open_.about, open_.due):
            title = _title(open_.about) if open_.booked else tr(UNSURE)
            is_sure = open_.rule != "held-slot" or case.goal.held_slot.state is SlotState.BOOKED
            status = "CONFIRMED" if is_sure else "TENTATIVE"
            yield _Entry(f"{open_.about} {open_.rule}", open_.due, title, status=status)
    for over in found.ended:
        if over.due and over.due >= wanted.today and over.rule != "visit" and not over.rule.endswith("-by-rule"):
            yield _Entry(f"{over.about} {over.rule}", over.due, tr(OVER), status="CANCELLED")
    for task in case.tasks.values():
        if task.due and _WHOLE.match(task.due):
            due = dt.date.fromisoformat(task.due[:10])
            if not task.finished and due >= wanted.today:
                yield _Entry(f"tasks.{task.id} due", due, tr(TASK))
            elif due >= wanted.today:
                yield _Entry(f"tasks.{task.id} due", due, tr(OVER), status="CANCELLED")


def _status(case: Case, wanted: Wanted) -> rules.Status:
    return rules.status(case, law.load(), wanted.today)


def _start(visit: Appointment) -> dt.date | dt.datetime | None:
    """The date or date-time, in the visit's own time zone if known."""
    if not visit.start or not _WHOLE.match(visit.start):
        return None
    day, _, clock = visit.start.rstrip("~").partition("T")
    if not clock or visit.mode is VisitMode.RECORD_REVIEW:  # nobody has to be anywhere at an hour
        return dt.date.fromisoformat(day)
    at = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.fromisoformat(clock))
    return at.replace(tzinfo=time_zones.zone(visit.time_zone))


def _how_sure(visit: Appointment) -> str:
    if visit.state in (VisitState.MOVED, VisitState.CANCELED):
        return "CANCELLED"
    unsure = visit.is_unsure or visit.state is None or (visit.start or "").endswith("~")
    return "TENTATIVE" if unsure else "CONFIRMED"


def _title(about: str) -> str:
    """The step of the workbook to look at, and nothing more."""
    found = [start for start in STEPS if f"{about}.".startswith(f"{start}.")]
    return tr(STEP).replace("{n}", STEPS[max(found, key=len)]) if found else tr(DATE)


def _partial(case: Case, about: str, due: dt.date) -> bool:
    """Whether the date is only the first or last day of a month or a year that somebody wrote."""
    texts = [t for t in _texts(get(case, about)) if _DATE.fullmatch(t)]
    if any(t.startswith(due.isoformat()) for t in texts):
        return False
    return any(due in (earliest(t), latest(t)) for t in texts if not _WHOLE.match(t))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, CaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))


def _hidden(case: Case, path: str, wanted: Wanted) -> bool:
    item = get(case, path)
    return path not in wanted.include and bool(getattr(item, "private", False) or getattr(item, "sensitive", False))


def _written(entries: list[tuple[Case, _Entry]], today: dt.date) -> bytes:
    import icalendar

    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Second Opinion Workbook//Calendar file//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    years: dict[ZoneInfo, list[int]] = {}
    for _, entry in entries:
        if isinstance(entry.start, dt.datetime) and isinstance(entry.start.tzinfo, ZoneInfo):
            years.setdefault(entry.start.tzinfo, []).append(entry.start.year)
    for where, used in sorted(years.items(), key=lambda pair: pair[0].key):
        made.add_component(time_zones.written(where, min(used), max(used)))
    rung: set[dt.date] = set()  # the days that ring already: one reminder a day is enough
    for case, entry in sorted(entries, key=lambda pair: (pair[1].start.isoformat(), pair[1].key, pair[0].id)):
        made.add_component(_event(case, today, entry, _changed(case, today), rung))
    return bytes(made.to_ical())


def _event(case: Case, today: dt.date, entry: _Entry, changed: dt.datetime, rung: set[dt.date]) -> icalendar.Event:
    import icalendar

    timed = isinstance(entry.start, dt.datetime)
    event = icalendar.Event()
    # RFC 7986 5.3: a UID must not disclose anything
    event.add("uid", str(uuid.uuid5(_SPACE, f"{case.id}/{entry.key}")))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(0, (changed - _FIRST) // dt.timedelta(minutes=1)))
    title = one_line(clean(entry.title))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", one_line(clean(entry.place)))
    if entry.note:
        event.add("description", one_line(clean(entry.note)))
    event.add("dtstart", entry.start)
    if not timed:
        event.add("dtend", entry.start + dt.timedelta(days=1))
    elif entry.minutes:
        event.add("duration", dt.timedelta(minutes=entry.minutes))
    event.add("status", entry.status)
    event.add("transp", "OPAQUE" if timed and entry.status != "CANCELLED" else "TRANSPARENT")
    day = entry.start.date() if isinstance(entry.start, dt.datetime) else entry.start
    rings = _DAY_BEFORE if timed else _reminder(today, day)
    on = None if timed or rings is None else day + dt.timedelta(days=rings // dt.timedelta(days=1))
    # some programs ring immediately for a past time
    if entry.status != "CANCELLED" and day >= today and rings is not None and on not in rung:
        rung |= {on} if on else set()
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", rings)
        event.add_component(alarm)
    return event


def _reminder(today: dt.date, day: dt.date) -> dt.timedelta | None:
    """The alarm of an all-day date, relative to its midnight: 9 o'clock on the last working day before it.

    Offices are closed on a weekend or a holiday, so a reminder then would be too late. If that working day is
    past, it rings on the day itself; None if the day is past too.
    """
    before = on_or_before_working_day(day - dt.timedelta(days=1))
    rings = before if before >= today else day
    return rings - day + _MORNING if rings >= today else None


def _changed(case: Case, today: dt.date) -> dt.datetime:
    """The time of the last change: the last save, or the day of the export, whichever is later.

    It never decreases, neither when an answer changes twice in a day nor when only the day advances.
    """
    midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
    try:
        saved = dt.datetime.fromisoformat(case.updated)
        saved = (saved if saved.tzinfo else saved.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
    except (ValueError, OverflowError):  # no such time yet, or a file written by another program
        return midnight
    return max(midnight, saved) if saved.year <= LAST_YEAR else midnight
