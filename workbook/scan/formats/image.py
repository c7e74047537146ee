"""Image headers: format, size in pixels, and whether a photo has a GPS position. Decodes nothing."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import head, take
from ..values import File, HealthRecord, Source

_START = limits.MIB  # a photo's thumbnail and color profiles precede its size
_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_NO_SIZE_MARKS = (0xC4, 0xC8, 0xCC)  # within the JPEG frame markers these are tables
_GPS = 0x8825  # Exif: the pointer to the GPS data

_MOST_PAGES = 10_000

Size = tuple[int, int]


def read(source: Source) -> File:
    """The properties of an image. Raises BadRecord if its header is damaged."""
    start = head(source, _START)
    document = HealthRecord(source.path, "image")
    file = File(source.path, "image", document=document)
    for name, fits, measure in _FORMATS:
        if fits(start):
            try:
                width, height = measure(start)
            except (struct.error, IndexError, ValueError):
                width = height = 0
            if not (width and height):
                raise BadRecord("damaged", tr("The picture is damaged or cut short. Ask for it again."))
            text = tr("{format} picture, {width} × {height} pixels.")
            document.notes.append(text.format(format=name, width=width, height=height))
            file.pages = _pages(source) if name == "TIFF" else None
            if name == "HEIC":
                document.notes.append(tr("Many programs cannot open it. Send it as a JPEG or a PDF."))
            break
    else:
        document.notes.append(tr("A kind of picture we cannot read."))
    if says_place(start):
        document.notes.append(tr("The photo says where it was taken."))
    if start.startswith(b"\x89PNG") and not _is_whole_png(source):
        raise BadRecord("damaged", tr("The picture is damaged or cut short. Ask for it again."))
    return file


def _pages(source: Source) -> int | None:
    """The pages of a TIFF, which faxes have; None if they cannot be counted. Each page is met once."""
    with source.open() as stream:
        start = take(stream, 8)
        order = "<" if start[:2] == b"II" else ">"
        if not stream.seekable() or start[2:4] not in (b"*\0", b"\0*"):
            return None
        (place,) = struct.unpack_from(f"{order}I", start, 4)
        met: set[int] = set()
        while place and place not in met and len(met) < _MOST_PAGES:
            met.add(place)
            stream.seek(place)
            (entries,) = struct.unpack(f"{order}H", take(stream, 2).ljust(2, b"\0"))
            stream.seek(place + 2 + 12 * entries)
            (place,) = struct.unpack(f"{order}I", take(stream, 4).ljust(4, b"\0"))
    return len(met) or None


def says_place(start: bytes) -> bool:
    """Whether the Exif data of a photo has a position (GPS)."""
    at = start.find(b"Exif\0\0", 0, 128 * limits.KIB)
    if at < 0:
        return False
    tiff = start[at + 6 : at + 6 + 65_536]
    try:
        return _GPS in _entries(tiff)
    except (struct.error, ValueError):
        return False


def _entries(tiff: bytes) -> dict[int, int]:
    """The first directory of a TIFF: tags and their values."""
    order = {b"II": "<", b"MM": ">"}[tiff[:2]] if tiff[:2] in (b"II", b"MM") else None
    if order is None:
        raise ValueError
    (place,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, place)
    found = {}
    for n in range(min(count, 512)):
        tag, kind = struct.unpack_from(f"{order}HH", tiff, place + 2 + 12 * n)
        (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", tiff, place + 10 + 12 * n)
    return found


def _png(start: bytes) -> Size:
    width, height = struct.unpack_from(">II", start, 16)
    return width, height


def _jpeg(start: bytes) -> Size:
    """Walks the segments to the frame header."""
    place = 2
    while place + 9 < len(start):
        if start[place] != 0xFF:
            raise ValueError
        mark = start[place + 1]
        if mark == 0xFF:
            place += 1
        elif 0xC0 <= mark <= 0xCF and mark not in _NO_SIZE_MARKS:
            height, width = struct.unpack_from(">HH", start, place + 5)
            return width, height
        elif 0xD0 <= mark <= 0xD8 or mark == 1:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", start, place + 2)
            if length < 2:
                raise ValueError
            place += 2 + length
    raise ValueError


def _gif(start: bytes) -> Size:
    width, height = struct.unpack_from("<HH", start, 6)
    return width, height


def _bmp(start: bytes) -> Size:
    if struct.unpack_from("<I", start, 14)[0] == 12:
        width, height = struct.unpack_from("<HH", start, 18)
    else:
        width, height = struct.unpack_from("<ii", start, 18)
    return abs(width), abs(height)  # a negative height: the rows are stored top-down


def _webp(start: bytes) -> Size:
    if start[12:16] == b"VP8X":
        return 1 + int.from_bytes(start[24:27], "little"), 1 + int.from_bytes(start[27:30], "little")
    if start[12:16] == b"VP8L":
        bits = int.from_bytes(start[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", start, 26)
    return width & 0x3FFF, height & 0x3FFF


def _tiff(start: bytes) -> Size:
    """From the first directory; if it is further back, which is common, the size is not read."""
    order = "<" if start[:2] == b"II" else ">"
    if start[2:4] in (b"+\0", b"\0+") or struct.unpack_from(f"{order}I", start, 4)[0] >= len(start):
        return 1, 1
    tags = _entries(start)
    return tags.get(256, 0), tags.get(257, 0)


def _heic(start: bytes) -> Size:
    """The size that is shown, else the largest: the photo is stored in tiles and has a thumbnail."""
    if (shown := start.find(b"clap", 0, 256 * limits.KIB)) > 0:
        across, of_across, down, of_down = struct.unpack_from(">IIII", start, shown + 4)
        if of_across and of_down:
            return across // of_across, down // of_down
    sizes = [struct.unpack_from(">II", start, m.end() + 4) for m in re.finditer(b"ispe", start[: 256 * limits.KIB])]
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height


_FORMATS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], Size]], ...] = (
    ("PNG", lambda b: b.startswith(b"\x89PNG"), _png),
    ("JPEG", lambda b: b.startswith(b"\xff\xd8\xff"), _jpeg),
    ("GIF", lambda b: b.startswith(b"GIF8"), _gif),
    ("TIFF", lambda b: b[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), _tiff),
    ("WebP", lambda b: b[:4] == b"RIFF" and b[8:12] == b"WEBP", _webp),
    ("BMP", lambda b: b.startswith(b"BM"), _bmp),
    ("HEIC", lambda b: b[4:8] == b"ftyp" and b[8:12] in _BRANDS, _heic),
)


def _is_whole_png(source: Source) -> bool:
    """Whether the end chunk is near the end; some programs append a few bytes."""
    with source.open() as stream:
        try:
            stream.seek(max(source.size - 4096, 0))
        except (OSError, ValueError):
            return True
        return b"IEND" in stream.read(4096)
