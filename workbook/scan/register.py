"""Every kind of file a scan can meet, one `Format` each: its signs, its reader, its words. Knows bytes and words only.

To add one, write its reader and add its name to `Kind` and its `Format` to `FORMATS`; nothing else lists formats.
A reader in `formats` is imported when the first file of its kind comes, so that a scan starts quickly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple, get_args

from ..locale import N_
from . import dicom_signs as dicom

Kind = Literal[
    "dicom",
    "dicomdir",
    "fhir",
    "ccda",
    "apple-health",
    "blue-button-text",
    "pdf",
    "image",
    "text",
    "archive",
    "program",
    "other",
]
WALKED = frozenset(("dicom", "dicomdir", "archive", "program", "other"))  # the walk handles these; they have no reader

PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe")  # fmt: skip
ZIP = b"PK\x03\x04"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Stage(IntEnum):
    """How sure a sign is. All formats are asked for the surest kind of sign first."""

    MARKER = 0  # a signature that outranks the first bytes: a TIFF may also be DICOM
    START = 1  # the first bytes
    PLACE = 2  # bytes at a fixed place
    LOOSE = 3  # something further in, or the structure of the first elements
    XML = 4  # text that begins with "<"
    TEXT = 5  # any other text


class Sign(NamedTuple):
    """One way to recognize a format. `fits` gets the first bytes; for XML and text as UTF-8 without a BOM."""

    stage: Stage
    fits: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    `name` is the code in JSON output, `label` what the index of a packet calls the file. `reader` is the module in
    `formats` whose `read(source)` makes its row. XML of a format whose `root` fits (local name, namespace) goes to
    `xml_reader` and its `read(source, root)`, or to `reader` where that is empty. `packs` says that compression is
    worth its time, `is_paper` that a person may recognize a paper in it where no reader can, `is_picture` that it
    shows pictures, in which a name may be seen. `endings` are endings of file names that promise this format.
    """

    name: Kind
    label: str
    signs: tuple[Sign, ...] = ()
    reader: str = ""
    root: Callable[[str, str], bool] | None = None
    xml_reader: str = ""
    packs: bool = False
    is_paper: bool = False
    is_picture: bool = False
    endings: tuple[str, ...] = ()

    @property
    def is_record(self) -> bool:
        """Whether there is a reader for it: it may hold a health record."""
        return bool(self.reader or self.xml_reader)


def starts(*prefixes: bytes) -> Sign:
    """The file begins with one of these."""
    return Sign(Stage.START, lambda head: head.startswith(prefixes))


def starts_binary(*prefixes: bytes) -> Sign:
    """The file begins with one of these and is no text: a note may begin so too."""
    return Sign(Stage.START, lambda head: head.startswith(prefixes) and CONTROL.search(head[2:256]))


def zip_of(name: bytes) -> Sign:
    """A zip whose first member has such a name."""
    whole = re.compile(name, re.DOTALL)
    return Sign(Stage.START, lambda head: head.startswith(ZIP) and whole.fullmatch(_first_member(head)))


def _first_member(head: bytes) -> bytes:
    return head[30 : 30 + int.from_bytes(head[26:28], "little")]


def place(fits: Callable[[bytes], object]) -> Sign:
    """Bytes at a fixed place."""
    return Sign(Stage.PLACE, fits)


