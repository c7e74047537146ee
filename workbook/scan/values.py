"""What a look at a folder of records finds, as plain values. Knows the names of formats and nothing else.

Dates are ISO texts, `2026`, `2026-11` or `2026-11-22`; empty where nobody said. A path is relative to the folder
that was looked at, with `/`; a member of an archive is `archive.zip!/member`. It is always printable: what a file
is opened by is kept apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from .register import Kind

Status = Literal["ok", "damaged", "refused", "duplicate", "skipped"]


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom a file says it is about: the name as people write it (`Given Family`), birth date, number.

    `birth_wrong` says that a birth date is written that cannot be; `birth` is empty then. `worded` says that the name
    was found by its label in the words of a text, which is less sure than a field of its own.
    """

    name: str = ""
    birth: str = ""
    id: str = ""
    family: str = ""
    given: str = ""
    issuer: str = ""
    birth_wrong: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: on disk or a member of an archive.

    `open` gives a stream from its first byte; reading a member that is damaged or longer than it says raises
    `errors.BadRecord`. `changed` says whether the file on disk is no longer the one that was listed.
    """

    path: str
    size: int
    open: Callable[[], BinaryIO]
    changed: Callable[[], bool] = bool


@dataclass(slots=True)
class Image:
    """The header of one DICOM file: what tells study, series and image apart, and whether it is whole.

    `named` are the studies that the text of a report names, `worded` the people whom it names as its patient.
    """

    study_uid: str = ""
    series_uid: str = ""
    sop_uid: str = ""
    sop_class: str = ""
    modality: str = ""
    body_part: str = ""
    description: str = ""
    series_description: str = ""
    accession: str = ""
    date: str = ""
    patient: Patient = field(default_factory=Patient)
    frames: int = 1
    cut_short: bool = False
    is_picture: bool = False
    is_report: bool = False
    named: list[Named] = field(default_factory=list)
    worded: list[Patient] = field(default_factory=list)


@dataclass(slots=True)
class Listed:
    """One entry of a list in a file: its name, the state the file gives it, and a date if there is one."""

    name: str
    status: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An imaging study that a document names; the files need not hold it.

    `modality` is the DICOM code (`US`, `MR`, `CT`, `MG`; `DX` stands for any plain X-ray). `body_part` is one of the
    codes in `body_parts` (`BREAST`, `LSPINE`), empty where the document does not say.
    """

    modality: str
    body_part: str = ""
    date: str = ""


@dataclass(slots=True)
class Document:
    """What a FHIR, C-CDA or Apple Health file, a report or a claim file holds.

    `worded` are the people whom its words, or the papers attached to it, name as their patient.
    """

    path: str
    kind: Kind
    patient: Patient = field(default_factory=Patient)
    date: str = ""
    title: str = ""
    code: str = ""
    medications: list[Listed] = field(default_factory=list)
    allergies: list[Listed] = field(default_factory=list)
    diagnoses: list[Listed] = field(default_factory=list)
    problems: int = 0
    labs: int = 0
    encounters: int = 0
    notes: list[str] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=list)
    worded: list[Patient] = field(default_factory=list)
    studies: list[Named] = field(default_factory=list)


@dataclass(slots=True)
class File:
    """One row of the inventory; a refused or damaged file stays a row, with the reason in `why`.

    `source` opens it again, to hash or copy it; it is no part of what is told about the file. `sha256` is there
    only where files had to be compared.
    """

    path: str
    kind: Kind
    status: Status = "ok"
    why: str = ""
    size: int = 0
    patient: Patient = field(default_factory=Patient)
    image: Image | None = None
    document: Document | None = None
    pages: int | None = None
    is_scan: bool | None = None
    sha256: str = ""
    source: Source | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class Study:
    """One imaging study, put together from its files; `missing` says in words what is not there.

    `images` counts the objects that hold pictures, each once however many copies there are, and `frames` the pictures
    in them, for one may hold hundreds; `objects` counts all, reports, plans and tracings too. `reports` are the files
    that hold a report of this study.
    """

    study_uid: str
    patient: Patient
    date: str = ""
    modality: str = ""
    body_part: str = ""
    description: str = ""
    accession: str = ""
    series: int = 0
    images: int = 0
    frames: int = 0
    objects: int = 0
    missing: str = ""
    reports: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Directory:
    """A DICOMDIR against the files that are there; `unsafe` names lead out of the disc, `unlisted` files it forgot."""

    path: str
    references: int = 0
    present: int = 0
    missing: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    why: str = ""


Verdict = Literal["same", "other", "cannot tell"]


@dataclass(slots=True)
class Person:
    """One patient found; without a case there is no verdict. `note` says what the verdict rests on, or what is wrong.

    `birth_wrong` and `worded` are as in `Patient`.
    """

    name: str
    birth: str = ""
    ids: list[str] = field(default_factory=list)
    verdict: Verdict | None = None
    note: str = ""
    birth_wrong: bool = False
    worded: bool = False

    @property
    def patient(self) -> Patient:
        """This person as a patient to compare with."""
        return Patient(self.name, self.birth, birth_wrong=self.birth_wrong, worded=self.worded)


@dataclass(slots=True)
class Coverage:
    """One item of the checklist: the files that answer it, and in words what is missing."""

    item: str
    found: list[str] = field(default_factory=list)
    missing: str = ""


@dataclass(slots=True)
class Inventory:
    """All that was found. `stopped` says why reading ended early; it is empty where all was read."""

    files: list[File] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    dicomdir: list[Directory] = field(default_factory=list)
    patients: list[Person] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    stopped: str = ""
