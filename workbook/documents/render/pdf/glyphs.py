"""Replaces text that the fonts cannot show. Knows the fonts' glyphs and the width of a line.

PDF/UA forbids a character without a glyph, so one emoji would fail a whole export. What no font covers is replaced
by its name in brackets: "[confounded face]" for a symbol, "[Hebrew text]" for words in a script without a font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from .fonts import covered

_JOINERS = "\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad\u034f"  # need no glyph
_SKIN = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)  # two regional indicators make a flag
_NAMED_SCRIPTS = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")


def shown(text: str) -> str:
    """The text with every character that no font covers replaced by its name."""
    if text.isascii() or _one_font(text):
        return text
    out: list[str] = []
    script = ""  # the unsupported words being collapsed into one placeholder
    gap = ""  # spaces after them: part of the placeholder only if more such words follow
    for cluster in _clusters(text):
        if script and cluster.isspace() and cluster != "\n":
            gap += cluster
            continue
        drawn = _drawn(cluster)
        if drawn is None and (found := _script(cluster[0])):
            if found != script:
                out.append(f"{gap}[{found} text]")
            script, gap = found, ""
            continue
        out.append(gap)
        script, gap = "", ""
        out.append(drawn if drawn is not None else _name(cluster[0]))
    # Modifiers of the previous character without a name: a heading without text would fail the export.
    return "".join(out) + gap or _name(text[0])


def lost(text: str) -> tuple[frozenset[str], bool]:
    """What `shown` would change: the scripts of letters that no font covers, and whether a symbol (emoji) is lost.

    A letter that loses a diacritic counts as lost. A replacement character from damaged text does not.
    """
    scripts, signs = set(), False
    if not (text.isascii() or _one_font(text)):
        for cluster in _clusters(text):
            drawn = _drawn(cluster)
            if cluster[0] in _JOINERS or drawn == cluster or cluster.isspace() or cluster == "\ufffd":
                continue
            if unicodedata.category(cluster[0])[0] not in "LN":
                signs = signs or drawn is None or ord(cluster[0]) in _SKIN
            elif drawn is None or any(unicodedata.category(m).startswith("M") for m in set(cluster) - set(drawn)):
                scripts.add(_script(cluster[0]) or "Other")
    return frozenset(scripts), signs


def _one_font(text: str) -> bool:
    signs = {ord(sign) for sign in text} - {10}
    return any(signs <= font for font in covered())


def _clusters(text: str) -> Iterator[str]:
    """A character with its combining marks: one font must cover all of them, or the marks have no glyph."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not (unicodedata.category(text[i]).startswith("M") or text[i] in _JOINERS):
            yield text[start:i]
            start = i


def _drawn(cluster: str) -> str | None:
    """The cluster if a font covers it, without marks that the font lacks; None if its base character is not covered."""
    if cluster == "\n":
        return cluster
    if ord(cluster[0]) in _SKIN:
        return ""
    if cluster[0] in _JOINERS:
        return cluster[0] if _has(cluster[0]) else ""
    fonts = [font for font in covered() if ord(cluster[0]) in font]
    if not fonts:
        return None
    best = max(fonts, key=lambda font: sum(ord(mark) in font for mark in cluster))
    return "".join(mark for mark in cluster if ord(mark) in best)


def _has(sign: str) -> bool:
    return any(ord(sign) in font for font in covered())


def _script(sign: str) -> str:
    """The name of a letter's script, "" for characters that have their own name."""
    if unicodedata.category(sign)[0] not in "LM":
        return ""
    name = unicodedata.name(sign, "")
    if name.startswith(_NAMED_SCRIPTS):
        return "Chinese"
    first = name.split(" LETTER ")[0].split(" SYLLABLE")[0].split(" ")
    return first[0].title() if name and " " in name else ""


def _name(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)  # a fullwidth question mark becomes a question mark
    if plain != sign and all(map(_has, plain)):
        return plain
    if ord(sign) in _FLAGS:
        return chr(ord("A") + ord(sign) - _FLAGS.start)
    name = unicodedata.name(sign, "")
    if name:
        return f"[{name.lower()}]"
    return "\ufffd" if _has("\ufffd") else "[?]"


def breakable(text: str, limit: int, fits: Callable[[str], bool] = lambda word: False) -> str:
    """The text with break opportunities in words of more than `limit` characters, so that none overflows the page.

    A word that `fits` its column is left whole: it moves to the next line instead.
    """
    if len(text) <= limit:
        return text
    step = max(2, limit // 3)
    return re.sub(
        rf"\S{{{limit + 1},}}",
        lambda word: word.group() if fits(word.group()) else "\u200b".join(_pieces(word.group(), step)),
        text,
    )


def _pieces(word: str, step: int) -> Iterator[str]:
    """Pieces of about `step` characters that never separate a letter from its marks."""
    piece = ""
    for cluster in _clusters(word):
        piece += cluster
        if len(piece) >= step:
            yield piece
            piece = ""
    if piece:
        yield piece
