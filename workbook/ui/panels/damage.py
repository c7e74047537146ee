"""A file of workbooks that cannot be read: what the page says, and the two ways out of it. Knows the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import where
from ...locale import tr
from ..handle import OpenCase, demo_only, refuse_in_demo
from .base import draw

if TYPE_CHECKING:
    from ...store import Damaged


def shown(found: Damaged, *, clear: bool) -> str:
    """The page instead of the list of workbooks; with `clear`, the question whether to erase everything."""
    day = found.copy.day.isoformat() if found.copy else ""
    return draw("damaged", sentence=str(found), day=day, clear=clear, demo=demo_only(), here=where.in_browser())


def restore(handle: OpenCase) -> str:
    """Puts the copy in place of the damaged file; what was done, or "" if there is nothing to restore."""
    refuse_in_demo()
    found = _now(handle)
    if found is None or found.copy is None:
        return ""
    handle.store.restore(found.copy)
    handle.trouble = None
    return tr("The copy is back in place.")


def start_over(handle: OpenCase) -> str:
    """Puts the damaged file aside, where there is no copy; what was done, or "" if nothing was."""
    refuse_in_demo()
    found = _now(handle)
    if found is None or found.copy is not None:
        return ""
    handle.store.restore(None)
    handle.trouble = None
    return tr("You can start over. The damaged file is kept.")


def _now(handle: OpenCase) -> Damaged | None:
    """The current damage: the page may be from before someone else repaired it."""
    from ...store import Damaged

    try:
        handle.store.cases()
    except Damaged as error:
        return error
    return None
