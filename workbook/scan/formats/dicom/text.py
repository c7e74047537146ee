"""Decodes DICOM values: text in many character sets, person names, dates. Knows PS3.5 and the values.

pydicom decodes the character sets; it is loaded only for text that is not plain ASCII.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from ...phrases import dates
from ...phrases.names import is_garbled
from ...values import Patient

_HUMAN = re.compile(r"\bhumans?\b|homo sapiens|^(?:none|n/?a|unknown)$")
_ESCAPE = re.compile(r"\x1b[\x20-\x2f]*[\x30-\x7e]")  # ISO 2022; pydicom leaves unknown ones in the text
_DATE = re.compile(r"(\d{4})[.-]?(\d\d)[.-]?(\d\d)")
_NAME_DELIMITERS, _TEXT_DELIMITERS = {0x5E}, {0x0D, 0x0A, 0x09, 0x0C}  # PS3.5, 6.1.2.5.3: these reset the character set


def plain(raw: bytes) -> str:
    """A code or a number: ASCII without padding."""
    return raw.decode("ascii", "replace").strip("\0 \t\r\n")


@functools.lru_cache(maxsize=4096)
def code(raw: bytes) -> str:
    """A code that many files share, such as the number of a study: one text in memory for all of them."""
    return plain(raw)


@functools.lru_cache(maxsize=4096)
def number(raw: bytes) -> str:
    """A whole number as it is written, without sign and leading zeros; "" if it is none or implausible."""
    said = plain(raw).lstrip("+")
    return said.lstrip("0") if said.isdecimal() and said.isascii() and len(said) < 8 else ""


@functools.lru_cache(maxsize=4096)
def words(raw: bytes, charset: bytes = b"") -> str:
    """A description in the character set of its file, on one line."""
    return " ".join(_decoded(raw, charset, _TEXT_DELIMITERS).split())


def lines(raw: bytes, charset: bytes = b"") -> str:
    """A multiline text in the character set of its file."""
    return "\n".join(_decoded(line, charset, _TEXT_DELIMITERS) for line in raw.splitlines())


@functools.lru_cache(maxsize=1024)
def patient(name: bytes, number: bytes, issuer: bytes, birth: bytes, charset: bytes, species: bytes = b"") -> Patient:
    """The patient of a header, by the first readable name (alphabetic, ideographic or phonetic)."""
    spellings = [spelling for part in name.split(b"=") if (spelling := _spelling(part, charset))]
    readable = [spelling for spelling in spellings if not is_garbled(spelling[2])]
    family, given, written = (readable or spellings or [("", "", "")])[0]
    born = dates.birth(plain(birth))
    who = (written, born.day, words(number, charset), family, given, words(issuer, charset))
    kind = words(species, charset).casefold()
    return Patient(*who, birth_wrong=born.wrong, animal=bool(kind) and not _HUMAN.search(kind))


@functools.lru_cache(maxsize=1024)
def date(raw: bytes) -> str:
    """A date as `2026-11-22`; "" if invalid. Also parses the dots of ACR-NEMA.

    >>> date(b"20261122"), date(b"2026.11.22"), date(b"20260230"), date(b"2026")
    ('2026-11-22', '2026-11-22', '', '')
    """
    found = _DATE.fullmatch(plain(raw))
    day = dates.day_of(*found.groups()) if found else ""
    return day if len(day) == 10 else ""


def _spelling(raw: bytes, charset: bytes) -> tuple[str, str, str] | None:
    """Family name, given name, and display name of one representation; None if it is empty."""
    text = _decoded(raw, charset, _NAME_DELIMITERS)
    family, given, middle, _, suffix = (*(" ".join(part.split()) for part in text.split("^")), *[""] * 5)[:5]
    given = f"{given} {middle}".strip()
    if not family and not given:
        return None
    # In ideographic names the family name comes first.
    order = (family, given) if text and unicodedata.east_asian_width(text[0]) == "W" else (given, family, suffix)
    return family, given, " ".join(part for part in order if part)


def _decoded(raw: bytes, charset: bytes, delimiters: set[int]) -> str:
    """The text without escapes and padding. Undecodable bytes become replacement characters."""
    ascii_only = raw.isascii() and b"\x1b" not in raw
    text = raw.decode("ascii") if ascii_only else _foreign(raw, charset, delimiters)
    text = _ESCAPE.sub("", text) if "\x1b" in text else text
    return "".join(c if c >= " " and c != "\x7f" else " " for c in text).strip()


def _foreign(raw: bytes, charset: bytes, delimiters: set[int]) -> str:
    if not charset.strip(b"\0 "):
        try:
            return raw.decode("utf-8")  # no set is declared, and this is what such files contain in practice
        except UnicodeDecodeError:
            return raw.decode("latin-1")
    import warnings

    from pydicom.charset import convert_encodings, decode_bytes

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its warnings quote the text
        try:
            names = [name.strip() for name in charset.decode("ascii", "replace").rstrip("\0 ").split("\\")]
            return decode_bytes(raw, convert_encodings(names), delimiters)
        except (LookupError, ValueError, AttributeError):
            return raw.decode("latin-1")
