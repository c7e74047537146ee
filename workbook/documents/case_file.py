"""Exports the whole case as a plain JSON file, for transfer. Knows the case; leaves nothing out.

Unlike every other document this is the person's own copy: it includes private and sensitive entries, notes and
drafts. It does not include undone changes: the history stays in the store. Encrypt it with a passphrase (`encryption`).
"""

from __future__ import annotations

from ..case import Case, dump
from .catalog import Wanted


def case_file(case: Case, _wanted: Wanted) -> bytes:
    """The case as JSON in UTF-8, with its schema version in `schema_version`; `workbook load` reads it."""
    return dump(case)
