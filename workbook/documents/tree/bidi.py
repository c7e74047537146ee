"""Text direction: what to isolate next to text of the other direction. Knows text only.

"(410) 555-0101" next to an Arabic name becomes "555-0101 (410)" unless it is isolated (Unicode Standard Annex 9).
So every value that runs against its line is isolated, and every line that runs against its block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .clean import direction, has_letters

LTR, RTL = "ltr", "rtl"
_OPEN = {LTR: "\u2066", RTL: "\u2067"}
_CLOSE = "\u2069"
_MARK = "\u200e"  # invisible, left to right: what is between two of these keeps its order

_R = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # right-to-left letters
_D = "0-9\u0660-\u0669\u06f0-\u06f9"
_ANY = re.compile(f"[{_R}\u0660-\u0669\u06f0-\u06f9]")
# A number in groups: a phone number, a date, an amount. It runs left to right in every script.
_GROUPED = rf"[+(]?[{_D}]+[ ()./:-]+[{_D} ()./:-]*[{_D}]\)?"
# Right-to-left words, with what is between them unless it is a separate value.
_WORDS = re.compile(rf"[{_R}](?:(?:(?!{_GROUPED})[^,;|{_R}\n]){{0,24}}[{_R}])*")
_AD = "\u0660-\u0669\u06f0-\u06f9"
_ARABIC_NUMBER = re.compile(rf"[+(]?[{_AD}][{_AD} ()./:-]*[{_AD}]")
_OTHER = re.compile(rf"[^{_R}\n]*[A-Za-z{_D}\u00c0-\u02af\u0370-\u058f][^{_R}\n]*")


class Piece(NamedTuple):
    """Text and its direction where isolated; empty for text that follows its line."""

    text: str
    way: str = ""


class Line(NamedTuple):
    """One line, and its direction if different from its block's."""

    pieces: list[Piece]
    way: str = ""


def block_way(text: str, around: str = LTR) -> str:
    """The direction of a block: that of its lines if they agree, else that of its surroundings."""
    ways = {direction(line) for line in text.split("\n") if has_letters(line)}
    return ways.pop() if len(ways) == 1 else around


def has_right_to_left(text: str) -> bool:
    """Whether any of the text is right to left; such letters are taller than Latin ones."""
    return bool(_ANY.search(text))


def lines(text: str, base: str, *, flat: bool = False) -> list[Line]:
    """The lines of a text in a block of that direction, with the pieces to isolate in each.

    `flat` lines are names, addresses and the like that we assemble: they follow their block's direction, so that
    "name, title" stays in that order for the reader of the page.
    """
    return [_line(line, base, flat) for line in text.split("\n")]


def _line(text: str, base: str, flat: bool) -> Line:
    if base == LTR and not _ANY.search(text):
        return Line([Piece(text)])
    way = base if flat or not re.search(r"\w", text) else direction(text)
    found = list(_spans(text, way))
    pieces: list[Piece] = []
    at = 0
    for start, end, apart in found:
        pieces += [Piece(text[at:start])] if start > at else []
        pieces.append(Piece(text[start:end], apart))
        at = end
    pieces += [Piece(text[at:])] if at < len(text) or not pieces else []
    return Line(pieces, way if way != base else "")


def _spans(text: str, way: str) -> list[tuple[int, int, str]]:
    """What runs against the line: positions, in order, and the direction of each."""
    if way == RTL:
        return [(*_trimmed(text, m.start(), m.end()), LTR) for m in _OTHER.finditer(text)]
    numbers = [(m.start(), m.end(), LTR) for m in _ARABIC_NUMBER.finditer(text)]
    words = [(m.start(), _closed(text, m.start(), m.end()), RTL) for m in _WORDS.finditer(text)]
    return sorted([*words, *(n for n in numbers if not any(a <= n[0] < b for a, b, _ in words))])


_AROUND = " ,;:\u2013\u2014-/|\u00b7\u2022"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the spaces and commas around a value, and without unbalanced brackets."""
    alone = _without_partner(text, start, end)
    while start < end and (text[start] in _AROUND or text[start] == "." or start in alone):
        start += 1
    while end > start and (text[end - 1] in _AROUND or end - 1 in alone):
        end -= 1
    return start, end


def _without_partner(text: str, start: int, end: int) -> set[int]:
    opened: list[int] = []
    closed: list[int] = []
    for at in range(start, end):
        if text[at] in "([":
            opened.append(at)
        elif text[at] in ")]":
            if opened:
                opened.pop()
            else:
                closed.append(at)
    return {*opened, *closed}


def _closed(text: str, start: int, end: int) -> int:
    """Including the closing bracket if the opening one is inside."""
    while end < len(text) and text[end] in ")]" and _without_partner(text, start, end):
        end += 1
    return end


def isolated(text: str, base: str, *, flat: bool = False) -> str:
    """The text with invisible isolates around what must keep its order, for a renderer without another way."""
    return "\n".join(_signed(line) for line in lines(text, base, flat=flat))


def _signed(line: Line) -> str:
    whole = "".join(_apart(piece.text, piece.way) for piece in line.pieces)
    return _apart(whole, line.way)


def _apart(text: str, way: str) -> str:
    return f"{_OPEN[way]}{text}{_CLOSE}" if way else text


def marked(line: Line, base: str) -> list[Piece]:
    """The pieces of a line for Word, each with its direction, and a mark on either side of an isolated value.

    Word and some others use the direction of each run; the rest use the marks.
    """
    way = line.way or base
    made: list[Piece] = []
    for piece in line.pieces:
        reads = piece.way or way
        beside = [Piece(_MARK, LTR)] if base == LTR and reads == RTL else []
        apart = reads == LTR and bool(piece.way or line.way)
        made += [*beside, Piece(f"{_MARK}{piece.text}{_MARK}" if apart else piece.text, reads), *beside]
    return made
