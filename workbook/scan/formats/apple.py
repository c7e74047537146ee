"""Apple Health exports: birth date, and counts of their contents. Knows XML as a stream.

An export can be larger than memory, so it is parsed as a stream. iOS 16 wrote an invalid
document type, and phones write characters that XML forbids: both are removed from the stream. The
clinical records are separate files next to it, which are read as FHIR.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..phrases import dates
from ..sources import take
from ..values import File, HealthRecord, Patient, Source
from .bounded_xml import CONTROL, DEEPEST, Failed, feed, has_entities, parser
from .fhir.values import day

_PROLOG = 256 * limits.KIB  # Apple's document type is some 10 KB
_CHUNK = 128 * limits.KIB
_COUNTED = ("Record", "ClinicalRecord", "Workout")
_BIRTH = "HKCharacteristicTypeIdentifierDateOfBirth"


def read(source: Source) -> File:
    """The contents of an export, counted. Raises BadRecord if it is damaged or declares entities."""
    found = _Counts()
    reader = parser()
    reader.StartElementHandler, reader.EndElementHandler = found.start, found.end
    with source.open() as stream:
        clean = _Clean(stream)
        try:
            feed(reader, iter(clean.read, b""))
        except Failed:
            raise _damaged() from None
    if found.root != "HealthData":
        return File(source.path, "other", why=tr("XML, but not a kind of health record we can read."))
    notes = {
        "Record": tr("Measurements from a phone or watch: {n}."),
        "Workout": tr("Workouts: {n}."),
        "ClinicalRecord": tr("Records from clinics named in it: {n}. They are in the files next to it."),
    }
    document = HealthRecord(source.path, "apple-health", patient=found.patient, date=found.date)
    document.notes = [words.format(n=found.counts[name]) for name, words in notes.items() if found.counts[name]]
    return File(source.path, "apple-health", patient=document.patient, document=document)


class _Counts:
    """What an export contains, counted from its tags; no more of it is kept."""

    def __init__(self) -> None:
        self.root, self.date, self.patient = "", "", Patient()
        self.counts = dict.fromkeys(_COUNTED, 0)
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins. Raises BadRecord if too many are open."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise _damaged()
        name = name.rpartition(":")[2]
        self.root = self.root or name
        if self._depth == 2 and name in self.counts:
            self.counts[name] += 1
        elif name == "Me":
            born = dates.birth(attributes.get(_BIRTH))
            self.patient = Patient(birth=born.day, birth_wrong=born.wrong)
        elif name == "ExportDate":
            self.date = day(attributes.get("value"))

    def end(self, _name: str) -> None:
        """A tag ends."""
        self._depth -= 1


class _Clean:
    """The stream as UTF-8 without document type and without characters that XML forbids."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        start = take(stream, _PROLOG)
        wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
        self._decoder = codecs.getincrementaldecoder("utf-16" if wide else "utf-8")("replace")
        self._ready = without_doctype(self._text(start))

    def read(self) -> bytes:
        """The next bytes, of any number; none at the end."""
        while not self._ready:
            data = take(self._stream, _CHUNK)
            if not data:
                return b""
            self._ready = self._text(data)
        ready, self._ready = self._ready, b""
        return ready

    def _text(self, data: bytes) -> bytes:
        return self._decoder.decode(data).removeprefix("\ufeff").encode("utf-8", "replace").translate(None, CONTROL)


def without_doctype(start: bytes) -> bytes:
    """The start of an XML text without its document type. Raises BadRecord if it declares entities.

    >>> without_doctype(b"<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a ANY>]><a/>")
    b"<?xml version='1.0'?><a/>"
    """
    begin = start.find(b"<!DOCTYPE")
    root = start.find(b"<HealthData") if begin < 0 else _after(start, begin)
    if re.search(rb"<!ENTITY", start[: root if root > 0 else len(start)], re.IGNORECASE):
        raise has_entities()
    if begin < 0:
        return start
    if root < 0:
        raise _damaged()
    return start[:begin] + start[root:]


def _after(start: bytes, begin: int) -> int:
    """The end of the document type; -1 if it is incomplete. The malformed one of iOS 16 also ends in `]>`."""
    inner = start.find(b"[", begin)
    end = start.find(b">", begin)
    if inner < 0 or 0 <= end < inner:
        return end + 1 if end >= 0 else -1
    match = re.search(rb"\]\s*>", start[inner:])
    return inner + match.end() if match else -1


def _damaged() -> BadRecord:
    return BadRecord("damaged", tr("The Apple Health export is damaged or cut short. Export it again."))
