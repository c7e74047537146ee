"""Which documents there are, in which formats, and what each is about. Knows no format and makes nothing itself.

Each document names the function that makes it as `module:function`; it is imported when it is wanted.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import CannotExport
from ..locale import N_, tr

if TYPE_CHECKING:
    from ..case import Case

READERS = ("clinician", "insurer", "family", "full", "binder")
PAGE = ("pdf", "html")
LETTER = ("pdf", "docx", "html")


NOTES = "notes"
"""Where a tree holds sentences to its sender. They are taken off before it is drawn: a renderer refuses them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a document.

    `about` is the id of the entry a letter or a call sheet is about; `include` are paths of private or sensitive
    entries that were chosen one by one; `second` is the language to set beside English; `large` is large print.
    """

    today: dt.date
    form: str = "pdf"
    about: str = ""
    reader: str = "clinician"
    include: frozenset[str] = field(default_factory=frozenset)
    without_first: bool = False
    large: bool = False
    second: str = ""
    paper: str = "us-letter"


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its title and use in words, its formats, and who makes it.

    `maker` is `module:function` of this package, called with (case, wanted): it gives a document tree, or bytes
    for the formats in `raw`. `about` is `module:function` called with (case, today): it gives (id, words) of the
    entries the document can be about, most pressing first; empty where the document is about the whole case.
    `large` says that it also comes in large print.
    """

    name: str
    title: str
    use: str
    formats: tuple[str, ...]
    maker: str
    about: str = ""
    raw: bool = False
    large: bool = False


def _all(*documents: Document) -> Mapping[str, Document]:
    return {d.name: d for d in documents}


DOCUMENTS = _all(
    Document(
        "summary",
        N_("Case summary"),
        N_("What the next clinician needs, on two pages."),
        (*PAGE, "docx"),
        "summary.build:for_reader",
    ),
    Document("blank", N_("Blank workbook"), N_("To fill in by hand."), PAGE, "sheets.blank:for_print"),
    Document(
        "visit-sheet",
        N_("Visit sheet"),
        N_("The goal and the questions, with room to write."),
        PAGE,
        "sheets.visit:visit_sheet",
        large=True,
    ),
    Document("questions", N_("Question list"), N_("To send ahead of the visit."), LETTER, "sheets.visit:questions"),
    Document(
        "call-script",
        N_("Call script"),
        N_("Words to read aloud to the plan."),
        PAGE,
        "sheets.call_script:script",
        large=True,
    ),
    Document(
        "call-log",
        N_("Call log"),
        N_("What the plan said, call by call."),
        (*PAGE, "docx"),
        "sheets.call_log:call_log",
    ),
    Document(
        "records-request",
        N_("Records request"),
        N_("The letter that asks an office for records."),
        LETTER,
        "letters.records:records_request",
        "letters.records:requests",
    ),
    Document(
        "follow-up",
        N_("Follow-up letter"),
        N_("When an office has not answered."),
        LETTER,
        "letters.records:follow_up",
        "letters.records:waiting",
    ),
    Document(
        "extension-reply",
        N_("Reply to a delay"),
        N_("When an office says it needs more time."),
        LETTER,
        "letters.records:extension_reply",
        "letters.records:delayed",
    ),
    Document(
        "privacy-officer",
        N_("Letter to the privacy officer"),
        N_("When a request is late or refused."),
        LETTER,
        "letters.records:privacy_officer",
        "letters.records:stuck",
    ),
    Document(
        "complaint-draft",
        N_("Draft of a complaint"),
        N_("For the government office that looks after the right to records."),
        LETTER,
        "letters.records:complaint_draft",
        "letters.records:stuck",
    ),
    Document(
        "comparison",
        N_("Opinions side by side"),
        N_("With who saw which records."),
        (*PAGE, "docx"),
        "sheets.comparison:comparison",
    ),
    Document(
        "ask-both",
        N_("Letter to both clinicians"),
        N_("Why do the opinions differ?"),
        LETTER,
        "letters.clinicians:ask_both",
    ),
    Document(
        "decision-note",
        N_("Decision note"),
        N_("Tells both clinicians and the primary doctor."),
        LETTER,
        "letters.clinicians:decision_note",
    ),
    Document(
        "appeal-packet",
        N_("Cover for an appeal"),
        N_("What goes to the plan, and by when."),
        LETTER,
        "letters.appeal:appeal_packet",
        "letters.appeal:denials",
    ),
    Document(
        "packet-index",
        N_("Packet index"),
        N_("A numbered list of the records you send."),
        (*PAGE, "docx"),
        "sheets.packet_cover:packet_index",
        "sheets.packet_cover:sendings",
    ),
    Document(
        "calendar",
        N_("Calendar file"),
        N_("Visits and deadlines for your own calendar."),
        ("ics",),
        "sheets.calendar:calendar",
        raw=True,
    ),
    Document(
        "case-file",
        N_("Case file"),
        N_("The whole workbook, to move or to hand over."),
        ("json",),
        "case_file:case_file",
        raw=True,
    ),
)
"""Every document by name."""


def find(name: str, form: str) -> Document:
    """The document of that name; CannotExport with the names or formats there are."""
    document = DOCUMENTS.get(name)
    if document is None:
        known = ", ".join(DOCUMENTS)
        raise CannotExport(tr("There is no document of that name. The documents are: {names}.").format(names=known))
    if form not in document.formats:
        known = ", ".join(document.formats)
        raise CannotExport(
            tr("{document} comes as {formats}. Choose one of these.").format(document=tr(document.title), formats=known)
        )
    return document


def subjects(document: Document, case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The entries a document can be about, as (id, words); empty where it is about the whole case."""
    return list(_function(document.about)(case, today)) if document.about else []


def maker(document: Document) -> Callable[[Case, Wanted], Any]:
    """The function that makes the document."""
    return _function(document.maker)


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f".{module}", __package__), name)
    return found
