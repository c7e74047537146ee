"""Encrypts and decrypts a file with a passphrase, in the age format (age-encryption.org/v1). Knows no case.

Such a file can be decrypted without this workbook: `age --decrypt FILE`. A lost passphrase cannot be recovered.
"""

from __future__ import annotations

import base64
import getpass
import re
import warnings
from pathlib import Path

from .. import awaited, where
from ..errors import BadFile, CannotExport, WorkbookError
from ..locale import N_, tr

SHORTEST = 8  # minimum length of a new passphrase
LONGEST = 10_000  # bytes read of a passphrase file: a larger one is the wrong file

_MAGIC = b"age-encryption.org/v1"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LINE = rb"[A-Za-z0-9+/]"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt %b{22} ([1-9]\d?)\n%b{43}\n--- %b{43}\n" % (_LINE, _LINE, _LINE)
)
_HEAVIEST = 19  # the work factor that a browser can do: 0.5 GB of memory; the packages refuse the next
_SMALLEST = 16 + 16  # minimum bytes after the header: the nonce and the tag of an empty last chunk
# The messages for a passphrase that does not decrypt the header: of pyrage, and of age-encryption in the browser.
_WRONG = ("Decryption failed", "no identity matched any of the file's recipients")

WRONG = N_("The passphrase does not open this file. Check capital letters and spaces, and try again.")
DAMAGED = N_("This locked file is damaged or cut short. No passphrase can open it. Try another copy.")
EITHER = N_("This file could not be opened. The passphrase is not right, or the file is damaged.")
HEAVY = N_(
    "This file was locked on a fast computer, with a lock that is too heavy for a browser. "
    "Open it in the workbook on a computer, or with the program age."
)
FOREIGN = N_("This file is locked with a key, not with a passphrase. Open it with the age program first.")


def is_sealed(data: bytes) -> bool:
    """Whether this is a file in the age format, binary or armored."""
    return data.startswith(_MAGIC) or data.lstrip().startswith(_ARMOR)


def close(data: bytes, passphrase: str) -> bytes:
    """The data encrypted with the passphrase, so that a phone can open it.

    Deliberately slow (about 1 s) to resist guessing.
    """
    if where.in_browser():
        try:
            return bytes(awaited.ready({"do": "seal", "data": data, "passphrase": passphrase}))
        except awaited.JobFailed:
            raise CannotExport(tr("The file could not be locked. Nothing was written. Try again.")) from None
    from . import sealing

    return sealing.encrypt(data, passphrase)


def check(data: bytes) -> None:
    """BadFile if no passphrase could decrypt this file, so that nobody is asked for one in vain."""
    if data.startswith(_MAGIC):
        head = _HEADER.match(data)
        if head is None and re.match(rb"%b\n-> (?!scrypt )" % re.escape(_MAGIC), data):
            raise BadFile(tr(FOREIGN))
        if head is None or len(data) - head.end() < _SMALLEST:
            raise BadFile(tr(DAMAGED))


def open_(data: bytes, passphrase: str) -> bytes:
    """The decrypted data. BadFile says whether the passphrase is wrong or the file is damaged, if that is known.

    age does not compress: the output is smaller than the input. A file with a damaged header
    looks like a wrong passphrase.
    """
    check(data)
    if where.in_browser():
        binary = _unarmored(data)
        head = _HEADER.match(binary)
        if head and int(head[1]) > _HEAVIEST:
            raise BadFile(tr(HEAVY))
        try:
            return bytes(awaited.ready({"do": "unseal", "data": binary, "passphrase": passphrase}))
        except awaited.JobFailed as error:
            raise BadFile(tr(_why(str(error)))) from None
    import pyrage

    try:
        opened: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        raise BadFile(tr(_why(str(error)))) from None
    return opened


def _unarmored(data: bytes) -> bytes:
    """The binary form of a file, checked again. BadFile if its armor is damaged."""
    if data.startswith(_MAGIC):
        return data
    lines = data.strip().splitlines()
    try:
        binary = base64.b64decode(b"".join(map(bytes.strip, lines[1:-1])), validate=True)
    except ValueError:
        binary = b""
    if not binary.startswith(_MAGIC) or not lines[-1].startswith(b"-----END"):
        raise BadFile(tr(DAMAGED))
    check(binary)
    return binary


def _why(told: str) -> str:
    """pyrage has one exception type and distinguishes the reasons only by message; so does the browser's age."""
    if told in _WRONG:
        return WRONG
    if told.startswith("No matching keys"):
        return FOREIGN
    damaged: tuple[str, ...] = (
        "decryption error",
        "Header",
        "Incomplete",
        "failed to fill",
        "Excessive work",
        "invalid",
        "Invalid",
    )
    damaged += ("ciphertext", "final chunk", "stream ended", "scrypt")
    return DAMAGED if told.startswith(damaged) else EITHER


def ask(file: Path | None, twice: bool) -> str:
    """The passphrase: the first line of the file, or typed in the terminal without echo.

    `twice` is for a new passphrase: it is typed twice and must have at least eight characters. An error message if
    there is no terminal, the file cannot be read, or nothing was entered.
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
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would echo the passphrase
            return getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError, OSError):
        raise wrong(
            tr("There is no terminal to type the passphrase in. Put it in a file and add --passphrase-file FILE.")
        ) from None
