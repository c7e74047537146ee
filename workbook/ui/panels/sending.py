"""A client's workbook on its way to the advocate's drop box, from a site that has one. Knows the handle; no widgets.

It is sealed in the browser to the advocate's key and then sent; "sent" is said only after the box has said that it is
kept. The worker does both (`awaited`), so the press that asks for it is heard twice.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from weakref import WeakKeyDictionary

from ... import awaited
from ...case import Case, dump, new_id
from ...errors import CannotExport
from ...locale import N_, tr
from ...session import Change, Session
from ...session.merge import SENT, sent, to_send
from .. import prepared
from ..handle import OpenCase

LARGEST = 16_000_000  # bytes of a case file; the drop box takes a little more, because a sealed file is larger
DONE = N_("Sent. Your advocate's drop box has it. You can send it again when you have changed more.")
_FAILED = N_("It was not sent. Your answers are safe on this device.")
_WHY = {
    "offline": N_("The drop box could not be reached. Check the connection and try again, or save the file."),
    "busy": N_("The drop box takes no more files right now. Try again in an hour, or save the file."),
    "full": N_("The drop box is full. Tell your advocate, and save the file."),
    "large": N_("The workbook is too large for the drop box. Save the file instead."),
    "closed": N_("There is no drop box at this address any more. Tell your advocate, and save the file."),
}
_begun: WeakKeyDictionary[OpenCase, tuple[Case, str]] = WeakKeyDictionary()  # the case and the mark of its copy


def offered() -> bool:
    """Whether this site can send a workbook to an advocate."""
    return bool(prepared.drop_box())


def send(handle: OpenCase, case: Case) -> None:
    """Sends a copy of the case, and notes that; CannotExport with the reason if it has not arrived."""
    today = dt.date.today()  # noqa: DTZ011 - the real day, also while a demo is open
    begun, mark = _begun.get(handle, (None, ""))
    if begun != case:  # one mark never means two copies
        mark = new_id()
        _begun[handle] = (case, mark)
    data = dump(to_send(case, mark, today))
    if len(data) > LARGEST:
        raise _failed("large")
    try:
        awaited.ready({"do": "drop", "data": data, "to": prepared.drop_box()})
    except awaited.JobFailed as error:
        del _begun[handle]  # it may have arrived all the same: the next copy is another one
        raise _failed(str(error)) from None
    del _begun[handle]
    Session(handle.store, case.id).apply([Change("add", "exports", _note(case, mark, today))])
    if handle.bound:
        handle.visited(None)


def last(case: Case) -> str:
    """The day on which a copy was last sent; "" if none was."""
    days = [str(one.on) for one in case.exports.values() if one.profile == SENT and one.on]
    return days[-1] if days else ""


def _note(case: Case, mark: str, today: dt.date) -> dict[str, Any]:
    note: dict[str, Any] = sent(case, mark, today).exports[mark].model_dump(mode="json")
    return note


def _failed(why: str) -> CannotExport:
    return CannotExport(f"{tr(_FAILED)} {tr(_WHY.get(why, _WHY['offline']))}")
