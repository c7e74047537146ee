"""Recognizes DICOM by its first bytes, with or without preamble. Knows bytes only."""

from __future__ import annotations

import struct

DIRECTORY_CLASS = b"1.2.840.10008.1.3.10"  # Media Storage Directory: DICOM PS3.4, table B.5
VRS = frozenset(
    b"AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split()
)
LONG_VRS = frozenset(b"OB OD OF OL OV OW SQ SV UC UN UR UT UV".split())  # PS3.5, 7.1.2: four bytes of length


def is_marked(head: bytes) -> bool:
    """Whether the DICOM marker is present."""
    return head[128:132] == b"DICM"


def is_marked_directory(head: bytes) -> bool:
    """Whether the marker is present and the file is a DICOMDIR."""
    return is_marked(head) and DIRECTORY_CLASS in head[132:1024]


def is_bare(head: bytes) -> bool:
    """Whether it is DICOM without preamble, as some exports write it; one stray byte may precede it."""
    return _bare(head) == "dicom"


def is_bare_directory(head: bytes) -> bool:
    """The same for a DICOMDIR."""
    return _bare(head) == "dicomdir"


def _bare(head: bytes) -> str:
    return _from_first_element(head) or _from_first_element(head[1:])


def _from_first_element(head: bytes) -> str:
    """The bytes from a first element on: three elements must follow each other in order."""
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
    return ""


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
