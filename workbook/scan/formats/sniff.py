"""Detects a file's format by its contents, never by its name. Knows the signs of the registered formats.

JSON is reported as `fhir`, and XML by its root; the reader corrects this after
parsing (`other` for JSON or XML that is not a record).
"""

from __future__ import annotations

import re

from ...locale import tr
from ..register import CONTROL, FORMATS, Kind, Sign, Stage

_SIGNS: dict[Stage, list[tuple[Sign, Kind]]] = {
    stage: [(sign, one.name) for one in FORMATS for sign in one.signs if sign.stage is stage] for stage in Stage
}
_BYTES = (Stage.MARKER, Stage.START, Stage.PLACE, Stage.LOOSE)
_ENDINGS: dict[str, Kind] = {ending: one.name for one in FORMATS for ending in one.endings}


def kind(head: bytes, path: str = "") -> Kind:
    """The format of a file with these first bytes; the path is not used, only available for logging.

    >>> kind(b"%PDF-1.7"), kind(b'{"resourceType": "Patient"}'), kind(b"MZ\\x90\\0"), kind(b"")
    ('pdf', 'fhir', 'program', 'other')
    """
    for stage in _BYTES:
        if found := _signed(stage, head):
            return found
    return _words(head)


def is_xml(head: bytes) -> bool:
    """Whether the text is XML of any kind; also if `kind` returns `other`."""
    return plain(head).lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"<!--")) or bool(
        re.match(rb"\s*<[A-Za-z_][\w:.-]*[\s/>]", plain(head))
    )


def plain(head: bytes) -> bytes:
    """The first bytes of a text as UTF-8 without BOM, from any Unicode encoding."""
    if head.startswith(b"\xef\xbb\xbf"):
        return head[3:]
    for mark, code in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2 : len(head) & ~1].decode(code, "replace").encode()
    return head


def _signed(stage: Stage, data: bytes) -> Kind | None:
    """The first format with a matching sign of this stage."""
    return next((name for sign, name in _SIGNS[stage] if sign.fits(data)), None)


def _words(head: bytes) -> Kind:
    """The kind of a text; `other` if it is not text."""
    text = plain(head)
    start = text.lstrip()
    # A text with one stray control character is still text: XML from phones contains some.
    if not start or (CONTROL.search(text[:4096]) and not start.startswith((b"<?xml", b"<ClinicalDocument", b"{"))):
        return "other"
    return _signed(Stage.XML if start.startswith(b"<") else Stage.TEXT, text) or "other"


def misnamed(path: str, found: Kind) -> str:
    """A sentence if a file's extension does not match its format; "" otherwise."""
    _name, dot, ending = path.rpartition(".")
    promised = _ENDINGS.get(ending.casefold()) if dot else None
    if promised is None or promised == found or (promised == "dicom" and found == "dicomdir"):
        return ""
    return tr("Its name ends in .{ending}, but it is another kind of file.").format(ending=ending.casefold())
