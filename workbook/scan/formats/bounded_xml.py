"""Untrusted XML, parsed within bounds: no entities, no network, limited depth and size. Knows expat.

An entity can read local files or exhaust memory, and no health record needs one: such a file is refused
entirely, as are encodings that could hide an entity from the check.
"""

from __future__ import annotations

import codecs
import contextlib
import gc
import re
from collections.abc import Iterable, Iterator
from typing import NoReturn
from xml.etree.ElementTree import Element as Element  # its users know no other XML
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

from ...locale import tr
from .. import limits
from ..errors import BadRecord, too_many

Failed = expat.ExpatError
_SECOND_ROOT = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]
_CLOSED = re.compile(rb"</(?:\w+:)?ClinicalDocument\s*>")
_UNDECLARED = expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]

COST = 200 * limits.MIB  # maximum memory of one parsed file: some 20 MB of C-CDA, or 60 MB that are mostly one text
_ELEMENT, _ATTRIBUTE, _BYTE = 130, 220, 3  # bytes per node
DEEPEST = 256  # nested elements; a real record has some thirty
_NAMES = 20_000  # different names in one file; a real record has some hundreds
_TOKEN = 10 * limits.MIB  # a single tag or comment; a text may be longer, such as an embedded PDF
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# Encodings in which the bytes of `<!ENTITY` are unambiguous.
_PLAIN = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|windows-12\d\d|cp125\d")
CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r")  # forbidden in XML, but phones write them
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def parse(data: bytes) -> Element:
    """The root of an XML text, the first if it has several, as one export of phones does.

    Raises BadRecord if it is damaged, declares entities, or is too deep or too large.
    """
    data = as_utf8(data)
    if _ENTITY.search(data):
        raise has_entities()
    elements = data.count(b"<") - data.count(b"</")
    if len(data) * _BYTE + elements * _ELEMENT + data.count(b"=") * _ATTRIBUTE > COST:
        raise too_many()
    try:
        with _uncollected():
            return _tree(data)
    except (Failed, UnicodeError):
        raise BadRecord("damaged", tr("The XML is damaged or cut short. Ask for the file again.")) from None


def _tree(data: bytes) -> Element:
    """The tree of a text. An undeclared prefix is common and harmless: it stays in the name, as `sdtc:raceCode`."""
    try:
        return _built(data, None)
    except Failed as error:
        code = getattr(error, "code", 0)  # our own limits have none
        if code == _SECOND_ROOT and (end := _CLOSED.search(data)) and end.end() < len(data):
            return _tree(data[: end.end()])
        if code != _UNDECLARED:
            raise
        return _built(data, _Prefixes())


def _built(data: bytes, prefixes: _Prefixes | None) -> Element:
    """The tree, with namespaces from expat, or with our own, which may be undeclared."""
    builder, reader = TreeBuilder(), parser(None if prefixes else "}")
    names, begin, finish, depth = _Names(), builder.start, builder.end, 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadRecord("refused", tr("The file is nested too deeply to be a health record."))
        begin(names[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        finish(name)

    def start_prefixed(name: str, attributes: dict[str, str]) -> None:
        assert prefixes is not None
        prefixes.enter(attributes)
        start(prefixes.whole(name), attributes)

    def end_prefixed(name: str) -> None:
        assert prefixes is not None
        prefixes.leave()
        end(name)

    reader.buffer_text = True
    reader.CharacterDataHandler = builder.data
    reader.StartElementHandler, reader.EndElementHandler = start, end
    if prefixes is not None:
        reader.StartElementHandler, reader.EndElementHandler = start_prefixed, end_prefixed
    feed(reader, (data[at : at + limits.MIB] for at in range(0, len(data), limits.MIB)))
    return builder.close()


class _Names(dict[str, str]):
    """The names of elements by those of expat: `{urn:hl7-org:v3}code` for `urn:hl7-org:v3}code`."""

    def __missing__(self, name: str) -> str:
        if len(self) > _NAMES:
            raise too_many()
        self[name] = whole = f"{{{name}" if "}" in name else name
        return whole


class _Prefixes:
    """The namespaces that are declared at the current place of a text."""

    def __init__(self) -> None:
        self._spaces = {"xml": "http://www.w3.org/XML/1998/namespace"}
        self._before: list[dict[str, str]] = []  # for each open element, what its declarations replaced

    def enter(self, attributes: dict[str, str]) -> None:
        """An element begins; its declarations are taken from its attributes."""
        declared = [name for name in attributes if name == "xmlns" or name.startswith("xmlns:")]
        self._before.append({name[6:]: self._spaces.get(name[6:], "") for name in declared})
        self._spaces |= {name[6:]: attributes.pop(name) for name in declared}

    def leave(self) -> None:
        """The element ends."""
        self._spaces |= self._before.pop()

    def whole(self, name: str) -> str:
        """The name of an element as expat would give it."""
        prefix, _, short = name.rpartition(":")
        space = self._spaces.get(prefix)
        return f"{space}}}{short}" if space else name


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps Python from searching a growing tree for cycles, which has none: this took half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def parser(separator: str | None = None) -> expat.XMLParserType:
    """A parser of UTF-8 that refuses entities, opens no other file, and ignores values that a DTD would add.

    With a separator, names of elements are their namespace, it, and the local name.
    """
    made = expat.ParserCreate("utf-8", separator)
    made.specified_attributes = True

    def refuse(*_: object) -> NoReturn:
        raise has_entities()

    made.EntityDeclHandler = refuse
    return made


def feed(reader: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Parses a text, of which the parser keeps one tag at most. Raises Failed, also for a tag of many megabytes."""
    sent = 0
    for chunk in chunks:
        reader.Parse(chunk, False)
        sent += len(chunk)
        if sent - reader.CurrentByteIndex > _TOKEN:
            raise Failed("a tag is too long")
    reader.Parse(b"", True)


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
    """The local name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def every(root: Element, *names: str) -> Iterator[Element]:
    """The elements with one of these local names, at any depth, in the order of the text; the root included."""
    wanted = frozenset(names)
    return (element for element in root.iter() if element.tag.rpartition("}")[2] in wanted)


def words(element: Element | None) -> str:
    """All text of an element, on one line."""
    return "" if element is None else " ".join(" ".join(element.itertext()).split())
