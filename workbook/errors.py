"""The project's exceptions, each with a message that tells a lay reader what to do next. Knows nothing of the package.

    WorkbookError
    ├── BadPath         a notebook or program uses a path that does not exist
    ├── BadValue        an answer is invalid for its field; the text is kept as a draft
    ├── BadFile         a file cannot be read as a case
    ├── NoSuchCase      the store has no case with that id
    ├── StoreTrouble    the disk or the database failed
    ├── CannotExport    a document could not be generated or written
    ├── CannotServe     the pages could not be served
    ├── CannotBuild     the pages for the browser alone could not be built
    └── NotebookMistake a cell asks for something that cannot be displayed

`Awaited` is none of them: it asks the browser for a job, and nobody reads it.
A message is one or two sentences for the reader. It never contains what a patient typed.
"""

from __future__ import annotations

from typing import Any


class WorkbookError(Exception):
    """Base class of the project's errors; `str(error)` is the message to display."""

    def _render_traceback_(self) -> list[str]:
        """Shows only the message where Jupyter would print a traceback."""
        return [str(self)]


class Awaited(BaseException):
    """A job to do before a message can be answered; only in the browser, see `awaited`. Not a fault.

    It passes every `except Exception` that guards against untrusted files and mistakes in cells.
    """

    def __init__(self, job: dict[str, Any]) -> None:
        super().__init__(str(job.get("do", "")))  # its input may be a patient's
        self.job = job


class BadPath(WorkbookError):
    """A dotted path that does not exist."""


class BadValue(WorkbookError):
    """A value that is invalid for its field."""


class BadFile(WorkbookError):
    """A file that is not a case, or is damaged, too new or too large."""


class NoSuchCase(WorkbookError):
    """A case id that is not in this store."""


class StoreTrouble(WorkbookError):
    """The case store cannot be read or written."""


class CannotExport(WorkbookError):
    """A document that could not be generated or written."""


class CannotServe(WorkbookError):
    """Pages that could not be served."""


class CannotBuild(WorkbookError):
    """Pages for the browser alone that could not be built."""


class NotebookMistake(WorkbookError):
    """A notebook cell that asks for something impossible; names the cell's line where known."""
