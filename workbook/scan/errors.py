"""The exception for unusable records, with the reason for the row. Knows the rows' values only."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from ..errors import WorkbookError
from ..locale import tr
from .values import Status


class BadRecord(WorkbookError):
    """A file that is damaged or refused; `str(error)` is the message for its row, without patient data.

    `locked` means that a password would open it.
    """

    def __init__(self, status: Status, why: str, *, locked: bool = False) -> None:
        super().__init__(why)
        self.status: Status = status
        self.locked = locked


log = logging.getLogger("workbook.scan")


@contextlib.contextmanager
def one_sentence(sentence: str) -> Iterator[None]:
    """Any exception from reading untrusted files as one message; our own and those of the disk are passed through."""
    try:
        yield
    except (WorkbookError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - untrusted files can raise anything
        log.warning("%s", type(error).__name__)  # its message could quote the patient
        raise WorkbookError(sentence) from None


def unreadable() -> str:
    return tr("This could not be read. Nothing was changed. Copy it to your computer, and try again.")


def cannot_report() -> str:
    return tr("The files were read, but what is in them cannot be shown. Nothing was changed. Ask for a new copy.")


def too_many() -> BadRecord:
    """The error for a file that lists more than one person's record can contain."""
    return BadRecord("refused", tr("The file has too many entries to read. Ask for it in parts."))
