"""How deeply a JSON text is nested, known before it is parsed. Knows nothing of the package.

Parsers of JSON recurse. On a computer Python ends that with an exception; in a browser the whole program ends.
"""

from __future__ import annotations

_OTHERS = bytes(sign for sign in range(256) if sign not in b'"[]{}')
_ONE_KIND = bytes.maketrans(b"{}", b"[]")


def is_deeper(text: str, most: int) -> bool:
    """Whether a text, which may be cut or damaged, nests too deeply.

    No text with fewer levels than `most` does, and every text with three times as many.

    >>> is_deeper('[{"a": "[[["}]', 2), is_deeper('[[[', 2), is_deeper("[]" * 9, 1)
    (False, True, False)
    """
    return Depth(most).add(text)


class Depth:
    """The same for a text that comes in pieces."""

    def __init__(self, most: int) -> None:
        self._most, self._open, self._held = most, 0, b""

    def add(self, piece: str) -> bool:
        """Whether the text is too deep with this piece.

        >>> depth = Depth(2)
        >>> [depth.add(piece) for piece in ('[["', '[[\\\\', '"[', '"', ']', '[', '[')]
        [False, False, False, False, False, False, True]
        """
        data = self._held + piece.encode("utf-8", "surrogatepass")
        if b"\\" in data:
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        escapes = data.endswith(b"\\")
        # Two quotation marks side by side change nothing for a bracket: it stays inside or outside of a text.
        signs = data.translate(_ONE_KIND, _OTHERS).replace(b'""', b"")
        parts = signs.split(b'"')
        self._held = b"" if len(parts) % 2 else b'"\\' if escapes else b'"'
        signs = b"".join(parts[::2])
        for _ in range(self._most):
            fewer = signs.replace(b"[]", b"")
            if len(fewer) == len(signs):
                break
            signs = fewer
        else:
            return bool(signs)
        opened = signs.count(b"[")
        self._open = max(0, self._open + 2 * opened - len(signs))
        return max(self._open, opened) > self._most
