"""The workbooks on this device: start, open, download, load, erase. Knows the store by the handle; no widgets."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ... import where
from ...case import Case, Mode, case_name, dump, new_id, parse
from ...documents.encryption import is_sealed
from ...errors import BadFile, CannotExport, NoSuchCase, StoreTrouble, WorkbookError
from ...locale import N_, tr
from .. import empty_states, links, prepared
from ..asking.pages import HOME
from ..handle import OpenCase, demo_only
from . import differing, encrypted_files, sending
from .base import Answer, Press, draw
from .overview import STATES, board_page, list_names, workbook_name
from .start import begin, opening

if TYPE_CHECKING:
    from ...store import Damaged


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
        day = error.copy.day.isoformat() if error.copy else ""
        here = where.in_browser()
        return draw("damaged", sentence=str(error), day=day, clear=clear, demo=demo_only(), here=here)
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
                "name": workbook_name(handle) if row.id == current else names[row.id],
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
                "supervised": row.mode == Mode.ADVOCATE and not (where.in_browser() or demo_only()),
            }
            for row in sorted(rows, key=lambda row: row.id != current)
        ],
        demo=demo_only(),
        board=board_page(handle),
        home=str(handle.store.home),
        here=where.in_browser(),
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
        "restore": _restore,
        "anew": _anew,
    }


def _changed(handle: OpenCase) -> dict[str, Any] | None:
    """What changed in the open workbook; nothing in a browser alone or a public demo."""
    if where.in_browser() or demo_only():
        return None
    from . import changed

    return changed.shown(handle)


def _received(handle: OpenCase) -> dict[str, Any] | None:
    """What clients have sent; nothing in a browser alone, a public demo or the view of one client."""
    if where.in_browser() or demo_only() or handle.is_client_view:
        return None
    from . import received

    return received.shown(handle)


def _receive(handle: OpenCase, value: Any) -> Answer:
    _not_in_demo()
    from . import received

    return view(handle, unreceived=received.receive(handle, value))


def _choose(handle: OpenCase, value: Any, *, take: bool) -> Answer:
    _not_in_demo()
    return view(handle, unchosen=differing.choose(handle, value, take=take))


def _undo_choice(handle: OpenCase, _value: Any) -> Answer:
    differing.undo(handle)
    return view(handle)


_HAND_OVER = ("hand_over", "close_case", "accept", "refuse", "answer_again", "put_aside")


def _hand_overs(handle: OpenCase, giving: Mapping[str, Any] | None, untaken: str) -> dict[str, Any]:
    """What the page shows about hand-overs; nothing in a browser alone or a public demo."""
    shown: dict[str, Any] = {"handing": None, "taking": None, "giving": giving, "untaken": untaken}
    if where.in_browser() or demo_only():
        return shown
    from . import hand_over

    return {**shown, "handing": hand_over.of_case(handle), "taking": hand_over.waiting(handle)}


def _hand_over(handle: OpenCase, value: Any, *, name: str) -> Answer:
    _not_in_demo()
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


def receive(handle: OpenCase, data: bytes) -> tuple[str, str] | str:
    """Loads a case file, also from inside a PDF; an encrypted one waits here until someone types its passphrase."""
    _not_in_demo()
    encrypted_files.forget(handle)
    if is_sealed(data):
        encrypted_files.keep(handle, data)
        return tr("This file is locked with a passphrase. Type the passphrase above, and the file opens.")
    from ...scan.formats import carried

    if carried.is_pdf(data):
        data = carried.case_file(data)
    return _load(handle, data)


def _load(handle: OpenCase, data: bytes) -> tuple[str, str]:
    """If the case is here already, what is new in the file is merged into it; an earlier state is kept beside it.

    A hand-over of another advocate waits on the page for a yes or no.
    """
    from ...session.merge import merge

    if not where.in_browser():
        from . import hand_over

        if told := hand_over.received(handle, data):
            return told, ""
    case = parse(data)
    if case.id not in {row.id for row in handle.store.cases()}:
        handle.store.create(case)
        return _gone_to(handle, case.id, tr("The file is loaded."))
    done = merge(handle.store, case, handle.today() if handle.bound else dt.date.today())  # noqa: DTZ011 - the user's day
    if not done.older:
        told = tr("This workbook was here already. What is new in the file was added to it.")
        if not done.conflicts:
            return _gone_to(handle, case.id, told)
        names = ", ".join(one.question for one in done.conflicts)
        told += " " + tr("Here and in the file, these answers are different: {names}.").format(names=names)
        told += " " + tr("Yours were kept. You can choose on this page.")
        return _gone_to(handle, case.id, told, to_choose=True)
    name = tr("{name} (earlier copy)").format(name=case_name(case) or tr("Workbook without a name"))
    case = case.model_copy(update={"id": new_id(), "nickname": name[:200]})
    handle.store.create(case)
    return _gone_to(handle, case.id, tr("The file is loaded."))


def _unlock(handle: OpenCase, value: Any) -> Answer:
    _not_in_demo()
    try:
        data = encrypted_files.opened(handle, value)
    except BadFile as error:
        return view(handle, unopened=str(error))
    try:
        text, href = _load(handle, data)
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
    text, href = _gone_to(handle, case.id, tr("A new workbook is open."), start=opening(case)[0])
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
    _not_in_demo()
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
    _not_in_demo()
    key, here = str(value), handle.bound and handle.case.id == str(value)
    handle.store.erase(key)
    if here:
        handle.close(tr("This workbook is erased. Nothing of it is left here."))
        if links.served():
            return {"do": "go", "href": links.page(links.here() or HOME, done="erased")}
    return view(handle, told=tr(_DONE["erased"]))


def _clear(handle: OpenCase, _value: Any) -> Answer:
    _not_in_demo()
    handle.store.clear()
    handle.close(tr("Every workbook is erased. Nothing is left here."))
    return (
        {"do": "go", "href": links.page(links.here() or HOME, done="cleared")}
        if links.served()
        else view(handle, told=tr(_DONE["cleared"]))
    )


def _restore(handle: OpenCase, _value: Any) -> Answer:
    _not_in_demo()
    trouble = _damage(handle)
    if trouble is None or trouble.copy is None:
        return view(handle)
    handle.store.restore(trouble.copy)
    handle.trouble = None
    return view(handle, told=tr("The copy is back in place."))


def _anew(handle: OpenCase, _value: Any) -> Answer:
    _not_in_demo()
    trouble = _damage(handle)
    if trouble is None or trouble.copy is not None:
        return view(handle)
    handle.store.restore(None)
    handle.trouble = None
    return view(handle, told=tr("You can start over. The damaged file is kept."))


def _damage(handle: OpenCase) -> Damaged | None:
    """The current damage: the page may be from before someone else repaired it."""
    from ...store import Damaged

    try:
        handle.store.cases()
    except Damaged as error:
        return error
    return None


def _gone_to(handle: OpenCase, case_id: str, text: str, start: str = "", *, to_choose: bool = False) -> tuple[str, str]:
    """In Voilà the address of the workbook's first page; elsewhere it is opened here, if nothing else is open.

    With two answers `to_choose`, it is this page, with that workbook open.
    """
    if links.served() and to_choose:
        return text, links.page(links.here() or HOME, case_id, done="merged")
    if links.served():
        return text, links.page(HOME, case_id, start=start)
    if handle.bound and handle.case.id == case_id:
        handle.visited(None)
        return text, ""
    if handle.bound:
        return f"{text} {empty_states.another_one()}", ""
    handle.bind(case_id)
    return text, ""


def _not_in_demo() -> None:
    if demo_only():
        raise StoreTrouble(
            tr("This is a public demo. It saves nothing, so workbooks cannot be started or loaded here.")
        )
