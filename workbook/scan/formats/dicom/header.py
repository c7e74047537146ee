"""The top-level elements of a DICOM header, read without a library. Knows DICOM PS3.5 and PS3.10, and the limits.

pydicom reads everything and takes half a millisecond a file; a disc holds thousands of files, and twenty elements of
each are wanted. What is unusual is left to pydicom (`Odd`), so that only one of them has to know it.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from ...dicom_signs import LONG_VRS, VRS

CHARSET = 0x00080005
SOP_CLASS, SOP_UID = 0x00080016, 0x00080018
STUDY_DATE, ACCESSION, MODALITY = 0x00080020, 0x00080050, 0x00080060
STUDY_DESCRIPTION, SERIES_DESCRIPTION = 0x00081030, 0x0008103E
NAME, PATIENT_ID, ISSUER, BIRTH = 0x00100010, 0x00100020, 0x00100021, 0x00100030
BODY_PART, STUDY_UID, SERIES_UID = 0x00180015, 0x0020000D, 0x0020000E
SIZE = frozenset((0x00280002, 0x00280010))  # colors of a pixel, rows: what holds these holds an image
FRAMES = 0x00280008
META_CLASS, SYNTAX = 0x00020002, 0x00020010
WANTED = frozenset(
    (
        *(CHARSET, SOP_CLASS, SOP_UID, STUDY_DATE, ACCESSION, MODALITY, STUDY_DESCRIPTION, SERIES_DESCRIPTION),
        *(NAME, PATIENT_ID, ISSUER, BIRTH, BODY_PART, STUDY_UID, SERIES_UID, FRAMES, *SIZE, META_CLASS, SYNTAX),
    )
)
PIXELS = frozenset((0x7FE00008, 0x7FE00009, 0x7FE00010))  # float, double float, whole numbers

IMPLICIT = b"1.2.840.10008.1.2"
DEFLATED, BIG = b"1.2.840.10008.1.2.1.99", b"1.2.840.10008.1.2.2"

UNDEFINED = 0xFFFFFFFF
_DEEPEST = 64  # sequences within sequences; reports nest some ten deep
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD

_ELEMENT = {"<": struct.Struct("<HH2sH").unpack_from, ">": struct.Struct(">HH2sH").unpack_from}
_NUMBER = {"<": struct.Struct("<I").unpack_from, ">": struct.Struct(">I").unpack_from}


class Odd(Exception):
    """A header this module leaves to pydicom."""


class Short(Exception):
    """The header goes on behind the bytes at hand."""


class Header(NamedTuple):
    """The wanted elements as they lie in the file, and where the pixels are.

    `pixels` is the place of the pixels' value, 0 where there are none, `length` its bytes as stated. `cut` says that
    the file ends before the header does, or an element claims more than the file holds.
    """

    elements: dict[int, bytes]
    pixels: int = 0
    length: int = 0
    cut: bool = False


class Form(NamedTuple):
    """How elements are written: with their type or without, and in which order of bytes."""

    explicit: bool = True
    order: str = "<"


EXPLICIT_LITTLE = Form()


def meta(head: bytes, size: int) -> tuple[dict[int, bytes], int]:
    """The elements before the data set, which are always explicit and little-endian, and where the data set begins."""
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
    """How the data set is written; what is compressed inside is explicit and little-endian. Odd where nobody says."""
    syntax = syntax.rstrip(b"\0 ")
    if not syntax:
        raise Odd
    return Form(syntax != IMPLICIT, ">" if syntax == BIG else "<")


def walk(head: bytes, place: int, size: int, form: Form) -> Header:
    """The header of a data set that begins at a place; `size` is that of the whole file.

    Raises Short where more bytes are needed, Odd for what pydicom has to read.
    """
    found: dict[int, bytes] = {}
    end, value, length = len(head), 0, 0
    if place + 8 <= end and form.explicit != (head[place + 4 : place + 6] in VRS):
        raise Odd  # the file is not written as it says
    try:
        while place + 8 <= end:
            tag, vr, value, length = step(head, place, form)
            if tag >= 0x7FE00000:
                if tag in PIXELS:
                    return Header(found, value, length)
                if tag >= 0x7FE10000:
                    return Header(found)  # padding, signatures: nothing that is wanted comes behind the pixels
            if length == UNDEFINED:
                place = behind(head, value, _inner(head, value, vr, form))
                continue
            if tag in WANTED:
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
    """How a sequence of unknown length is written: one whose type is not known is always implicit (PS3.5, 6.2.2)."""
    if not form.explicit or vr == b"SQ":
        return form
    if vr != b"UN" or head[value + 12 : value + 14] in VRS:
        raise Odd  # some are written as the rest of the file is, against the rule
    return Form(False, "<")


def step(data: bytes, place: int, form: Form) -> tuple[int, bytes, int, int]:
    """Tag, type, place of the value and its length, of the element at a place with eight bytes behind it."""
    explicit, order = form
    group, element, vr, length = _ELEMENT[order](data, place)
    tag = group << 16 | element
    if not explicit or group == 0xFFFE:  # items carry no type
        return tag, b"", place + 8, _NUMBER[order](data, place + 4)[0]
    if vr in LONG_VRS:
        if place + 12 > len(data):
            raise Short
        return tag, vr, place + 12, _NUMBER[order](data, place + 8)[0]
    if vr not in VRS:
        raise Odd
    return tag, vr, place + 8, length


def behind(head: bytes, place: int, form: Form) -> int:
    """The place behind a sequence without a length; what is open is kept in a list, for a file may nest at will."""
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
