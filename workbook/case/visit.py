"""The visit and the questions for it."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Count, Flag, Line, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day, Moment
from .words import asked


class VisitMode(Choice):
    """How the visit takes place."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video"
    PHONE = "phone", "Phone"
    RECORD_REVIEW = "record_review_only", "Records only, no visit"


class VisitState(Choice):
    """The status of an appointment."""

    TENTATIVE = "tentative", "Not sure yet"
    BOOKED = "booked", "Booked"
    CONFIRMED = "confirmed", "Confirmed"
    DONE = "done", "Done"
    MISSED = "missed", "Missed"
    MOVED = "moved", "Moved"
    CANCELED = "canceled", "Canceled"


OFF = (VisitState.MISSED, VisitState.MOVED, VisitState.CANCELED)
"""The states of a visit that does not take place on its day."""


class Appointment(Item):
    """One visit."""

    NOUN: ClassVar[str] = "visit"
    TITLE: ClassVar[tuple[str, ...]] = ("clinician", "start")

    clinician: Ref = asked("With which clinician?", "", short="With", kind="pick", target="clinicians", tier=1)
    state: VisitState | None = asked("Is it booked?", short="Status")
    start: Moment | None = asked("Day and time", short="When", tier=1)
    time_zone: Line = asked("Time zone", "", short="Time zone", tier=1, hint="Only if it is not the one you live in.")
    mode: VisitMode | None = asked("What kind of visit is it?", short="How")
    address: Text = asked("Address or link", "", short="Where", tier=1)
    patient_location_state: Line = asked(
        "For a video visit: which state {will you|will the patient} be in?",
        "",
        short="Patient will be in",
        tier=1,
        why="The clinician needs a license there.",
    )
    slot_minutes: Count | None = asked("How long is it?", short="Length", unit="minutes")
    cut_off: Day | None = asked("Last day for records to arrive", short="Records due by", tier=1)
    cut_off_rule: Line = asked(
        "Or the rule they gave", "", short="Records rule", hint="Such as: 5 working days before."
    )
    report_due: Day | None = asked(
        "If there is no visit, when is the written opinion due?", short="Opinion due", tier=1
    )
    interpreter: Line = asked("Interpreter: asked for and confirmed?", "", short="Interpreter")
    who_comes: Line = asked("Who is coming along?", "", short="Coming along", tier=1)
    notes: Text = asked("Notes for the day", "", short="Notes", hint="Parking, what to bring, where to check in.")

    @property
    def is_unsure(self) -> bool:
        """Whether it is not booked yet: its date may still change."""
        return self.state is VisitState.TENTATIVE

    @property
    def is_to_come(self) -> bool:
        """Whether nothing says that it is over, missed or moved."""
        return self.state not in (VisitState.DONE, *OFF)


class QuestionGroup(Choice):
    """The topic of a question."""

    DIAGNOSIS = "diagnosis", "The diagnosis"
    TREATMENT = "treatment", "The treatment"
    NEXT_STEPS = "next_steps", "What comes next"
    LOGISTICS = "logistics", "Practical things"


class QuestionState(Choice):
    """The status of a question."""

    IN = "in", "Ask it"
    PARKED = "parked", "Only if there is time"
    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    UNANSWERED = "unanswered", "Asked, not answered"
    SENT = "sent_by_portal", "Sent through the portal"


class AnswerState(Choice):
    """How clear an answer is."""

    CLEAR = "clear", "Clear"
    PARTLY = "partly", "Partly clear"
    NONE = "not_answered", "Not answered"


class Question(Item):
    """One question for the visit, with its answer."""

    NOUN: ClassVar[str] = "question"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = asked("Your question", "", short="Question", kind="text")
    group: QuestionGroup | None = asked("What is it about?", short="About")
    state: QuestionState | None = asked("Will you ask it?", short="Status")
    top: Flag = asked("One of my top three", False, short="Top three", tier=0)
    minutes: Count | None = asked("Minutes it may take", short="Minutes", unit="minutes")
    origin: Line = asked("Where does this question come from?", "", short="From")
    to_whom: Ref = asked("For which clinician?", "", short="For", kind="pick", target="clinicians", tier=1)
    answer: Text = asked("What was the answer?", "", short="Answer", source=False)
    answered_by: Ref = asked("Who answered?", "", short="Answered by", kind="pick", target="clinicians", tier=1)
    answered_on: Day | None = asked("When was it answered?", short="Answered on", tier=1)
    answer_state: AnswerState | None = asked("Was the answer clear?", short="Clear")
    say_back: Text = asked(
        "Say it back in your own words",
        "",
        short="Said back",
        hint='"So what I hear is …" Ask if that is right.',
        why="Much of what is said is forgotten within a week.",
    )


class MoreAnswer(Item):
    """Another clinician's answer to a question."""

    NOUN: ClassVar[str] = "answer"
    TITLE: ClassVar[tuple[str, ...]] = ("words",)

    question: Ref = asked("Which question?", "", short="Question", kind="pick", target="visit.questions")
    clinician: Ref = asked("Who answered?", "", short="Answered by", kind="pick", target="clinicians", tier=1)
    words: Text = asked("What did they say?", "", short="Answer")
    say_back: Text = asked("Say it back in your own words", "", short="Said back")
    on: Day | None = asked("When was it answered?", short="On", tier=1)
    state: AnswerState | None = asked("Was the answer clear?", short="Clear")


class Visit(CaseModel):
    """Step 5 (visit)."""

    appointments: Items[Appointment] = Items()
    questions: Items[Question] = Items()
    more_answers: Items[MoreAnswer] = Items()
    note_taker: Line = asked("Who will take notes?", "", short="Takes notes", tier=1)
    report_to: Text = asked(
        "Where should the written opinion be sent?",
        "",
        short="Send the report to",
        tier=1,
        hint="Such as your own doctor, with the fax number, and you.",
        why="Some clinics send it only if somebody asks.",
    )
    after_notes: Text = asked(
        "What do you want to remember?",
        "",
        short="After the visit",
        hint="Write it within a day, while it is fresh.",
        why="Much of what is said is forgotten within a week.",
    )
