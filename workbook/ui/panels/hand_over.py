"""A workbook handed to another advocate, or taken over from one, on the page for workbooks. On a computer only.

An opened hand-over stays in the memory of the page until somebody accepts, refuses or puts it aside: before that,
nothing of it is on the disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from ... import law
from ...case import Case, Mode, caller, case_name, first_name, new_id, read
from ...case.hand_over import HandOver, OfferState
from ...documents.summary.parts import own_today
from ...errors import BadFile, CannotExport
from ...locale import tr
from ...rules import hand_over as words
from ...session import Change, Session, hand_over
from .. import links
from ..asking.pages import HOME
from ..handle import OpenCase
from . import encrypted_files
from .base import Answer


@dataclass(frozen=True, slots=True)
class _Here:
    """A hand-over on this page: as opened, and the answer that was given to it, if any."""

    offered: hand_over.Offered
    answer: HandOver | None = None


_opened: WeakKeyDictionary[OpenCase, _Here] = WeakKeyDictionary()


def pressed(handle: OpenCase, name: str, value: Any, view: Callable[..., str]) -> Answer:
    """The result of a button. What is wrong is said beside it, with what was typed."""
    try:
        if name == "hand_over":
            file, told = offer(handle, value)
            handle.visited(None)
            return {**file, "html": view(handle, told=told)}
        if name == "close_case":
            close(handle, value)
            return view(handle, told=tr("This workbook is closed. Nothing in it is lost."))
        if name == "put_aside":
            put_aside(handle)
            return view(handle)
        if name == "answer_again":
            return again(handle) or view(handle)
        file = accept(handle, value) if name == "accept" else refuse(handle, value)
        return {**file, "html": view(handle)}
    except CannotExport as error:
        return view(handle, giving={"key": _said(value, "case"), "typed": value, "problem": str(error)})
    except BadFile as error:
        return view(handle, untaken=str(error))


def received(handle: OpenCase, data: bytes) -> str:
    """What is to say about a hand-over, or the answer to one; "" for any other file."""
    kind = hand_over.kind_of(data)
    if kind == "offer":
        return opened(handle, data)
    return answered(handle, data) if kind else ""


# the advocate who hands over


def of_case(handle: OpenCase) -> dict[str, Any] | None:
    """What the page shows about handing over the open workbook; None if it is not an advocate's."""
    if not handle.bound or handle.case.mode is not Mode.ADVOCATE:
        return None
    case = handle.case
    offers = list(case.hand_overs.values())[::-1]
    is_over = bool(offers) and offers[0].state is OfferState.ACCEPTED and offers[0].answered_by != caller(case)
    return {
        "told": [words.told(one) for one in offers],
        "left": words.left_behind(left) if (left := hand_over.left_behind(case)) else "",
        "by": caller(case),
        "close": is_over and case.status is None,
    }


def offer(handle: OpenCase, value: Any) -> tuple[dict[str, Any], str]:
    """The locked file, and what happened; CannotExport, before anything is written, if something is missing."""
    key = _said(value, "case")
    case = read(handle.store.read(key)[1])
    name = _said(value, "to")
    if not name:
        raise CannotExport(tr("Write who is to take this workbook over."))
    told = {"offered_by": _said(value, "by"), "offered_to": name, "note": _said(value, "note")}
    private = bool(_said(value, "private"))
    on = _today().isoformat()
    made = HandOver.model_validate({"id": new_id(), **told, "offered_on": on, "with_private": private})
    data = encrypted_files.close(hand_over.offer_of(case, made), value)
    hand_over.note(handle.store, key, made)
    file = {
        "do": "file",
        "name": f"workbook-{key}-hand-over.json.age",
        "mime": "application/octet-stream",
        "data": data,
    }
    next_to_do = tr("Send the file, and say the passphrase by phone. When their answer file comes, load it here.")
    return file, f"{words.told(made)} {next_to_do}"


