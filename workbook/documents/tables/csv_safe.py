"""CSV that a spreadsheet reads as text, never as formulas. Knows data frames only.

A cell that begins with `=`, `+`, `-`, `@`, a tab or a line end can run as a formula when a spreadsheet opens the file
(OWASP, "CSV Injection"). Such a text is prefixed with an apostrophe, which marks it as text. Numbers, dates and
booleans are unchanged, because none of them was typed as text.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

from ...errors import CannotExport
from ...locale import tr

_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "\t",
    "\r",
    "\n",
)  # the fullwidth characters are formulas in East Asian spreadsheets


def harmless(cell: Any) -> Any:
    """The cell made safe for a spreadsheet; only text that could run as a formula is changed.

    >>> harmless("=1+1"), harmless("Knee"), harmless("  @home"), harmless(-2)
    ("'=1+1", 'Knee', "'  @home", -2)
    """
    runs = isinstance(cell, str) and (cell.startswith(_STARTS) or cell.lstrip().startswith(_STARTS))
    return f"'{cell}" if runs else cell


def to_text(frame: Any) -> str:
    """A data frame as CSV with a header line; missing values are empty."""
    safe = frame.rename(columns=harmless)
    for name in frame.columns[[kind == "string" for kind in frame.dtypes]]:
        safe[harmless(name)] = frame[name].map(harmless, na_action="ignore")
    written: str = safe.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    return written


def write(text: str, file: Path) -> None:
    """Writes a CSV file with the encoding spreadsheets expect, readable by its owner only."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(text.encode("utf-8-sig"))
    except OSError as error:
        why = error.strerror or ""
        raise CannotExport(
            tr("The file could not be written: {why}. Choose another folder.").replace("{why}", why)
        ) from None