def xml(pattern: bytes, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> Sign:
    """XML or HTML in which this is found."""
    return Sign(Stage.XML, re.compile(pattern, flags).search)


def text(pattern: bytes, flags: re.RegexFlag = re.RegexFlag.NOFLAG, within: int | None = None) -> Sign:
    """Text other than XML in which this is found, in its first bytes where `within` says how many."""
    found = re.compile(pattern, flags).search
    return Sign(Stage.TEXT, lambda words: found(words[:within]))


# Of signs of one stage the first that fits counts, in this order.
FORMATS = (
    Format(
        "archive",
        N_("Archive"),
        (
            starts(b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
            starts(b"PK\x05\x06", b"PK\x07\x08"),
            starts_binary(b"BZh"),
            place(lambda head: head.startswith(ZIP)),  # one that is no document and no program
            place(lambda head: head[257:262] == b"ustar" or head[32769:32774] == b"CD001"),
        ),
        endings=("zip", "rar", "7z", "gz", "tar", "iso"),
    ),
    Format(
        "image",
        N_("Picture"),
        (
            starts(b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
            place(lambda head: head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif")),
            place(lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
            place(lambda head: head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"),
        ),
        reader="image",
        is_paper=True,
        is_picture=True,
        endings=("jpg", "jpeg", "png", "gif", "tif", "tiff", "heic", "bmp"),
    ),
    Format(
        "pdf",
        N_("PDF"),
        (starts(b"%PDF-"), Sign(Stage.LOOSE, lambda head: b"%PDF-" in head[:1024])),
        reader="pdf",
        is_paper=True,
        endings=("pdf",),
    ),
    Format(
        "dicomdir",
        N_("The disc's own list (DICOMDIR)"),
        (Sign(Stage.MARKER, dicom.is_marked_directory), Sign(Stage.LOOSE, dicom.is_bare_directory)),
    ),
    Format(
        "dicom",
        N_("Image"),
        (Sign(Stage.MARKER, dicom.is_marked), Sign(Stage.LOOSE, dicom.is_bare)),
        is_picture=True,
        endings=("dcm", "dicom"),
    ),
    Format(
        "ccda",
        N_("Health record (C-CDA)"),
        (xml(rb"<(\w+:)?ClinicalDocument[\s>]|<[^>]*xmlns(:\w+)?=[\"']urn:hl7-org:v3[\"']"),),
        root=lambda name, space: name == "ClinicalDocument" or (name, space) == ("section", "urn:hl7-org:v3"),
        xml_reader="ccda.document",
        packs=True,
    ),
    Format(
        "apple-health",
        N_("Apple Health export"),
        (xml(rb"<(!DOCTYPE\s+)?HealthData[\s>\[]"),),
        reader="apple",
        root=lambda name, space: name == "HealthData",
        packs=True,
    ),
    Format(  # any JSON looks like it; its reader says `other` where it is none
        "fhir",
        N_("Health record (FHIR)"),
        (
            xml(rb"<[^>]*xmlns=[\"']http://hl7\.org/fhir[\"']"),
            text(rb"\A\s*(\{\s*[\"}]|\[\s*[\[{\]\"]|\{\s*\Z)"),
        ),
        reader="fhir.resources",
        root=lambda name, space: space == "http://hl7.org/fhir",
        xml_reader="fhir.from_xml",
        packs=True,
    ),
    Format(
        "other",
        N_("Other file"),
        (zip_of(rb"\[Content_Types\]\.xml|mimetype"), text(rb"\A\s*\{\\rtf")),
    ),
    Format(
        "program",
        N_("Program"),
        (
            starts(*PROGRAMS[1:], b"L\0\0\0\x01\x14\x02\0"),  # the last one is a Windows shortcut
            starts_binary(b"MZ"),
            zip_of(rb"META-INF/.*"),
            text(rb"\A\s*(#!|@echo\b|\[autorun\])", re.IGNORECASE),
        ),
    ),
    Format(
        "blue-button-text",
        N_("Claims (Blue Button)"),
        (text(rb"MYMEDICARE\.GOV|MEDICARE\.GOV PERSONAL|MY\s?HEALTHEVET|BLUE BUTTON", re.IGNORECASE, 4096),),
        reader="blue_button",
        packs=True,
    ),
    Format(
        "text",
        N_("Text"),
        (xml(rb"<(!doctype\s+html|html)[\s>]", re.IGNORECASE), text(rb"")),
        reader="plain_text",
        packs=True,
        is_paper=True,
    ),
)


def by_name(formats: Iterable[Format]) -> dict[Kind, Format]:
    """The formats by name. LookupError where one is missing, there twice, unknown, or can never be recognized or read.

    >>> by_name([*FORMATS, FORMATS[0]])
    Traceback (most recent call last):
    LookupError: The format "archive" is registered twice.
    """
    found: dict[Kind, Format] = {}
    for one in formats:
        if one.name in found:
            raise LookupError(f'The format "{one.name}" is registered twice.')
        if one.name not in get_args(Kind):
            raise LookupError(f'The format "{one.name}" is not among the kinds of file.')
        if not one.signs:
            raise LookupError(f'The format "{one.name}" has no sign to recognize it by.')
        if one.is_record == (one.name in WALKED) or bool(one.xml_reader) > bool(one.root):
            raise LookupError(f'Nothing reads the format "{one.name}".')
        found[one.name] = one
    if missing := [name for name in get_args(Kind) if name not in found]:
        raise LookupError(f'The format "{missing[0]}" is not registered.')
    return found


BY_NAME = by_name(FORMATS)
