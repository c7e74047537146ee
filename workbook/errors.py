"""What can go wrong, said so that a lay reader knows what to do next. Knows nothing else of this package.

    WorkbookError
    ├── BadPath         a notebook or program names a place that a case does not have
    ├── BadValue        an answer does not fit its question; the text is kept as a draft
    ├── BadFile         a file cannot be read as a case
    ├── NoSuchCase      no workbook with that id lives here
    ├── StoreTrouble    the disk or the database would not take or give an answer
    ├── CannotExport    a document could not be made or written
    ├── CannotServe     the pages could not be started
    └── NotebookMistake a cell asks for something that cannot be shown

A message is one or two sentences for the reader. It never holds what a patient typed.
"""

from __future__ import annotations


class WorkbookError(Exception):
    """Base of all our errors; `str(error)` is the sentence to show."""

    def _render_traceback_(self) -> list[str]:
        """The sentence alone, where Jupyter would print a traceback."""
        return [str(self)]


class BadPath(WorkbookError):
    """A dotted path that leads nowhere."""


class BadValue(WorkbookError):
    """A value that its field cannot hold."""


class BadFile(WorkbookError):
    """A file that is not a case, or is damaged, too new or too large."""


class NoSuchCase(WorkbookError):
    """A case id that this store does not have."""


class StoreTrouble(WorkbookError):
    """The place where cases live cannot be read or written."""


class CannotExport(WorkbookError):
    """A document that could not be made or put where it was wanted."""


class CannotServe(WorkbookError):
    """Pages that could not be started."""


class NotebookMistake(WorkbookError):
    """A cell of a notebook that asks for something impossible; names the cell's line where known."""
