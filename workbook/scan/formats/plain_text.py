"""Plain text: how long, in which letters, and the studies and the patient that it names. Knows text only."""

from __future__ import annotations

import codecs
import re

from ...locale import tr
from .. import limits
from ..phrases import labeled, reports
from ..sources import head
from ..values import Document, File, Patient, Source

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
    """What a text is: its letters and length, and the studies that it names. Only its first 4 MB are looked at."""
    text, letters = decoded(head(source, _LOOKED_AT))
    if _PAGE.match(text):
        text = without_tags(text)
    document = Document(source.path, "text", studies=reports.studies_named(text), worded=labeled.patients(text))
    document.patient = next(iter(document.worded), Patient())
    document.notes.append(tr("Text ({letters}). Lines: {n}.").format(letters=letters, n=len(text.splitlines())))
    return File(source.path, "text", patient=document.patient, document=document)


def words_of(data: bytes) -> str:
    """The words of a text or a web page that is attached to something."""
    text, _ = decoded(data)
    return without_tags(text) if _PAGE.match(text) or "</" in text else text


def without_tags(page: str) -> str:
    """The words of a web page, a block a line."""
    return _TAG.sub("\n", _WITHIN_LINE.sub(" ", page))


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its letters; what is no UTF-8 is taken for the old letters of Windows."""
    code = next((code for mark, code in _MARKS if data.startswith(mark)), "")
    if code:
        return data.decode(code, "replace"), "UTF-8" if code == "utf-8-sig" else "UTF-16"
    text = codecs.getincrementaldecoder("utf-8")("strict")  # the last letter may be cut in two
    try:
        return text.decode(data), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "Windows-1252"
