"""Opinions, who saw which records, and the plan for disagreement. Makes no medical judgment."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, YesNo
from .field_types import Flag, Line, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day
from .records import RecordKind
from .words import asked


class OpinionForm(Choice):
    """The form of an opinion, such as written."""

    DRAFT = "draft", "Spoken, not in writing yet"
    WRITTEN = "written", "I have it in writing"


class OpinionMode(Choice):
    """How an opinion was reached."""

    IN_PERSON = "in_person", "In person"
    VIDEO = "video", "Video"
    PHONE = "phone", "Phone"
    RECORDS = "records_only", "From the records only"


class Opinion(Item):
    """One clinician's opinion, in their words."""

    NOUN: ClassVar[str] = "opinion"
    TITLE: ClassVar[tuple[str, ...]] = ("clinician", "diagnosis")

    clinician: Ref = asked("Whose opinion is it?", "", short="Clinician", kind="pick", target="clinicians", tier=1)
    on: Day | None = asked("When was it given?", short="Given on", tier=1)
    mode: OpinionMode | None = asked("How was it given?", short="How")
    form: OpinionForm | None = asked("Is it in writing?", short="In writing")
    written_on: Day | None = asked("Date of the written report", short="Report dated", tier=1)
    report_item: Ref = asked("Which record is the report?", "", short="Report", kind="pick", target="records.items")
    diagnosis: Text = asked("What do they say it is?", "", short="Diagnosis")
    certainty: Line = asked("How sure are they?", "", short="How sure")
    recommended: Text = asked("What do they recommend?", "", short="Recommends")
    alternatives: Text = asked("What other choices did they name?", "", short="Other choices")
    urgency: Line = asked("How soon do they say it should be done?", "", short="How soon")
    reasons: Text = asked("Their top reasons, in plain words", "", short="Top reasons", hint="One on each line.")
    feared_risks: Text = asked("Which risks concern them most for {you|the patient}?", "", short="Main risk named")
    recovery: Text = asked(
        "What do they say about recovery?", "", short="Recovery", hint="How long it takes, and what it is like."
    )
    if_wait: Text = asked("What do they say could happen if {you wait|the patient waits}?", "", short="If we wait")
    would_change_mind: Text = asked("What would change their mind?", "", short="Would change their mind")
    tests_wanted: Text = asked("Which tests do they still want?", "", short="Tests wanted")
    talk_to_other: YesNo | None = asked("Would they talk to the other clinician?", short="Would talk to the other")


class How(Choice):
    """How a clinician has seen a record."""

    IMAGES = "images", "Saw the images"
    SLIDES = "slides", "Saw the slides"
    REPORT_ONLY = "report_only", "Read the report only"
    TOLD = "told_about", "Was told about it"
    NOT_SEEN = "not_seen", "Has not seen it"
    UNKNOWN = "unknown", "Not known"


_FULLEST = {
    How.IMAGES: (RecordKind.IMAGING_STUDY, RecordKind.IMAGING_REPORT, RecordKind.PHOTO, RecordKind.SLIDE_SCAN),
    How.SLIDES: (RecordKind.PATHOLOGY_REPORT, RecordKind.SLIDES, RecordKind.BLOCK),
}


def fullest(kind: RecordKind | None) -> How | None:
    """The most that can be seen of a record: images, slides, or else the report; None if its kind is not known."""
    found = next((how for how, kinds in _FULLEST.items() if kind in kinds), How.REPORT_ONLY)
    return found if kind else None


class Seen(CaseModel):
    """How one clinician has seen one record."""

    how: How | None = asked("How did they see it?", short="Seen")
    on: Day | None = asked("Version or date they saw", short="Version seen", tier=1)


class AgreementClass(Choice):
    """How far two opinions agree; chosen by the person, never computed."""

    SAME = "same", "The same"
    REFINED = "refined", "Similar, but more specific"
    DIFFERENT = "different", "Different"
    CANNOT_SAY = "cannot_say", "Cannot say yet"


