"""One finding of a check: where it is, and one sentence. Plain values."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

_PLACE = re.compile(
    r"In (?P<file>.+?\.(?:ipynb|toml)), cell (?P<cell>\d+)(?:, line (?P<line>\d+))?: (?P<said>.*)", re.S
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`cell` counts code cells from 1, as pages do; `line` counts in the cell or the file; 0 if not known.

    A `note` is for attention: it may be as intended, so it is not a mistake.
    """

    file: str
    sentence: str
    cell: int = 0
    line: int = 0
    note: bool = False

    @property
    def place(self) -> str:
        """The file, cell and line in words."""
        cell = f", cell {self.cell}" if self.cell else ""
        return f"{self.file}{cell}{f', line {self.line}' if self.line else ''}"

    def __str__(self) -> str:
        return f"{self.place}: {'Note: ' if self.note else ''}{self.sentence}"

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def placed(text: str, file: str, *, note: bool = False) -> Finding:
    """A message of the workbook that may begin with its place, as `In 1-goal.ipynb, cell 2, line 3: ...`."""
    found = _PLACE.fullmatch(text)
    if not found:
        return Finding(file, text, note=note)
    return Finding(found["file"], found["said"], int(found["cell"]), int(found["line"] or 0), note)
