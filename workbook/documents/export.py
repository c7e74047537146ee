"""Ready-made documents: a case in, bytes out, no kernel. Knows the catalog; each renderer is imported when used."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from ..case import Case
from ..errors import CannotExport
from ..locale import language, languages, tr
from . import catalog
from .catalog import NOTES, Document, Wanted, find, maker
from .file_formats import FORMATS
from .render.pdf import printable


class Made(NamedTuple):
    """A document's bytes, and what to say about them to whoever made it; empty for most."""

    data: bytes
    said: str = ""


def make(case: Case, document: str, form: str, today: dt.date, **wanted: Any) -> bytes:
    """The bytes of one document in one format, dated that day; `wanted` are fields of `Wanted`.

    CannotExport where there is no such document, format or second language, and for a PDF that would change a name.
    """
    return made(case, document, form, today, **wanted).data


def made(case: Case, document: str, form: str, today: dt.date, **wanted: Any) -> Made:
    """As `make`, with a sentence where the file does not hold each sign as it was typed."""
    found, asked = find(document, form), Wanted(today=today, form=form, **wanted)
    if found.raw:
        return Made(bytes(maker(found)(case, asked)))
    doc = _tree(case, found, asked)
    said = printable.check(doc, case, word="docx" in found.formats) if form == "pdf" else ""
    return Made(render(doc, form, today), said)


def tree(case: Case, document: str, today: dt.date, **wanted: Any) -> dict[str, Any]:
    """The block tree of one document."""
    return _tree(case, find(document, "pdf"), Wanted(today=today, **wanted))


def notes(case: Case, document: str, today: dt.date, **wanted: Any) -> list[str]:
    """What the sender should know or do before one document goes out: sentences for a page or a terminal.

    They are in no file, for they are not for whoever gets it.
    """
    found = find(document, catalog.DOCUMENTS[document].formats[0])
    return [] if found.raw else list(maker(found)(case, Wanted(today=today, **wanted)).get(NOTES, ()))


def _tree(case: Case, document: Document, wanted: Wanted) -> dict[str, Any]:
    """The tree; in two languages where one was asked for, or where the person's own is not English."""

    def make(case: Case, wanted: Wanted) -> dict[str, Any]:
        return {key: value for key, value in maker(document)(case, wanted).items() if key != NOTES}

    own = getattr(case, "language", "")  # the blank workbook knows no case
    if not (second := wanted.second or (own if own in languages()[1:] else "")):
        return {**make(case, wanted), "lang": language()}
    from .tree.bilingual import pair

    return {**pair(lambda: make(case, wanted), second), "lang": "en"}


def render(doc: dict[str, Any], form: str, today: dt.date) -> bytes:
    """A block tree as the bytes of an HTML page, a PDF or a Word file."""
    draw = FORMATS[form].draw
    if draw is None:
        raise CannotExport(tr("This document comes in another format. Choose one of its own."))
    return draw(doc, today)


def file_name(case: Case, document: str, form: str, about: str = "", *, large: bool = False) -> str:
    """A name for the file: ids and the document's name, never a word of the person's; large print says so."""
    return "-".join(part for part in (case.id, document, about, "large" if large else "") if part) + f".{form}"
