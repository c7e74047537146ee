"""The workbooks on this device: start, open, download, load, erase. Knows the store by the handle; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import where
from ...case import Case, Mode, dump, new_id, parse
from ...documents.encryption import is_sealed
from ...errors import BadFile, CannotExport, StoreTrouble
from ...locale import N_, tr
from .. import empty_states, links
from ..asking.pages import HOME
from ..handle import OpenCase, demo_only
from . import encrypted_files
from .base import Answer, Press, draw
from .overview import list_names, workbook_name
from .start import begin

if TYPE_CHECKING:
    from ...store import Damaged


_DONE = {
    "erased": N_("The workbook is erased. Nothing of it is left here."),
    "cleared": N_("Everything is erased."),
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
) -> str:
    """The list of workbooks; with `erase` or `clear`, the confirmation question.

    `problem` says why encrypting workbook `closing` failed, `unopened` why the selected file could not be opened.
    """
    from ...store import Damaged, warn_if_synced

    try:
        rows = handle.choices()
    except Damaged as error:
        day = error.copy.day.isoformat() if error.copy else ""
        here = where.in_browser()
        return draw("damaged", sentence=str(error), day=day, clear=clear, demo=demo_only(), here=here)
    names = list_names(handle, rows)
    current = handle.case.id if handle.bound else ""
    told = told or ("" if current else tr(_DONE.get(links.done_before(), "")))
    named = {m.value: tr(m.words) for m in Mode}
    return draw(
        "workbooks",
        rows=[
            {
                "id": row.id,
                "name": workbook_name(handle) if row.id == current else names[row.id],
                "mode": named.get(str(row.mode), ""),
                "synthetic": row.synthetic,
                "updated": row.updated[:10],
                "changed": row.updated,
                "href": links.page(HOME, row.id) if links.served() else "",
                "open": row.id == current,
                "erase": row.id == erase,
                "closing": row.id == closing,
            }
            for row in sorted(rows, key=lambda row: row.id != current)
        ],
        demo=demo_only(),
        home=str(handle.store.home),
        here=where.in_browser(),
        synced=warn_if_synced(handle.store.home) or "",
        clear=clear,
        kept=bool(rows or handle.store.copies() or any(handle.store.home.glob("damaged-*.db"))),
        told=told,
        problem=problem,
        waits=encrypted_files.waits(handle),
        unopened=unopened,
    )


def presses() -> dict[str, Press]:
    """The actions of the buttons."""
    return {
        "start": _start,
        "open": _open,
        "save": _save,
        "save_closed": _save_closed,
        "unlock": _unlock,
        "give_up": _give_up,
        "ask_erase": lambda handle, value: view(handle, erase=str(value)),
        "erase": _erase,
        "ask_clear": lambda handle, _value: view(handle, clear=True),
        "clear": _clear,
        "keep": lambda handle, _value: view(handle),
        "restore": _restore,
        "anew": _anew,
    }


def receive(handle: OpenCase, data: bytes) -> tuple[str, str] | str:
    """Loads a case file; an encrypted one waits on this page until someone types its passphrase."""
    _not_in_demo()
    encrypted_files.forget(handle)
    if is_sealed(data):
        encrypted_files.keep(handle, data)
        return tr("This file is locked with a passphrase. Type the passphrase above, and the file opens.")
    return _load(handle, data)


def _load(handle: OpenCase, data: bytes) -> tuple[str, str]:
    """If the case is here already it stays, and the file gets a new id."""
    case = parse(data)
    if case.id in {row.id for row in handle.store.cases()}:
        case = case.model_copy(update={"id": new_id()})
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
    except BadFile as error:  # it was decrypted, and is something else: no passphrase changes that
        encrypted_files.forget(handle)
        return view(handle, unopened=str(error))
    encrypted_files.forget(handle)
    return {"do": "go", "href": href} if href else view(handle, told=text)


def _give_up(handle: OpenCase, _value: Any) -> Answer:
    encrypted_files.forget(handle)
    return view(handle)


def _start(handle: OpenCase, value: Any) -> Answer:
    case = begin(handle, value)
    text, href = _gone_to(handle, case.id, tr("A new workbook is open."), start="about")
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


def _stored(handle: OpenCase, key: Any) -> Case:
    from ...case import read

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


def _gone_to(handle: OpenCase, case_id: str, text: str, start: str = "") -> tuple[str, str]:
    """In Voilà the address of the workbook's first page; elsewhere it is opened here, if nothing else is open."""
    if links.served():
        return text, links.page(HOME, case_id, start=start)
    if handle.bound:
        return f"{text} {empty_states.another_one()}", ""
    handle.bind(case_id)
    return text, ""


def _not_in_demo() -> None:
    if demo_only():
        raise StoreTrouble(
            tr("This is a public demo. It saves nothing, so workbooks cannot be started or loaded here.")
        )
