"""The results of scanning a folder of records, as plain values. Knows the names of formats and nothing else.

Dates are ISO texts, `2026`, `2026-11` or `2026-11-22`; "" if unknown. A path is relative to the scanned
folder, with `/`; a member of an archive is `archive.zip!/member`. It is always printable: the original name for
opening the file is stored separately.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

from .register import Kind

Held = Literal["images", "report", "key images", "marks", "drawing", "plan", "dose", "tracing", "model", "raw", "other"]
"""What the objects of a series hold: images, or what is stored beside them."""
Status = Literal["ok", "damaged", "refused", "duplicate", "skipped"]


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient of a file: display name (`Given Family`), birth date, number.

    `birth_wrong` means that an impossible birth date is written; `birth` is empty then. `worded` means that the name
    was found by its label in a text, which is less certain than a structured field. `animal` means that the file
    names a species other than human.
    """

    name: str = ""
    birth: str = ""
    id: str = ""
    family: str = ""
    given: str = ""
    issuer: str = ""
    birth_wrong: bool = False
    worded: bool = False
    animal: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A readable file: on disk or a member of an archive.

    `open` returns a stream from its first byte; reading a member that is damaged or longer than declared raises
    `errors.BadRecord`. `changed` returns whether the file on disk was replaced since it was listed. `sum` is what an
    archive says of its bytes (CRC-32): two of its members with different sums are different.
    """

    path: str
    size: int
    open: Callable[[], BinaryIO]
    changed: Callable[[], bool] = bool
    sum: str = ""


@dataclass(slots=True)
class Image:
    """The header of one DICOM file: study, series and image identifiers, and whether it is complete.

    `number` is the place of the image in its series (instance number), 0 if none is given. `place` is the institution.
    `named` are the studies that the text of a report names, `worded` the people it names as its patient.
    """

    study_uid: str = ""
    series_uid: str = ""
    sop_uid: str = ""
    sop_class: str = ""
    modality: str = ""
    body_part: str = ""
    description: str = ""
    series_description: str = ""
    series_number: str = ""
    number: int = 0
    accession: str = ""
    date: str = ""
    place: str = ""
    patient: Patient = field(default_factory=Patient)
    frames: int = 1
    holds: Held = "images"
    cut_short: bool = False
    is_picture: bool = False
    is_report: bool = False
    named: tuple[Named, ...] = ()
    worded: tuple[Patient, ...] = ()


@dataclass(slots=True)
class Listed:
    """One entry of a list in a file: its name, its status in the file, a date, and how a medicine is taken."""

    name: str
    status: str = ""
    date: str = ""
    dose: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """An imaging study that a document names; the files need not include it. `images` is how many it says there are.

    `modality` is the DICOM code (`US`, `MR`, `CT`, `MG`; `DX` for any plain X-ray). `body_part` is one of the
    codes in `body_parts` (`BREAST`, `LSPINE`), "" if the document does not say.
    """

    modality: str
    body_part: str = ""
    date: str = ""
    images: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """One test result as a file gives it: the value as text, its unit and its range; `flag` as the laboratory set it.

    `code` is that of the test (LOINC), "" if none is given.
    """

    name: str
    value: str
    unit: str = ""
    range: str = ""
    date: str = ""
    flag: str = ""
    code: str = ""


@dataclass(slots=True)
class HealthRecord:
    """The contents of a FHIR, C-CDA or Apple Health file, a report or a claim file.

    `worded` are the people whom its text, or attached documents, name as their patient.
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
    results: list[Result] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=list)
    worded: list[Patient] = field(default_factory=list)
    studies: list[Named] = field(default_factory=list)


@dataclass(slots=True)
class File:
    """One row of the inventory; a refused or damaged file is still a row, with the reason in `why`.

    `source` opens it again, to hash or copy it; it is not part of the output. `sha256` is set
    only if files had to be compared. `locked` means that a password would open it.
    """

    path: str
    kind: Kind
    status: Status = "ok"
    why: str = ""
    size: int = 0
    patient: Patient = field(default_factory=Patient)
    image: Image | None = None
    document: HealthRecord | None = None
    pages: int | None = None
    is_scan: bool | None = None
    sha256: str = ""
    locked: bool = False
    source: Source | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class Series:
    """One series of a study: what it holds, how much of it, and which numbers are missing between its first and last.

    `number` and `description` are as the scanner wrote them. `images` counts files, `frames` the pictures in them,
    `clips` the files that are moving pictures. `numbers` are the instance numbers, `gaps` the ranges that are not
    here, both ends included. `middle` is the path of the file in the middle.
    """

    uid: str
    number: str = ""
    description: str = ""
    modality: str = ""
    holds: Held = "images"
    images: int = 0
    frames: int = 0
    clips: int = 0
    numbers: tuple[int, ...] = ()
    gaps: tuple[tuple[int, int], ...] = ()
    middle: str = ""


@dataclass(slots=True)
class Study:
    """One imaging study, grouped from its files; `missing` describes what is not there, `note` what to know besides.

    `parts` are its series.
    `images` counts the objects with pictures, without duplicates, and `frames` the pictures
    in them, because one may have hundreds; `objects` counts all, including reports, plans and tracings. `reports` are
    the files with a report of this study.
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
    note: str = ""
    place: str = ""
    parts: list[Series] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Directory:
    """A DICOMDIR compared with the files; `unsafe` references lead out of the disc, `unlisted` files are not in it.

    `missing` are the references without a file, `lacks` the same as a sentence for each series.
    """

    path: str
    references: int = 0
    present: int = 0
    missing: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    why: str = ""


Verdict = Literal["same", "other", "cannot tell"]


@dataclass(slots=True)
class Person:
    """One patient found; without a case there is no verdict. `note` gives the reason for the verdict, or a problem.

    `birth_wrong`, `worded` and `animal` are as in `Patient`.
    """

    name: str
    birth: str = ""
    ids: list[str] = field(default_factory=list)
    verdict: Verdict | None = None
    note: str = ""
    birth_wrong: bool = False
    worded: bool = False
    animal: bool = False

    @property
    def patient(self) -> Patient:
        """This person as a patient, for comparison."""
        return Patient(self.name, self.birth, birth_wrong=self.birth_wrong, worded=self.worded, animal=self.animal)


Place = Literal["field", "list", "text"]
"""Where a file names its patient: in a field for it, in a disc's own list (DICOMDIR), or in its words."""


@dataclass(slots=True)
class Sign:
    """What some files name of their patient, and what follows: one row of how we know whose it is.

    `name`, `birth` and `id` are as in `Patient`, `verdict` and `why` as the verdict and note of `Person`. `paths`
    are the first files with exactly this, `files` is how many there are.
    """

    name: str = ""
    birth: str = ""
    id: str = ""
    place: Place = "field"
    verdict: Verdict | None = None
    why: str = ""
    paths: list[str] = field(default_factory=list)
    files: int = 0


@dataclass(slots=True)
class Coverage:
    """One item of the checklist: the files that answer it, and what is missing as text."""

    item: str
    found: list[str] = field(default_factory=list)
    missing: str = ""


@dataclass(slots=True)
class Inventory:
    """All results. `stopped` says why the scan ended early; "" if everything was read.

    `signs` are what the files name of their patient, unless it is the right one without doubt.
    """

    files: list[File] = field(default_factory=list)
    studies: list[Study] = field(default_factory=list)
    documents: list[HealthRecord] = field(default_factory=list)
    dicomdir: list[Directory] = field(default_factory=list)
    patients: list[Person] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)
    stopped: str = ""
