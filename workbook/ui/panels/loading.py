"""A case file that comes in: loaded as a new workbook, or merged into the one that is here. Knows the handle."""

from __future__ import annotations

import datetime as dt

from ... import where
from ...case import case_name, new_id, parse
from ...documents.encryption import is_sealed
from ...locale import tr
from .. import empty_states, links
from ..asking.pages import HOME
from ..handle import OpenCase, refuse_in_demo
from . import encrypted_files


def receive(handle: OpenCase, data: bytes) -> tuple[str, str] | str:
    """Loads a case file, also from inside a PDF; an encrypted one waits here until someone types its passphrase."""
    refuse_in_demo()
    encrypted_files.forget(handle)
    if is_sealed(data):
        encrypted_files.keep(handle, data)
        return tr("This file is locked with a passphrase. Type the passphrase above, and the file opens.")
    from ...scan.formats import carried

    if carried.is_pdf(data):
        data = carried.case_file(data)
    return load(handle, data)


def load(handle: OpenCase, data: bytes) -> tuple[str, str]:
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
        return gone_to(handle, case.id, tr("The file is loaded."))
    done = merge(handle.store, case, handle.today() if handle.bound else dt.date.today())  # noqa: DTZ011 - the user's day
    if not done.older:
        told = tr("This workbook was here already. What is new in the file was added to it.")
        if not done.conflicts:
            return gone_to(handle, case.id, told)
        names = ", ".join(one.question for one in done.conflicts)
        told += " " + tr("Here and in the file, these answers are different: {names}.").format(names=names)
        told += " " + tr("Yours were kept. You can choose on this page.")
        return gone_to(handle, case.id, told, to_choose=True)
    name = tr("{name} (earlier copy)").format(name=case_name(case) or tr("Workbook without a name"))
    case = case.model_copy(update={"id": new_id(), "nickname": name[:200]})
    handle.store.create(case)
    return gone_to(handle, case.id, tr("The file is loaded."))


def gone_to(handle: OpenCase, case_id: str, text: str, start: str = "", *, to_choose: bool = False) -> tuple[str, str]:
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
