"""File formats of documents: label, MIME type, and renderer. Knows no case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .. import where
from ..errors import CannotExport
from ..locale import N_, tr


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format; `draw` renders a tree and a date to bytes, or is None if the document generates the bytes itself."""

    name: str
    label: str
    mime: str
    draw: Callable[[dict[str, Any], dt.date], bytes] | None = None
    elsewhere: str = ""  # where it can be made, if not in the browser
    ending: str = ""  # of the file's name, if not the format's name


def _html(doc: dict[str, Any], _today: dt.date) -> bytes:
    from .render import html

    return html.render(doc).encode()


def _pdf(doc: dict[str, Any], today: dt.date) -> bytes:
    from .render import pdf

    return pdf.render(doc, today)


def _word(doc: dict[str, Any], today: dt.date) -> bytes:
    if not is_here("docx"):
        raise CannotExport(tr(WORD_ELSEWHERE))
    from .render import word

    made: bytes = word.render(doc, today)
    return made


WORD_ELSEWHERE = N_("A Word file can only be made by the workbook on a computer. Here, use PDF or the web page.")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FORMATS = {
    one.name: one
    for one in (
        FileFormat("pdf", N_("PDF"), "application/pdf", _pdf),
        FileFormat("docx", N_("Word"), _WORD, _word, WORD_ELSEWHERE),
        FileFormat("html", N_("Web page"), "text/html", _html),
        FileFormat("ics", N_("Calendar file"), "text/calendar"),
        FileFormat("csv", N_("Spreadsheet"), "text/csv"),
        FileFormat("json", N_("Case file"), "application/json"),
        FileFormat("fhir", N_("For the clinic's computer (FHIR)"), "application/fhir+json", ending="json"),
    )
}
"""Every format by name, which is its file extension for most."""


def is_here(form: str) -> bool:
    """Whether this format can be made where this runs."""
    return not (FORMATS[form].elsewhere and where.in_browser())


def offered(forms: Iterable[str]) -> list[tuple[str, str]]:
    """The formats that can be made here, each with its label, in the same order everywhere."""
    wanted = {*forms}
    return [(form, tr(FORMATS[form].label)) for form in FORMATS if form in wanted and is_here(form)]


def left_out(forms: Iterable[str]) -> list[str]:
    """A sentence for each format that can only be made elsewhere."""
    return [tr(FORMATS[form].elsewhere) for form in dict.fromkeys(forms) if not is_here(form)]
