"""Records and record requests."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, Evidence, YesNo
from .field_types import Count, Flag, Line, Money, Ref, Text
from .items import Items
from .materials import ImagingStudy, Media, PathologyMaterial, Transmission
from .model import CaseModel, Item
from .partial_dates import Day, MaybeDay, is_day
from .words import asked


class RecordKind(Choice):
    """Types of records; the first nine are on every checklist."""

    VISIT_NOTE = "visit_note", "Visit note"
    CONSULT_NOTE = "consult_note", "Consult note"
    LAB = "lab", "Lab results"
    PATHOLOGY_REPORT = "pathology_report", "Pathology report"
    IMAGING_REPORT = "imaging_report", "Imaging report"
    IMAGING_STUDY = "imaging_study", "Images"
    PROCEDURE_REPORT = "procedure_report", "Procedure report"
    MEDICATION_LIST = "medication_list", "Medicine list"
    ALLERGY_LIST = "allergy_list", "Allergy list"
    OPERATIVE_NOTE = "operative_note", "Surgery note"
    DISCHARGE = "discharge", "Hospital discharge papers"
    GENETICS = "genetics", "Genetic test"
    THERAPY_NOTE = "therapy_note", "Therapy notes"
    SLIDES = "slides", "Tissue slides"
    BLOCK = "block", "Tissue block"
    SLIDE_SCAN = "scan_of_slides", "Scanned slides"
    PHOTO = "patient_photo", "Photo"
    DEVICE_CARD = "device_card", "Implant or device card"


class Need(Choice):
    """How much the visit depends on a record."""

    REQUIRED = "required", "Needed for the visit"
    HELPFUL = "helpful", "Helpful"
    OPTIONAL = "optional", "Nice to have"
    NOT_RELEVANT = "not_relevant", "Not relevant here"


class RecordState(Choice):
    """The status of a record."""

    TO_REQUEST = "to_request", "Not asked for yet"
    REQUESTED = "requested", "Asked for"
    ACKNOWLEDGED = "acknowledged", "They have my request"
    PARTLY = "partly_received", "Part of it arrived"
    RECEIVED = "received", "I have it"
    CHECKED = "checked", "I have it and checked it"
    PROBLEM = "problem", "There is a problem"
    REFUSED = "refused", "Refused"
    NONE = "does_not_exist", "It does not exist"
    PENDING = "pending_result", "The result is not ready"


class CanChangePlan(CaseModel):
    """A clinician's statement that a result could change the treatment plan."""

    said_by: Line = asked(
        "Who said this result could change the plan?", "", short="Could change the plan, said", tier=1
    )
    on: Day | None = asked("When did they say it?", short="Said on", tier=1)


class RecordItem(Item):
    """One record that the second clinician should see."""

    NOUN: ClassVar[str] = "record"
    TITLE: ClassVar[tuple[str, ...]] = ("title", "kind")

    kind: RecordKind | None = asked("What kind of record is it?", short="Kind")
    title: Line = asked(
        "What is it?", "", short="Record", hint="Say which test or paper it is, such as an MRI of the lower back."
    )
    state: RecordState | None = asked("Do you have it yet?", short="Status")
    need: Need | None = asked("Is it needed for the visit?", short="Need")
    service_date: Day | None = asked("Date of the test or visit", short="Date", tier=1)
    facility: Line = asked("Who has it?", "", short="From", tier=1)
    modality: Line = asked("Kind of scan", "", short="Scan", hint="Such as MRI, CT, X-ray or ultrasound.")
    body_part: Line = asked("Part of the body", "", short="Body part")
    accession: Line = asked("Number on the report (accession number)", "", short="Accession", tier=1, aloud=True)
    name_on_record: Line = asked(
        "Name on the record, if it differs",
        "",
        short="Name on record",
        tier=1,
        why="Results under an old name can get lost.",
    )
    expected_on: MaybeDay | None = asked("When should it arrive?", short="Expected", tier=1, unknown=True)
    received_on: Day | None = asked("When did it arrive?", short="Received", tier=1)
    where_kept: Line = asked("Where do you keep it?", "", short="Stored in", hint="A folder, a disc, a drawer.")
    pages: Count | None = asked(
        "How many pages?", short="Pages", unit="pages", hint="Then the clinic can see that nothing got lost."
    )
    version: Line = asked(
        "Version or date of the report", "", short="Version", tier=1, hint="If it was corrected later."
    )
    quality: Text = asked("Is anything missing or hard to read?", "", short="Problem")
    needed_for: tuple[Ref, ...] = asked(
        "Who needs to see it?", (), short="For", kind="pick", target="clinicians", tier=1
    )
    can_change_plan: CanChangePlan = CanChangePlan()
    paired_with: Ref = asked(
        "Which record goes with it?",
        "",
        short="Goes with",
        kind="pick",
        target="records.items",
        hint="The report for these images, or the images for this report.",
    )

    @property
    def is_here(self) -> bool:
        """Whether it is in hand: its state says so, or the day it came is noted and the state was left behind."""
        left = self.state in (None, RecordState.TO_REQUEST, RecordState.REQUESTED, RecordState.ACKNOWLEDGED)
        return self.state in (RecordState.RECEIVED, RecordState.CHECKED) or (left and bool(self.received_on))


