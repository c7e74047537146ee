"""A file inside a health record: a report as PDF, RTF, Word or text. Its words name studies and a patient.

Knows the readers of such files. The words are discarded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from ...locale import plural, tr
from .. import limits
from ..errors import BadRecord
from ..phrases import labeled, reports
from ..register import BY_NAME
from ..values import Named, Patient, Source
from . import office, pdf, plain_text, sniff


@dataclass(slots=True)
class Attached:
    """What an attached file is, in words, and what its own words name. `pages` is of a PDF; `slow` if it took long."""

    what: str
    pages: int | None = None
    is_scan: bool | None = None
    studies: list[Named] = field(default_factory=list)
    worded: list[Patient] = field(default_factory=list)
    slow: bool = False


def look(data: bytes) -> Attached:
    """What a file is. Never raises: one that cannot be read says so."""
    kind = sniff.kind(data[: limits.HEAD])
    try:
        if kind == "pdf":
            return _pdf(data)
        if kind == "office":
            document = office.read(_source(data)).document
            assert document is not None
            return Attached(document.notes[0].rstrip("."), studies=document.studies, worded=document.worded)
    except BadRecord as bad:
        return Attached(f"{tr(BY_NAME[kind].label)}. {bad}".rstrip("."), slow=True)
    if kind in ("text", "table"):
        text = plain_text.words_of(data[: limits.MIB])
        what = tr("a text")
        return Attached(what, studies=reports.studies_named(text), worded=labeled.patients(text))
    if kind == "image":
        from . import image

        try:
            found = image.read(_source(data)).document
        except BadRecord as bad:
            return Attached(f"{tr(BY_NAME[kind].label)}. {bad}".rstrip("."))
        return Attached(found.notes[0].rstrip(".") if found else tr("Picture"))
    return Attached(tr("a file that was not opened") if kind == "other" else tr(BY_NAME[kind].label))


def _pdf(data: bytes) -> Attached:
    said = pdf.properties(_source(data))
    text = str(said["text"])
    what = plural("a PDF with 1 page", "a PDF with {n} pages", int(said["pages"]))
    if said["scan"]:
        what = tr("{pdf}, a picture of the paper").replace("{pdf}", what)
    return Attached(what, said["pages"], said["scan"], reports.studies_named(text), labeled.patients(text))


def _source(data: bytes) -> Source:
    return Source("", len(data), lambda: io.BytesIO(data))
