"""What a DICOM file says of its pixels: size, kind, shades, and where they are. Knows the header and the limits.

Nothing it says is trusted: every number is checked against the file before it counts.
"""

from __future__ import annotations

import math
import struct
from typing import Literal, NamedTuple

from .. import limits, sources
from ..dicom_signs import VRS
from ..formats.dicom import header as head_of
from ..formats.dicom.header import Form, Header, Odd, Short
from ..values import Source

Why = Literal["compressed", "damaged", "none", "odd", "slow"]

HEADER = 4 * limits.MIB  # of a file that a picture is made from
SIDE = 32_768  # pixels
PIXELS = 1 << 27  # of one frame

_SAMPLES, _COLORS, _PLANAR, _FRAMES = 0x00280002, 0x00280004, 0x00280006, 0x00280008
_ROWS, _COLUMNS = 0x00280010, 0x00280011
_SPACINGS = (0x00280030, 0x00181164, 0x00280034)  # of pixels, at the detector, or as a ratio
_ALLOCATED, _STORED, _HIGH, _SIGNED = 0x00280100, 0x00280101, 0x00280102, 0x00280103
_PADDING, _CENTER, _WIDTH, _INTERCEPT, _SLOPE = 0x00280120, 0x00281050, 0x00281051, 0x00281052, 0x00281053
_TABLES = ((0x00281101, 0x00281201), (0x00281102, 0x00281202), (0x00281103, 0x00281203))
_WANTED = frozenset(
    (
        *(_SAMPLES, _COLORS, _PLANAR, _FRAMES, _ROWS, _COLUMNS, *_SPACINGS, _ALLOCATED, _STORED, _HIGH, _SIGNED),
        *(_PADDING, _CENTER, _WIDTH, _INTERCEPT, _SLOPE, *(tag for pair in _TABLES for tag in pair)),
    )
)
_OLDEST = b"1.2.840.10008.1.2"  # what a file without meta information uses, or the explicit form of it
_COMPRESSED = ("1.2.840.10008.1.2.4.", "1.2.840.10008.1.2.5")
_STRETCH = 8.0  # between the height and the width of a pixel; more is an error


