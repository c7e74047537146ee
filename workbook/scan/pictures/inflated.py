"""A deflated DICOM file as the same without that: its data set in memory, within limits. Knows sources and zlib."""

from __future__ import annotations

import io
import zlib

from .. import limits, sources
from ..formats.dicom import header as head_of
from ..formats.dicom.header import Odd, Short
from ..values import Source
from .described import NoPicture

LARGEST = 64 * limits.MIB  # unpacked


def source(packed: Source) -> Source:
    """The file itself, or its inflated data set. Raises NoPicture if that is too large."""
    head = sources.head(packed, 2 * limits.HEAD)
    if head[128:132] != b"DICM" or head_of.DEFLATED not in head[: limits.HEAD]:
        return packed
    try:
        meta, place = head_of.meta(head, packed.size)
    except (Short, Odd):
        return packed
    if meta.get(head_of.SYNTAX, b"").rstrip(b"\0 ") != head_of.DEFLATED:
        return packed
    data = sources.head(packed, min(packed.size, LARGEST))
    inflate = zlib.decompressobj(-15)
    made = inflate.decompress(data[place:], LARGEST)
    if inflate.unconsumed_tail:
        raise NoPicture("odd")
    return Source(packed.path, len(made), lambda: io.BytesIO(made))
