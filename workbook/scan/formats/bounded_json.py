"""Bounded parser for untrusted JSON. Knows the values, the limits and the read errors only.

Every parsed value takes some hundred bytes, whatever its size in the file. So values are counted before they are
built; each resource is reduced as soon as it is complete; and only one entry of a large bundle is in memory at a
time.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from ...json_depth import Depth, is_deeper
from ...locale import tr
from .. import limits
from ..errors import BadRecord, too_many
from ..sources import take
from ..values import Source

COST = 80 * limits.MIB  # maximum cost of one value, its text and its objects
CONTAINER, VALUE = 190, 68  # bytes of a small object, of a short text in a list
LINE = 8 * limits.MIB  # of a file with one resource a line
_PIECE = 512 * limits.KIB
_NEAR = 16  # an error this close to the end of a chunk may only mean that the chunk ends there
_SPACES = re.compile(r"[ \t\r\n]*")

Keep = Callable[[dict[str, Any]], Any]


def documents(source: Source, keep: Keep) -> Iterator[Any]:
    """The JSON values of a file: one, or one per line; a bad line as its number. `keep` reduces objects.

    A bundle or list is yielded entry by entry. Raises BadRecord if nothing can be parsed.
    """
    lines = _lines(source, keep)
    first = next(lines, None)
    if isinstance(first, dict):  # a whole object on the first line: JSON lines, or only this line
        yield first
        yield from lines
        return
    if source.size > limits.TEXT:
        raise BadRecord("refused", tr("The file is larger than 64 MB. It was not read. Ask for it in parts."))
    given = 0
    try:
        with source.open() as stream:
            for value in _Pieces(stream, keep).values():
                yield value
                given += 1
    except BadRecord as bad:
        if bad.status == "refused" or given:
            raise
        found = list(_lines(source, keep))
        if not any(isinstance(one, dict) and one.get("resourceType") for one in found):
            raise
        yield from found


class _Pieces:
    """The text of a file from its start; buffers no more than the current value needs."""

    def __init__(self, stream: BinaryIO, keep: Keep) -> None:
        start = take(stream, 4)
        self._stream, self._keep = stream, keep
        self._depth = Depth(limits.NESTED)
        self._read = json.JSONDecoder(object_hook=keep).raw_decode
        self._decode = codecs.getincrementaldecoder(json.detect_encoding(start))("strict").decode
        self._text, self._at, self._ended = self._decoded(start), 0, False

    def values(self) -> Iterator[Any]:
        """The values of a list; a bundle as parts of one entry, plus its remainder; any other value unchanged."""
        first = self._peek()
        if first == "[":
            yield from self._list()
        elif first == "{":
            yield from self._object()
        else:
            yield self._value()
        if self._peek():
            raise _damaged()

    def _list(self) -> Iterator[Any]:
        self._at += 1
        if self._peek() == "]":
            self._at += 1
            return
        for _ in range(limits.RESOURCES):
            yield self._value()
            if self._next(",]") == "]":
                return
        raise too_many()

    def _object(self) -> Iterator[Any]:
        self._at += 1
        rest: dict[str, Any] = {}
        held = 0
        while self._peek() != "}" or rest:
            key = self._value() if self._peek() == '"' else None
            if key is None:
                raise _damaged()
            self._next(":")
            if key == "entry" and self._peek() == "[":
                yield from ({"entry": [one]} for one in self._list())
            else:
                rest[key] = self._value()
                held += self._cost
                if held > COST:
                    raise too_many()
            if self._next(",}") == "}":
                break
        else:
            self._at += 1
        yield self._keep(rest)

    def _value(self) -> Any:
        while self._peek():
            try:
                value, end = self._read(self._text, self._at)
            except json.JSONDecodeError as error:
                near_end = error.pos > len(self._text) - _NEAR or error.msg.startswith("Unterminated")
                if self._ended or not near_end:
                    raise _damaged() from None
            else:
                if end < len(self._text) or self._ended:  # otherwise a number may continue
                    self._cost = cost(self._text, self._at, end)
                    self._at = end
                    return value
            self._grow()
        raise _damaged()

    def _peek(self) -> str:
        """The next non-space character; "" at the end."""
        while True:
            match = _SPACES.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._grow()

    def _next(self, one_of: str) -> str:
        found = self._peek()
        if not found or found not in one_of:
            raise _damaged()
        self._at += 1
        return found

    def _grow(self) -> None:
        """Drops consumed text and doubles the buffer. Raises BadRecord if one value is too large."""
        parts = [self._text[self._at :]]
        self._text, self._at = "", 0
        wanted = max(_PIECE, len(parts[0]))
        while wanted > 0 and not self._ended:
            data = take(self._stream, _PIECE)
            self._ended = not data
            parts.append(self._decoded(data))
            wanted -= len(data)
        self._text = "".join(parts)
        if cost(self._text) > COST:
            raise too_many()

    def _decoded(self, data: bytes) -> str:
        try:
            text = self._decode(data, not data)
        except UnicodeDecodeError:
            raise BadRecord("damaged", tr("Its text is not in UTF-8. Ask for the file again.")) from None
        if self._depth.add(text):
            raise BadRecord("refused", tr("The file is nested too deeply to be a health record."))
        return text


def cost(text: str, begin: int = 0, end: int = sys.maxsize) -> int:
    """The approximate memory in bytes of a piece of text and its parsed values."""
    signs = min(end, len(text)) - begin
    wide = 1 if text.isascii() else 4
    containers = text.count("[", begin, end) + text.count("{", begin, end)
    return signs * wide + containers * CONTAINER + text.count(",", begin, end) * VALUE


def _damaged() -> BadRecord:
    return BadRecord("damaged", tr("The JSON is damaged or cut short. Ask for the file again."))


def _lines(source: Source, keep: Keep) -> Iterator[Any]:
    """The value of each line; for an invalid line its number, counted from one."""
    with source.open() as stream:
        rest, number = b"", 0
        while chunk := take(stream, limits.MIB):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LINE:
                return
            for line in lines:
                number += 1
                yield from _line(line, number, keep)
        yield from _line(rest, number + 1, keep)


def _line(line: bytes, number: int, keep: Keep) -> Iterator[Any]:
    line = line.strip()
    if not line:
        return
    value = None
    if line.endswith(b"}") and len(line) <= LINE:  # checked before parsing: truncated files can have a million lines
        with contextlib.suppress(BadRecord, UnicodeDecodeError, ValueError):
            text = line.decode(json.detect_encoding(line))
            if cost(text) <= COST and not is_deeper(text, limits.NESTED):
                value = json.loads(text, object_hook=keep)
    yield value if isinstance(value, dict) else number
