"""Parsers for parts of C-CDA documents: names, dates, numbers, embedded files. Knows XML only."""

from __future__ import annotations

import base64
import binascii
import re

from ....locale import tr
from ... import limits
from ...errors import BadRecord
from ...phrases import dates, labeled, reports
from ...values import File, HealthRecord
from .. import attached
from ..bounded_xml import Element, words

_SOCIAL_SECURITY = "2.16.840.1.113883.4.1"
_DAY = re.compile(r"(\d{4})(?:(\d\d)(?:(\d\d))?)?")
_LONGEST = 300


class Names:
    """The names of codes in one document; its narrative text is indexed once."""

    def __init__(self, root: Element) -> None:
        self._printed = {element.get("ID"): element for element in root.iterfind(".//*[@ID]")}

    def of(self, code: Element | None) -> str:
        """The name of a coded value: its display name, else the referenced text, else that of a translation."""
        if code is None:
            return ""
        found = [_name(code.get("displayName")), self.printed(code.find("{*}originalText"))]
        found += [_name(other.get("displayName")) for other in code.iterfind("{*}translation")]
        return next(filter(None, found), "")

    def printed(self, text: Element | None) -> str:
        """The words of a text, or the narrative text that it references."""
        if text is None:
            return ""
        link = text.find("{*}reference")
        target = None if link is None else self._printed.get(link.get("value", "").removeprefix("#"))
        return _name(words(text)) or _name(words(target))


def _name(text: str | None) -> str:
    """A name on one line; "" if it has no letters, because some exports write `????`."""
    name = " ".join((text or "").split())[:_LONGEST]
    return name if any(c.isalpha() for c in name) else ""


def line(text: Element | None) -> str:
    """The words of a short text such as a name or a title; cut where nobody's is so long."""
    return words(text)[:_LONGEST]


def said(element: Element, name: str) -> str:
    """The same for an attribute."""
    return element.get(name, "")[:_LONGEST]


def day(time: Element | None) -> str:
    """The date of an HL7 time, `2026-11-22` or as far as known; "" if there is none."""
    match = _DAY.match("" if time is None else time.get("value", ""))
    return dates.day_of(*match.groups()) if match else ""


def ended(end: str, written: str) -> bool:
    """Whether an end was before the document's date, as far as both are known."""
    shared = min(len(end), len(written))
    return bool(shared) and end[:shared] < written[:shared]


def status_of(entry: Element) -> str:
    """The status code of an entry, in lower case."""
    status = entry.find("{*}statusCode")
    return "" if status is None else status.get("code", "").lower()


def number(role: Element) -> tuple[str, str]:
    """The record number and its issuer; never a social security number."""
    for one in role.iterfind("{*}id"):
        if (extension := one.get("extension")) and one.get("root") != _SOCIAL_SECURITY:
            return extension[:_LONGEST], said(one, "assigningAuthorityName") or said(one, "root")
    return "", ""


def body(root: Element, file: File, document: HealthRecord) -> None:
    """Reads the file that a document contains instead of sections. Raises BadRecord if it is too large."""
    text = root.find("{*}component/{*}nonXMLBody/{*}text")
    if text is None:
        return
    if text.get("representation") != "B64":
        document.studies += reports.studies_named(words(text))
        document.worded += labeled.patients("\n".join(text.itertext()))
        if text.find("{*}reference") is not None:
            document.notes.append(tr("Its content is in another file next to it."))
        return
    coded = "".join(text.itertext())
    if len(coded) > limits.TEXT:
        raise BadRecord("refused", tr("The file inside this document is larger than 64 MB. It was not read."))
    try:
        data = base64.b64decode(coded)
    except (binascii.Error, ValueError):
        raise BadRecord("damaged", tr("The file inside this document is damaged. Ask for it again.")) from None
    found = attached.look(data)
    document.notes.append(tr("Inside it: {what}.").replace("{what}", found.what))
    file.pages, file.is_scan = found.pages, found.is_scan
    document.studies += found.studies
    document.worded += found.worded