class Cause(Choice):
    """Possible reasons for differing opinions."""

    DATA = "different_data", "They did not see the same records"
    READING = "different_reading", "They read the same records differently"
    OPTIONS = "options_not_offered", "One offers a treatment the other does not"
    WEIGHTS = "weights", "They weigh risks or wishes differently"
    SCOPE = "scope", "They have different specialties"
    NEW = "new_results", "New results arrived between the two opinions"
    UNCERTAIN = "uncertainty", "Medicine has no sure answer"
    ERROR = "note_error", "There is a mistake in the notes"


class ThirdOpinion(Choice):
    """The status of a third opinion."""

    NOT_NEEDED = "not_needed", "Not needed"
    OPEN = "open", "Still open"
    SAME_DATA = "same_data_reached", "Both have now seen the same records"
    ASKED = "asked_reasons", "Both were asked for their reasons"
    THIRD = "third_requested", "A third opinion has been requested"
    SETTLED = "settled", "Settled"


class TieStep(Item):
    """One step to take when opinions differ."""

    NOUN: ClassVar[str] = "step"
    TITLE: ClassVar[tuple[str, ...]] = ("text",)

    text: Text = asked("What is the step?", "", short="Step", kind="text")
    plan: Text = asked("Who do you ask, and for what?", "", short="Plan")
    owner: Line = asked("Who does it?", "", short="Who", tier=1)
    due: Day | None = asked("When should it be done?", short="By", tier=1)
    finished: Flag = asked("Done", False, short="Done", tier=0)
    result: Text = asked("What was the result?", "", short="Result")


class Moment3(Choice):
    """The time of a readiness check."""

    BEFORE = "before_visit", "Before the visit"
    AFTER = "after_2", "After the second opinion"
    AFTER_TIE = "after_tiebreak", "After the next steps"


class Readiness(Item):
    """Four yes-or-no questions before a decision."""

    NOUN: ClassVar[str] = "readiness check"
    TITLE: ClassVar[tuple[str, ...]] = ("moment",)

    moment: Moment3 | None = asked("When is this?", short="When")
    on: Day | None = asked("Date", short="Date", tier=1)
    know: YesNo | None = asked("{Do you|Does the patient} know enough about each choice?", short="Knows enough")
    weighing: YesNo | None = asked("Is it clear which good and bad effects matter most?", short="Knows what matters")
    support: YesNo | None = asked("Is there enough help to decide?", short="Has help")
    sure: YesNo | None = asked("Does one choice feel right?", short="Feels sure")


class Told(Item):
    """A person who has been informed of the decision."""

    NOUN: ClassVar[str] = "person notified"
    TITLE: ClassVar[tuple[str, ...]] = ("who", "clinician")

    clinician: Ref = asked("Which clinician was told?", "", short="Informed", kind="pick", target="clinicians", tier=1)
    who: Line = asked("Or who else?", "", short="Informed", tier=1)
    on: Day | None = asked("When did they hear it?", short="On", tier=1)
    how: Line = asked("How did they hear it?", "", short="How")


class FinalDecision(CaseModel):
    """The person's decision and its reasons."""

    what: Text = asked("What {did you|did the patient} decide?", "", short="Decision made")
    reason: Text = asked("Why, in {your|the patient's} own words?", "", short="Why")
    on: Day | None = asked("When was it decided?", short="Decided on", tier=1)
    cancels: YesNo | None = asked(
        "Does this cancel the treatment that is booked?",
        short="Cancels the booked treatment",
        why="It stays booked until someone calls to cancel it.",
    )
    told: Items[Told] = Items()


class Comparison(CaseModel):
    """Step 6 (comparison)."""

    diagnosis_class: AgreementClass | None = asked("Do they agree on the diagnosis?", short="Diagnosis")
    treatment_class: AgreementClass | None = asked("Do they agree on the treatment?", short="Treatment")
    urgency_class: AgreementClass | None = asked("Do they agree on how soon?", short="How soon")
    causes: tuple[Cause, ...] = asked("If they differ, why might that be?", (), short="Reasons for the difference")
    confirmed_by: Line = asked("Who made this comparison?", "", short="Compared by", tier=1)
    notes: Text = asked("Notes on the comparison", "", short="Notes")
    tie_breaker: Items[TieStep] = Items()
    third_opinion: ThirdOpinion | None = asked("Where do things stand now?", short="Tie-breaker")
    readiness: Items[Readiness] = Items()
