"""What clients' sites have sent, on an advocate's page for workbooks. Knows the drop box; on a computer only."""

from __future__ import annotations

import datetime as dt
from typing import Any
from weakref import WeakKeyDictionary

from ...documents import encryption
from ...drop_box import box as boxes
from ...drop_box import key
from ...drop_box.opening import Came, open_all
from ...errors import BadFile
from ...locale import plural, tr
from .. import links
from ..asking.pages import HOME
from ..handle import OpenCase
from .overview import list_names

_opened: WeakKeyDictionary[OpenCase, list[dict[str, str]]] = WeakKeyDictionary()


def shown(handle: OpenCase) -> dict[str, Any] | None:
    """How many files wait, and what came of those that were opened; None without either, or without a key."""
    file = key.place()
    if links.as_client() or not file.is_file():
        return None
    waiting, lines = len(boxes.Box(boxes.place()).waiting()), _opened.get(handle, [])
    if not (waiting or lines):
        return None
    return {"waiting": waiting, "lines": lines, "locked": encryption.is_sealed(file.read_bytes())}


def receive(handle: OpenCase, value: Any) -> str:
    """Opens all files that wait; returns what is wrong with the key or its passphrase, or ""."""
    given = str(value.get("passphrase") or "") if isinstance(value, dict) else ""
    try:
        identity = key.read(key.place().read_bytes(), lambda: given)
    except (BadFile, OSError) as error:
        return str(error) if isinstance(error, BadFile) else tr(key.NOT_A_KEY)
    today = handle.today() if handle.bound else dt.date.today()  # noqa: DTZ011 - the user's own day
    box = boxes.Box(boxes.place())
    came = [*open_all(handle.store, box, identity, today)]
    names = list_names(handle, handle.choices())
    lines = [_merged(one, names.get(one.key, "")) for one in came if not one.why]
    for why in dict.fromkeys(one.why for one in came if one.why):
        number = sum(one.why == why for one in came)
        aside = plural("1 file was set aside.", "{n} files were set aside.", number)
        folder = str(box.folder / boxes.ASIDE)
        lines.append({"name": "", "href": "", "text": f"{aside} {tr(why)}", "folder": folder})
    _opened[handle] = lines
    if handle.bound:
        handle.visited(None)
    return ""


def _merged(one: Came, name: str) -> dict[str, str]:
    new = len(one.answers)
    text = plural("1 new answer.", "{n} new answers.", new) if new else tr("Nothing new in it.")
    if one.merged and one.merged.conflicts:
        text += " " + tr("Some answers are different here and in the file. Yours were kept. Open it to choose.")
    page = (links.here() or HOME) if one.merged and one.merged.conflicts else HOME
    href = links.page(page, one.key) if links.served() else ""
    return {"name": name, "href": href, "text": text, "folder": ""}
