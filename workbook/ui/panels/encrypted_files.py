"""Encrypted case files: created here, or uploaded and waiting for a passphrase. Knows the handle; no widgets.

A passphrase is never stored: it arrives with one message and is discarded with the answer. An uploaded encrypted
file stays in the memory of the page until it is decrypted or discarded; it is not written to disk before that.
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
    """The data encrypted with the passphrase of a form (`passphrase`, `again`); CannotExport if they are unsuitable.

    The rules and messages are those of the command line (`encryption.ask`).
    """
    passphrase = _said(told, "passphrase")
    if len(passphrase) < encryption.SHORTEST:
        raise CannotExport(tr("The passphrase is too short. Use at least 8 letters; several words are best."))
    if _said(told, "again") != passphrase:
        raise CannotExport(tr("The two passphrases differ. Nothing was written. Try again."))
    return encryption.close(data, passphrase)


def waits(handle: OpenCase) -> bool:
    """Whether an encrypted file on this page waits for its passphrase."""
    return handle in _waiting


def keep(handle: OpenCase, data: bytes) -> None:
    """Stores an encrypted file in memory; BadFile at once if no passphrase could decrypt it."""
    encryption.check(data)
    _waiting[handle] = data


def forget(handle: OpenCase) -> None:
    """Discards the waiting file. The original is untouched."""
    _waiting.pop(handle, None)


def opened(handle: OpenCase, told: Any) -> bytes:
    """The contents of the waiting file. BadFile if decryption fails; it keeps waiting if another try can help."""
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
