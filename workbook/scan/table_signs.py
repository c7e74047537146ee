"""Recognizes a table in plain text: the delimiter of its first lines. Knows bytes only."""

from __future__ import annotations

import csv
import re

DELIMITERS = ("\t", ",", ";", "|")
_LINES = 6
_LONGEST_TITLE = 60
ABOVE = 8  # lines above the titles of a table
_NUMBER = re.compile(r"(?:^|[\t,;|\"])\s*[<>]?\d+(?:[.,]\d+)?\s*(?:[\t,;|\"]|$)")


def delimiter(start: str) -> str:
    """What separates the columns of a table that begins so; "" if it is none.

    Each of the first lines must have as many cells as the first, whose cells are short: prose with commas does not.

    A few lines may be above its titles, such as whose it is; then some of its cells must be numbers.

    >>> delimiter("Test,Result,Date\\nWBC,6.2,2026-11-01\\n"), delimiter("Dear Dr. Ash,\\nthank you, and goodbye.\\n")
    (',', '')
    >>> delimiter("My results\\nTest,Result,Date\\nWBC,6.2,2026-11-01\\nINR,1.1,2026-11-01\\n")
    ','
    """
    lines = [line for line in start.splitlines()[: 4 * _LINES] if line.strip()]
    if sign := _delimiter(lines[:_LINES]):
        return sign
    for above in range(1, ABOVE + 1):
        part = lines[above : above + _LINES]
        if len(part) > 2 and any(map(_NUMBER.search, part[1:])) and (sign := _delimiter(part, few=3)):
            return sign
    return ""


def _delimiter(lines: list[str], few: int = 0) -> str:
    for sign in DELIMITERS:
        if len(lines) < 2 or lines[0].count(sign) < 1:
            continue
        try:
            rows = list(csv.reader(lines, delimiter=sign))
        except csv.Error:
            continue
        titles = rows[0]
        whole = rows[1:-1] or rows[1:]  # the last line may be cut short
        if len(titles) < (few or (2 if sign == "\t" else 3)) or any(len(row) != len(titles) for row in whole):
            continue
        if all(len(title) <= _LONGEST_TITLE for title in titles) and len({*titles}) == len(titles):
            return sign
    return ""


def is_table(start: bytes) -> bool:
    """Whether the first bytes of a text are those of a table."""
    return bool(delimiter(start.decode("utf-8", "replace")))
