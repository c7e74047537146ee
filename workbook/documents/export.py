"""Exports documents: a case in, bytes out, no kernel. Knows the catalog; each renderer is imported on first use."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from ..case import Case
from ..errors import CannotExport
from ..locale import language, languages, tr
from . import catalog, passages, reworded
from .case_file import attachments
from .catalog import FHIR, NOTES, Document, Wanted, find, maker
from .file_formats import FORMATS, is_here
from .render import pdf
from .render.pdf import printable


class Made(NamedTuple):
    """A document's bytes, and a message for whoever exported it; "" for most."""

    data: bytes
    said: str = ""


def make(case: Case, document: str, form: str, today: dt.date, **wanted: Any) -> bytes:
    """The bytes of one document in one format, with that date; `wanted` are fields of `Wanted`.

    CannotExport for an unknown document, format or second language, and for a PDF that would change a name.
    """
    return made(case, document, form, today, **wanted).data


def made(case: Case, document: str, form: str, today: dt.date, **wanted: Any) -> Made:
    """Like `make`, with a message if the file cannot show every character as it was typed."""
    found, asked = find(document, form), Wanted(today=today, form=form, **wanted)
    inside = attachments(case, document, form, asked)
    if found.raw or form == FHIR:
        return Made(bytes(maker(found, form)(case, asked)))
    if form == "pdf":
        pdf.prepare()
    doc = _tree(case, found, asked)
    said = printable.check(doc, case, word="docx" in found.formats and is_here("docx")) if form == "pdf" else ""
    return Made(pdf.render(doc, today, inside) if inside else render(doc, form, today), said)


def tree(case: Case, document: str, today: dt.date, **wanted: Any) -> dict[str, Any]:
    """The block tree of one document."""
    return _tree(case, find(document, "pdf"), Wanted(today=today, **wanted))


def notes(case: Case, document: str, today: dt.date, **wanted: Any) -> list[str]:
    """What the sender should know or do before a document is sent: sentences for a page or a terminal.

    They are not part of any file, because the recipient must not read them.
    """
    found = find(document, catalog.DOCUMENTS[document].formats[0])
    return [] if found.raw else list(maker(found)(case, Wanted(today=today, **wanted)).get(NOTES, ()))


def _tree(case: Case, document: Document, wanted: Wanted) -> dict[str, Any]:
    """The tree, bilingual if a second language was requested or the person's language is not English."""

    def make(case: Case, wanted: Wanted) -> dict[str, Any]:
        found = {key: value for key, value in maker(document)(case, wanted).items() if key != NOTES}
        relabeled: dict[str, Any] = reworded.applied(found)
        return relabeled

    own = getattr(case, "language", "")  # the blank workbook has no case
    if not (second := wanted.second or (own if own in languages()[1:] else "")):
        made = {**make(case, wanted), "lang": language()}
    else:
        from .tree.bilingual import pair

        made = {**pair(lambda: make(case, wanted), second), "lang": "en"}
    return {**made, "blocks": passages.marked(made["blocks"], case.person.language if isinstance(case, Case) else "")}


def render(doc: dict[str, Any], form: str, today: dt.date) -> bytes:
    """A block tree rendered as the bytes of an HTML page, a PDF or a Word file."""
    draw = FORMATS[form].draw
    if draw is None:
        raise CannotExport(tr("This document does not come in that format. Choose one of its formats."))
    return draw(doc, today)


def file_name(
    case: Case,
    document: str,
    form: str,
    day: dt.date | None,
    about: str = "",
    *,
    reader: str = "",
    large: bool = False,
    with_case_file: bool = False,
) -> str:
    """A file name that a person can tell from others: what it is, which number it has, and its day if one is given.

    Nothing in it was typed by a person: a letter about the second of several requests is `records-request-2`.
    """
    told = "" if reader == "clinician" else reader
    inside = "with-case-file" if with_case_file else ""
    parts = (document, told, _number(case, about), "large" if large else "", inside, day.isoformat() if day else "")
    kind, *more = form.split(".")  # a sealed file has a second ending
    return ".".join(["-".join(part for part in parts if part), FORMATS[kind].ending or kind, *more])


def _number(case: Case, about: str) -> str:
    """The place of an entry in its list, from 1; "" for a document about none."""
    if not about:
        return ""
    for items in (case.records.requests, case.insurance.denials, case.records.sent, case.insurance.prior_auths):
        if about in items:
            return str(list(items).index(about) + 1)
    return "blank" if about == "other" else about
