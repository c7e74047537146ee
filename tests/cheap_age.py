"""Encrypts in the age format with a passphrase that is cheap to derive: for tests only, not secure.

A real seal deliberately costs about a second. This has the same format with a work factor of 10 instead of about 18,
so that the real pyrage, and the age program, decrypt it at once. See https://age-encryption.org/v1.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import struct

FACTOR = 10
_CHUNK = 64 * 1024
_MASK = 0xFFFFFFFF


def encrypt(data: bytes, passphrase: str) -> bytes:
    """The data encrypted with the passphrase, in the age format."""
    key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    wrap = hashlib.scrypt(passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << FACTOR, r=8, p=1)
    body = seal(wrap[:32], bytes(12), key)
    head = f"age-encryption.org/v1\n-> scrypt {_text(salt)} {FACTOR}\n{_text(body)}\n---".encode()
    mac = hmac.new(_derived(key, b"", b"header"), head, hashlib.sha256).digest()
    stream = _derived(key, nonce, b"payload")
    pieces = [data[i : i + _CHUNK] for i in range(0, len(data), _CHUNK)] or [b""]
    sealed = [
        seal(stream, n.to_bytes(11, "big") + bytes([n == len(pieces) - 1]), piece) for n, piece in enumerate(pieces)
    ]
    return head + b" " + _text(mac).encode() + b"\n" + nonce + b"".join(sealed)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF with SHA-256, 32 bytes."""
    inner = hmac.new(salt or bytes(32), key, hashlib.sha256).digest()
    return hmac.new(inner, info + b"\x01", hashlib.sha256).digest()


def seal(key: bytes, nonce: bytes, data: bytes) -> bytes:
    """ChaCha20-Poly1305 (RFC 8439), without associated data."""
    count = (len(data) + 63) // 64
    pad = b"".join(_block(key, n, nonce) for n in range(1, count + 1))
    closed = bytes(a ^ b for a, b in zip(data, pad, strict=False))
    filled = closed + bytes(-len(closed) % 16) + struct.pack("<QQ", 0, len(closed))
    once = _block(key, 0, nonce)
    r = int.from_bytes(once[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    tag = 0
    for i in range(0, len(filled), 16):
        tag = (tag + int.from_bytes(filled[i : i + 16] + b"\x01", "little")) * r % ((1 << 130) - 5)
    tag = (tag + int.from_bytes(once[16:32], "little")) & ((1 << 128) - 1)
    return closed + tag.to_bytes(16, "little")


def _block(key: bytes, counter: int, nonce: bytes) -> bytes:
    start = [
        *struct.unpack("<4I", b"expand 32-byte k"),
        *struct.unpack("<8I", key),
        counter,
        *struct.unpack("<3I", nonce),
    ]
    x = start.copy()
    for _ in range(10):
        for a, b, c, d in _ROUNDS:
            x[a] = (x[a] + x[b]) & _MASK
            v = x[d] ^ x[a]
            x[d] = (v << 16 | v >> 16) & _MASK
            x[c] = (x[c] + x[d]) & _MASK
            v = x[b] ^ x[c]
            x[b] = (v << 12 | v >> 20) & _MASK
            x[a] = (x[a] + x[b]) & _MASK
            v = x[d] ^ x[a]
            x[d] = (v << 8 | v >> 24) & _MASK
            x[c] = (x[c] + x[d]) & _MASK
            v = x[b] ^ x[c]
            x[b] = (v << 7 | v >> 25) & _MASK
    return struct.pack("<16I", *((a + b) & _MASK for a, b in zip(x, start, strict=True)))


_ROUNDS = (
    *((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)),
    *((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)),
)
