"""How wide a text is at most, and how it breaks into lines. Knows no font file and no picture.

A picture is shown in whatever font the reader's device has, so nothing here is exact: each width is that of the widest
font a device usually has for this job (DejaVu Sans; the letters of Atkinson Hyperlegible Bold where those are wider).
Text that fits by these widths fits in every narrower font as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# In hundredths of the text size.
_CLASSES = {
    30: "'j",
    35: " \u00a0,.:;il|’‘·",
    40: "()-[]ft",
    45: "!/\\r",
    50: '"*I_–',
    55: "`csz“”",
    60: "FJLkvxy",
    65: "$123456789?EPSTabdeghnopqu{}",
    70: "0ABCKRVXYZ",
    75: "NU",
    80: "&DGHOQ",
    85: "#+<=>^w~",
    90: "M",
    100: "%@Wm…—",
}
_BREAKS = re.compile(r"[^\S\u00a0]+")  # a no-break space keeps words together
_WIDTHS = {sign: wide / 100 for wide, signs in _CLASSES.items() for sign in signs}
_LETTER, _OTHER = 0.8, 1.1  # a letter of another script; a symbol, or one of the few wide letters
_WIDE = frozenset("ЖМФШЩЫЮжмфшщыюЉЊљњΩΨΜωψ")
_BOLD = 1.15  # bold letters are wider, by this factor at most


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in the unit of `size`, never less than it will be."""
    return sum(map(_known.__getitem__, text)) * size * (_BOLD if bold else 1)


def wrapped(
    text: str, room: float, size: float, *, bold: bool = False, most: int = 1000
) -> tuple[tuple[str, ...], bool]:
    """The lines of a text that fit in the room, and whether they are all of it; at least one line.

    A word that is too long is broken, and no-break spaces are kept; after `most` lines there is an ellipsis.
    """
    lines, used, blank = [""], 0.0, width(" ", size, bold=bold)
    for word in filter(None, _BREAKS.split(text)):
        for n, piece in enumerate(_pieces(word, room, size, bold)):
            wide = width(piece, size, bold=bold)
            gap = blank if lines[-1] and not n else 0.0
            if n or used + gap + wide > room:
                lines.append(piece)
                used = wide
            else:
                lines[-1] = f"{lines[-1]} {piece}" if gap else f"{lines[-1]}{piece}"
                used += gap + wide
    lines = lines[1:] if len(lines) > 1 and not lines[0] else lines
    if len(lines) <= most:
        return tuple(lines), True
    last = list(_clusters(lines[most - 1]))
    while last and width("".join(last) + " …", size, bold=bold) > room:
        last.pop()
    return (*lines[: most - 1], "".join(last).rstrip() + " …"), False


class _Widths(dict[str, float]):
    """The width of each character, computed once."""

    def __missing__(self, sign: str) -> float:
        self[sign] = found = _of(sign)
        return found


_known = _Widths()


def _of(sign: str) -> float:
    if (known := _WIDTHS.get(sign)) is not None:
        return known
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0.0  # drawn over the letter before it, or not at all
    base = unicodedata.normalize("NFD", sign)[0]
    narrow = base.isalnum() and base not in _WIDE and unicodedata.east_asian_width(base) not in "WF"
    return _WIDTHS.get(base, _LETTER if narrow else _OTHER)


def _pieces(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """The word, in several pieces if it is wider than the room."""
    if width(word, size, bold=bold) <= room:
        yield word
        return
    piece = ""
    for cluster in _clusters(word):
        if piece and width(piece + cluster, size, bold=bold) > room:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def _clusters(text: str) -> Iterator[str]:
    """Each letter with its marks, which must stay with it."""
    cluster = ""
    for sign in text:
        if cluster and unicodedata.category(sign) not in ("Mn", "Me", "Cf"):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster
