"""The workbooks on this device: start, open, download, load, erase. Knows the store by the handle; no widgets."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from ... import where
from ...case import Case, Mode, dump
from ...errors import BadFile, CannotExport, NoSuchCase, WorkbookError
from ...locale import N_, tr
from .. import links, prepared
from ..asking.pages import HOME
from ..handle import OpenCase, demo_only, is_in_practice, is_own_computer, refuse_in_demo
from . import damage, differing, encrypted_files, sending
from .base import Answer, Press, draw
from .loading import gone_to, load
from .overview import STATES, board_page, list_names
from .start import begin, opening

_declined: WeakSet[OpenCase] = WeakSet()  # pages on which the workbook that the site brings was put aside
_DONE = {
    "erased": N_("The workbook is erased. Nothing of it is left here."),
    "cleared": N_("Everything is erased."),
    "merged": N_("What is new in the file was added. Some answers are different here and in the file."),
}


def view(
    handle: OpenCase,
    *,
    erase: str = "",
    clear: bool = False,
    told: str = "",
    closing: str = "",
    problem: str = "",
    unopened: str = "",
    giving: Mapping[str, Any] | None = None,
    untaken: str = "",
    unchosen: str = "",
    unsent: tuple[str, str] = ("", ""),
    unreceived: str = "",
) -> str:
    """The list of workbooks; with `erase` or `clear`, the confirmation question.

    `problem` says why encrypting workbook `closing` failed, `unopened` why the selected file could not be opened,
    `giving` what was typed for a hand-over that failed, `untaken` why an answer to one could not be made,
    `unchosen` why one of two different answers could not be used, `unsent` which workbook was not sent and why,
    `unreceived` why the files of clients could not be opened.
    """
    from ...store import Damaged, warn_if_synced

    try:
        rows = handle.choices()
    except Damaged as error:
        return damage.shown(error, clear=clear)
    put_aside = handle in _declined or encrypted_files.waits(handle) or unopened
    if not rows and not put_aside and (locked := prepared.locked()):
        encrypted_files.keep(handle, locked)
    brought = not rows and encrypted_files.waits(handle) and prepared.locked() is not None
    names = list_names(handle, rows)
    current = handle.case.id if handle.bound else ""
    done = links.done_before()
    told = told or (tr(_DONE.get(done, "")) if not current or done == "merged" else "")
    named = {m.value: tr(m.words) for m in Mode}
    return draw(
        "workbooks",
        rows=[
            {
                "id": row.id,
                "name": names[row.id],
                "mode": named.get(str(row.mode), ""),
                "synthetic": row.synthetic,
                "state": tr(STATES[row.state]) if row.state in STATES else "",
                "updated": row.updated[:10],
                "changed": row.updated,
                "href": links.page(HOME, row.id) if links.served() else "",
                "open": row.id == current,
                "erase": row.id == erase,
                "closing": row.id == closing,
                "sending": row.id == unsent[0],
                "sent": _sent(handle, row.id),
                "supervised": row.mode == Mode.ADVOCATE and is_own_computer(),
            }
            for row in sorted(rows, key=lambda row: row.id != current)
        ],
        demo=demo_only(),
        board=board_page(handle),
        home=str(handle.store.home),
        here=where.in_browser(),
        practice=is_in_practice(),
        synced=warn_if_synced(handle.store.home) or "",
        changed=_changed(handle),
        received=_received(handle),
        unreceived=unreceived,
        **_hand_overs(handle, giving, untaken),
        differs=differing.shown(handle),
        problem_there=unchosen,
        clear=clear,
        kept=bool(rows or handle.store.copies() or any(handle.store.home.glob("damaged-*.db"))),
        told=told,
        problem=problem,
        waits=encrypted_files.waits(handle),
        brought=brought,
        unopened=unopened,
        sends=sending.offered() and not demo_only(),
        unsent=unsent[1],
    )


def presses() -> dict[str, Press]:
    """The actions of the buttons."""
    return {
        "start": _start,
        "open": _open,
        "save": _save,
        "save_closed": _save_closed,
        "send": _send,
        "receive": _receive,
        "unlock": _unlock,
        "give_up": _give_up,
        "ask_erase": lambda handle, value: view(handle, erase=str(value)),
        "erase": _erase,
        "ask_clear": lambda handle, _value: view(handle, clear=True),
        "clear": _clear,
        "keep": lambda handle, _value: view(handle),
        "seen": _seen,
        "keep_ours": functools.partial(_choose, take=False),
        "use_theirs": functools.partial(_choose, take=True),
        "undo_choice": _undo_choice,
        "deidentify": _deidentify,
        **{name: functools.partial(_hand_over, name=name) for name in _HAND_OVER},
        "restore": functools.partial(_repaired, repair=damage.restore),
        "anew": functools.partial(_repaired, repair=damage.start_over),
    }


def _changed(handle: OpenCase) -> dict[str, Any] | None:
    """What changed in the open workbook; nothing in a browser alone or a public demo."""
    if not is_own_computer():
        return None
    from . import changed

    return changed.shown(handle)


def _received(handle: OpenCase) -> dict[str, Any] | None:
    """What clients have sent; nothing in a browser alone, a public demo or the view of one client."""
    if not is_own_computer() or handle.is_client_view:
        return None
    from . import received

    return received.shown(handle)


def _receive(handle: OpenCase, value: Any) -> Answer:
    refuse_in_demo()
    from . import received

    return view(handle, unreceived=received.receive(handle, value))


def _choose(handle: OpenCase, value: Any, *, take: bool) -> Answer:
    refuse_in_demo()
    return view(handle, unchosen=differing.choose(handle, value, take=take))


def _undo_choice(handle: OpenCase, _value: Any) -> Answer:
    differing.undo(handle)
    return view(handle)


_HAND_OVER = ("hand_over", "close_case", "accept", "refuse", "answer_again", "put_aside")


def _hand_overs(handle: OpenCase, giving: Mapping[str, Any] | None, untaken: str) -> dict[str, Any]:
    """What the page shows about hand-overs; nothing in a browser alone or a public demo."""
    shown: dict[str, Any] = {"handing": None, "taking": None, "giving": giving, "untaken": untaken}
    if not is_own_computer():
        return shown
    from . import hand_over

    return {**shown, "handing": hand_over.of_case(handle), "taking": hand_over.waiting(handle)}


def _hand_over(handle: OpenCase, value: Any, *, name: str) -> Answer:
    refuse_in_demo()
    from . import hand_over

    return hand_over.pressed(handle, name, value, view)


def _deidentify(handle: OpenCase, value: Any) -> Answer:
    from ...documents.deidentify.copy import copy_of

    copy = copy_of(_stored(handle, value), dt.date.today())  # noqa: DTZ011 - the user's day
    name = f"workbook-{copy.id}-de-identified.json"
    return {"do": "file", "name": name, "mime": "application/json", "data": dump(copy)}


def _seen(handle: OpenCase, _value: Any) -> Answer:
    handle.store.mark_seen(handle.case.id)
    return view(handle, told=tr("Marked as seen. New changes will be listed here."))


def _unlock(handle: OpenCase, value: Any) -> Answer:
    refuse_in_demo()
    try:
        data = encrypted_files.opened(handle, value)
    except BadFile as error:
        return view(handle, unopened=str(error))
    try:
        text, href = load(handle, data)
    except (BadFile, NoSuchCase) as error:  # it was decrypted, and is something else: no passphrase changes that
        encrypted_files.forget(handle)
        return view(handle, unopened=str(error))
    encrypted_files.forget(handle)
    return {"do": "go", "href": href} if href else view(handle, told=text)


def _give_up(handle: OpenCase, _value: Any) -> Answer:
    encrypted_files.forget(handle)
    _declined.add(handle)
    return view(handle)


def _start(handle: OpenCase, value: Any) -> Answer:
    case = begin(handle, value)
    text, href = gone_to(handle, case.id, tr("A new workbook is open."), start=opening(case)[0])
    return {"do": "go", "href": href} if href else view(handle, told=text)


def _open(handle: OpenCase, value: Any) -> Answer:
    if links.served():
        return {"do": "go", "href": links.page(HOME, str(value))}
    handle.bind(str(value))
    return view(handle)


def _save(handle: OpenCase, value: Any) -> Answer:
    case = _stored(handle, value)
    return {"do": "file", "name": f"workbook-{case.id}.json", "mime": "application/json", "data": dump(case)}


def _save_closed(handle: OpenCase, value: Any) -> Answer:
    case = _stored(handle, value["case"])
    try:
        data = encrypted_files.close(dump(case), value)
    except CannotExport as error:
        return view(handle, closing=case.id, problem=str(error))
    name = f"workbook-{case.id}.json.age"
    # Rendered again too, so that the error of an earlier try disappears.
    return {"do": "file", "name": name, "mime": "application/octet-stream", "data": data, "html": view(handle)}


def _send(handle: OpenCase, value: Any) -> Answer:
    refuse_in_demo()
    key = str(value)
    try:
        sending.send(handle, _stored(handle, key))
    except CannotExport as error:
        return view(handle, unsent=(key, str(error)))
    return {"do": "html", "html": view(handle), "text": tr(sending.DONE)}


def _sent(handle: OpenCase, key: str) -> str:
    """The day on which the workbook was last sent; "" also for one that cannot be read."""
    if sending.offered():
        with suppress(WorkbookError):
            return sending.last(_stored(handle, key))
    return ""


def _stored(handle: OpenCase, key: Any) -> Case:
    from ...case import read

    if handle.is_client_view:
        return handle.case  # without what is for advocates only
    _version, stored = handle.store.read(str(key))
    return read(stored)


def _erase(handle: OpenCase, value: Any) -> Answer:
    refuse_in_demo()
    key, here = str(value), handle.bound and handle.case.id == str(value)
    handle.store.erase(key)
    if here:
        handle.close(tr("This workbook is erased. Nothing of it is left here."))
        if links.served():
            return {"do": "go", "href": links.page(links.here() or HOME, done="erased")}
    return view(handle, told=tr(_DONE["erased"]))


def _clear(handle: OpenCase, _value: Any) -> Answer:
    refuse_in_demo()
    handle.store.clear()
    handle.close(tr("Every workbook is erased. Nothing is left here."))
    return (
        {"do": "go", "href": links.page(links.here() or HOME, done="cleared")}
        if links.served()
        else view(handle, told=tr(_DONE["cleared"]))
    )


def _repaired(handle: OpenCase, _value: Any, *, repair: Callable[[OpenCase], str]) -> Answer:
    return view(handle, told=repair(handle))
