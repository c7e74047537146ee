"""The key of a drop box: an age identity, of which only the public half leaves the advocate. Knows age and the home.

The file is one that the program age reads too (`age --decrypt -i FILE`), also if it is locked with a passphrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..documents import encryption
from ..errors import BadFile
from ..locale import N_
from ..store import home_dir

FILE = "drop-box.key"
_PUBLIC = re.compile("age1[ac-hj-np-z02-9]{58}")

NO_KEY = "There is no key for a drop box here. Make one with: workbook drop-box key DIR"
NOT_A_KEY = N_("This is not the key file of a drop box. Put back the file that workbook drop-box key has made.")
NOT_PUBLIC = 'practice.toml: the line drop_box must have a public key that begins with "age1".'
OTHER = N_("It cannot be opened with your key.")
DAMAGED = N_("It is damaged or was changed on its way.")


def place() -> Path:
    """Where the advocate's key is, if there is one."""
    return home_dir() / FILE


def make() -> tuple[bytes, str]:
    """A new key as a file, and its public half."""
    from pyrage import x25519

    made = x25519.Identity.generate()
    public = str(made.to_public())
    return f"# public key: {public}\n{made}\n".encode(), public


def read(data: bytes, ask: Callable[[], str]) -> Any:
    """The key in a file; `ask` gives the passphrase of a locked one. BadFile if there is none in it."""
    from pyrage import IdentityError, x25519

    if encryption.is_sealed(data):
        encryption.check(data)
        data = encryption.open_(data, ask())
    for line in data.decode("utf-8", "replace").splitlines():
        if line.startswith("AGE-SECRET-KEY-1"):
            try:
                return x25519.Identity.from_str(line.strip())
            except IdentityError:
                break
    raise BadFile(NOT_A_KEY)


def checked(public: str) -> str:
    """The public half of a key; BadFile if it is none."""
    from pyrage import RecipientError, x25519

    try:
        if _PUBLIC.fullmatch(public):
            return str(x25519.Recipient.from_str(public))
    except RecipientError:
        pass
    raise BadFile(NOT_PUBLIC)


def opened(data: bytes, identity: Any) -> bytes:
    """What a client sent. BadFile if it was sealed to another key, or is not as it was sealed."""
    import pyrage

    try:
        found: bytes = pyrage.decrypt(data, [identity])
    except pyrage.DecryptError as error:
        raise BadFile(OTHER if str(error).startswith("No matching keys") else DAMAGED) from None
    return found
