"""A file in the age format: any length is read back by pyrage, and one changed byte is refused."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.documents import sealing

CHUNK = 64 * 1024


@pytest.mark.parametrize("length", [0, 1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_pyrage_reads_every_length(length: int) -> None:
    data = bytes(n % 251 for n in range(length))
    assert pyrage.passphrase.decrypt(sealing.encrypt(data, "four words"), "four words") == data


@given(st.binary(max_size=300), st.text(min_size=1, max_size=40))
def test_pyrage_reads_every_passphrase(data: bytes, passphrase: str) -> None:
    assert pyrage.passphrase.decrypt(sealing.encrypt(data, passphrase), passphrase) == data


@pytest.mark.parametrize("place", range(0, 240, 7))
def test_one_changed_byte_is_refused(place: int) -> None:
    sealed = bytearray(sealing.encrypt(b"x" * 60, "four words"))
    sealed[place] ^= 1
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(bytes(sealed), "four words")


def test_the_same_text_never_gives_the_same_file() -> None:
    one, other = (sealing.encrypt(b"x", "four words") for _ in range(2))
    assert one != other
    assert one.split(b"\n")[1] != other.split(b"\n")[1]
