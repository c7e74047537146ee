"""The files of a disc that was copied into one file (ISO 9660, ECMA-119, with Joliet names). Knows sources and limits.

The folders of a copied disc are untrusted like those of a zip: places outside the file, folders that contain
themselves, lengths beyond the end. Each folder is read once, and nothing is read beyond what the disc declares.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ...locale import tr
from .. import limits
from ..errors import BadRecord
from ..sources import refused, shown, take
from ..values import File, Source
from .seekable import window

_SECTOR = 2048
_FIRST = 16  # sector of the first volume descriptor (ECMA-119, 6.2.1)
_MOST_DESCRIPTORS = 32
_PRIMARY, _SUPPLEMENTARY, _END = 1, 2, 255
_JOLIET = (b"%/@", b"%/C", b"%/E")  # escape sequences of UCS-2
_FOLDER, _CONTINUED = 2, 128  # file flags (9.1.6)
_LONGEST_FOLDER = 16 * limits.MIB


class _Entry(NamedTuple):
    name: str
    start: int
    size: int
    flags: int


def is_it(head: bytes) -> bool:
    """Whether an archive with these first bytes may be a copy of a disc: it begins with empty sectors."""
    return not head[: limits.HEAD].strip(b"\0")


def members(archive: Source) -> Iterator[Source | File]:
    """The files of the disc, sorted by name. Raises BadRecord if its folders cannot be read."""
    with archive.open() as stream:
        root, code = _root(stream)
        found = list(_files(stream, root, code, archive))
    found.sort(key=lambda one: one.path)
    yield from found


def _root(stream: BinaryIO) -> tuple[_Entry, str]:
    """The top folder and the encoding of names; Joliet's if there is one, because its names are whole."""
    roots: dict[str, _Entry] = {}
    for number in range(_MOST_DESCRIPTORS):
        data = _read(stream, (_FIRST + number) * _SECTOR, _SECTOR)
        if data[1:6] != b"CD001" or data[0] == _END:
            break
        code = "utf-16-be" if data[0] == _SUPPLEMENTARY and data[88:91] in _JOLIET else "ascii"
        if data[0] == _PRIMARY or code != "ascii":
            roots[code] = _entry(data[156:190], code)
    if not roots:
        raise BadRecord("refused", tr("A copy of a whole disc. Open it with a double click, and choose the new drive."))
    code = "utf-16-be" if "utf-16-be" in roots else "ascii"
    return roots[code], code


def _files(stream: BinaryIO, root: _Entry, code: str, archive: Source) -> Iterator[Source | File]:
    todo, met = [(root, "", 0)], {root.start}
    names: set[str] = set()
    while todo:
        folder, prefix, depth = todo.pop()
        for one in _entries(_read(stream, folder.start * _SECTOR, min(folder.size, _LONGEST_FOLDER)), code):
            path = f"{archive.path}!/{prefix}{shown(one.name)}"
            if one.flags & _FOLDER:
                if one.start in met:
                    continue  # a folder that contains itself
                met.add(one.start)
                if depth >= limits.DEPTH:
                    yield refused(path, tr("This folder is nested too deeply. Choose it directly."))
                else:
                    todo.append((one, f"{prefix}{shown(one.name)}/", depth + 1))
                continue
            if path in names:
                continue
            names.add(path)
            if len(names) > limits.ENTRIES:
                raise BadRecord("refused", tr("There are too many files here. Choose a smaller folder."))
            if one.flags & _CONTINUED:
                yield refused(path, tr("The file is too large to be read here. Copy it from the disc."), one.size)
            elif one.start * _SECTOR + one.size > archive.size:
                why = tr("The copy of the disc ends before this file does. Ask for it again, or copy it again.")
                yield File(path, "other", "damaged", why, one.size)
            else:
                place = one.start * _SECTOR
                yield Source(path, one.size, functools.partial(_open, archive, place, one.size), archive.changed)


def _entries(data: bytes, code: str) -> Iterator[_Entry]:
    """The entries of a folder, without itself and its parent. A record never crosses a sector."""
    place = 0
    while place < len(data):
        length = data[place]
        if length < 34:  # the rest of the sector is empty
            place += _SECTOR - place % _SECTOR
            continue
        record = data[place : place + length]
        place += length
        if len(record) == length and record[33 : 33 + record[32]] not in (b"\0", b"\1"):
            one = _entry(record, code)
            if one.name and not set(one.name) & set("/\\\0") and one.name not in (".", ".."):
                yield one


def _entry(record: bytes, code: str) -> _Entry:
    """One directory record (9.1): where the file is, its length, its flags, its name without the version."""
    name = record[33 : 33 + record[32]].decode(code, "replace").partition(";")[0].rstrip(".")
    start, size = int.from_bytes(record[2:6], "little"), int.from_bytes(record[10:14], "little")
    return _Entry(name, start + record[1], size, record[25])


def _read(stream: BinaryIO, place: int, size: int) -> bytes:
    stream.seek(place)
    return take(stream, size)


def _open(archive: Source, place: int, size: int) -> BinaryIO:
    return window(archive.open(), place, size)
