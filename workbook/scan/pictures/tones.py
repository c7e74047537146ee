"""Turns samples into shades of gray or colors, as a viewer would show them first. Knows the description of the pixels.

The shades of each file are few: each value is computed once.
"""

from __future__ import annotations

from array import array
from collections import Counter
from operator import add

from .described import Described, NoPicture
from .sampled import LONG, Plan

_CUT = 0.01  # of the pixels that may be all black, or all white, where the file names no window
_QUARTER = bytes(n >> 2 for n in range(4 * 255 + 1))


def picture(one: Described, samples: list[array[int]], wanted: Plan) -> tuple[int, int, list[bytes]]:
    """Width, height, and the shades of gray or the red, green and blue. Raises NoPicture for other kinds of color."""
    width, height = wanted.width, len(wanted.rows)
    planes = _planes(one, samples)
    if max(width, height) > LONG and min(width, height) > 1:
        planes = [_halved(plane, width, height) for plane in planes]
        width, height = width // 2, height // 2
    return width, height, planes


def _planes(one: Described, samples: list[array[int]]) -> list[bytes]:
    if one.samples == 3:
        if one.is_signed:
            raise NoPicture("odd")
        extra = one.stored - 8  # bits of a color that a picture has no room for
        red, green, blue = (
            bytes(min(v >> extra, 255) for v in plane) if extra or one.bits > 8 else plane.tobytes()
            for plane in samples
        )
        if one.colors.startswith("YBR_FULL"):
            return _from_ybr(red, green, blue)
        if one.colors not in ("RGB", "", "YBR_RCT", "YBR_ICT"):  # the last two are RGB once they are unpacked
            raise NoPicture("odd")
        return [red, green, blue]
    counts = Counter(samples[0])
    values = {raw: _value(one, raw) for raw in counts}
    if one.colors == "PALETTE COLOR":
        if one.tables is None or one.bits == 32:
            raise NoPicture("odd")
        first, tables = one.tables
        return [
            _mapped(samples[0], {raw: table[min(max(v - first, 0), len(table) - 1)] for raw, v in values.items()})
            for table in tables
        ]
    if one.colors not in ("MONOCHROME1", "MONOCHROME2", ""):
        raise NoPicture("odd")
    return [_mapped(samples[0], _shades(one, values, counts))]


def _value(one: Described, raw: int) -> int:
    """What a sample stands for: the bits that count, with their sign."""
    if one.stored == one.bits:
        return raw
    value = raw >> (one.high + 1 - one.stored) & (1 << one.stored) - 1
    return value - (1 << one.stored) if one.is_signed and value >> (one.stored - 1) else value


def _shades(one: Described, values: dict[int, int], counts: Counter[int]) -> dict[int, int]:
    """The shade of each raw value: by the file's window if it shows anything, else by the values there are."""
    slope, intercept = one.scale
    real = {raw: value * slope + intercept for raw, value in values.items() if value != one.padding}
    low, high = _window(one, real, counts)
    shades = {raw: min(max(round((value - low) / (high - low) * 255), 0), 255) for raw, value in real.items()}
    if one.colors == "MONOCHROME1":
        shades = {raw: 255 - shade for raw, shade in shades.items()}
    return {**dict.fromkeys(values, 0), **shades}


def _window(one: Described, real: dict[int, float], counts: Counter[int]) -> tuple[float, float]:
    """The values that are black and white."""
    if not real:
        return 0.0, 1.0
    if one.window:
        center, width = one.window
        low = center - 0.5 - (width - 1) / 2
        high = low + max(width - 1, 1)
        if min(real.values()) < high and max(real.values()) > low:  # not all white, nor all black
            return low, high
    elif one.stored == 8 and one.scale == (1.0, 0.0) and not one.is_signed:
        return 0.0, 255.0
    total, seen, cut = sum(counts[raw] for raw in real), 0, list[float]()
    for value, count in sorted((value, counts[raw]) for raw, value in real.items()):
        seen += count
        if (not cut and seen > _CUT * total) or (len(cut) == 1 and seen >= (1 - _CUT) * total):
            cut.append(value)
    low, high = (cut[0], cut[1]) if len(cut) == 2 and cut[0] < cut[1] else (min(real.values()), max(real.values()))
    return low, high if high > low else low + 1


def _mapped(samples: array[int], shades: dict[int, int]) -> bytes:
    return bytes(map(shades.__getitem__, samples))


def _from_ybr(luma: bytes, blue: bytes, red: bytes) -> list[bytes]:
    """RGB from brightness and two differences of color (PS3.3, C.7.6.3.1.2)."""

    def cut(value: float) -> int:
        return min(max(round(value), 0), 255)

    return [
        bytes(cut(y + 1.402 * (r - 128)) for y, r in zip(luma, red, strict=True)),
        bytes(cut(y - 0.344136 * (b - 128) - 0.714136 * (r - 128)) for y, b, r in zip(luma, blue, red, strict=True)),
        bytes(cut(y + 1.772 * (b - 128)) for y, b in zip(luma, blue, strict=True)),
    ]


def _halved(plane: bytes, width: int, height: int) -> bytes:
    """Each two by two pixels as one, of their mean."""
    rows = [plane[row * width : row * width + width // 2 * 2] for row in range(height // 2 * 2)]
    top, bottom = b"".join(rows[::2]), b"".join(rows[1::2])
    sums = map(add, map(add, top[::2], top[1::2]), map(add, bottom[::2], bottom[1::2]))
    return bytes(map(_QUARTER.__getitem__, sums))
