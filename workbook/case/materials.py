"""Scans, discs and slides, and what was sent to whom."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from .choices import Choice, YesNo
from .field_types import Count, Line, Ref, Text
from .model import CaseModel, Item
from .partial_dates import Day, check_day
from .words import asked


class Holding(Choice):
    """What the person has of a scan: report, images, both or neither."""

    REPORT_ONLY = "report_only", "Only the report"
    IMAGES_ONLY = "images_only", "Only the images"
    BOTH = "both", "Report and images"
    NEITHER = "neither", "Neither yet"


class ImagingStudy(Item):
    """One scan, with its report and its images."""

    NOUN: ClassVar[str] = "scan"
    TITLE: ClassVar[tuple[str, ...]] = ("body_part", "modality")

    modality: Line = asked("Kind of scan", "", short="Scan", hint="Such as MRI, CT, X-ray or ultrasound.")
    body_part: Line = asked("Part of the body", "", short="Body part")
    on: Day | None = asked("Date of the scan", short="Date", tier=1)
    facility: Line = asked("Where was it done?", "", short="Where", tier=1)
    accession: Line = asked("Number on the report (accession number)", "", short="Accession", tier=1, aloud=True)
    study_uid: Line = asked("Study number from the disc, if known", "", short="Study number", tier=1)
    holding: Holding | None = asked("What do you have?", short="In hand")
    report_item: Ref = asked("Which record is the report?", "", short="Report", kind="pick", target="records.items")
    images_item: Ref = asked("Which record is the images?", "", short="Images", kind="pick", target="records.items")


def _day_or_nothing(value: Any) -> str:
    try:
        return check_day(value)
    except ValueError:
        return ""  # a scanner's clock may be wrong; the scan is on the disc regardless


class FoundScan(CaseModel):
    """One scan found on a disc, or found missing from it, by reading the files.

    `modality` contains DICOM codes (`PT/CT`), `body_part` the code or words of the files, `images` the number of images
    (0 if the scan is missing). `lacks` names missing pieces of the scan itself. Display text is generated from these
    fields in the reader's language.
    """

    modality: Line = ""
    on: Annotated[str, BeforeValidator(_day_or_nothing)] = ""
    body_part: Line = ""
    description: Line = ""
    accession: Line = ""
    study_uid: Line = ""
    series: Count = 0
    images: Count = 0
    lacks: Text = ""

    def nameless(self) -> FoundScan:
        """The scan without what may point to a person: for a disc that shows several people."""
        return self.model_copy(update={"description": "", "accession": "", "study_uid": ""})


class MediaKind(Choice):
    """The medium of the images."""

    DISC = "disc", "Disc"
    USB = "usb", "USB stick"
    DOWNLOAD = "download", "Download"
    LINK = "link", "Link"


class MediaResult(Choice):
    """The result of checking a disc."""

    OK = "ok", "All there"
    MISSING = "missing_study", "A scan is missing"
    UNREADABLE = "unreadable", "It does not open"
    NO_DICOM = "no_dicom", "No images in the medical format"
    OTHER = "other_patient", "It is another person's"
    SEVERAL = "several_patients", "More than one person is on it"
    DIFFERS = "name_or_dob_differs", "The name or birth date is different"
    VIEWER = "viewer_only", "Only a viewer program"


class Media(Item):
    """One disc, USB stick or download."""

    NOUN: ClassVar[str] = "disc or download"
    TITLE: ClassVar[tuple[str, ...]] = ("sender", "kind")

    kind: MediaKind | None = asked("What did the images come on?", short="Kind")
    sender: Line = asked("Who is it from?", "", short="From", tier=1)
    received_on: Day | None = asked("When did it arrive?", short="Received", tier=1)
    checked_on: Day | None = asked("When did you look at it?", short="Checked", tier=1)
    result: MediaResult | None = asked(
        "What did you find?",
        short="Found",
        why="If it shows another person's images, stop. Give it back to the office that made it.",
    )
    scans: tuple[FoundScan, ...] = asked(
        "Scans found on it", (), short="Found on it", hint="Uncheck what is not on it."
    )
    found: Text = asked("Scans that are on it", "", short="On it", hint="Only those that are not listed yet.")
    scans_missing: tuple[FoundScan, ...] = asked(
        "Scans not found on it", (), short="Not found on it", hint="Uncheck what is not missing."
    )
    missing: Text = asked("Scans that are missing", "", short="Missing", hint="Only those that are not listed yet.")
    shown: Line = asked("Name shown on it, if it is not the right one", "", short="Name shown", tier=1)
    action: Text = asked("What was done about it?", "", short="Done")


class MaterialKind(Choice):
    """Types of tissue material."""

    SLIDES = "slides", "Slides"
    RECUTS = "recuts", "New slides from the block (recuts)"
    BLOCK = "block", "Block"
    UNSTAINED = "unstained", "Unstained slides"
    SCANS = "whole_slide_images", "Scanned slides"


class MaterialState(Choice):
    """The status of the material."""

    AT_ORIGIN = "at_origin", "At the first lab"
    REQUESTED = "requested", "Asked for"
    IN_TRANSIT = "in_transit", "On the way"
    AT_REVIEWER = "at_reviewer", "At the second lab"
    REVIEWED = "reviewed", "Reviewed"
    RETURN_DUE = "return_due", "To be sent back"
    RETURNED = "returned", "Sent back"


class PathologyMaterial(Item):
    """Slides or tissue on loan."""

    NOUN: ClassVar[str] = "slides or tissue"
    TITLE: ClassVar[tuple[str, ...]] = ("part", "kind")

    kind: MaterialKind | None = asked("What is it?", short="Kind")
    record: Ref = asked("Which record is it?", "", short="Record", kind="pick", target="records.items")
    request: Ref = asked("Which request was it?", "", short="Request", kind="pick", target="records.requests")
    accession: Line = asked("Number on the report (accession number)", "", short="Accession", tier=1, aloud=True)
    part: Line = asked("Which part or piece?", "", short="Part")
    count: Line = asked("How many, and which stains?", "", short="Count")
    state: MaterialState | None = asked("Where is it now?", short="Status")
    sent_on: Day | None = asked("Sent on", short="Sent", tier=1)
    carrier: Line = asked("Carrier", "", short="Carrier")
    tracking: Line = asked("Tracking number", "", short="Tracking", tier=1, aloud=True)
    received_on: Day | None = asked("Arrived on", short="Arrived", tier=1)
    return_by: Day | None = asked("Must be back by", short="Back by", tier=1)
    returned_on: Day | None = asked("Sent back on", short="Sent back", tier=1)
    blocks: Line = asked("What about the block?", "", short="Block")
    recuts_offered: Count | None = asked("New slides offered", short="Recuts offered")
    report_to: Line = asked(
        "Who gets the new report?",
        "",
        short="Report goes to",
        tier=1,
        why="Some labs send it only to the doctor. Ask how to get a copy.",
    )


class SendState(Choice):
    """The status of a shipment."""

    PREPARED = "prepared", "Ready to send"
    SENT = "sent", "Sent"
    CONFIRMED = "receipt_confirmed", "They confirmed it arrived"
    OPENED = "opened_by_clinician", "The clinician opened it"


class Transmission(Item):
    """One shipment: what was sent to whom."""

    NOUN: ClassVar[str] = "delivery"
    TITLE: ClassVar[tuple[str, ...]] = ("to_name", "to")

    items: tuple[Ref, ...] = asked("Which records were sent?", (), short="Records", kind="pick", target="records.items")
    to: Ref = asked("To which clinician?", "", short="To", kind="pick", target="clinicians", tier=1)
    to_name: Line = asked("Or to which office?", "", short="To", tier=1)
    how: Line = asked("How was it sent?", "", short="How")
    on: Day | None = asked("When was it sent?", short="On", tier=1)
    version: Line = asked("Which version was it?", "", short="Version")
    state: SendState | None = asked("Did it arrive?", short="Status")
    receipt: Line = asked(
        "Proof that it arrived", "", short="Proof", hint="A fax slip proves that it was sent, not that it was read."
    )
    showed_first_conclusion: YesNo | None = asked(
        "Did it show what the first clinician concluded?",
        short="Showed first conclusion",
        why="Some people want fresh eyes first. It is {your|the patient's} choice.",
    )
