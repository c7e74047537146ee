"""The members of a zip that are locked with a password: by AES, or by the old weak cipher. Knows the pyzipper library.

The library decrypts and unpacks; what it gives is counted and checked like the bytes of any other member.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import zlib
from typing import Any, BinaryIO

from ...locale import tr
from .. import limits, passwords
from ..errors import BadRecord
from ..sources import Around
from ..values import Source
from .member import damaged

METHODS = (0, 8)  # stored, deflated
_AES = 99  # the method that stands for it in a list of members
_CHECKED = 8 * limits.MIB  # of a member that is read through to be sure of the password


class Locked:
    """The locked members of one archive, opened with the password of this scan. Reads the list of members once."""

    def __init__(self, archive: Source) -> None:
        self._archive, self._password = archive, passwords.given()
        self._zipped: Any = None
        self._stream: BinaryIO | None = None
        self._is_sure: bool | None = None

    def __del__(self) -> None:
        if self._stream is not None:
            self._stream.close()

    def why_not(self) -> str:
        """Why locked members are not opened; "" if they may be."""
        if not self._password:
            return passwords.needed()
        if importlib.util.find_spec("pyzipper") is None or importlib.util.find_spec("Cryptodome") is None:
            return tr("Locked files cannot be opened here. Unlock it with another program first.")
        return ""

    def open(self, offset: int, size: int) -> BinaryIO:
        """A stream of the member at an offset. Raises BadRecord if the password does not fit, or it is damaged."""
        import pyzipper

        try:
            if self._zipped is None:
                self._stream = self._archive.open()
                self._zipped = pyzipper.AESZipFile(self._stream)
                self._by_offset = {info.header_offset: info for info in self._zipped.infolist()}
            info = self._by_offset[offset]
            if info.compress_type not in METHODS:
                raise BadRecord("refused", tr("It is packed in a way we do not read. Unlock and unpack it first."))
            if self._is_doubtful(info):
                raise _wrong_or_damaged()
            return io.BufferedReader(_Counted(self._zipped.open(info, pwd=self._password.encode()), size))
        except RuntimeError:  # the library's word for a wrong password
            raise passwords.wrong() from None
        except (KeyError, OSError, ValueError, NotImplementedError, pyzipper.BadZipFile, zlib.error, EOFError):
            raise BadRecord("damaged", damaged()) from None

    def _is_doubtful(self, info: Any) -> bool:
        """Whether the old cipher may have let a wrong password pass, which it does for one of 256.

        The sum of the smallest member tells, and of this one if that does not. The new cipher has a check of its own.
        """
        if info.compress_type == _AES or getattr(info, "wz_aes_version", None):
            return False
        if self._is_sure is None:
            ones = [one for one in self._by_offset.values() if one.flag_bits & 1 and 0 < one.file_size <= _CHECKED]
            with contextlib.suppress(RuntimeError):  # that one may have another password
                self._is_sure = bool(ones) and self._fits(min(ones, key=lambda one: one.file_size))
        return not self._is_sure and info.file_size <= _CHECKED and not self._fits(info)

    def _fits(self, info: Any) -> bool:
        """Whether the member can be read to its end. Raises RuntimeError if its first check fails."""
        opened = self._zipped.open(info, pwd=self._password.encode())
        try:
            with opened as stream:
                while stream.read(limits.MIB):
                    pass
        except Exception:  # noqa: BLE001 - whatever the library says of bytes that make no sense
            return False
        return True


def _wrong_or_damaged() -> BadRecord:
    words = tr("The password may be wrong, or the file is damaged. Check the password, and type it again.")
    return BadRecord("refused", words, locked=True)


class _Counted(Around):
    """A stream that never gives more than declared, and BadRecord instead of the library's errors."""

    def __init__(self, stream: Any, size: int) -> None:
        super().__init__(stream)
        self._left = size

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(min(len(buffer), self._left, limits.MIB))
        except Exception:  # noqa: BLE001 - a damaged member raises any of the library's errors, or a wrong password
            raise _wrong_or_damaged() from None
        self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)
