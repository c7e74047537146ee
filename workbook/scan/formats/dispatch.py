"""Reads what is no DICOM: health records, claims, PDFs, pictures, text. Knows the reader of each kind and no more.

Each reader is loaded when the first file of its kind comes.
"""

from __future__ import annotations

import zlib
from importlib import import_module

from ...locale import tr
from .. import limits, sources
from ..errors import BadRecord
from ..values import File, Kind, Source
from . import sniff

_READERS = {
    "apple-health": "apple",
    "blue-button-text": "blue_button",
    "fhir": "fhir.resources",
    "image": "image",
    "pdf": "pdf",
    "text": "plain_text",
}


def read(source: Source, kind: Kind, head: bytes) -> File:
    """The row of a file of one of these kinds, `head` being its first bytes; XML is told apart by its root.

    What is wrong with a file is in its row: nothing a file holds raises here.
    """
    file = File(source.path, kind)
    try:
        if not source.size:
            raise BadRecord("damaged", tr("The file is empty. Ask for it again."))
        file = _read(source, kind, head)
    except BadRecord as bad:
        file.status, file.why = bad.status, str(bad)
    except (MemoryError, RecursionError):
        file.status, file.why = "refused", tr("The file asks for more memory than a record needs. It was not read.")
    except (EOFError, OSError, zlib.error):
        file.status, file.why = "damaged", tr("The file cannot be read to its end. Copy it again.")
    except Exception:  # noqa: BLE001 - a file nobody foresaw must not end the reading, nor show its words
        file.status, file.why = "damaged", tr("The file cannot be made sense of. Ask for it again.")
    file.size = source.size
    return file


def close() -> None:
    """Ends the child process that opens PDFs; it also ends by itself."""
    from . import pdf

    pdf.worker().close()


def _read(source: Source, kind: Kind, head: bytes) -> File:
    is_xml = kind == "fhir" and sniff.plain(head).lstrip().startswith(b"<")
    if is_xml or kind not in _READERS:
        return _xml(source, kind)
    file: File = import_module(f".{_READERS[kind]}", __package__).read(source)
    return file


def _xml(source: Source, kind: Kind) -> File:
    """XML by its root; what is no record of a kind known here is `other`, and is not refused for its size."""
    from . import bounded_xml

    unknown = File(source.path, "other", why=tr("XML, but no health record of a kind that is known here."))
    if kind == "other" and source.size > limits.TEXT:
        return unknown
    root = bounded_xml.parse(sources.whole(source))
    if bounded_xml.local(root) == "HealthData":
        name = "apple"
    elif root.tag.startswith("{http://hl7.org/fhir}"):
        name = "fhir.from_xml"
    elif bounded_xml.local(root) == "ClinicalDocument" or root.tag == "{urn:hl7-org:v3}section":
        name = "ccda.document"
    else:
        return unknown
    reader = import_module(f".{name}", __package__)
    file: File = reader.read(source) if name == "apple" else reader.read(source, root)
    return file
