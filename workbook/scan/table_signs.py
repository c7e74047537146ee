"""Recognizes a table in plain text: the delimiter of its first lines. Knows bytes only."""

from __future__ import annotations

import csv

DELIMITERS = ("\t", ",", ";", "|")
_LINES = 6
_LONGEST_TITLE = 60


def delimiter(start: str) -> str:
    """What separates the columns of a table that begins so; "" if it is none.

    Each of the first lines must have as many cells as the first, whose cells are short: prose with commas does not.

    >>> delimiter("Test,Result,Date\\nWBC,6.2,2026-11-01\\n"), delimiter("Dear Dr. Ash,\\nthank you, and goodbye.\\n")
    (',', '')
    """
    lines = [line for line in start.splitlines()[: 4 * _LINES] if line.strip()][:_LINES]
    for sign in DELIMITERS:
        if len(lines) < 2 or lines[0].count(sign) < 1:
            continue
        try:
            rows = list(csv.reader(lines, delimiter=sign))
        except csv.Error:
            continue
        titles = rows[0]
        whole = rows[1:-1] or rows[1:]  # the last line may be cut short
        few = len(titles) < (2 if sign == "\t" else 3)
        if few or any(len(row) != len(titles) for row in whole):
            continue
        if all(len(title) <= _LONGEST_TITLE for title in titles) and len({*titles}) == len(titles):
            return sign
    return ""


def is_table(start: bytes) -> bool:
    """Whether the first bytes of a text are those of a table."""
    return bool(delimiter(start.decode("utf-8", "replace")))
