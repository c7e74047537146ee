"""The values that FHIR resources are made of, read as plain objects of any shape. Knows days and clean text.

Many files break the rules of their version: each function takes a list where one thing should be, one thing where a
list should be, and gives nothing where the shape is wrong.
"""

from __future__ import annotations

import re
from typing import Any

from ....case.field_types import clean
from ...phrases import dates

LONGEST = 300  # characters of a name
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


def some(value: Any) -> list[Any]:
    """The value as a list: of nothing, of one, or as it is."""
    return value if isinstance(value, list) else [] if value is None else [value]


def parts(value: Any) -> list[dict[str, Any]]:
    """The objects among the values."""
    return [one for one in some(value) if isinstance(one, dict)]


def text(value: Any) -> str:
    """The text on one line, not endless, and fit to be shown and written; empty for anything else."""
    if not isinstance(value, str):
        return ""
    line = " ".join(value[: 8 * LONGEST].split())[:LONGEST]
    return line if line.isascii() and line.isprintable() else clean(line)


def words(concept: Any) -> str:
    """What a coded value is called: its text, else a name of a code, else the code."""
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


def code(value: Any) -> str:
    """A status or kind as the file codes it, whether plain text or a coded value."""
    for one in some(value):
        if isinstance(one, dict):
            codes = [text(c.get("code")) for c in parts(one.get("coding"))]
            return next(filter(None, [*codes, text(one.get("text"))]), "")
        return text(one)
    return ""


def day(value: Any) -> str:
    """The day of a FHIR date or period, `2026-11-22` or as far as it is known; empty for anything else."""
    if isinstance(value, dict):
        value = value.get("start") or value.get("end")
    value = next(iter(some(value)), None)
    match = _DAY.match(value) if isinstance(value, str) else None
    return dates.day_of(*match.groups()) if match else ""


def coded(value: Any) -> set[str]:
    """All codes of coded values."""
    return {code for one in parts(value) for c in parts(one.get("coding")) if (code := text(c.get("code")))}
