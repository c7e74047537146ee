"""What changed in the open workbook, on the page for workbooks; on a computer only. Knows the store by the handle."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..changes import Found, found
from ..handle import OpenCase

MOST = 40  # changes in view; older ones are folded


def shown(handle: OpenCase) -> dict[str, Any] | None:
    """The changes of the open workbook by day, the newest first; None if it has none."""
    from ..read_only import FileSession

    if not handle.bound or isinstance(handle.session, FileSession):
        return None
    made = found(handle.store, handle.case.id)
    if not made.changes:
        return None
    return {
        "days": _days(made, 0, MOST),
        "older": _days(made, MOST, None),
        "count": len(made.changes),
        "more": max(0, len(made.changes) - MOST),
        "since": made.since.date().isoformat() if made.since else "",
        "begins": made.begins.date().isoformat() if made.begins else "",
    }


def _days(made: Found, start: int, end: int | None) -> list[tuple[str, list[Any]]]:
    return [(day, list(same)) for day, same in groupby(made.changes[start:end], key=lambda one: one.day)]