def close(handle: OpenCase, value: Any) -> None:
    """Closes a workbook that somebody else has now; nothing in it is lost."""
    Session(handle.store, str(value)).apply([Change("put", "status", "closed")])
    handle.visited(None)


def answered(handle: OpenCase, data: bytes) -> str:
    """What came of an answer that was loaded."""
    done = hand_over.load_answer(handle.store, data)
    if handle.bound:
        handle.visited(None)
    name = _name(read(handle.store.read(done.key)[1]))
    return f"{name}: {words.told_answer(done.offer, done.outcome)}"


# the advocate who takes over


def opened(handle: OpenCase, data: bytes) -> str:
    """Opens a hand-over for a look; BadFile if it cannot be read, or was answered or made here."""
    offered = hand_over.read_offer(data)
    if known := hand_over.known_here(handle.store, offered):
        raise BadFile(words.told_again(known))
    _opened[handle] = _Here(offered)
    return tr("This is a hand-over. Look at it above, then accept it or say no.")


def waiting(handle: OpenCase) -> dict[str, Any] | None:
    """What the page shows about the hand-over it has; None without one."""
    here = _opened.get(handle)
    if here is None:
        return None
    offered, answer = here.offered, here.answer
    case, one = offered.case, offered.offer
    due = words.what_is_due(case, law.load(), own_today(case))
    return {
        "name": _name(case),
        "by": one.offered_by or tr("another advocate"),
        "to": one.offered_to,
        "on": one.offered_on,
        "note": one.note,
        "left": words.not_here(one, offered.left),
        "due": due,
        "accepted": answer is not None and answer.state is OfferState.ACCEPTED,
        "refused": answer is not None and answer.state is OfferState.REFUSED,
        "href": links.page(HOME, case.id) if links.served() else "",
        "id": case.id,
    }


def accept(handle: OpenCase, value: Any) -> dict[str, Any]:
    """Makes the workbook this advocate's; the file is the answer. BadFile if it cannot be done now."""
    offered, name = _to_answer(handle, value)
    if known := hand_over.known_here(handle.store, offered):
        raise BadFile(words.told_again(known))
    made = hand_over.accept(handle.store, offered, name, _today())
    _opened[handle] = _Here(offered, made)
    if not links.served() and not handle.bound:
        handle.bind(offered.case.id)
    return _file(offered, made)


def refuse(handle: OpenCase, value: Any) -> dict[str, Any]:
    """The answer that says no; nothing of the workbook is kept."""
    offered, name = _to_answer(handle, value)
    made = hand_over.refused(offered, name, _today(), _said(value, "reason"))
    _opened[handle] = _Here(offered, made)
    return _file(offered, made)


def put_aside(handle: OpenCase) -> None:
    """Forgets the hand-over on this page. The file is untouched."""
    _opened.pop(handle, None)


def again(handle: OpenCase) -> Answer | None:
    """The answer file once more, if one was made on this page."""
    here = _opened.get(handle)
    return _file(here.offered, here.answer) if here and here.answer else None


def _to_answer(handle: OpenCase, value: Any) -> tuple[hand_over.Offered, str]:
    here = _opened.get(handle)
    if here is None or here.answer is not None:
        raise BadFile(tr("There is no hand-over here to answer. Choose the file again."))
    name = HandOver.model_validate({"id": "h", "answered_by": _said(value, "name")}).answered_by
    if not name:
        raise BadFile(tr("Write your name, so that the other advocate knows who answered."))
    return here.offered, name


def _file(offered: hand_over.Offered, made: HandOver) -> dict[str, Any]:
    data = hand_over.answer_of(offered.case.id, made)
    name = f"workbook-{offered.case.id}-answer.json"
    return {"do": "file", "name": name, "mime": "application/json", "data": data}


def _name(case: Case) -> str:
    return case_name(case) or first_name(case) or tr("Workbook without a name")


def _said(value: Any, name: str) -> str:
    return str(value.get(name) or "").strip() if isinstance(value, dict) else ""


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
