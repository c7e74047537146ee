"""The studies that a DICOM report names: in structured text (SR), or in an encapsulated PDF. Knows reports.

A report nests its text arbitrarily. Its elements are found by tag at any level, so that nesting costs
nothing; the text is searched for names of studies and discarded.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from ... import limits, sources
from ...errors import BadRecord
from ...phrases import labeled, reports
from ...values import Named, Patient, Source
from .. import pdf
from .text import lines

_TEXT = re.compile(rb"\x40\0\x60\xa1(?:UT\0\0)?(.{4})", re.DOTALL)  # (0040,A160) Text Value, with or without VR
_INSIDE = re.compile(rb"\x42\0\x11\0(?:OB\0\0)?(.{4})", re.DOTALL)  # (0042,0011) Encapsulated Document


def read(source: Source, charset: bytes) -> tuple[list[Named], list[Patient]]:
    """The studies that a report names and its patient; empty if it is too large for a report, or has an
    unusual transfer syntax.
    """
    if source.size > limits.REPORT:
        return [], []
    data = sources.head(source, limits.REPORT)
    texts = ["\n".join(lines(value, charset) for value in _values(_TEXT, data, 4 * reports.LONGEST))]
    for value in _values(_INSIDE, data, limits.REPORT):
        if b"%PDF-" in value[:1024]:
            with contextlib.suppress(BadRecord):
                texts.append(pdf.text_of(value))
            break
    found = [study for text in texts for study in reports.studies_named(text)]
    return list(dict.fromkeys(found)), [who for text in texts for who in labeled.patients(text)]


def named(source: Source, charset: bytes) -> list[Named]:
    """The studies that a report names."""
    return read(source, charset)[0]


def _values(element: re.Pattern[bytes], data: bytes, left: int) -> Iterator[bytes]:
    """The values of an element, at most `left` bytes: one may contain what looks like the start of another."""
    for match in element.finditer(data):
        length = int.from_bytes(match[1], "little")
        if length <= min(len(data) - match.end(), left):
            left -= length
            yield data[match.end() : match.end() + length]