class Route(Choice):
    """Who asks and who gets the copy; this decides which time limit applies."""

    ACCESS_SELF = "access_self", "{You ask|The patient asks} for a copy"
    ACCESS_REP = "access_representative", "Someone who may act for {you|the patient} by law asks for a copy"
    DIRECTIVE = "third_party_directive", "{You have|The patient has} it sent to someone else"
    AUTHORIZATION = "authorization", "Someone else asks, with a signed form"
    PROVIDER = "provider_to_provider", "One clinic asks the other"
    EHI_EXPORT = "ehi_export", "Everything they have on file, as computer files"
    SPECIMEN = "specimen_loan", "Slides or tissue: one lab sends them to another"
    MAMMOGRAM = "mqsa_transfer", "The original breast X-rays (mammograms)"


class RequestState(Choice):
    """The status of a request."""

    DRAFT = "draft", "Being written"
    SIGNED = "signed", "Signed"
    SENT = "sent", "Sent"
    CLOCK_RUNNING = "clock_running", "They have the request"
    EXTENDED = "extended", "They took more time"
    PARTLY = "partly", "Part of it arrived"
    FULFILLED = "fulfilled", "All of it arrived"
    OVERDUE = "overdue", "Late"
    DENIED = "denied", "Refused"
    ESCALATED = "escalated", "Sent to the privacy office"
    WITHDRAWN = "withdrawn", "Withdrawn"


class SentBy(Choice):
    """How a request was sent."""

    PORTAL = "portal", "Portal"
    EMAIL = "email", "Email"
    FAX = "fax", "Fax"
    MAIL = "mail", "Mail"
    BY_HAND = "in_person", "By hand"
    PHONE = "phone", "Phone"


class AnnouncedBy(Choice):
    """How the office announced that it needs more time; only a letter counts."""

    LETTER = "letter", "In a letter"
    PHONE = "phone", "On the phone"


class Extension(CaseModel):
    """More time claimed by the office."""

    announced_by: AnnouncedBy | None = asked("How did they say that they need more time?", short="Notice given")
    letter_on: Day | None = asked("Date on their letter", short="Letter dated", tier=1)
    reason: Text = asked("Reason they gave", "", short="Reason")
    new_date: Day | None = asked("New date they promise", short="New date", tier=1)
    second_time: Flag = asked(
        "Did they ask for more time a second time?",
        False,
        short="More time asked twice",
        tier=0,
        why="The law allows it once.",
    )


class RequestDenial(CaseModel):
    """A written refusal."""

    on: Day | None = asked("Date on their refusal", short="Refused", tier=1)
    reason: Text = asked("Reason they gave", "", short="Reason")
    reviewable: YesNo | None = asked("Does the letter say the refusal can be reviewed?", short="Can be reviewed")


class Delivery(Choice):
    """How the copy should reach the patient."""

    PORTAL = "portal", "In the patient portal"
    LINK = "secure_link", "By secure link or secure email"
    EMAIL = "email", "By regular email"
    DISC = "disc", "On a disc or USB drive, by mail"
    PAPER = "paper", "On paper, by mail"
    PICKUP = "pickup", "Picked up at the office"


class PermissionEnd(Choice):
    """What ends a permission to release records."""

    YEAR = "one_year", "One year after it is signed"
    OPINION = "opinion_done", "When the second opinion is done"
    DAY = "on_a_day", "On a certain date"


