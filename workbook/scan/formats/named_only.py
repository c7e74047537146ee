"""Files that are named and not read: videos, images in rare formats, databases. Knows their first bytes."""

from __future__ import annotations

from ...locale import tr
from .. import limits
from ..register import Kind
from ..sources import head
from ..values import File, HealthRecord, Source
from . import sniff

_HEALTH_CONNECT = (b"health_connect", b"heart_rate_record", b"steps_record_table", b"activity_date_table")


def read(source: Source) -> File:
    """A row that says what the file is and what to do with it."""
    start = head(source, limits.MIB)
    kind = sniff.kind(start[: limits.HEAD])
    document = HealthRecord(source.path, kind, notes=[_words(kind, start)])
    return File(source.path, kind, document=document)


def _words(kind: Kind, start: bytes) -> str:
    if kind == "video":
        return tr("A video. We cannot see what it shows. Play it, and check that it is the right one.")
    if kind == "database":
        if any(sign in start for sign in _HEALTH_CONNECT):
            return tr("A backup of Android Health Connect: measurements of a phone. It has no records from a clinic.")
        return tr("A database of a program. It was not read. Open it with that program.")
    if start.startswith(b"IMGF"):
        return tr("Images of an old GE scanner (Genesis). Few programs open them. Ask for them in DICOM format.")
    return tr("Images in a research format (NIfTI). Few programs open them. Ask for them in DICOM format.")
