"""Case files that a passphrase closes: made here, or waiting here to be opened. Knows the handle; no widgets.

A passphrase is never kept: it comes with one message and is gone when that is answered. A closed file that someone
chose stays in the memory of the page until it is opened or given up; it is not written anywhere before that.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from ...documents import encryption
from ...errors import BadFile, CannotExport
from ...locale import tr
from ..handle import OpenCase

_waiting: WeakKeyDictionary[OpenCase, bytes] = WeakKeyDictionary()


def close(data: bytes, told: Any) -> bytes:
    """The data closed with the passphrase of a form (`passphrase`, `again`); CannotExport where they do not do.

    The rules and their words are those of the command line (`seal.ask`).
    """
    passphrase = _said(told, "passphrase")
    if len(passphrase) < encryption.SHORTEST:
        raise CannotExport(tr("The passphrase is too short. Use at least 8 letters; several words are best."))
    if _said(told, "again") != passphrase:
        raise CannotExport(tr("The two passphrases differ. Nothing was written. Try again."))
    return encryption.close(data, passphrase)


def waits(handle: OpenCase) -> bool:
    """Whether a closed file on this page waits for its passphrase."""
    return handle in _waiting


def keep(handle: OpenCase, data: bytes) -> None:
    """Lets a closed file wait; BadFile at once where no passphrase could open it."""
    encryption.check(data)
    _waiting[handle] = data


def forget(handle: OpenCase) -> None:
    """The file that waits is given up. It stays where it came from."""
    _waiting.pop(handle, None)


def opened(handle: OpenCase, told: Any) -> bytes:
    """What the waiting file holds. BadFile if it does not open; it waits on where another try can help."""
    if not waits(handle):
        raise BadFile(tr("There is no file here to open. Choose the file again."))
    if not (passphrase := _said(told, "passphrase")):
        raise BadFile(tr("Type the passphrase of this file."))
    try:
        return encryption.open_(_waiting[handle], passphrase)
    except BadFile as error:
        if str(error) not in (tr(encryption.WRONG), tr(encryption.EITHER)):
            forget(handle)
        raise


def _said(told: Any, name: str) -> str:
    return str(told.get(name) or "") if isinstance(told, dict) else ""