class RecordRequest(Item):
    """One request to one office."""

    NOUN: ClassVar[str] = "request"
    TITLE: ClassVar[tuple[str, ...]] = ("to",)

    to: Line = asked(
        "Which office has the records?",
        "",
        short="Office",
        tier=1,
        hint="Such as the medical records or imaging office of a hospital.",
    )
    items: tuple[Ref, ...] = asked(
        "Which records are you asking for?", (), short="Records", kind="pick", target="records.items"
    )
    scans: Text = asked(
        "Which scan, of which part of the body, and from when?",
        "",
        short="Scans",
        hint="Such as: MRI of the lower back, October 2026. Put each scan on its own line. "
        "Skip this if the record you chose already says it.",
        why="The office looks up a scan by its kind, the part of the body and the date. The letter gives all three.",
    )
    service_from: Day | None = asked(
        "Records from which date on?",
        short="From",
        tier=1,
        hint="The first visit or test that matters. A month or a year is enough.",
    )
    service_to: Day | None = asked(
        "Until which date?", short="Until", tier=1, hint="Leave this blank for everything up to today."
    )
    mrn: Line = asked(
        "Medical record number, if you have it",
        "",
        short="Medical record number",
        tier=1,
        hint="It is on a visit summary or in the portal. Each hospital has its own.",
        why="The office finds the right chart faster.",
    )
    delivery: Delivery | None = asked(
        "How should the copy come?",
        short="Delivery",
        why="Regular email is easy, but others might be able to read it.",
    )
    route: Route | None = asked(
        "Who is asking, and who gets the copy?",
        short="Route",
        why="When {you ask|the patient asks} for a copy, the office usually has a time limit. "
        "Some other ways of asking have none.",
    )
    asker: Line = asked(
        "Who is asking for the records, and will get them?",
        "",
        short="Asked for by",
        tier=1,
        hint="{Their|Usually your own} full name.",
        why="A permission form must name who gets the records.",
    )
    permission_ends: PermissionEnd | None = asked(
        "When should the permission end?",
        short="Permission ends",
        why="A permission form must say when it ends. Without that, it is not valid.",
    )
    permission_until: Day | None = asked("On which date does the permission end?", short="Permission until", tier=1)
    state: RequestState | None = asked("What is the status of this request?", short="Status")
    signed_by: Ref = asked(
        "Who signed it?",
        "",
        short="Signed by",
        kind="pick",
        target="parties",
        tier=1,
        hint="Leave this blank if {you signed it yourself|the patient signed it}.",
    )
    sent_on: Day | None = asked("Sent on", short="Sent", tier=1)
    how: SentBy | None = asked("Sent by", short="How")
    received_by_holder_on: MaybeDay | None = asked(
        "When did the office get it?",
        short="Office got it",
        unknown=True,
        tier=1,
        why="The time limit starts on this day, not on the day you sent it.",
    )
    evidence: Evidence | None = asked("How do you know?", short="Known from")
    fee_asked: Money | None = asked("Fee they asked for", short="Fee asked")
    fee_paid: Money | None = asked("Fee paid", short="Fee paid")
    reply: Text = asked("What was their answer?", "", short="Answer")
    extension: Extension = Extension()
    denial: RequestDenial = RequestDenial()
    partly_received_on: Day | None = asked("If part of it arrived, when?", short="Part received", tier=1)
    fulfilled_on: Day | None = asked("When did all of it arrive?", short="All received", tier=1)
    no_clock_known: Flag = asked(
        "I know that this kind of request has no time limit", False, short="Knows there is no time limit", tier=0
    )

    @property
    def is_sent(self) -> bool:
        """Whether it left the house: its status or a day says so. A letter that was only begun asks nobody."""
        if self.state not in (None, RequestState.DRAFT, RequestState.SIGNED):
            return True
        return any(is_day(day) for day in (self.sent_on, self.received_by_holder_on, self.fulfilled_on, self.denial.on))


class Records(CaseModel):
    """Step 4."""

    items: Items[RecordItem] = Items()
    requests: Items[RecordRequest] = Items()
    studies: Items[ImagingStudy] = Items()
    media: Items[Media] = Items()
    materials: Items[PathologyMaterial] = Items()
    sent: Items[Transmission] = Items()
    show_first_conclusion: YesNo | None = asked(
        "Should the packet show what the first clinician concluded?",
        short="Show first conclusion",
        why="Some people want fresh eyes first. It is {your|the patient's} choice.",
    )
    folder: Line = asked(
        "Where is your own folder with all records?",
        "",
        short="My folder",
        hint="One place for everything. You may need to share it again.",
    )
    one_packet: YesNo | None = asked(
        "Did you ask for one complete packet?",
        short="One packet asked for",
        why="One complete packet is easier to check than many small ones.",
    )
    real_images: YesNo | None = asked(
        "Did you ask for the images as files or on a disc, not only the report?",
        short="Images asked for",
        why="The second clinician will want to see the images, too.",
    )
    own_folder: YesNo | None = asked(
        "Do you keep your own copy of everything?",
        short="Has own copy",
        why="Then you can share it again without asking twice.",
    )
