"""The documents a page offers to download: letters, call sheets, lists. Knows the catalog of documents; no widgets."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from ...documents import catalog, export
from ...documents.file_formats import FORMATS, left_out, offered
from ...documents.missing_answer import MissingAnswer
from ...errors import CannotExport
from ...locale import tr
from ...rules.conditions import Condition, hold
from ...updated import is_updated
from .. import links
from ..asking.cells import mistake
from ..asking.page_index import PageIndex
from ..asking.pages import pages
from ..forms.strings import TROUBLE, UPDATED
from ..handle import OpenCase
from .base import Answer, Press, View, draw

log = logging.getLogger("workbook.ui")
OTHER = "other"  # the subject of a letter to an office that is not in the workbook
# A request that is delayed, then one that waits, then one that begins; what comes after those is rarely needed.
_FITS = ("delayed-requests", "waiting-requests", "open-requests", "denials", "stuck-requests")


def checked(names: tuple[str, ...]) -> tuple[catalog.Document, ...]:
    """The documents with these names; a mistake in the cell for an unknown name."""
    for name in names:
        if name not in catalog.DOCUMENTS:
            known = ", ".join(catalog.DOCUMENTS)
            raise mistake(f"There is no document called {name}. The documents are: {known}.", name)
    return tuple(catalog.DOCUMENTS[name] for name in names)


def offering(documents: tuple[catalog.Document, ...], fold: str = "", when: tuple[Condition, ...] = ()) -> View:
    """A view of these documents: a card for each office with its letters, then the others, then blanks in a fold."""

    def view(handle: OpenCase) -> str:
        if not (handle.bound and hold(when, handle.case)):
            return ""
        return draw("papers", fold=handle.voice.say(fold), **sorted_out(handle, documents))

    return view


def sorted_out(handle: OpenCase, documents: tuple[catalog.Document, ...]) -> dict[str, Any]:
    """The documents as template values: `cards` of offices with their letters, other `papers`, and `blanks`."""
    papers = [_paper(handle, d) for d in documents]
    return {
        "cards": _cards(papers),
        "papers": [p for p in papers if p["rows"] and not p["letter"]],
        "blanks": [{**p, "rows": p["blanks"]} for p in papers if p["blanks"]],
        "elsewhere": left_out(form for d in documents for form in d.formats),
    }


def _paper(handle: OpenCase, document: catalog.Document) -> dict[str, Any]:
    """A document: what it can be about, and which of its copies have blanks to fill in by hand."""
    found = catalog.subjects(document, handle.case, handle.today())
    rows = [{"words": words, "id": key, **_before(handle, document, key)} for key, words in found]
    if not document.about:
        rows = [{"words": "", "id": "", **_before(handle, document, "")}]
    blank = [] if found or not document.about else [{"words": "", "id": "", "notes": [], "missing": []}]
    return {
        "name": document.name,
        "title": tr(document.title),
        "use": tr(document.use),
        "rows": [row for row in rows if row["id"] != OTHER],
        "blanks": [*(row for row in rows if row["id"] == OTHER), *blank],
        "letter": document.letter.about if document.letter else "",
        "formats": offered(document.formats),
        "large": document.large,
    }


def _cards(papers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each office, the letter that fits how far its request is, then the others."""
    by_office: dict[str, dict[str, Any]] = {}
    for paper in papers:
        for row in paper["rows"] if paper["letter"] else ():
            card = by_office.setdefault(row["id"], {"id": row["id"], "words": row["words"], "letters": []})
            card["words"] = max(card["words"], row["words"], key=len)  # with the day that counts
            card["letters"].append((paper, row))
    for card in by_office.values():
        card["letters"].sort(key=lambda pair: _FITS.index(pair[0]["letter"]) if pair[0]["letter"] in _FITS else 0)
    return list(by_office.values())


def ready(said: str) -> dict[str, str]:
    """A message if the file cannot show every character as it was typed."""
    return {"text": f"{tr('Your file is ready.')} {said}"} if said else {}


def _before(handle: OpenCase, document: catalog.Document, about: str) -> dict[str, list[Any]]:
    """What to know before sending, as `notes` and `missing`.

    A note is a sentence in pieces, each with whether it is a web address. What is `missing` is a link to the question,
    and why; a copy with blanks to fill in by hand has none.
    """
    found = export.notes(handle.case, document.name, handle.today(), about=about)
    missing = {
        note: _question(handle, note, about) for note in found if isinstance(note, MissingAnswer) and about != OTHER
    }
    linked = {note: way for note, way in missing.items() if way}
    notes = [note for note in found if note not in linked]
    return {
        "notes": [[(p, p.startswith("https://")) for p in re.split(r"(https://\S+)", note) if p] for note in notes],
        "missing": list(linked.values()),
    }


def _question(handle: OpenCase, lack: MissingAnswer, about: str) -> dict[str, str] | None:
    """A link to the question that gives what a letter lacks; None if no page asks it."""
    path = f"{lack.path}.{about}" if lack.path == "records.requests" and about else lack.path
    here = next((page for page in pages() if page.name == links.here()), None)
    place = PageIndex(pages()).of(path)
    if here and path in here.paths:  # rather than on the page that asks it first
        href = f"#{path}"
    elif place is None:
        return None
    else:
        own = here is not None and place.page.name == here.name
        href = f"#{place.anchor}" if own else links.page(place.page.name, handle.case.id, place.anchor)
    words, _, why = lack.partition(". ")
    return {"href": href, "words": words.rstrip("."), "why": why}


def or_web_page(make: Callable[[], Answer], value: str, name: str, form: str) -> Answer:
    """The file; if a PDF cannot be made, what happened and a button for the same document as a web page."""
    try:
        return make()
    except Exception as error:
        if form != "pdf" or "html" not in catalog.find(name, form).formats:
            raise
        log.warning("pdf: %s", type(error).__name__)
        own = isinstance(error, CannotExport)
        text = tr(UPDATED) if is_updated() else str(error) if own else tr(TROUBLE["make"])
        instead = {"name": "make", "value": value, "words": tr("Download the web page")}
        return {"do": "trouble", "text": text, "instead": instead}


def presses(documents: tuple[catalog.Document, ...]) -> dict[str, Press]:
    """The buttons' actions: make the document and download it."""
    offered = {d.name for d in documents}

    def make(handle: OpenCase, value: Any) -> Answer:
        name, form, about, size = (*str(value or "").split("|"), "", "", "")[:4]
        if name not in offered:
            raise CannotExport(tr("This page does not offer that document."))
        case, today = handle.case, handle.today()
        known = {key for key, _words in catalog.subjects(catalog.find(name, form), case, today)}
        if about and about not in known:
            raise CannotExport(tr("What this document was about has changed. Look at the list again."))

        def file() -> Answer:
            data, said = export.made(case, name, form, today, about=about, large=size == "large")
            named = export.file_name(case, name, form, today, about, large=size == "large")
            return {"do": "file", "name": named, "mime": FORMATS[form].mime, "data": data, **ready(said)}

        return or_web_page(file, f"{name}|html|{about}", name, form)

    return {"make": make}
