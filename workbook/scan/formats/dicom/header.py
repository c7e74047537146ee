"""Parses the top-level elements of a DICOM header without a library. Knows DICOM PS3.5 and PS3.10, and the limits.

pydicom reads everything and takes half a millisecond a file; a disc has thousands of files, and only twenty elements
of each are needed. Unusual headers are left to pydicom (`Odd`), so that only one of them needs to handle them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from ...dicom_signs import LONG_VRS, VRS

CHARSET = 0x00080005
SOP_CLASS, SOP_UID = 0x00080016, 0x00080018
STUDY_DATE, ACCESSION, MODALITY, PLACE = 0x00080020, 0x00080050, 0x00080060, 0x00080080
OTHER_DATES = (
    0x00080022,
    0x00080021,
    0x00080023,
)  # of acquisition, series and content: the date of a study may be empty
STUDY_DESCRIPTION, SERIES_DESCRIPTION = 0x00081030, 0x0008103E
NAME, PATIENT_ID, ISSUER, BIRTH = 0x00100010, 0x00100020, 0x00100021, 0x00100030
SPECIES = 0x00102201
BODY_PART, STUDY_UID, SERIES_UID = 0x00180015, 0x0020000D, 0x0020000E
SERIES_NUMBER, NUMBER = 0x00200011, 0x00200013
SAMPLES, FRAMES, ROWS, COLUMNS, BITS = 0x00280002, 0x00280008, 0x00280010, 0x00280011, 0x00280100
SIZE = frozenset((SAMPLES, ROWS))  # elements of an image
META_CLASS, SYNTAX = 0x00020002, 0x00020010
WANTED = frozenset(
    (
        *(CHARSET, SOP_CLASS, SOP_UID, STUDY_DATE, ACCESSION, MODALITY, STUDY_DESCRIPTION, SERIES_DESCRIPTION),
        *(NAME, PATIENT_ID, ISSUER, BIRTH, BODY_PART, STUDY_UID, SERIES_UID, FRAMES, *SIZE, META_CLASS, SYNTAX),
        *(COLUMNS, BITS, *OTHER_DATES),
        *(PLACE, SERIES_NUMBER, NUMBER, SPECIES),
    )
)
PIXELS = frozenset((0x7FE00008, 0x7FE00009, 0x7FE00010))  # float, double float, integer

IMPLICIT = b"1.2.840.10008.1.2"
DEFLATED, BIG = b"1.2.840.10008.1.2.1.99", b"1.2.840.10008.1.2.2"

SHORT_VRS = frozenset(VRS) - frozenset(LONG_VRS)  # with a length of two bytes

UNDEFINED = 0xFFFFFFFF
_DEEPEST = 64  # nested sequences; reports nest about ten deep
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD

_ELEMENT = {"<": struct.Struct("<HH2sH").unpack_from, ">": struct.Struct(">HH2sH").unpack_from}
_NUMBER = {"<": struct.Struct("<I").unpack_from, ">": struct.Struct(">I").unpack_from}


class Odd(Exception):
    """A header left to pydicom."""


class Short(Exception):
    """The header continues after the given bytes."""


class Header(NamedTuple):
    """The raw values of the wanted elements, and the offset of the pixels.

    `pixels` is the offset of the pixel data, 0 if there is none, `length` its declared length. `cut` means that
    the file ends before the header does, or an element declares more than the file contains.
    """

    elements: dict[int, bytes]
    pixels: int = 0
    length: int = 0
    cut: bool = False


class Form(NamedTuple):
    """The encoding of elements: explicit or implicit VR, and byte order."""

    explicit: bool = True
    order: str = "<"


EXPLICIT_LITTLE = Form()


def meta(head: bytes, size: int) -> tuple[dict[int, bytes], int]:
    """The file meta elements, which are always explicit little-endian, and the offset of the data set."""
    found: dict[int, bytes] = {}
    place = 132
    while place + 8 <= len(head):
        if head[place : place + 2] != b"\2\0":
            return found, place
        tag, _, value, length = step(head, place, EXPLICIT_LITTLE)
        if length == UNDEFINED:
            raise Odd
        if tag in WANTED:
            found[tag] = head[value : value + length]
        place = value + length
    if place >= size:
        return found, place
    raise Short


def form_of(syntax: bytes) -> Form:
    """The transfer syntax; compressed pixel data implies explicit little-endian. Odd if it is not declared."""
    syntax = syntax.rstrip(b"\0 ")
    if not syntax:
        raise Odd
    return Form(syntax != IMPLICIT, ">" if syntax == BIG else "<")


def walk(head: bytes, place: int, size: int, form: Form, wanted: frozenset[int] = WANTED) -> Header:
    """The header of a data set at an offset; `size` is that of the whole file.

    Raises Short if more bytes are needed, Odd for what pydicom has to read.
    """
    found: dict[int, bytes] = {}
    end, value, length = len(head), 0, 0
    if place + 8 <= end and form.explicit != (head[place + 4 : place + 6] in VRS):
        raise Odd  # the file does not use its declared encoding
    unpack, short = _ELEMENT[form.order], SHORT_VRS if form.explicit else frozenset()
    try:
        while place + 8 <= end:
            group, element, vr, length = unpack(head, place)
            if vr in short and group < 0x7FE0:  # most are: `step` without its call, for the sake of large discs
                tag, value = group << 16 | element, place + 8
                after = value + length
                if tag in wanted:
                    if after > end:
                        break
                    found[tag] = head[value:after]
                place = after
                continue
            tag, vr, value, length = step(head, place, form)
            if tag >= 0x7FE00000:
                if tag in PIXELS:
                    return Header(found, value, length)
                if tag >= 0x7FE10000:
                    return Header(found)  # padding, signatures: no wanted element follows the pixels
            if length == UNDEFINED:
                place = behind(head, value, _inner(head, value, vr, form))
                continue
            if tag in wanted:
                if value + length > end:
                    break
                found[tag] = head[value : value + length]
            place = value + length
    except Short:
        if end < size:
            raise
        return Header(found, cut=True)
    if place == size:
        return Header(found)
    if end >= size or place > size or value + length > size:
        return Header(found, cut=True)
    raise Short


def _inner(head: bytes, value: int, vr: bytes, form: Form) -> Form:
    """The encoding of a sequence of undefined length: with an unknown VR it is always implicit (PS3.5, 6.2.2)."""
    if not form.explicit or vr == b"SQ":
        return form
    if vr != b"UN" or head[value + 12 : value + 14] in VRS:
        raise Odd  # some are encoded like the rest of the file, against the standard
    return Form(False, "<")


def step(data: bytes, place: int, form: Form) -> tuple[int, bytes, int, int]:
    """Tag, VR, offset and length of the value, for the element at an offset with eight bytes available."""
    explicit, order = form
    group, element, vr, length = _ELEMENT[order](data, place)
    tag = group << 16 | element
    if not explicit or group == 0xFFFE:  # items have no VR
        return tag, b"", place + 8, _NUMBER[order](data, place + 4)[0]
    if vr in LONG_VRS:
        if place + 12 > len(data):
            raise Short
        return tag, vr, place + 12, _NUMBER[order](data, place + 8)[0]
    if vr not in VRS:
        raise Odd
    return tag, vr, place + 8, length


def behind(head: bytes, place: int, form: Form) -> int:
    """The offset after a sequence of undefined length; uses an explicit stack, because a file may nest arbitrarily."""
    end = len(head)
    within = [True]  # True: a sequence, False: one of its items
    while within:
        if place + 8 > end:
            raise Short
        tag, vr, place, length = step(head, place, form)
        if tag == (SEQUENCE_END if within[-1] else ITEM_END):
            within.pop()
        elif (tag == ITEM) != within[-1]:
            raise Odd
        elif length != UNDEFINED:
            place += length
        elif (form.explicit and vr not in (b"SQ", b"")) or len(within) == _DEEPEST:
            raise Odd
        else:
            within.append(tag != ITEM)
    return place
