"""Encrypts bytes with a passphrase, in the age format, with a work factor that a phone can do. Knows no case.

pyrage sets the work factor by how fast this computer is, up to what no browser can open. age itself writes a fixed 18
(256 MB of memory and about a second), and so does this. Format: https://c2sp.org/age. The ciphers are pycryptodomex's.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import cast

WORK_FACTOR = 18  # base-2 logarithm of scrypt's cost
_CHUNK = 64 * 1024  # bytes encrypted at a time, each with its own tag


def encrypt(data: bytes, passphrase: str) -> bytes:
    """The data encrypted with the passphrase: header, nonce and chunks, as `age --decrypt` reads them."""
    file_key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    header = _header(file_key, salt, passphrase)
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    payload_key = _derived(file_key, nonce, b"payload")
    starts = range(0, len(data), _CHUNK) or (0,)
    chunks = (
        _encrypted(payload_key, number, start == starts[-1], data[start : start + _CHUNK])
        for number, start in enumerate(starts)
    )
    return b"%b %b\n%b%b" % (header, _base64(mac), nonce, b"".join(chunks))


def _header(file_key: bytes, salt: bytes, passphrase: str) -> bytes:
    """The header up to its MAC: the file's key, encrypted with what scrypt makes of the passphrase."""
    wrap_key = hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=1 << WORK_FACTOR,
        r=8,
        p=1,
        maxmem=(1 << WORK_FACTOR) * 1024 + (1 << 20),  # OpenSSL refuses without it
        dklen=32,
    )
    wrapped = _aead(wrap_key, bytes(12), file_key)
    return b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (_base64(salt), WORK_FACTOR, _base64(wrapped))


def _encrypted(key: bytes, number: int, last: bool, chunk: bytes) -> bytes:
    return _aead(key, number.to_bytes(11, "big") + bytes([last]), chunk)


def _aead(key: bytes, nonce: bytes, data: bytes) -> bytes:
    """The ciphertext and its tag."""
    from Cryptodome.Cipher import ChaCha20_Poly1305

    return b"".join(ChaCha20_Poly1305.new(key=key, nonce=nonce).encrypt_and_digest(data))


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose, by HKDF with SHA-256."""
    from Cryptodome.Hash import SHA256
    from Cryptodome.Protocol.KDF import HKDF

    return cast(bytes, HKDF(key, 32, salt, SHA256, context=purpose))


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
