"""Reads values of FHIR resources from plain objects of any shape. Knows dates and clean text.

Many files break the standard: each function accepts a list instead of a value, a value instead of a
list, and returns nothing for a wrong shape.
"""

from __future__ import annotations

import re
from typing import Any

from ....case.field_types import clean
from ...phrases import dates

LONGEST = 300  # characters of a name
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


def some(value: Any) -> list[Any]:
    """The value as a list: empty, of one, or unchanged."""
    return value if isinstance(value, list) else [] if value is None else [value]


def parts(value: Any) -> list[dict[str, Any]]:
    """The objects among the values."""
    return [one for one in some(value) if isinstance(one, dict)]


def text(value: Any) -> str:
    """The text on one line, truncated, printable and encodable; "" for any other type."""
    if not isinstance(value, str):
        return ""
    line = " ".join(value[: 8 * LONGEST].split())[:LONGEST]
    return line if line.isascii() and line.isprintable() else clean(line)


def words(concept: Any) -> str:
    """The name of a coded value: its text, else the display name of a code, else the code."""
    for one in parts(concept):
        codes = parts(one.get("coding"))
        said = [
            one.get("text"),
            *(c.get("display") for c in codes),
            one.get("display"),
            *(c.get("code") for c in codes),
        ]
        if found := next((text(word) for word in said if text(word)), ""):
            return found
    return text(next(iter(some(concept)), None))


def number(value: Any) -> str:
    """A number as the file has it, without a fraction of zero; a number in quotes is taken too.

    >>> number(28.0), number("3.40"), number(True), number(float("nan"))
    ('28', '3.40', '', '')
    """
    if isinstance(value, str):
        return value.strip()[:40] if re.fullmatch(r"\s*[-+]?\d[\d.,eE+-]*\s*", value) else ""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > 1e15:
        return ""
    return str(int(value)) if value == int(value) else repr(value)


def code(value: Any) -> str:
    """A status or type code, given as plain text or as a coded value."""
    for one in some(value):
        if isinstance(one, dict):
            codes = [text(c.get("code")) for c in parts(one.get("coding"))]
            return next(filter(None, [*codes, text(one.get("text"))]), "")
        return text(one)
    return ""


def day(value: Any) -> str:
    """The date of a FHIR date or period, `2026-11-22` or as far as known; "" for any other type."""
    if isinstance(value, dict):
        value = value.get("start") or value.get("end")
    value = next(iter(some(value)), None)
    match = _DAY.match(value) if isinstance(value, str) else None
    return dates.day_of(*match.groups()) if match else ""


def coded(value: Any) -> set[str]:
    """All codes of coded values."""
    return {code for one in parts(value) for c in parts(one.get("coding")) if (code := text(c.get("code")))}
