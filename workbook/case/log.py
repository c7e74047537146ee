"""Bookkeeping of a case: tasks, notes, time spent, exports."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Count, Flag, Line, Text
from .model import Item
from .partial_dates import Day
from .words import asked


class TaskOrigin(Choice):
    """The origin of a task."""

    RULE = "from_rule", "From the workbook"
    MANUAL = "manual", "My own"


class Task(Item):
    """One task."""

    NOUN: ClassVar[str] = "task"
    TITLE: ClassVar[tuple[str, ...]] = ("what",)

    what: Line = asked("What needs to be done?", "", short="To do")
    who: Line = asked("Who does it?", "", short="Who", tier=1)
    due: Day | None = asked("When does it have to be done?", short="By", tier=1)
    reason: Line = asked("What is it for?", "", short="Why")
    origin: TaskOrigin | None = asked("Where does this come from?", short="From", tier=0)
    finished: Flag = asked("Done", False, short="Done", tier=0)


class Visibility(Choice):
    """Who may see a note."""

    CLINICIAN = "clinical_packet", "For the clinician"
    PATIENT = "patient", "For the patient and family"
    PRIVATE = "advocate_private", "Only for me"


class Note(Item):
    """A note and its visibility."""

    NOUN: ClassVar[str] = "note"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = asked("Your note", "", short="Note", tier=3)
    visibility: Visibility | None = asked("Who may see it?", Visibility.PRIVATE, short="For", tier=0)
    on: Day | None = asked("Date", short="Date", tier=1)


class Work(Choice):
    """A kind of work, for a report of time."""

    PATIENT = "patient", "With the patient or the family"
    PLAN = "plan", "Insurance plan"
    RECORDS = "records", "Getting records"
    CLINICS = "clinics", "Clinics and clinicians"
    VISIT = "visit", "At a visit"
    PAPERS = "papers", "Reading and writing"
    TRAVEL = "travel", "Travel"
    OTHER = "other", "Something else"


class TimeEntry(Item):
    """Time an advocate spent."""

    NOUN: ClassVar[str] = "time entry"
    TITLE: ClassVar[tuple[str, ...]] = ("what", "kind")

    on: Day | None = asked("Date", short="Date", tier=1)
    minutes: Count | None = asked("How long did it take?", short="Minutes", unit="minutes")
    kind: Work | None = asked("What kind of work was it?", short="Kind of work", tier=0)
    what: Line = asked("What was done?", "", short="Done")
    billable: Flag = asked("To be billed", False, short="Billable", tier=0)


class ExportRecord(Item):
    """A document that was exported."""

    NOUN: ClassVar[str] = "export"
    TITLE: ClassVar[tuple[str, ...]] = ("profile",)

    profile: Line = asked("What was exported?", "", short="Document")
    on: Day | None = asked("When did they get it?", short="On", tier=1)
    items: tuple[Line, ...] = ()
    digest: Line = asked("Fingerprint of the file", "", short="Fingerprint", tier=0)
    to: Line = asked("Who is it for?", "", short="For", tier=1)
