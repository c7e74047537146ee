"""What a file is, told from its first bytes and never from its name. Knows the words for kinds only.

What looks like JSON is called `fhir` and what looks like XML by its root; the reader of that kind corrects it after
reading (`other` for JSON or XML that is no record).
"""

from __future__ import annotations

import re
import struct

from ...locale import tr
from ..values import Kind

DIRECTORY_CLASS = b"1.2.840.10008.1.3.10"  # Media Storage Directory: DICOM PS3.4, table B.5
VRS = frozenset(
    b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split()
)
LONG_VRS = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())  # PS3.5, 7.1.2: four bytes of length
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"II+\0", "image"),
    (b"MM\0+", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"L\0\0\0\x01\x14\x02\0", "program"),  # a Windows shortcut
    *((start, "program") for start in PROGRAMS),
)
_SHORT = (b"MZ", b"BZh")  # a note may begin so too
_XML: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"<(\w+:)?ClinicalDocument[\s>]|<[^>]*xmlns(:\w+)?=[\"']urn:hl7-org:v3[\"']"), "ccda"),
    (re.compile(rb"<(!DOCTYPE\s+)?HealthData[\s>\[]"), "apple-health"),
    (re.compile(rb"<[^>]*xmlns=[\"']http://hl7\.org/fhir[\"']"), "fhir"),
    (re.compile(rb"<(!doctype\s+html|html)[\s>]", re.I), "text"),
)
_JSON = re.compile(rb"\s*(\{\s*[\"}]|\[\s*[\[{\]\"]|\{\s*$)")
_SCRIPT = re.compile(rb"#!|@echo\b|\[autorun\]", re.I)
_BLUE_BUTTON = re.compile(rb"MYMEDICARE\.GOV|MEDICARE\.GOV PERSONAL|MY\s?HEALTHEVET|BLUE BUTTON", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind(head: bytes, path: str = "") -> Kind:
    """The kind of a file that begins so; the path is not looked at, it is there for those who want to log it.

    >>> kind(b"%PDF-1.7"), kind(b'{"resourceType": "Patient"}'), kind(b"MZ\\x90\\0"), kind(b"")
    ('pdf', 'fhir', 'program', 'other')
    """
    if head[128:132] == b"DICM":
        return "dicomdir" if DIRECTORY_CLASS in head[132:1024] else "dicom"
    for start, found in _MAGIC:
        if head.startswith(start) and (start not in _SHORT or _CONTROL.search(head[2:256])):
            return found
    if head.startswith(b"PK\x03\x04"):
        return _packed(head)
    if head[257:262] == b"ustar" or head[32769:32774] == b"CD001":
        return "archive"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "image"
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"):
        return "image"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    # A stray first byte: damaged, yet DICOM.
    if bare := _bare_dicom(head) or _bare_dicom(head[1:]):
        return bare
    return _words(head)


def is_xml(head: bytes) -> bool:
    """Whether the text is XML of some kind; also where `kind` says `other`."""
    return plain(head).lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"<!--")) or bool(
        re.match(rb"\s*<[A-Za-z_][\w:.-]*[\s/>]", plain(head))
    )


def plain(head: bytes) -> bytes:
    """The first bytes of a text as UTF-8 without its mark, whichever Unicode form it came in."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    for mark, code in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2 : len(head) & ~1].decode(code, "replace").encode()
    return head


def _packed(head: bytes) -> Kind:
    """A zip is an archive, unless it is how an office document or a Java program is kept."""
    first = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    if first.startswith(b"META-INF/"):
        return "program"
    return "other" if first in (b"[Content_Types].xml", b"mimetype") else "archive"


def _words(head: bytes) -> Kind:
    """The kind of a text; `other` where it is none."""
    text = plain(head)
    start = text.lstrip()
    # A text with one stray control character is still a text: XML from phones holds some.
    if not start or (_CONTROL.search(text[:4096]) and not start.startswith((b"<?xml", b"<ClinicalDocument", b"{"))):
        return "other"
    if start.startswith(b"<"):
        return next((found for pattern, found in _XML if pattern.search(text)), "other")
    if _JSON.match(text):
        return "fhir"
    if start.startswith(b"{\\rtf"):
        return "other"
    if _SCRIPT.match(start):
        return "program"
    return "blue-button-text" if _BLUE_BUTTON.search(text[:4096]) else "text"


def _bare_dicom(head: bytes) -> Kind | None:
    """DICOM that begins with its first element, as some exports do: three elements must follow each other in order."""
    for reader in (_explicit_little, _explicit_big, _implicit_little):
        place, before = 0, -1
        tags: list[int] = []
        while len(tags) < 3 and place + 8 <= len(head):
            tag, place = reader(head, place)
            if tag <= before or tag >> 16 not in (2, 4, 8, 0x10) or place > len(head) + (1 << 16):
                break
            tags.append(tag)
            before = tag
        else:
            if len(tags) == 3 and tags[0] >> 16 in (2, 4, 8):
                is_directory = tags[0] >> 16 == 4 or DIRECTORY_CLASS in head[:1024]
                return "dicomdir" if is_directory else "dicom"
    return None


def _explicit_little(head: bytes, place: int) -> tuple[int, int]:
    return _explicit(head, place, "<")


def _explicit_big(head: bytes, place: int) -> tuple[int, int]:
    return _explicit(head, place, ">")


def _explicit(head: bytes, place: int, order: str) -> tuple[int, int]:
    group, element, vr, length = struct.unpack_from(f"{order}HH2sH", head, place)
    if vr not in VRS:
        return -1, place
    if vr not in LONG_VRS:
        return group << 16 | element, place + 8 + length
    if place + 12 > len(head):
        return -1, place
    return group << 16 | element, place + 12 + struct.unpack_from(f"{order}I", head, place + 8)[0]


def _implicit_little(head: bytes, place: int) -> tuple[int, int]:
    group, element, length = struct.unpack_from("<HHI", head, place)
    return group << 16 | element, place + 8 + length


_ENDINGS: dict[str, Kind] = {
    **dict.fromkeys(("dcm", "dicom"), "dicom"),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar", "iso"), "archive"),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "tif", "tiff", "heic", "bmp"), "image"),
    "pdf": "pdf",
}


def misnamed(path: str, found: Kind) -> str:
    """A sentence where a file's name promises another kind of file than it is; "" for all others."""
    _name, dot, ending = path.rpartition(".")
    promised = _ENDINGS.get(ending.casefold()) if dot else None
    if promised is None or promised == found or (promised == "dicom" and found == "dicomdir"):
        return ""
    return tr("Its name ends in .{ending}, but it is another kind of file.").format(ending=ending.casefold())
