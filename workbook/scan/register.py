"""The registry of file formats, one `Format` each: signs, reader, labels. Knows bytes and words only.

To add one, write its reader and add its name to `Kind` and its `Format` to `FORMATS`; there is no other list.
A reader in `formats` is imported with the first file of its format, so that a scan starts quickly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple, get_args

from ..locale import N_
from . import dicom_signs as dicom
from .table_signs import is_table

Kind = Literal[
    "dicom",
    "dicomdir",
    "fhir",
    "ccda",
    "apple-health",
    "blue-button-text",
    "pdf",
    "image",
    "office",
    "table",
    "video",
    "scanner",
    "database",
    "health-card",
    "text",
    "archive",
    "program",
    "other",
]
# handled by the directory walk; they have no reader
WALKED = frozenset(("dicom", "dicomdir", "archive", "program", "other"))

PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe")  # fmt: skip
IMAGES = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # brands of pictures in the container of videos
ZIP = b"PK\x03\x04"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Stage(IntEnum):
    """The confidence of a sign. All formats are checked for the most confident stage first."""

    MARKER = 0  # a signature that outranks the first bytes: a TIFF may also be DICOM
    START = 1  # the first bytes
    PLACE = 2  # bytes at a fixed offset
    LOOSE = 3  # bytes further in, or the structure of the first elements
    XML = 4  # text that begins with "<"
    TEXT = 5  # any other text


class Sign(NamedTuple):
    """One way to recognize a format. `fits` gets the first bytes; for XML and text as UTF-8 without a BOM."""

    stage: Stage
    fits: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Format:
    """One file format.

    `name` is the code in JSON output, `label` its name in a packet's index. `reader` is the module in
    `formats` whose `read(source)` returns the row. XML whose root matches `root` (local name, namespace) goes to
    `xml_reader` and its `read(source, root)`, or to `reader` if that is empty. `packs` means that it is worth
    compressing, `is_paper` that a person may recognize a document in it where no reader can, `is_picture` that it
    shows images, in which a name may be visible. `endings` are the file extensions of this format.
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
        """Whether there is a reader for it: it may contain a health record."""
        return bool(self.reader or self.xml_reader)


def starts(*prefixes: bytes) -> Sign:
    """The file begins with one of these."""
    return Sign(Stage.START, lambda head: head.startswith(prefixes))


def starts_binary(*prefixes: bytes) -> Sign:
    """The file begins with one of these and is not text: a note may begin so too."""
    return Sign(Stage.START, lambda head: head.startswith(prefixes) and CONTROL.search(head[2:256]))


def zip_of(name: bytes) -> Sign:
    """A zip whose first member has such a name."""
    whole = re.compile(name, re.DOTALL)
    return Sign(Stage.START, lambda head: head.startswith(ZIP) and whole.fullmatch(_first_member(head)))


def _first_member(head: bytes) -> bytes:
    return head[30 : 30 + int.from_bytes(head[26:28], "little")]


def place(fits: Callable[[bytes], object]) -> Sign:
    """Bytes at a fixed offset."""
    return Sign(Stage.PLACE, fits)


def xml(pattern: bytes, flags: re.RegexFlag = re.RegexFlag.NOFLAG) -> Sign:
    """XML or HTML that contains this."""
    return Sign(Stage.XML, re.compile(pattern, flags).search)


def text(pattern: bytes, flags: re.RegexFlag = re.RegexFlag.NOFLAG, within: int | None = None) -> Sign:
    """Text other than XML that contains this, in its first `within` bytes if given."""
    found = re.compile(pattern, flags).search
    return Sign(Stage.TEXT, lambda words: found(words[:within]))


# Among signs of one stage the first match wins, in this order.
FORMATS = (
    Format(
        "archive",
        N_("Archive"),
        (
            starts(b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"),
            starts(b"PK\x05\x06", b"PK\x07\x08"),
            starts_binary(b"BZh"),
            place(lambda head: head.startswith(ZIP)),  # neither a document nor a program
            place(lambda head: head[257:262] == b"ustar" or head[32769:32774] == b"CD001"),
        ),
        endings=("zip", "rar", "7z", "gz", "tar", "iso"),
    ),
    Format(
        "image",
        N_("Picture"),
        (
            starts(b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
            place(lambda head: head[4:8] == b"ftyp" and head[8:12] in IMAGES),
            place(lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
            place(lambda head: head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"),
        ),
        reader="image",
        is_paper=True,
        is_picture=True,
        endings=("jpg", "jpeg", "png", "gif", "tif", "tiff", "heic", "bmp"),
    ),
    Format(
        "video",
        N_("Video"),
        (
            starts(b"\x1aE\xdf\xa3", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"FLV\x01", b"\0\0\x01\xba", b"\0\0\x01\xb3"),
            place(lambda head: head[4:8] in (b"ftyp", b"moov", b"mdat") and head[8:12] not in IMAGES),
            place(lambda head: head[:4] == b"RIFF" and head[8:12] == b"AVI "),
        ),
        reader="named_only",
        endings=("mp4", "mov", "avi", "wmv", "mpg", "mpeg", "mkv"),
    ),
    Format(
        "scanner",
        N_("Images in another format"),
        (
            starts(b"IMGF"),
            place(lambda head: head[344:348] in (b"n+1\0", b"ni1\0") or head[4:12] == b"n+2\0\r\n\x1a\n"),
        ),
        reader="named_only",
        is_picture=True,
    ),
    Format(
        "database",
        N_("Database"),
        (starts(b"SQLite format 3\0"),),
        reader="named_only",
    ),
    Format(
        "office",
        N_("Document"),
        (
            zip_of(rb"\[Content_Types\]\.xml|mimetype|_rels/\.rels|docProps/.*|word/.*"),
            starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            text(rb"\A\s*\{\\rtf"),
        ),
        reader="office",
        is_paper=True,
        endings=("doc", "docx", "rtf", "odt"),
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
    Format(  # any JSON matches; its reader reports `other` if it is not FHIR
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
        (Sign(Stage.TEXT, lambda _: False),),  # what has no other sign
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
        "health-card",
        N_("SMART Health Card"),
        (text(rb"\bshc:/\d"),),
        reader="fhir.card_text",
    ),
    Format(
        "table",
        N_("Table"),
        (Sign(Stage.TEXT, is_table),),
        reader="table",
        packs=True,
        endings=("csv", "tsv"),
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
    """The formats by name. LookupError if one is missing, duplicate, unknown, or can never be recognized or read.

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
