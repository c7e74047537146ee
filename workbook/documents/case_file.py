"""Exports the whole case as a plain JSON file, for transfer. Knows the case; leaves nothing out.

It is a file of its own, or inside the PDF of the person's own copy. Unlike every other document it includes private
and sensitive entries, notes and drafts. It does not include undone changes: the history stays in the store. Encrypt it
with a passphrase (`encryption`).
"""

from __future__ import annotations

from typing import NamedTuple

from ..case import Case, dump
from ..errors import CannotExport
from ..locale import tr
from .catalog import Wanted

CARRIERS = ("full", "binder")
"""The readers of a summary whose PDF may have the case file inside: the person's own copies."""
NAME = "workbook-case.json"
"""What the file inside is called; `scan.formats.carried` looks for it."""


class Attachment(NamedTuple):
    """A file inside a PDF."""

    name: str
    mime: str
    description: str
    data: bytes


def attachments(case: Case, document: str, form: str, wanted: Wanted) -> tuple[Attachment, ...]:
    """What goes inside this PDF: nothing, or the case file if it was asked for.

    CannotExport for any document that others read: a file inside is not seen when it is passed on.
    """
    if not wanted.with_case_file:
        return ()
    if document != "summary" or form != "pdf" or wanted.reader not in CARRIERS:
        raise CannotExport(
            tr("Only the PDF of everything, or of the binder, can have the workbook inside. Others read the rest.")
        )
    told = tr("The whole workbook, also what is private. To open it: Load a case file.")
    return (Attachment(NAME, "application/json", told, dump(case)),)


def case_file(case: Case, _wanted: Wanted) -> bytes:
    """The case as JSON in UTF-8, with its schema version in `schema_version`; `workbook load` reads it."""
    return dump(case)
