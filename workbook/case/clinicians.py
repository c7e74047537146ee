"""Clinicians of the first and second opinion, and the places where they work."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, YesNo
from .field_types import Count, Line, Phone, Ref, Text
from .model import Item
from .partial_dates import Day
from .words import asked


class ClinicianRole(Choice):
    """A clinician's role in this case."""

    FIRST = "first", "Gave the first opinion"
    SECOND = "second", "Second opinion"
    THIRD = "third", "Third opinion"
    PCP = "pcp", "Primary care"
    PATHOLOGIST = "pathologist", "Looks at tissue (pathologist)"
    RADIOLOGIST = "radiologist", "Reads scans (radiologist)"


class ClinicianKind(Choice):
    """The kinds of clinician people turn to for a second opinion."""

    SPECIALIST = "condition_specialist", "A specialist in this condition"
    ACADEMIC = "academic_centre", "A clinic at a teaching hospital (academic medical center)"
    PROGRAM = "specialty_programme", "A special program for complex cases"
    VIRTUAL = "virtual_programme", "An online second opinion program"


class ClinicianState(Choice):
    """How far the selection of a clinician has progressed."""

    CONSIDERING = "considering", "Thinking about it"
    CONTACTED = "contacted", "Called or wrote"
    WAITLISTED = "waitlisted", "On the wait list"
    BOOKED = "booked", "Visit booked"
    SEEN = "seen", "Visit done"
    DECLINED = "declined", "Not going there"


class Clinician(Item):
    """One clinician."""

    NOUN: ClassVar[str] = "clinician"
    TITLE: ClassVar[tuple[str, ...]] = ("name", "facility", "kind")

    name: Line = asked("Clinician's name", "", short="Name", tier=1)
    role: ClinicianRole | None = asked("What is their role?", short="Role", tier=1)
    kind: ClinicianKind | None = asked("What kind of clinician or clinic is this?", short="Kind")
    state: ClinicianState | None = asked("How far along are you with them?", short="Status")
    specialty: Line = asked("Specialty", "", short="Specialty", hint="Such as spine surgery.")
    sub_focus: Line = asked("Special focus", "", short="Focus", hint="What they treat most often.")
    facility: Line = asked("Clinic or hospital", "", short="Clinic", tier=1)
    facility_id: Ref = asked(
        "Which place in your list is it?", "", short="Place", kind="pick", target="facilities", tier=1
    )
    experience: Text = asked(
        "How many people like {you|the patient} do they treat in a year?",
        "",
        short="Experience",
        hint="Ask the office. Write what they say.",
    )
    first_date: Day | None = asked("First available visit", short="First available visit", tier=1)
    distance_miles: Count | None = asked("How far away is it?", short="Distance", unit="miles")
    network: Line = asked(
        "Is this clinician in the plan's network?", "", short="Network", hint="What the plan told you."
    )
    accepts_assignment: YesNo | None = asked(
        "If {you have|the patient has} Medicare: do they accept assignment?",
        short="Accepts assignment",
        why="That means they take the Medicare price as full payment.",
    )
    virtual_ok: YesNo | None = asked("Can the visit be online?", short="Online visit")
    exam_needed: YesNo | None = asked(
        "Do they need to examine {you|the patient} in person?",
        short="Exam needed",
        why="Some questions cannot be answered over video.",
    )
    license_states: Line = asked(
        "In which states are they licensed?",
        "",
        short="Licensed in",
        tier=1,
        why="For a video visit, the license must match the state where {you are|the patient is}.",
    )
    license_checked_on: Day | None = asked("When did you check the license?", short="License checked", tier=1)
    board_checked_on: Day | None = asked("When did you check their board certification?", short="Board checked", tier=1)
    npi: Line = asked("National provider number (NPI), if you have it", "", short="NPI", tier=1)
    relation_to_other: Line = asked(
        "Do they work with the first clinician?",
        "",
        short="Ties to first clinician",
        hint='Same practice, employer or owner? Write "none" if not.',
        why="An opinion from outside the group is more independent.",
    )
    owns_share_of: Line = asked(
        "Do they own part of a place where the treatment would be done?", "", short="Owns part of", tier=1
    )
    slot_minutes: Count | None = asked("How long is the visit?", short="Visit length", unit="minutes")
    records_to: Text = asked(
        "Where should records and scans go?",
        "",
        short="Send records to",
        tier=1,
        hint="An address, a fax number or an upload link.",
    )
    slides_to: Text = asked(
        "Where should slides and tissue be shipped?",
        "",
        short="Ship slides to",
        tier=1,
        hint="A street address, and the name of the lab or person.",
    )
    cut_off_rule: Line = asked(
        "When must the records arrive?", "", short="Records due", hint="Such as: 5 working days before the visit."
    )
    images_max_age_months: Count | None = asked(
        "How old may scans be?",
        short="Oldest scan accepted",
        unit="months",
        why="Many clinics take only recent scans.",
    )
    phone: Phone = asked("Office phone", "", short="Phone", tier=1, kind="phone")
    fax: Line = asked("Office fax", "", short="Fax", tier=1, aloud=True)
    mrn: Line = asked(
        "Patient number at this clinic (MRN)",
        "",
        short="Patient number (MRN)",
        tier=1,
        aloud=True,
        hint="It is on visit papers and in the portal.",
    )
    saw_on: Day | None = asked("Seen on", short="Seen on", tier=1)
    why_not: Line = asked("If not, why not?", "", short="Why not")


class Facility(Item):
    """A hospital, clinic, lab or imaging center."""

    NOUN: ClassVar[str] = "place"
    TITLE: ClassVar[tuple[str, ...]] = ("name", "department")

    name: Line = asked("Name of the place", "", short="Place", tier=1)
    department: Line = asked("Department", "", short="Department", hint="Such as medical records or imaging.", tier=1)
    phone: Phone = asked("Phone", "", short="Phone", tier=1, kind="phone")
    fax: Line = asked("Fax", "", short="Fax", tier=1)
    address: Text = asked(
        "Mailing address of the place", "", short="Address", tier=1, why="It goes at the top of a letter to this place."
    )
    portal: Line = asked("Portal address", "", short="Portal", tier=1, hint="Never write a password here.")
    network_group: Line = asked("Group or network it belongs to", "", short="Group", tier=1)
