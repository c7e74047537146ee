"""The whole case as one open file, to move it or to hand it over. Knows the case; leaves nothing out.

Unlike every other document this one is the person's own copy: private and sensitive entries, notes and drafts are in
it. What was taken back is not: the history stays where the case was written. Close it with a passphrase (`seal`).
"""

from __future__ import annotations

from ..case import Case, dump
from .catalog import Wanted


def case_file(case: Case, _wanted: Wanted) -> bytes:
    """The case as JSON in UTF-8, with the version of its shape in `schema_version`; `workbook load` reads it."""
    return dump(case)
