"""The goal of the second opinion and the decision it informs."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Line, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day, MaybeDay
from .story import CareExperience, Correction, Worry
from .words import asked


class GoalKind(Choice):
    """The common goals of a second opinion."""

    CONFIRM = "confirm_diagnosis", "Make sure the diagnosis is right"
    OPTIONS = "understand_options", "Understand the options, with their benefits and drawbacks"
    SURGERY = "is_surgery_needed", "Find out if surgery is really needed"
    REVIEW = "review_imaging_or_pathology", "Have scans or tissue samples reviewed again"
    SPECIALIZED = "specialised_care", "Reach a team that treats this often"
    OTHER = "other", "Something else"


class Reversible(Choice):
    """Whether the decision can be undone."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    UNKNOWN = "unknown", "I do not know yet"


class Stakes(Choice):
    """How much depends on the decision, in the person's own judgment."""

    LOW = "low", "A little"
    MEDIUM = "medium", "A fair amount"
    HIGH = "high", "Very much"


class Stage(Choice):
    """The status of the decision."""

    NOT_STARTED = "not_started", "Not thinking about it yet"
    WEIGHING = "weighing", "Weighing the choices"
    LEANING = "leaning", "Leaning one way"
    DECIDED = "decided", "Decided"


class Value(Item):
    """One thing that matters to the person."""

    NOUN: ClassVar[str] = "thing that matters"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Line = asked("What matters?", "", short="Matters", hint="Such as walking the dog, or staying at work.")


class SafeWait(CaseModel):
    """A clinician's statement on how long the decision can wait. Never computed."""

    until: MaybeDay | None = asked(
        "How long can it wait, according to a clinician?",
        short="Can wait until",
        unknown=True,
        tier=1,
        hint='Ask the first clinician: "Is it safe to wait for a second opinion? For how long?" Only they can say.',
        why="It tells you if there is time for a second opinion. The workbook never guesses this.",
    )
    said_by: Line = asked("Who said so?", "", short="Said by", tier=1)
    said_by_clinician: Ref = asked(
        "Which clinician said it?", "", short="Said by", tier=1, kind="pick", target="clinicians"
    )
    said_on: Day | None = asked("When did they say it?", short="Said on", tier=1)
    words: Text = asked("In their words", "", short="Their words")
    conditions: Text = asked("Call them if this happens", "", short="Call if", hint="What they told you to watch for.")


class SlotState(Choice):
    """Whether a treatment with a date is booked."""

    BOOKED = "booked", "Yes, it is booked"
    TENTATIVE = "tentative", "Not yet"


class HeldSlot(CaseModel):
    """A treatment that has a date, booked or not."""

    what: Line = asked("What treatment or surgery is it?", "", short="Treatment", hint='Such as "knee surgery".')
    on: Day | None = asked(
        "Is a treatment or surgery planned? On what date?",
        short="Treatment on",
        hint="The month is enough if you do not know the day.",
        tier=1,
    )
    state: SlotState | None = asked(
        "Is it booked for sure?",
        short="Booked",
        why="Until you say that it is booked, the papers say that it is planned.",
    )
    where: Line = asked("Where will the treatment be?", "", short="Treatment at", tier=1)
    cancel_by: MaybeDay | None = asked(
        "Until what day can it be moved or canceled?", short="Move or cancel by", unknown=True, tier=1
    )
    canceled_on: Day | None = asked("When did you cancel the treatment?", short="Canceled on", tier=1)

    @property
    def is_unsure(self) -> bool:
        """Whether it is not booked yet: its date may still change."""
        return self.state is SlotState.TENTATIVE


class Goal(CaseModel):
    """Step 1 (goal)."""

    about: Line = asked(
        "What is it about?", "", short="About", hint='A word or two, such as "Back pain". The new clinician sees it.'
    )
    kinds: tuple[GoalKind, ...] = asked(
        "What should the second opinion do?",
        (),
        short="Goal",
        hint="Choose as many as you like.",
        why="A clear goal helps you choose the right clinician and the right records.",
    )
    conditions: tuple[Line, ...] = asked(
        "Is it about one of these?",
        (),
        short="Kind of illness",
        kind="many",
        choices_from="conditions",
        hint="The list of records and the questions for the visit then have more that fits. You can remove each one.",
    )
    own_words: Text = asked(
        "{Say it in your own words|Say it in the patient's words, or in yours}",
        "",
        short="In their own words",
        hint="{What do you|What does the patient} most want to know?",
        why="The new clinician will see this first.",
    )
    decision: Line = asked("What is the decision?", "", short="Decision", hint="Such as: surgery now, or wait and see?")
    decide_by: MaybeDay | None = asked(
        "When {do you|does the patient} need to decide?",
        short="Decide by",
        unknown=True,
        tier=1,
        source=True,
        hint="A month is fine if there is no exact day.",
        why="We count down to this date, and tell you if something would come too late.",
    )
    held_slot: HeldSlot = HeldSlot()
    reversible: Reversible | None = asked(
        "Could the treatment be undone later?",
        short="Reversible",
        why="If it cannot be undone, it is worth taking more care before choosing.",
    )
    stakes: Stakes | None = asked("How much is at stake for {you|the patient}?", short="How much is at stake")
    stage: Stage | None = asked("How close {are you|is the patient} to a decision?", short="How far along")
    values: Items[Value] = Items()
    worries: Items[Worry] = Items()
    experiences: Items[CareExperience] = Items()
    corrections: Items[Correction] = Items()
    safe_wait: SafeWait = SafeWait()
    priority: Line = asked("If there is time for only one goal, which one?", "", short="First goal")
