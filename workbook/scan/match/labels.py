"""A study as a line that people read and programs find again. Knows the vocabulary of imaging and no case."""

from __future__ import annotations

from collections.abc import Iterable

from ...locale import plural
from ...rules.imaging import body_parts, modalities
from ..values import Study
from . import record_lines


def line(codes: Iterable[str], day: str, body: str = "") -> str:
    """A scan as a line that people read and programs find again: words, the code, the part, the day as it is stored.

    >>> line(["MR"], "2026-10-14", "LSPINE")
    'MRI (MR), lower back (lumbar spine), 2026-10-14'
    """
    codes = list(codes)
    words, code = modalities.labels(codes), "/".join(codes)
    named = f"{words} ({code})" if words and words != code else words
    told = ", ".join(x for x in (named, body_parts.label(body), day) if x)
    return told[:1].upper() + told[1:]


def study_line(study: Study) -> str:
    """A study on a disc as such a line with the number of its images."""
    counted = plural("1 image", "{n} images", study.images)
    return f"{line(record_lines.modalities(study) or [study.modality], study.date, study.body_part)}: {counted}"
