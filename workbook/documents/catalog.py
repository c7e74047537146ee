"""Which documents there are, in which formats, and what each is about. Knows no format and makes nothing itself.

Each document names the function that makes it as `module:function`; it is imported when it is wanted.
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
    `large` says that it also comes in large print, `letter` which pack a letter is from.
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

    def __post_init__(self) -> None:
        """ValueError for a format that there is not, or that only a document which makes its own bytes can have."""
        for form in self.formats:
            if form not in FORMATS or not (self.raw or FORMATS[form].draw):
                raise ValueError(f"the document {self.name} cannot come as {form}")


_OWN = (
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
        N_("With who saw which records."),
        (*PAGE, "docx"),
        "sheets.comparison:comparison",
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


class _Documents(Mapping[str, Document]):
    """Every document by name: those made by a module of their own, and a letter for each pack file."""

    def __getitem__(self, name: str) -> Document:
        return _documents(os.environ.get("WORKBOOK_PACKS", ""))[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_documents(os.environ.get("WORKBOOK_PACKS", "")))

    def __len__(self) -> int:
        return len(_documents(os.environ.get("WORKBOOK_PACKS", "")))


DOCUMENTS = _Documents()


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
    """Each letter after the document it names, the others in the order they come."""
    after: dict[str, list[str]] = {}
    for document in found.values():
        place = document.letter.after if document.letter and document.letter.after in found else ""
        beside = after.setdefault(place, [])
        beside.insert(0 if place else len(beside), document.name)  # of two after the same one, the newer comes first
    order: dict[str, Document] = {}

    def put(names: Sequence[str]) -> None:
        for name in names:
            order[name] = found[name]
            put(after.get(name, ()))

    put(after.get("", ()))
    return order if len(order) == len(found) else {**order, **found}  # two that name each other still come


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
    made = _function(document.maker)
    return functools.partial(made, letter=document.letter) if document.letter else made


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(f".{module}", __package__), name)
    return found
