"""Closes a file with a passphrase and opens it again, in the age format (age-encryption.org/v1). Knows no case.

Anyone can open such a file without this workbook: `age --decrypt FILE`. A lost passphrase cannot be found again.
"""

from __future__ import annotations

import getpass
import re
import warnings
from pathlib import Path

from ..errors import BadFile, CannotExport, WorkbookError
from ..locale import N_, tr

SHORTEST = 8  # signs of a new passphrase
LONGEST = 10_000  # bytes read of a passphrase file: another file was meant if there are more

_MAGIC = b"age-encryption.org/v1"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LINE = rb"[A-Za-z0-9+/]"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt %b{22} [1-9]\d?\n%b{43}\n--- %b{43}\n" % (_LINE, _LINE, _LINE)
)
_SMALLEST = 16 + 16  # what follows the header at least: the nonce and the tag of an empty last chunk
_WRONG = "Decryption failed"  # how pyrage says that the passphrase does not open the header

WRONG = N_("The passphrase does not open this file. Check capital letters and spaces, and try again.")
DAMAGED = N_("This closed file is damaged or cut short. No passphrase can open it. Try another copy.")
EITHER = N_("This file could not be opened. The passphrase is not right, or the file is damaged.")
FOREIGN = N_("This file is closed with a key, not with a passphrase. Open it with the age program first.")


def is_sealed(data: bytes) -> bool:
    """Whether this is a file in the age format, as bytes or as text (armored)."""
    return data.startswith(_MAGIC) or data.lstrip().startswith(_ARMOR)


def close(data: bytes, passphrase: str) -> bytes:
    """The data closed with the passphrase; takes about a second on purpose, so that guessing is slow."""
    from pyrage import passphrase as sealing

    closed: bytes = sealing.encrypt(data, passphrase)
    return closed


def check(data: bytes) -> None:
    """BadFile where no passphrase could open this file, so that nobody is asked for one in vain."""
    if data.startswith(_MAGIC):
        head = _HEADER.match(data)
        if head is None and re.match(rb"%b\n-> (?!scrypt )" % re.escape(_MAGIC), data):
            raise BadFile(tr(FOREIGN))
        if head is None or len(data) - head.end() < _SMALLEST:
            raise BadFile(tr(DAMAGED))


def open_(data: bytes, passphrase: str) -> bytes:
    """What was closed. BadFile says whether the passphrase is wrong or the file is damaged, where that can be told.

    age has no compression: what comes out is smaller than what went in. A file whose very first lines were changed
    looks like a wrong passphrase.
    """
    import pyrage

    check(data)
    try:
        opened: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        raise BadFile(tr(_why(str(error)))) from None
    return opened


def _why(told: str) -> str:
    """pyrage has one kind of error and tells the reasons apart by its words alone."""
    if told == _WRONG:
        return WRONG
    if told.startswith("No matching keys"):
        return FOREIGN
    damaged = ("decryption error", "Header", "Incomplete", "failed to fill", "Excessive work", "invalid", "Invalid")
    return DAMAGED if told.startswith(damaged) else EITHER


def ask(file: Path | None, twice: bool) -> str:
    """The passphrase: the first line of the file, or what is typed in the terminal without being shown.

    `twice` is for a new passphrase: it is typed two times and must have at least eight signs. A sentence where there
    is no terminal, the file cannot be read, or nothing was given.
    """
    wrong = CannotExport if twice else BadFile
    found = _from_file(file, wrong) if file else _typed(tr("Passphrase: "), wrong)
    if not found:
        raise wrong(tr("There is no passphrase. Type it, or put it in the first line of the file."))
    if twice and len(found) < SHORTEST:
        raise wrong(tr("The passphrase is too short. Use at least 8 letters; several words are best."))
    if twice and not file and _typed(tr("The same again: "), wrong) != found:
        raise wrong(tr("The two passphrases differ. Nothing was written. Try again."))
    return found


def _from_file(file: Path, wrong: type[WorkbookError]) -> str:
    try:
        with file.open("rb") as source:
            start = source.read(LONGEST)
        return start.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        raise wrong(tr("The passphrase file cannot be read. Check its name; it must be plain text.")) from None


def _typed(prompt: str, wrong: type[WorkbookError]) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would show what is typed
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise wrong(
            tr("There is no terminal to type the passphrase in. Put it in a file and add --passphrase-file FILE.")
        ) from None
