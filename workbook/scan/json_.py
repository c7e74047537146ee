"""JSON that a stranger wrote, read within bounds. Knows the values, the limits and the errors of reading only.

Every value costs some hundred bytes once read, whatever it took in the file: so values are counted before they are
made, and each resource is put in a small form as soon as it is whole.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from ..locale import tr
from . import limits
from .errors import BadRecord
from .sources import take, whole
from .values import Source

COST = 230 * limits.MIB  # what one file may take once read, were all of it kept
CONTAINER, VALUE = 190, 68  # bytes of a small object, of a short text in a list
RESOURCE = 100  # objects and lists in one resource; where there are no more, most is dropped while reading
LINE = 8 * limits.MIB  # of a file with one resource a line

Keep = Callable[[dict[str, Any]], Any]


def documents(source: Source, keep: Keep) -> Iterator[Any]:
    """The JSON values of a file: one, or one a line; a bad line comes as its number. `keep` makes objects small.

    Raises BadRecord where nothing can be read.
    """
    lines = _lines(source, keep)
    first = next(lines, None)
    if isinstance(first, dict):  # a whole object on the first line: one a line, or only this line
        yield first
        yield from lines
        return
    if source.size > limits.TEXT:
        raise BadRecord("refused", tr("The file is larger than 64 MB. It was not read. Ask for it in parts."))
    try:
        yield parse(whole(source), keep)
    except BadRecord as bad:
        if bad.status == "refused":
            raise
        found = list(_lines(source, keep))
        if not any(isinstance(one, dict) and one.get("resourceType") for one in found):
            raise
        yield from found


def parse(data: bytes, keep: Keep) -> Any:
    """The value that a text holds. Raises BadRecord where it is damaged, nested too deep or of too many values."""
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise BadRecord("damaged", tr("Its letters are not UTF-8. Ask for the file again.")) from None
    containers, values = text.count("[") + text.count("{"), text.count(",")
    most = 2 * COST if containers < RESOURCE * text.count('"resourceType"') else COST
    if len(text) + containers * CONTAINER + values * VALUE > most:
        raise BadRecord("refused", tr("The file holds too many entries to read. Ask for it in parts."))
    del data
    try:
        return json.loads(text, object_hook=keep)
    except RecursionError:
        raise BadRecord("refused", tr("The file is nested too deep to be a health record.")) from None
    except ValueError:
        raise BadRecord("damaged", tr("The JSON is damaged or cut short. Ask for the file again.")) from None


def _lines(source: Source, keep: Keep) -> Iterator[Any]:
    """The value of each line; of a line that cannot be read its number, counted from one."""
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
    if line.endswith(b"}") and len(line) <= LINE:  # a look before trying: files cut short can have a million lines
        with contextlib.suppress(BadRecord):
            value = parse(line, keep)
    yield value if isinstance(value, dict) else number
