"""Sanitizes text that enters a document, and determines its direction. Knows nothing of blocks."""

from __future__ import annotations

import re
import unicodedata

# All line separators become a plain line end.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# Removed without a trace: control characters, and invisible ones that can disguise text
# (bidirectional overrides, interlinear annotations, the tag alphabet).
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# Shown as a replacement character, since something was there: lone surrogates, private use, noncharacters.
_REPLACED = re.compile(
    "[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff"
    + "".join(chr(plane * 0x10000 + last) for plane in range(15) for last in (0xFFFE, 0xFFFF))
    + "]"
)

_MOST_MARKS = 8  # more marks than this on one letter are a prank that paints over adjacent lines
_CONTROL = re.compile("[^\n -~\u00a0-\u02ff]")


def clean(text: object) -> str:
    """The text in one normal form, without unprintable or misleading characters."""
    plain = str(text)
    if "\t" in plain:
        plain = plain.expandtabs(4)
    plain = _LINE_ENDS.sub("\n", plain)
    if _CONTROL.search(plain):
        plain = _REPLACED.sub("\ufffd", _DROPPED.sub("", plain))
        plain = unicodedata.normalize("NFC", _few_marks(plain))
    return plain


def _few_marks(text: str) -> str:
    kept, run = [], 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


_STRONG = re.compile("[A-Za-z\u00c0-\u02af\u0370-\u08ff\u0900-\u1fff\u2c00-\ud7ff\uf900-\ufefc\U00020000-\U0003ffff]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")


def direction(text: str) -> str:
    """The direction of the text by its first letter: "rtl" or "ltr"."""
    first = _STRONG.search(text)
    return "rtl" if first and _RTL.match(first.group()) else "ltr"


def has_letters(text: str) -> bool:
    """Whether any letter of the text has a direction."""
    return bool(_STRONG.search(text))


def one_line(text: str, most: int = 90) -> str:
    """The text on one line, for the margin of every page."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def way_of(lang: str) -> str:
    """The direction of a language, by its code."""
    return "rtl" if lang.split("-")[0].lower() in ("ar", "dv", "fa", "he", "ps", "ur", "yi") else "ltr"


def rtl_language(text: str) -> str:
    """The most likely language of right-to-left text, for a screen reader's voice."""
    return "he" if _HEBREW.search(text) else "ar"


_LINK = re.compile(r"(https?://[^\s<>\"\\/?#]|mailto:[^\s<>\"\\/]|tel:[+0-9])[^\s<>\"\\]*", re.IGNORECASE)
_LONGEST_LINK = 2000


def safe_link(address: object) -> str:
    """The address if its scheme is safe to follow (web, mail, phone), otherwise ""."""
    plain = clean(address).strip()
    return plain if len(plain) <= _LONGEST_LINK and _LINK.fullmatch(plain) else ""
