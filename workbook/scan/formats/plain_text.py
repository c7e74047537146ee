"""Plain text: length, encoding, and the studies and patient it names. Knows text only."""

from __future__ import annotations

import codecs
import re

from ...locale import plural, tr
from .. import limits
from ..phrases import labeled, links, reports
from ..sources import head
from ..values import File, HealthRecord, Patient, Source

_LOOKED_AT = 4 * limits.MIB
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGE = re.compile(r"^\s*(?:<!doctype html|<html)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WITHIN_LINE = re.compile(r"</?(?:a|b|em|font|i|small|span|strong|td|th|u)\b[^<>]{0,2000}>", re.IGNORECASE)


def read(source: Source) -> File:
    """The properties of a text: encoding, length, and studies named. Reads the first 4 MB only."""
    text, letters = decoded(head(source, _LOOKED_AT))
    if _PAGE.match(text):
        text = without_tags(text)
    document = HealthRecord(source.path, "text", studies=reports.studies_named(text), worded=labeled.patients(text))
    document.patient = next(iter(document.worded), Patient())
    words = plural("A text of 1 line.", "A text of {n} lines.", len(text.splitlines()))
    document.notes.append(words if letters != "Windows-1252" else f"{words} {tr('Its letters are in an older form.')}")
    document.notes += filter(None, [links.note(text)])
    return File(source.path, "text", patient=document.patient, document=document)


def words_of(data: bytes) -> str:
    """The text of an attached text file or web page."""
    text, _ = decoded(data)
    return without_tags(text) if _PAGE.match(text) or "</" in text else text


def without_tags(page: str) -> str:
    """The text of a web page, one block a line."""
    return _TAG.sub("\n", _WITHIN_LINE.sub(" ", page))


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding; text that is not UTF-8 is decoded as Windows-1252."""
    code = next((code for mark, code in _MARKS if data.startswith(mark)), "")
    if code:
        return data.decode(code, "replace"), "UTF-8" if code == "utf-8-sig" else "UTF-16"
    text = codecs.getincrementaldecoder("utf-8")("strict")  # the last character may be truncated
    try:
        return text.decode(data), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"
