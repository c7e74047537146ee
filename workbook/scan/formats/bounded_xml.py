"""Untrusted XML, parsed within bounds: no entities, no network, limited depth and size. Knows lxml.

An entity can read local files or exhaust memory, and no health record needs one: such a file is refused
entirely, as are encodings that could hide an entity from the check.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from ...locale import tr
from .. import limits
from ..errors import BadRecord, too_many

Element = Any  # lxml has no type stubs

COST = 200 * limits.MIB  # maximum memory of one parsed file: some 20 MB of C-CDA, or 60 MB that are mostly one text
_ELEMENT, _ATTRIBUTE, _BYTE = 130, 220, 3  # bytes per node
_LARGE_TEXT = 10_000_000  # libxml2's limit for a single text, which may be an embedded PDF
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# Encodings in which the bytes of `<!ENTITY` are unambiguous.
_PLAIN = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-12\d\d|cp125\d")
CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r")  # forbidden in XML, but phones write them
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def parse(data: bytes) -> Element:
    """The root of an XML text. Raises BadRecord if it is damaged, declares entities, or is too deep or too large."""
    from lxml import etree  # type: ignore[import-untyped]

    data = as_utf8(data)
    if _ENTITY.search(data):
        raise has_entities()
    elements = data.count(b"<") - data.count(b"</")
    if len(data) * _BYTE + elements * _ELEMENT + data.count(b"=") * _ATTRIBUTE > COST:
        raise too_many()
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    options |= {"remove_comments": True, "remove_pis": True, "huge_tree": len(data) > _LARGE_TEXT}
    try:
        try:
            root = etree.fromstring(data, etree.XMLParser(encoding="utf-8", **options))
        except etree.XMLSyntaxError as error:
            # An undeclared prefix is common and harmless; any other error is damage.
            if error.code != etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
                raise
            parser = etree.XMLParser(encoding="utf-8", recover=True, **options)
            root = etree.fromstring(data, parser)
            if root is None or any(entry.domain != etree.ErrorDomains.NAMESPACE for entry in parser.error_log):
                raise
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise BadRecord("refused", tr("The file is nested too deeply to be a health record.")) from None
        raise BadRecord("damaged", tr("The XML is damaged or cut short. Ask for the file again.")) from None
    return root


def as_utf8(data: bytes) -> bytes:
    """The text in UTF-8 without BOM and without characters that XML forbids."""
    wide = next((code for mark, code in _WIDE if data.startswith(mark)), "")
    try:
        if wide:
            return data.decode(wide).encode().translate(None, CONTROL)
        declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
        name = declared[1] if declared else b"utf-8"
        if not _PLAIN.fullmatch(name):
            raise BadRecord("refused", tr("The file is in an encoding that we cannot read. Ask for it in UTF-8."))
        text = data.removeprefix(codecs.BOM_UTF8)
        if name.lower() not in (b"utf-8", b"utf8"):
            text = text.decode(name.decode()).encode()
        return text.translate(None, CONTROL)
    except (UnicodeDecodeError, LookupError):
        raise BadRecord("damaged", tr("Its text is not in the encoding that the file names.")) from None


def has_entities() -> BadRecord:
    """The error for a file that declares entities."""
    return BadRecord(
        "refused", tr("The file contains commands that could read other files (XML entities). It was not read.")
    )


def local(element: Element) -> str:
    """The local name of an element without its namespace; "" for a node that is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words(element: Element | None) -> str:
    """All text of an element, on one line."""
    return "" if element is None else " ".join(" ".join(map(str, element.itertext())).split())
