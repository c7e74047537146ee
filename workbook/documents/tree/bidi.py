"""Which way words read, and what must keep its own order beside words that read the other way. Knows text only.

"(410) 555-0101" beside an Arabic name turns into "555-0101 (410)" unless it is set apart (Unicode Standard Annex 9).
So every value that reads against its line is isolated, and every line that reads against its block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .clean import direction, has_letters

LTR, RTL = "ltr", "rtl"
_OPEN = {LTR: "\u2066", RTL: "\u2067"}
_CLOSE = "\u2069"
_MARK = "\u200e"  # reads left to right and has no shape: what is between two of these keeps its order

_R = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters that read right to left
_D = "0-9\u0660-\u0669\u06f0-\u06f9"
_ANY = re.compile(f"[{_R}\u0660-\u0669\u06f0-\u06f9]")
# A number in groups: a telephone number, a date, an amount. It reads from the left in every script.
_GROUPED = rf"[+(]?[{_D}]+[ ()./:-]+[{_D} ()./:-]*[{_D}]\)?"
# Words that read right to left, with what is between them unless it is a value of its own.
_WORDS = re.compile(rf"[{_R}](?:(?:(?!{_GROUPED})[^,;|{_R}\n]){{0,24}}[{_R}])*")
_AD = "\u0660-\u0669\u06f0-\u06f9"
_ARABIC_NUMBER = re.compile(rf"[+(]?[{_AD}][{_AD} ()./:-]*[{_AD}]")
_OTHER = re.compile(rf"[^{_R}\n]*[A-Za-z{_D}\u00c0-\u02af\u0370-\u058f][^{_R}\n]*")


class Piece(NamedTuple):
    """Words and the way they read where they are set apart; empty for words that go with their line."""

    text: str
    way: str = ""


class Line(NamedTuple):
    """One line, and the way it reads where that is not the way of its block."""

    pieces: list[Piece]
    way: str = ""


def block_way(text: str, around: str = LTR) -> str:
    """The way a block reads: that of its lines where they agree, else that of what is around it."""
    ways = {direction(line) for line in text.split("\n") if has_letters(line)}
    return ways.pop() if len(ways) == 1 else around


def has_right_to_left(text: str) -> bool:
    """Whether any of the text reads from right to left; such letters are taller than the line of others."""
    return bool(_ANY.search(text))


def lines(text: str, base: str, *, flat: bool = False) -> list[Line]:
    """The lines of a text in a block of that way, with what must be set apart in each.

    `flat` lines are names, addresses and the like that we put together: they read as their block does, so that
    "name, title" stays in that order for whoever reads the page.
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
    """What reads against the line: its places, in order, and the way each reads."""
    if way == RTL:
        return [(*_trimmed(text, m.start(), m.end()), LTR) for m in _OTHER.finditer(text)]
    numbers = [(m.start(), m.end(), LTR) for m in _ARABIC_NUMBER.finditer(text)]
    words = [(m.start(), _closed(text, m.start(), m.end()), RTL) for m in _WORDS.finditer(text)]
    return sorted([*words, *(n for n in numbers if not any(a <= n[0] < b for a, b, _ in words))])


_AROUND = " ,;:\u2013\u2014-/|\u00b7\u2022"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks and commas around a value, and brackets that have no partner in it."""
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
    """With the bracket that ends the words where it began among them."""
    while end < len(text) and text[end] in ")]" and _without_partner(text, start, end):
        end += 1
    return end


def isolated(text: str, base: str, *, flat: bool = False) -> str:
    """The text with invisible signs around what must keep its order, for a renderer that has no other way."""
    return "\n".join(_signed(line) for line in lines(text, base, flat=flat))


def _signed(line: Line) -> str:
    whole = "".join(_apart(piece.text, piece.way) for piece in line.pieces)
    return _apart(whole, line.way)


def _apart(text: str, way: str) -> str:
    return f"{_OPEN[way]}{text}{_CLOSE}" if way else text


def marked(line: Line, base: str) -> list[Piece]:
    """The pieces of a line for Word, each with the way it reads, and a mark at either side of a value set apart.

    Word and others go by the way of each run; what does not goes by the marks.
    """
    way = line.way or base
    made: list[Piece] = []
    for piece in line.pieces:
        reads = piece.way or way
        beside = [Piece(_MARK, LTR)] if base == LTR and reads == RTL else []
        apart = reads == LTR and bool(piece.way or line.way)
        made += [*beside, Piece(f"{_MARK}{piece.text}{_MARK}" if apart else piece.text, reads), *beside]
    return made
