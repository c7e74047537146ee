"""A record that cannot be taken as it is, with the reason for its row. Knows the rows' values only."""

from __future__ import annotations

from ..errors import WorkbookError
from ..locale import tr
from .values import Status


class BadRecord(WorkbookError):
    """A file that is damaged or refused; `str(error)` is the sentence for its row, without a word of the patient."""

    def __init__(self, status: Status, why: str) -> None:
        super().__init__(why)
        self.status: Status = status


def too_many() -> BadRecord:
    """The refusal of a file that lists more than one person's record does."""
    return BadRecord("refused", tr("The file holds too many entries to read. Ask for it in parts."))