class NoPicture(Exception):
    """No picture can be made; `why` says for which kind of reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class Described(NamedTuple):
    """The pixels of one frame, the middle one.

    `place` is where the pixel data begin and `length` their length, None if they are compressed. `stretch` is the
    height of a pixel by its width. `window` is center and width, `scale` slope and intercept. `tables` are the red,
    green and blue of a palette, with its first value. `is_swapped` means that the bytes of each pair changed places.
    """

    rows: int
    columns: int
    samples: int
    colors: str
    is_planar: bool
    is_swapped: bool
    bits: int
    stored: int
    high: int
    is_signed: bool
    order: str
    frames: int
    stretch: float
    padding: int | None
    window: tuple[float, float] | None
    scale: tuple[float, float]
    tables: tuple[int, tuple[bytes, ...]] | None
    syntax: str
    place: int
    length: int | None

    @property
    def frame(self) -> int:
        """The bytes of one frame, unpacked."""
        return self.rows * self.columns * (2 if self.is_halved else self.samples) * self.bits // 8

    @property
    def is_halved(self) -> bool:
        """Whether two pixels share their colors (PS3.3, C.7.6.3.1.2): their brightnesses come first, then the two."""
        return self.colors == "YBR_FULL_422" and self.length is not None


def describe(source: Source) -> Described:
    """What a file says of its pixels. Raises NoPicture if they are none that a picture can be made from."""
    found, syntax, order, is_word = _header(source)
    if not found.pixels:
        raise NoPicture("damaged" if found.cut else "none")
    one = _described(found, syntax, order)
    one = one._replace(is_swapped=is_word and order == ">" and one.bits < 16)
    if not (0 < one.rows <= SIDE and 0 < one.columns <= SIDE and one.rows * one.columns <= PIXELS):
        raise NoPicture("damaged" if not one.rows * one.columns else "odd")
    if one.samples not in (1, 3) or one.bits not in (1, 8, 16, 32) or (one.samples == 3 and one.stored < 8):
        raise NoPicture("odd")
    if one.is_halved and (one.samples != 3 or one.bits != 8 or one.columns % 2 or one.is_planar):
        raise NoPicture("odd")
    if not 0 < one.stored <= one.high + 1 <= one.bits:
        raise NoPicture("odd")
    if one.length is None:
        if not syntax.startswith(_COMPRESSED):
            raise NoPicture("odd")
    elif one.frames * one.frame > one.length or one.place + one.length > source.size:
        raise NoPicture("damaged")
    return one


def _header(source: Source) -> tuple[Header, str, str, bool]:
    """The wanted elements, the transfer syntax, the byte order, and whether the pixels are declared as words."""
    wanted = 2 * limits.HEAD
    while True:
        head = sources.head(source, wanted)
        size = source.size if len(head) == wanted else len(head)
        try:
            syntax, place, form = _form(head, size)
            found = head_of.walk(head, place, size, form, _WANTED)
            if found.pixels and not _are_whole_numbers(head, found.pixels, form):
                raise NoPicture("odd")
            is_word = form.explicit and head[found.pixels - 8 : found.pixels - 6] == b"OW"
            return found, syntax, form.order, is_word
        except Short:
            if wanted >= HEADER or len(head) < wanted:
                raise NoPicture("odd") from None
            wanted = min(8 * wanted, HEADER)
        except (Odd, struct.error):
            raise NoPicture("odd") from None


def _are_whole_numbers(head: bytes, pixels: int, form: Form) -> bool:
    """Whether the element at the pixels is that of whole numbers, and not one of fractions."""
    tag = pixels - (12 if form.explicit else 8)
    return struct.unpack_from(f"{form.order}HH", head, tag) == (0x7FE0, 0x0010)


def _form(head: bytes, size: int) -> tuple[str, int, Form]:
    """The transfer syntax, the offset of the data set, and its encoding."""
    if head[128:132] != b"DICM":
        order = "<" if head[1:2] == b"\0" else ">"
        return _OLDEST.decode(), 0, Form(head[4:6] in VRS, order)
    meta, place = head_of.meta(head, size)
    syntax = meta.get(head_of.SYNTAX, b"").rstrip(b"\0 ")
    if syntax == head_of.DEFLATED:
        raise Odd
    return syntax.decode("ascii", "replace"), place, head_of.form_of(syntax)


def _described(found: Header, syntax: str, order: str) -> Described:
    get = found.elements.get

    def number(tag: int, absent: int = 0) -> int:
        raw = get(tag, b"")
        return int(struct.unpack_from(f"{order}H", raw)[0]) if len(raw) >= 2 else absent

    bits = number(_ALLOCATED)
    stored = number(_STORED, bits)
    signed = number(_SIGNED) == 1
    padding = number(_PADDING, -1)
    center, width = (_numbers(get(tag, b""))[:1] for tag in (_CENTER, _WIDTH))
    slope, intercept = (_numbers(get(tag, b""))[:1] for tag in (_SLOPE, _INTERCEPT))
    frames = get(_FRAMES, b"").strip(b"\0 ")
    return Described(
        rows=number(_ROWS),
        columns=number(_COLUMNS),
        samples=number(_SAMPLES, 1),
        colors=get(_COLORS, b"")[:32].decode("ascii", "replace").strip("\0 ").upper(),
        is_planar=number(_PLANAR) == 1,
        is_swapped=False,
        bits=bits,
        stored=stored,
        high=number(_HIGH, stored - 1),
        is_signed=signed,
        order=order,
        frames=int(frames) if frames.isdigit() and 0 < len(frames) < 9 and int(frames) else 1,
        stretch=_stretch(found),
        padding=None if padding < 0 else padding - 65536 if signed and padding > 32767 else padding,
        window=(center[0], width[0]) if center and width and width[0] >= 1 else None,
        scale=(slope[0] if slope and slope[0] else 1.0, intercept[0] if intercept else 0.0),
        tables=_palette(found, order),
        syntax=syntax,
        place=found.pixels,
        length=None if found.length == head_of.UNDEFINED else found.length,
    )


def _stretch(found: Header) -> float:
    """The height of a pixel by its width; 1 if it is not said, or cannot be."""
    for tag in _SPACINGS:
        down, across, *_ = [*_numbers(found.elements.get(tag, b"")), 0.0, 0.0]
        if down > 0 and across > 0:
            return down / across if 1 / _STRETCH <= down / across <= _STRETCH else 1.0
    return 1.0


def _palette(found: Header, order: str) -> tuple[int, tuple[bytes, ...]] | None:
    """The red, green and blue of a palette, in 8 bits each, and the value that the first of them stands for."""
    tables: list[bytes] = []
    first = 0
    for tag, values in _TABLES:
        said, raw = found.elements.get(tag, b""), found.elements.get(values, b"")
        if len(said) < 6 or not raw:
            return None
        count, first, bits = struct.unpack_from(f"{order}HHH", said)
        count = count or 65536
        if bits == 16 and len(raw) >= 2 * count:
            high = raw[1 if order == "<" else 0 : 2 * count : 2]
            tables.append(high if any(high) else raw[0 if order == "<" else 1 : 2 * count : 2])
        else:
            tables.append(raw[:count])
    return first, tuple(tables)


def _numbers(raw: bytes) -> list[float]:
    """The finite decimals of a value; none if one cannot be read."""
    try:
        found = [float(part) for part in raw[:256].decode("ascii").strip("\0 ").split("\\") if part.strip()]
    except ValueError:
        return []
    return found if all(math.isfinite(one) and abs(one) < 1e12 for one in found) else []
