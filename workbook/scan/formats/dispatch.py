"""Calls the reader of each file that is not DICOM. Knows the register of formats and no more.

Each reader is imported with the first file of its format.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from importlib import import_module

from ...locale import N_, tr
from .. import limits, sources
from ..errors import BadRecord
from ..register import BY_NAME, FORMATS, Kind
from ..values import File, Source
from . import sniff

# XML around records, by its root: it names other files and holds no record itself.
_WRAPPINGS = {
    "SubmitObjectsRequest": N_("The table of contents of a download (IHE XDM). The other files have the records."),
    "stylesheet": N_("It makes a record easy to read in a browser. It has no record."),
}


def read(source: Source, kind: Kind, head: bytes) -> File:
    """The row of a file with one of these formats, `head` being its first bytes; XML is distinguished by its root.

    Errors are reported in the row: no file contents can raise here.
    """
    file = File(source.path, kind)
    try:
        if not source.size:
            raise BadRecord("damaged", tr("The file is empty. Ask for it again."))
        file = _read(source, kind, head)
    except BadRecord as bad:
        file.status, file.why, file.locked = bad.status, str(bad), bad.locked
    except (MemoryError, RecursionError):
        file.status, file.why = "refused", tr("The file asks for more memory than a record needs. It was not read.")
    except (EOFError, OSError, zlib.error):
        file.status, file.why = "damaged", tr("The file cannot be read to its end. Copy it again.")
    except Exception:  # noqa: BLE001 - an unforeseen file must not end the scan, nor quote its contents
        file.status, file.why = "damaged", tr("We could not make sense of this file. Ask for it again.")
    file.size = source.size
    return file


def prepare() -> None:
    """Has everything loaded that a reader needs; raises Awaited in the browser until that was tried."""
    from . import pdf

    pdf.prepare()


def close() -> None:
    """Ends the child process that opens PDFs; it also ends on its own."""
    from . import pdf

    pdf.worker().close()


def _read(source: Source, kind: Kind, head: bytes) -> File:
    found = BY_NAME[kind]
    is_xml = bool(found.xml_reader) and sniff.plain(head).lstrip().startswith(b"<")
    file = _xml(source, kind) if is_xml or not found.reader else _reader(found.reader)(source)
    # A reader must report contents or a reason: a row that is "ok" and empty would hide a record.
    if file.kind not in BY_NAME or (file.status == "ok" and file.document is None and not file.why):
        raise LookupError(file.kind)
    return file


def _xml(source: Source, kind: Kind) -> File:
    """XML by its root; unknown XML is `other`, and not refused for its size."""
    from . import bounded_xml

    unknown = File(source.path, "other", why=tr("XML, but not a kind of health record we can read."))
    if kind == "other" and source.size > limits.TEXT:
        return unknown
    root = bounded_xml.parse(sources.whole(source))
    name, space = bounded_xml.local(root), root.tag.rpartition("}")[0].removeprefix("{")
    if name in _WRAPPINGS:
        unknown.why = tr(_WRAPPINGS[name])
    for one in FORMATS:
        if one.root and one.root(name, space):
            return _reader(one.xml_reader)(source, root) if one.xml_reader else _reader(one.reader)(source)
    return unknown


def _reader(module: str) -> Callable[..., File]:
    found: Callable[..., File] = import_module(f".{module}", __package__).read
    return found
