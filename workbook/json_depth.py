"""How deeply a JSON text is nested, known before it is parsed. Knows nothing of the package.

Parsers of JSON recurse. On a computer Python ends that with an exception; in a browser the whole program ends.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[^"\[\]{}]+', re.DOTALL)  # all but brackets outside of texts


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
        self._most, self._open, self._held = most, 0, ""

    def add(self, piece: str) -> bool:
        """Whether the text is too deep with this piece.

        >>> depth = Depth(2)
        >>> [depth.add(piece) for piece in ('[["', '[[\\\\', '"[', '"', ']', '[', '[')]
        [False, False, False, False, False, False, True]
        """
        text = self._held + piece
        self._held = ""
        plain = text.replace("\\\\", "")
        if plain.replace('\\"', "").count('"') % 2:  # it ends inside a text
            self._held = '"\\' if plain.endswith("\\") else '"'
        signs = _SIGNS.sub("", text).replace("{", "[").replace("}", "]")
        for _ in range(self._most):
            fewer = signs.replace("[]", "")
            if len(fewer) == len(signs):
                break
            signs = fewer
        else:
            return bool(signs)
        opened = signs.count("[")
        self._open = max(0, self._open + 2 * opened - len(signs))
        return max(self._open, opened) > self._most
