"""The registry of documents: formats, subjects, and maker functions. Knows no format and renders nothing itself.

Each document names its maker as `module:function`, which is imported on first use.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import BadFile, CannotExport
from ..locale import N_, tr
from .file_formats import FORMATS
from .letter_packs import FILLERS, SUBJECTS, Letter, letters

if TYPE_CHECKING:
    from ..case import Case

READERS = ("clinician", "insurer", "family", "full", "binder")
PAGE = ("pdf", "html")
LETTER = ("pdf", "docx", "html")
FHIR = "fhir"


NOTES = "notes"
"""The key of a tree for notes to the sender. They are removed before rendering: a renderer rejects them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of a document.

    `about` is the id of the entry that a letter or call sheet is about; `include` are the paths of private or sensitive
    entries selected one by one; `second` is the language shown next to English; `large` is large print.
    `with_case_file` puts the whole case file inside a PDF, for a copy that the person keeps.
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
    with_case_file: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its title, its use, its formats, and its maker.

    `maker` is `module:function` of this package, called with (case, wanted): it returns a document tree, or bytes
    for the formats in `raw`. `about` is `module:function` called with (case, today): it returns (id, label) of the
    entries the document can be about, most urgent first; empty if the document is about the whole case.
    `large` means that it also comes in large print, `letter` names the pack of a letter. `bundle` is `module:function`
    for the bytes of the format fhir.
    """

    name: str
    title: str
    use: str
    formats: tuple[str, ...]
    maker: str
    about: str = ""
    raw: bool = False
    large: bool = False
    letter: Letter | None = None
    bundle: str = ""

    def __post_init__(self) -> None:
        """ValueError for an unknown format, or for one that needs a document that generates its own bytes."""
        for form in self.formats:
            if form not in FORMATS or not (self.raw or FORMATS[form].draw or (form == FHIR and self.bundle)):
                raise ValueError(f"the document {self.name} cannot come as {form}")


_OWN = (
    Document(
        "summary",
        N_("Case summary"),
        N_("What the next clinician needs, on about two pages."),
        (*PAGE, "docx"),
        "summary.build:for_reader",
    ),
    Document("blank", N_("Blank workbook"), N_("To fill in by hand."), PAGE, "sheets.blank:for_print", large=True),
    Document(
        "visit-sheet",
        N_("Visit sheet"),
        N_("The goal and the questions, with room to write."),
        PAGE,
        "sheets.visit:visit_sheet",
        large=True,
    ),
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
        "comparison",
        N_("Opinions side by side"),
        N_("Also shows who saw which records."),
        (*PAGE, "docx"),
        "sheets.comparison:comparison",
    ),
    Document(
        "options",
        N_("Choices side by side"),
        N_("Each choice with what the clinicians say about it, and what matters to you."),
        (*PAGE, "docx"),
        "sheets.options:options",
        large=True,
    ),
    Document(
        "patient-story",
        N_("Patient story"),
        N_("What matters to you, in your own words: goals, worries, and what the records get wrong."),
        (*PAGE, "docx", FHIR),
        "sheets.patient_story:patient_story",
        large=True,
        bundle="fhir.story:bundle",
    ),
    Document(
        "ips",
        N_("Patient summary"),
        N_("Diagnoses, allergies and medicines in the order of the International Patient Summary."),
        (*PAGE, "docx", FHIR),
        "fhir.summary:page",
        large=True,
        bundle="fhir.summary:bundle",
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
        "calendar-plain",
        N_("Calendar file with plain titles"),
        N_("Says what each date is, with the place. For a calendar that only you see."),
        ("ics",),
        "sheets.calendar:plain_calendar",
        raw=True,
    ),
    *(
        Document(f"{name}-table", title, use, ("csv",), f"tables.spreadsheet:{name}", raw=True)
        for name, title, use in (
            ("records", N_("Table of records"), N_("Each record, its status and dates, for a spreadsheet.")),
            ("calls", N_("Table of calls"), N_("Each call to the plan with its answers, for a spreadsheet.")),
            ("questions", N_("Table of questions"), N_("Each question and its answer, for a spreadsheet.")),
            ("time", N_("Table of time spent"), N_("The time log, for a spreadsheet or a bill.")),
        )
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


class _Documents(Mapping[str, Document]):
    """Every document by name: those with their own module, and a letter for each pack file."""

    def __getitem__(self, name: str) -> Document:
        return _all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())


DOCUMENTS = _Documents()


def _all() -> dict[str, Document]:
    return _documents(os.environ.get("WORKBOOK_PACKS", ""))


@functools.cache
def _documents(practice: str) -> dict[str, Document]:
    found = {document.name: document for document in _OWN}
    for letter in letters(practice):
        if letter.name in found:
            raise BadFile(f"letters/{letter.name}.toml: a document has this name already. Choose another one.")
        found[letter.name] = Document(
            letter.name, letter.title, letter.use, LETTER, FILLERS[letter.fills], SUBJECTS[letter.about], letter=letter
        )
    return _in_order(found)


def _in_order(found: Mapping[str, Document]) -> dict[str, Document]:
    """Each letter after the document it names, the others in file order."""
    after: dict[str, list[str]] = {}
    for document in found.values():
        place = document.letter.after if document.letter and document.letter.after in found else ""
        beside = after.setdefault(place, [])
        # of two letters after the same document, the newer comes first
        beside.insert(0 if place else len(beside), document.name)
    order: dict[str, Document] = {}

    def put(names: Sequence[str]) -> None:
        for name in names:
            order[name] = found[name]
            put(after.get(name, ()))

    put(after.get("", ()))
    # two letters that name each other are still included
    return order if len(order) == len(found) else {**order, **found}


def find(name: str, form: str) -> Document:
    """The document with that name; CannotExport with the available names or formats."""
    document = DOCUMENTS.get(name)
    if document is None:
        known = ", ".join(DOCUMENTS)
        raise CannotExport(tr("There is no document with that name. The documents are: {names}.").format(names=known))
    if form not in document.formats:
        known = ", ".join(document.formats)
        raise CannotExport(
            tr("{document} comes as {formats}. Choose one of these.").format(document=tr(document.title), formats=known)
        )
    return document


def subjects(document: Document, case: Case, today: dt.date) -> list[tuple[str, str]]:
    """The entries a document can be about, as (id, label); empty if it is about the whole case."""
    return list(_function(document.about)(case, today)) if document.about else []


def maker(document: Document, form: str = "") -> Callable[[Case, Wanted], Any]:
    """The maker function of the document; for the format fhir, the one that makes its bytes."""
    made = _function(document.bundle if form == FHIR else document.maker)
    return functools.partial(made, letter=document.letter) if document.letter else made


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f".{module}", __package__), name)
    return found
