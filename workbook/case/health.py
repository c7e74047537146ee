"""The medical history: problems, medicines, allergies, test results and the time line."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, YesNo
from .field_types import Line, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day
from .words import asked


class Certainty(Choice):
    """How certain the clinician is of a diagnosis."""

    SUSPECTED = "suspected", "Suspected"
    WORKING = "working", "Working diagnosis"
    CONFIRMED = "confirmed", "Confirmed"
    RULED_OUT = "ruled_out", "Ruled out"
    UNCLEAR = "unclear", "Not clear"


ABSENT = frozenset([Certainty.RULED_OUT])
"""Certainties that mean the illness is absent: no document may name it as a diagnosis."""


class Problem(Item):
    """A diagnosis, in the words in which it was given."""

    NOUN: ClassVar[str] = "diagnosis"
    TITLE: ClassVar[tuple[str, ...]] = ("label",)

    label: Line = asked(
        "What diagnosis {were you|was the patient} given?",
        "",
        short="Diagnosis",
        hint="Copy the words from the report if you can. Your own words are fine too.",
    )
    given_by: Line = asked("Who gave it?", "", short="Given by", tier=1)
    on: Day | None = asked("When was it found?", short="On", tier=1)
    certainty: Certainty | None = asked("How sure are they?", short="How sure")
    certainty_note: Line = asked("What is it based on?", "", short="Based on", hint="Such as a biopsy or an MRI.")
    code: Line = asked("Code, if you have it", "", short="Code")


class MedicationState(Choice):
    """Whether a medicine is being taken."""

    TAKING = "taking", "Taking it"
    AS_NEEDED = "as_needed", "Only when needed"
    STOPPED = "stopped", "Stopped"
    PROPOSED = "proposed_not_started", "Suggested, not started"


class Medication(Item):
    """One medicine."""

    NOUN: ClassVar[str] = "medicine"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = asked("Medicine", "", short="Medicine", hint="Copy it from the bottle.")
    dose: Line = asked("How much and how often?", "", short="Dose")
    reason: Line = asked("What is it for?", "", short="For")
    since: Day | None = asked("When did it start?", short="Since", tier=1)
    prescriber: Line = asked("Who prescribed it?", "", short="Prescribed by", tier=1)
    state: MedicationState | None = asked("Is it being taken now?", short="Taken")


class Allergy(Item):
    """One allergy or adverse reaction."""

    NOUN: ClassVar[str] = "allergy"
    TITLE: ClassVar[tuple[str, ...]] = ("to",)

    to: Line = asked("Allergy to", "", short="Allergy")
    reaction: Line = asked("What does the allergy do?", "", short="Reaction", hint="Such as hives, and the year.")


class TestResult(Item):
    """One result that a clinician should see, as the laboratory gives it: a text, in the unit of the laboratory."""

    __test__ = False  # not a test of ours
    NOUN: ClassVar[str] = "test result"
    TITLE: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = asked("Which test?", "", short="Test", hint="Such as: hemoglobin.")
    value: Line = asked("What is the result?", "", short="Result", hint="Copy the number, or words such as: negative.")
    unit: Line = asked("Unit", "", short="Unit", hint="Such as g/dL. Copy it from the report.")
    range: Line = asked("Normal range on the report", "", short="Range", hint="Such as 13.0-17.7.")
    on: Day | None = asked("When was it?", short="When", tier=1)
    where: Line = asked("Where was it done?", "", short="Where", tier=1)


class EventKind(Choice):
    """The type of an event."""

    SYMPTOM = "symptom", "Symptom"
    TEST = "test", "Test or scan"
    VISIT = "visit", "Visit"
    TREATMENT = "treatment", "Treatment"
    CALL = "call", "Call"


class TimelineEvent(Item):
    """One event in the history."""

    NOUN: ClassVar[str] = "event"
    TITLE: ClassVar[tuple[str, ...]] = ("what",)

    on: Day | None = asked("When did it happen?", short="When", tier=1, hint="A year or a month is fine.")
    what: Line = asked("What happened?", "", short="What happened")
    kind: EventKind | None = asked("What kind of event was it?", short="Kind")
    where: Line = asked("Where was it?", "", short="Where", tier=1)
    record: Ref = asked("Which record shows it?", "", short="Record", kind="pick", target="records.items")


class Health(CaseModel):
    """The medical history so far."""

    troubles: Text = asked(
        "What bothers {you|the patient} most, and since when?",
        "",
        short="Biggest problem",
        source=True,
        hint="Such as: pain in the left leg since May. {I can|Can} walk one block.",
        why="Clinicians read this first. It is also easy to forget to mention.",
    )
    tried: Text = asked(
        "What has been tried so far, and did it help?",
        "",
        short="Tried so far",
        source=True,
        hint="Such as: physical therapy for eight weeks, helped a little. Also medicine, injections, surgery, rest.",
        why="Then nobody will suggest again what did not help.",
    )
    history: Text = asked(
        "What other illnesses and surgeries {have you|has the patient} had?",
        "",
        short="Other illnesses and surgeries",
        source=True,
        hint="With the year, one on each line. Such as: gallbladder taken out, 2011.",
    )
    problems: Items[Problem] = Items()
    medications: Items[Medication] = Items()
    medications_confirmed_on: Day | None = asked(
        "When was the medicine list last checked?",
        short="Medicines checked",
        tier=1,
        hint="Check it against the bottles.",
        why="Clinics want a list that is less than a month old.",
    )
    has_allergies: YesNo | None = asked(
        "Are there any allergies, also to contrast dye, latex or tape?",
        short="Allergies",
        why="An empty list can mean none, or that nobody asked.",
    )
    allergies: Items[Allergy] = Items()
    allergies_confirmed_on: Day | None = asked(
        "When was the allergy list last checked?", short="Allergies checked", tier=1
    )
    blood_thinner: YesNo | None = asked(
        "{Do you|Does the patient} take a blood thinner?",
        short="Blood thinner",
        hint="Such as warfarin or Eliquis. Aspirin every day counts too.",
        why="Clinicians ask this before a biopsy or surgery.",
    )
    blood_thinner_name: Line = asked(
        "Which one, and when was the last dose?", "", short="Which blood thinner", hint="Such as Eliquis, every day."
    )
    implants: YesNo | None = asked(
        "Is there a device or metal in the body?",
        short="Implants and devices",
        hint="Such as a pacemaker, stent, joint, port, pump, clip or metal pieces.",
        why="Some are not safe in an MRI machine.",
    )
    implants_what: Text = asked(
        "Which ones, and since when?",
        "",
        short="Which implants",
        hint="Copy the words from the device card if there is one.",
    )
    pregnancy: YesNo | None = asked(
        "Could there be a pregnancy?",
        short="Pregnancy possible",
        tier=3,
        hint="Skip this if it cannot be.",
        why="X-rays, contrast dye and some medicines can harm an unborn child.",
    )
    kidney: YesNo | None = asked(
        "Is there a kidney problem?",
        short="Kidney problem",
        why="Contrast dye and some medicines depend on the kidneys.",
    )
    kidney_note: Line = asked(
        "What is known about it?", "", short="Kidneys", hint="Such as the last creatinine or eGFR, and its date."
    )
    results: Items[TestResult] = Items()
    timeline: Items[TimelineEvent] = Items()
