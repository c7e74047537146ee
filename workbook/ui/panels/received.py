"""What clients' sites have sent, on an advocate's page for workbooks. Knows the drop box; on a computer only."""

from __future__ import annotations

import datetime as dt
from typing import Any
from weakref import WeakKeyDictionary

from ...documents import encryption
from ...drop_box import box as boxes
from ...drop_box import key
from ...drop_box.opening import Came, open_all
from ...errors import BadFile, StoreTrouble
from ...locale import N_, plural, tr
from .. import links
from ..asking.pages import HOME
from ..handle import OpenCase
from .overview import list_names

UNREAD = N_("The drop box cannot be read. Check that its folder belongs to you and that its disk is there.")
_opened: WeakKeyDictionary[OpenCase, list[dict[str, str]]] = WeakKeyDictionary()


def waiting() -> int:
    """How many files wait, for a page that only counts them; 0 if the box cannot be read."""
    try:
        return len(boxes.Box(boxes.place()).waiting()) if _has_key() else 0
    except OSError:
        return 0


def shown(handle: OpenCase) -> dict[str, Any] | None:
    """How many files wait, and what came of those that were opened; None without either, or without a key."""
    if not _has_key():
        return None
    found = {"waiting": 0, "lines": _opened.get(handle, []), "locked": False, "unread": "", "folder": ""}
    try:
        found["waiting"] = len(boxes.Box(boxes.place()).waiting())
        found["locked"] = encryption.is_sealed(key.place().read_bytes())
    except OSError:
        return {**found, "unread": tr(UNREAD), "folder": str(boxes.place())}
    return found if found["waiting"] or found["lines"] else None


def _has_key() -> bool:
    return not links.as_client() and key.place().is_file()


def receive(handle: OpenCase, value: Any) -> str:
    """Opens all files that wait; returns why they, or the rest of them, could not be opened, or ""."""
    given = str(value.get("passphrase") or "") if isinstance(value, dict) else ""
    try:
        identity = key.read(key.place().read_bytes(), lambda: given)
    except (BadFile, OSError) as error:
        return str(error) if isinstance(error, BadFile) else tr(key.NOT_A_KEY)
    box, came, wrong = boxes.Box(boxes.place()), list[Came](), ""
    today = dt.date.today()  # noqa: DTZ011 - the real day, also while a demo is open
    try:
        for one in open_all(handle.store, box, identity, today):
            came.append(one)
    except StoreTrouble as error:
        wrong = tr(str(error))
    except OSError:
        wrong = tr(UNREAD)
    _opened[handle] = _lines(handle, box, came)
    if handle.bound:
        handle.visited(None)
    return wrong


def _lines(handle: OpenCase, box: boxes.Box, came: list[Came]) -> list[dict[str, str]]:
    names = list_names(handle, handle.choices()) if came else {}
    lines = [_merged(one, names.get(one.key, "")) for one in came if not one.why]
    for why in dict.fromkeys(one.why for one in came if one.why):
        number = sum(one.why == why for one in came)
        aside = plural("1 file was set aside.", "{n} files were set aside.", number)
        folder = str(box.folder / boxes.ASIDE)
        lines.append({"name": "", "href": "", "text": f"{aside} {tr(why)}", "folder": folder})
    return lines


def _merged(one: Came, name: str) -> dict[str, str]:
    new = len(one.answers)
    text = plural("1 new answer.", "{n} new answers.", new) if new else tr("Nothing new in it.")
    if one.merged and one.merged.conflicts:
        text += " " + tr("Some answers are different here and in the file. Yours were kept. Open it to choose.")
    page = (links.here() or HOME) if one.merged and one.merged.conflicts else HOME
    href = links.page(page, one.key) if links.served() else ""
    return {"name": name, "href": href, "text": text, "folder": ""}
