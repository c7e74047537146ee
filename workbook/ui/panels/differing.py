"""Answers that differ after a file was merged, to choose on the page for workbooks. Knows the handle; no widgets."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from ...errors import BadPath
from ...locale import tr
from ...session import Session
from ...session.differing import Differs, differing, settle
from ..handle import OpenCase

_chosen: WeakKeyDictionary[OpenCase, tuple[str, str]] = WeakKeyDictionary()  # the last choice: its row, and what it was


def shown(handle: OpenCase) -> dict[str, Any] | None:
    """The answers to choose in the open workbook, and the last choice, to undo it; None if there is nothing."""
    if not handle.bound:
        return None
    found = differing(handle.case)
    undo, told = _chosen.get(handle, ("", ""))
    return {"all": found, "undo": undo, "told": told} if found or undo else None


def choose(handle: OpenCase, key: Any, *, take: bool) -> str:
    """Takes the answer of the file, or keeps the one of the workbook; why not, if it cannot be done."""
    one = _with(handle, str(key))
    try:
        undo = settle(handle.store, handle.case.id, str(key), take=take)
    except BadPath as error:
        return str(error)
    told = tr("{question}: the answer of the file is used.") if take else tr("{question}: your answer stays.")
    _chosen[handle] = (undo, told.format(question=one.question if one else ""))
    handle.visited(None)
    return ""


def undo(handle: OpenCase) -> None:
    """Takes back the last choice."""
    token, _told = _chosen.pop(handle, ("", ""))
    session = handle.session
    if token and isinstance(session, Session):
        session.undo(token)
        handle.tell(None, [])


def _with(handle: OpenCase, key: str) -> Differs | None:
    return next((one for one in differing(handle.case) if one.id == key), None)
